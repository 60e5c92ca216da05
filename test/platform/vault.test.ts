import { createCipheriv, randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { openKeyFile } from "#app/platform/sealing/key-file.server.ts";
import { openVault } from "#app/platform/sealing/vault.server.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const place = { table: "account", column: "name_sealed", row: "1" };
let portal: TestPortal;
let keyId: string;

beforeAll(async () => {
  portal = await openTestPortal();
  keyId = await inTransaction(portal, (tx) => portal.vault.createKey(tx, "account"));
});
afterAll(() => portal[Symbol.asyncDispose]());

describe("the vault", () => {
  it("opens what it sealed, also from another process", async () => {
    const sealed = await portal.vault.seal(keyId, place, "Zoë Ñandú");
    const other = openVault(portal.db, await openKeyFile(portal.config.keyFile), portal.time);
    expect(await other.openText(keyId, place, sealed)).toBe("Zoë Ñandú");
    expect(sealed.includes("Zoë")).toBe(false);
  });

  it.each([
    ["row", { ...place, row: "2" }],
    ["column", { ...place, column: "email_sealed" }],
    ["table", { ...place, table: "request" }],
  ])("does not open a value that was moved to another %s", async (_, elsewhere) => {
    const sealed = await portal.vault.seal(keyId, place, "secret");
    await expect(portal.vault.open(keyId, elsewhere, sealed)).rejects.toThrow();
  });

  it("does not open a value with one bit changed, whichever it is", async () => {
    const sealed = await portal.vault.seal(keyId, place, "secret");
    for (let index = 0; index < sealed.length; index++) {
      const bent = Buffer.from(sealed);
      bent[index] = (bent[index] ?? 0) ^ 1;
      await expect(portal.vault.open(keyId, place, bent)).rejects.toThrow();
    }
  });

  it("opens what was sealed before versions were numbered, and in no other place", async () => {
    const row = await portal.db.dataKey.findUniqueOrThrow({ where: { id: keyId } });
    const key = await portal.kek.unwrap(keyId, { kekId: row.kekId, wrapped: Buffer.from(row.wrapped) });
    const iv = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(`account|name_sealed|1|${keyId}`));
    const body = Buffer.concat([cipher.update("of before", "utf8"), cipher.final()]);
    const sealed = Buffer.concat([Buffer.of(1), iv, cipher.getAuthTag(), body]);
    expect(await portal.vault.openText(keyId, place, sealed)).toBe("of before");
    await expect(portal.vault.open(keyId, { ...place, row: "2" }, sealed)).rejects.toThrow();
  });

  it("shreds what a key sealed when the key goes", async () => {
    const doomed = await inTransaction(portal, (tx) => portal.vault.createKey(tx, "account"));
    const sealed = await portal.vault.seal(doomed, place, "secret");
    await portal.db.dataKey.delete({ where: { id: doomed } });
    const other = openVault(portal.db, await openKeyFile(portal.config.keyFile), portal.time);
    await expect(other.open(doomed, place, sealed)).rejects.toThrow();
  });

  it("does not unwrap with another key-encryption key", async () => {
    const strange = `${portal.config.dataFolder}/strange-${randomBytes(4).toString("hex")}.json`;
    const sealed = await portal.vault.seal(keyId, place, "secret");
    const other = openVault(portal.db, await openKeyFile(strange), portal.time);
    await expect(other.open(keyId, place, sealed)).rejects.toThrow();
    rmSync(strange);
  });

  it("indexes equal values alike in every process, and kinds apart", async () => {
    const other = openVault(portal.db, await openKeyFile(portal.config.keyFile), portal.time);
    const [here, there] = await Promise.all([portal.vault.indexer("plate"), other.indexer("plate")]);
    expect(here("7DEM042")).toBe(there("7DEM042"));
    expect(here("7DEM042")).not.toBe(here("7DEM043"));
    expect((await portal.vault.indexer("licence"))("7DEM042")).not.toBe(here("7DEM042"));
  });
});
