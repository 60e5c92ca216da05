import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LIMITS } from "#app/people/limit.ts";
import { forgetTurns, takeTurns } from "#app/people/limits.server.ts";
import { networkOf } from "#app/people/network.server.ts";
import { TooOften } from "#app/platform/failure.ts";
import { openLog } from "#app/platform/log/log.server.ts";
import { openPortal, type Portal } from "#app/platform/portal.server.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

let portal: TestPortal;
beforeEach(async () => {
  portal = await openTestPortal();
});
afterEach(() => portal[Symbol.asyncDispose]());

const NETWORK = "203.0.113.0/24";
const { most, seconds } = LIMITS["sign-in.network"];
const take = (who: string | null = NETWORK, at: Portal = portal) => takeTurns(at, [["sign-in.network", who]]);

/** What a second process of the same installation holds: pools and keys of its own, over the same database. */
function secondProcess(): Promise<Portal> {
  const { config, time } = portal;
  return openPortal({ config, databaseUrl: config.databaseUrl ?? "", time, log: openLog("silent") });
}

describe("a limit", () => {
  it("is one limit for two processes that count at the same moment", async () => {
    const second = await secondProcess();
    const tries = Array.from({ length: most + 60 }, (_, n) => take(NETWORK, n % 2 === 0 ? portal : second));
    const settled = await Promise.allSettled(tries);
    await second.close();
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(most);
    for (const one of settled) if (one.status === "rejected") expect(one.reason).toBeInstanceOf(TooOften);
  });

  it("says when to try again, and lets in then, not before", async () => {
    for (let n = 0; n < most; n++) await take();
    portal.time.advance({ minutes: 5 });
    const refused = await take().catch((error: unknown) => error);
    expect(refused).toMatchObject({ seconds: seconds - 300, params: { minutes: 10 } });
    portal.time.advance({ seconds: seconds - 301 });
    await expect(take()).rejects.toBeInstanceOf(TooOften);
    portal.time.advance({ seconds: 1 });
    await take();
  });

  it("is each one's own", async () => {
    for (let n = 0; n < most; n++) await take();
    await expect(take()).rejects.toBeInstanceOf(TooOften);
    await take("198.51.100.0/24");
    await takeTurns(portal, [["code.network", NETWORK]]);
  });

  it("counts nobody whose network is not known", async () => {
    for (let n = 0; n < most + 5; n++) await take(null);
    expect(await portal.db.rateLimit.count()).toBe(0);
  });

  it("keeps no address, and forgets who was counted when it does not matter any more", async () => {
    await take();
    const rows = JSON.stringify(await portal.db.rateLimit.findMany());
    expect(rows).not.toContain("203.0.113");
    await forgetTurns(portal);
    expect(await portal.db.rateLimit.count()).toBe(1);
    portal.time.advance({ seconds });
    await forgetTurns(portal);
    expect(await portal.db.rateLimit.count()).toBe(0);
  });
});

describe("a network", () => {
  it.each([
    ["203.0.113.77", "203.0.113.0/24"],
    ["::ffff:203.0.113.77", "203.0.113.0/24"],
    ["2001:db8:1:23ff:aaaa::1", "2001:db8:1:2300::/56"],
    ["2001:db8:1:2301::", "2001:db8:1:2300::/56"],
    ["2001:db8::1", "2001:db8:0:0::/56"],
    ["fe80::1%eth0", "fe80:0:0:0::/56"],
    ["64:ff9b::203.0.113.77", "64:ff9b:0:0::/56"],
  ])("of %s is %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it.each(["127.0.0.1", "127.8.8.8", "::1", "::", "::ffff:127.0.0.1", "", undefined, "localhost", "1.2.3", "x:y"])(
    "of %s is not known",
    (address) => {
      expect(networkOf(address)).toBeNull();
    },
  );
});
