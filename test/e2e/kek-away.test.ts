// A portal whose key-encryption key stands in a key service that goes away, and one that begins while it is away.
import { expect, it } from "vitest";
import { serveTransit } from "#test/platform/given-key-services.ts";
import { startPortalProcess } from "#test/support/portal-process.ts";

it("says plainly at /readyz and at the start that the key service cannot be reached, and is ready again by itself", async () => {
  const service = await serveTransit("wholooked", "a-token");
  const env = { WHOLOOKED_KEK: `vault:${service.url}/wholooked`, VAULT_TOKEN: "a-token", WHOLOOKED_DEMO: "off" };
  await using portal = await startPortalProcess({ env });
  const ready = async () => {
    const response = await fetch(`${portal.url}/readyz`);
    return { status: response.status, ...((await response.json()) as { faults: string[] }) };
  };
  expect(await ready()).toMatchObject({ status: 200, faults: [] });
  service.failing.push(...Array.from({ length: 4 }, () => [503, {}] as [number, object]));
  expect(await ready()).toMatchObject({
    status: 503,
    faults: [expect.stringMatching(/Vault of WHOLOOKED_KEK is sealed/)],
  });
  expect(await ready()).toMatchObject({ status: 200 });
  await service[Symbol.asyncDispose]();
  const away = await ready();
  expect(away).toMatchObject({
    status: 503,
    faults: [expect.stringMatching(/Vault of WHOLOOKED_KEK cannot be reached/)],
  });
  expect(JSON.stringify(away)).not.toContain("a-token");
  await expect(startPortalProcess({ env })).rejects.toThrow(/Vault of WHOLOOKED_KEK cannot be reached/);
});
