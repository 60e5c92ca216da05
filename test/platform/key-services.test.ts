import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keysRotate } from "#app/cli/keys.ts";
import { readConfig } from "#app/platform/config/config.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { openPortal } from "#app/platform/portal.server.ts";
import { openAwsKms } from "#app/platform/sealing/aws-kms.server.ts";
import { KekUnavailable, type KeyEncryptionKey } from "#app/platform/sealing/key-encryption-key.ts";
import { openKeyFile } from "#app/platform/sealing/key-file.server.ts";
import { openVault } from "#app/platform/sealing/vault.server.ts";
import { openVaultTransit } from "#app/platform/sealing/vault-transit.server.ts";
import { startFailure } from "#app/platform/start-failure.server.ts";
import { commandContext } from "#test/support/command.ts";
import { openTestPortal } from "#test/support/database.ts";
import { type KeyService, serveKms, serveTransit } from "./given-key-services.ts";
import { listUnwrapped } from "./given-sealed.ts";

const ARN = "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const TOKEN = "hvs.canary-token";
const ID = "0b8e7f0e-4bb0-4f0e-9d5c-0d8a3e0c1f11";
const OTHER = "1b8e7f0e-4bb0-4f0e-9d5c-0d8a3e0c1f11";
const SECRET = Buffer.alloc(32, 7);

interface Kind {
  serve(): Promise<KeyService>;
  open(url: string): KeyEncryptionKey;
  setting(url: string): string;
  /** [status, body] of an answer that passes, and of one that says no for good. */
  busy: [number, object];
  denied: [number, object];
}

const KINDS: [string, Kind][] = [
  [
    "AWS KMS",
    {
      serve: () => serveKms(ARN),
      open: (url) => {
        vi.stubEnv("AWS_ENDPOINT_URL_KMS", url);
        return openAwsKms(ARN);
      },
      setting: () => `aws-kms:${ARN}`,
      busy: [400, { __type: "ThrottlingException", message: "Canary: slow down" }],
      denied: [400, { __type: "AccessDeniedException", message: "Canary: no" }],
    },
  ],
  [
    "Vault transit",
    {
      serve: () => serveTransit("wholooked", TOKEN),
      open: (url) => openVaultTransit({ url, key: "wholooked" }, TOKEN),
      setting: (url) => `vault:${url}/wholooked`,
      busy: [429, { errors: ["Canary: slow down"] }],
      denied: [403, { errors: ["Canary: no"] }],
    },
  ],
];

beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "example");
  vi.stubEnv("VAULT_TOKEN", TOKEN);
});
afterEach(() => vi.unstubAllEnvs());

describe.each(KINDS)("%s", (_, { serve, open, setting, busy, denied }) => {
  it("wraps and unwraps, for one data key alone", async () => {
    await using service = await serve();
    const kek = open(service.url);
    await kek.check();
    const wrapped = await kek.wrap(ID, SECRET);
    expect(wrapped.wrapped.includes(SECRET)).toBe(false);
    expect(wrapped.kekId).toBe(await kek.currentId());
    expect((await kek.unwrap(ID, wrapped)).equals(SECRET)).toBe(true);
    const moved = await kek.unwrap(OTHER, wrapped).catch((error: unknown) => error);
    expect(moved).toBeInstanceOf(KekUnavailable);
  });

  it("tries again what passes: throttling and 5xx", async () => {
    await using service = await serve();
    const kek = open(service.url);
    service.failing.push(busy, [503, {}], [500, {}]);
    expect((await kek.unwrap(ID, await kek.wrap(ID, SECRET))).equals(SECRET)).toBe(true);
    expect(service.failing).toEqual([]);
  });

  it("gives up with one sentence that names what to look at, and repeats nothing", async () => {
    await using service = await serve();
    const kek = open(service.url);
    const failures: [[number, object][], RegExp][] = [
      [Array.from({ length: 4 }, () => busy), /asked too much|fails \(429\)/],
      [Array.from({ length: 4 }, () => [500, {}] as [number, object]), /fails \(/],
      [[denied], /does not let the portal in/],
    ];
    for (const [failing, sentence] of failures) {
      service.failing.push(...failing);
      const error = await kek.wrap(ID, SECRET).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(KekUnavailable);
      expect(startFailure(error)).toMatch(sentence);
      expect(startFailure(error)).not.toMatch(/Canary|hvs\./);
      // What will not pass is not tried again.
      expect(service.failing).toEqual([]);
    }
  });

  it("that cannot be reached is said plainly", async () => {
    const service = await serve();
    const kek = open(service.url);
    await service[Symbol.asyncDispose]();
    await expect(kek.check()).rejects.toThrow("cannot be reached");
  });

  it("keeps a whole portal's keys, which it then opens from memory; and takes over from a file", async () => {
    await using service = await serve();
    open(service.url);
    await using given = await openTestPortal();
    const keyId = await inTransaction(given, (tx) => given.vault.createKey(tx, "account"));
    const place = { table: "account", column: "name_sealed", row: "1" };
    const sealed = await given.vault.seal(keyId, place, "Zoë");
    const config = readConfig({
      VAULT_TOKEN: TOKEN,
      LOG_LEVEL: "silent",
      WHOLOOKED_OPERATOR: "tester",
      DATABASE_URL: given.config.databaseUrl,
      WHOLOOKED_DATA: given.config.dataFolder,
      WHOLOOKED_KEK: setting(service.url),
      WHOLOOKED_KEK_FORMER: "file",
    });
    const { time, log } = given;
    const portal = await openPortal({ config, databaseUrl: config.databaseUrl ?? "", time, log });
    try {
      expect(await portal.vault.openText(keyId, place, sealed)).toBe("Zoë");
      const { ok, json } = await keysRotate(["--kek-only", "--grace", "0"], commandContext(portal));
      expect({ ok, json }).toMatchObject({ ok: true, json: { underFormer: 0, rotation: { wrapped: 1 } } });
      expect((await listUnwrapped(portal, await openKeyFile(config.keyFile))).size).toBe(0);
      const alone = openVault(portal.db, open(service.url), portal.time);
      expect(await alone.openText(keyId, place, sealed)).toBe("Zoë");
      const asked = service.asked.length;
      for (let n = 0; n < 20; n += 1) await alone.openText(keyId, place, sealed);
      expect(service.asked.length).toBe(asked);
    } finally {
      await portal.close();
    }
  });
});

it("a disabled key of AWS KMS stops the start and whatever needs it, and says so", async () => {
  await using service = await serveKms(ARN);
  vi.stubEnv("AWS_ENDPOINT_URL_KMS", service.url);
  const kek = openAwsKms(ARN);
  const wrapped = await kek.wrap(ID, SECRET);
  service.disabled = true;
  await expect(kek.check()).rejects.toThrow("disabled");
  await expect(kek.unwrap(ID, wrapped)).rejects.toThrow("cannot be used (DisabledException)");
  await expect(openAwsKms(ARN.replace("1234abcd", "9999abcd")).check()).rejects.toThrow("is not there");
});

it("a key of Vault that is not bound to contexts is not used", async () => {
  await using service = await serveTransit("wholooked", TOKEN, false);
  await expect(openVaultTransit({ url: service.url, key: "wholooked" }, TOKEN).check()).rejects.toThrow("derived=true");
  expect(() => openVaultTransit({ url: service.url, key: "wholooked" }, undefined)).toThrow("VAULT_TOKEN is not set");
});

it.each([["aws-kms:alias/wholooked"], ["vault:ftp://x/key"], ["vault:https://x"], ["kms"]])(
  "WHOLOOKED_KEK=%s is refused with what is taken",
  (kek) => {
    expect(() => readConfig({ WHOLOOKED_KEK: kek })).toThrow(
      "WHOLOOKED_KEK is set to a value the portal cannot use; it takes file, aws-kms:",
    );
  },
);
