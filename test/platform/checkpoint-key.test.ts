// The key that signs checkpoints is replaced, and whoever stole the former one tries what it still opens.
import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ledgerKey, ledgerKeyReplace } from "#app/cli/ledger.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import {
  publicKeyText,
  type SignedCheckpoint,
  type Statement,
  signStatement,
  signSuccession,
} from "#app/platform/ledger/checkpoint.ts";
import { findLastVerification, verifyOwnLedger } from "#app/platform/ledger/last-verification.server.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import { replaceCheckpointKey, signCheckpoint } from "#app/platform/ledger/sign-checkpoint.server.ts";
import { verifyLedger } from "#app/platform/ledger/verify-ledger.server.ts";
import { commandContext } from "#test/support/command.ts";
import { asOwner, openTestPortal, type TestPortal } from "#test/support/database.ts";

let portal: TestPortal;
beforeEach(async () => {
  portal = await openTestPortal();
});
afterEach(() => portal[Symbol.asyncDispose]());

async function append(): Promise<void> {
  const thing = { type: "case", id: "22222222-2222-4222-8222-222222222222" };
  const entry = { actor: { kind: "system", id: "test" }, act: "case.read", thing } as const;
  await inTransaction(portal, (tx) => appendLedger(portal, tx, entry));
}

/** As somebody outside has kept it. */
async function kept(): Promise<SignedCheckpoint[]> {
  const { rows } = await portal.pool.query<{ body: string; signature: Buffer }>(
    "SELECT body, signature FROM ledger.checkpoint ORDER BY no",
  );
  return rows.map(({ body, signature }) => ({ ...JSON.parse(body), signature: signature.toString("base64url") }));
}

/** What a thief has, who took the key while it was in use. */
async function stealKey(): Promise<{ publicKey: string; privateKey: KeyObject }> {
  const row = await portal.db.checkpointKey.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
  const place = { table: "checkpoint_key", column: "private_sealed", row: row.id };
  const key = await portal.vault.open(row.keyId, place, row.privateSealed);
  return { publicKey: row.publicKey, privateKey: createPrivateKey({ key, format: "der", type: "pkcs8" }) };
}

const replace = () => replaceCheckpointKey(portal, { kind: "operator", id: "tester" });

describe("the key", () => {
  it("is replaced, and what the former one signed still verifies", async () => {
    await append();
    await signCheckpoint(portal);
    const { publicKey: former } = await stealKey();
    await append();
    const answer = await ledgerKeyReplace([], commandContext(portal));
    const { key } = answer.json as { key: string };
    expect(key).not.toBe(former);
    expect((await ledgerKey([], commandContext(portal))).json).toMatchObject({ key });
    await append();
    await signCheckpoint(portal);
    const all = await kept();
    expect(all.map((one) => one.key)).toEqual([former, key, key]);
    // Whoever holds the former public key follows to the new one, and the other way about.
    for (const asked of [null, former, key]) {
      expect(await verifyLedger(portal.pool, all, asked), String(asked)).toMatchObject({ ok: true, faults: [] });
    }
    expect(await portal.db.checkpointKey.count()).toBe(1);
    const { rows } = await portal.pool.query("SELECT 1 FROM ledger.entry WHERE act = 'ledger.key-replaced'");
    expect(rows).toHaveLength(1);
  });

  it("signs nothing that counts once it was replaced", async () => {
    await append();
    await signCheckpoint(portal);
    const stolen = await stealKey();
    const key = await replace();
    const [first, second] = await kept();
    if (!first || !second) throw new Error("two checkpoints were signed");
    const { signature: _, succeeds: _former, ...body } = second;
    const forged: Statement = { ...body, no: 3, key: stolen.publicKey };
    const signed = { ...forged, signature: signStatement(forged, stolen.privateKey).toString("base64url") };
    for (const asked of [null, stolen.publicKey, key]) {
      const verdict = await verifyLedger(portal.pool, [first, second, signed], asked);
      expect(verdict.faults, String(asked)).toMatchObject([{ kind: "forged" }]);
      expect(verdict.faults[0]?.what).toContain("replaced");
    }
  });

  it("that was stolen cannot name another to follow it unseen", async () => {
    await append();
    await signCheckpoint(portal);
    const stolen = await stealKey();
    const key = await replace();
    const own = await kept();
    // The thief makes a key of her own, on the stolen one's word.
    const made = generateKeyPairSync("ed25519");
    const { privateKey } = made;
    const publicKey = publicKeyText(made.publicKey);
    const [, second] = own;
    if (!second) throw new Error("two checkpoints were signed");
    const { signature: _, succeeds: _former, ...body } = second;
    const named = { portal: body.portal, no: 2, key: publicKey };
    const forged: Statement = { ...body, ...named, succeeds: signSuccession(named, stolen) };
    const signed = { ...forged, signature: signStatement(forged, privateKey).toString("base64url") };
    const torn = await verifyLedger(portal.pool, [...own, signed], stolen.publicKey);
    expect(torn.ok).toBe(false);
    expect(torn.faults.some(({ kind, what }) => kind === "forked" && what.includes("two keys"))).toBe(true);
    // Whoever has been given the new key is not taken in.
    expect((await verifyLedger(portal.pool, [signed], key)).ok).toBe(false);
  });

  it("is not replaced while nothing is signed", async () => {
    await expect(replace()).rejects.toMatchObject({ code: "ledger.empty" });
    expect(await portal.db.checkpointKey.count()).toBe(0);
  });
});

describe("the portal's own walk", () => {
  it("is kept with its time for whoever looks, and says where the chain does not hold", async () => {
    expect(await findLastVerification(portal)).toBeNull();
    for (let n = 0; n < 3; n++) await append();
    await verifyOwnLedger(portal);
    const at = portal.time.now().toISOString();
    expect(await findLastVerification(portal)).toMatchObject({ at, ok: true, entries: 3, brokenAt: null });
    await asOwner(portal, "ALTER TABLE ledger.entry DISABLE TRIGGER USER; DELETE FROM ledger.entry WHERE seq = 2");
    // Looking at it walks nothing.
    expect(await findLastVerification(portal)).toMatchObject({ ok: true });
    portal.time.advance({ hours: 1 });
    await verifyOwnLedger(portal);
    expect(await findLastVerification(portal)).toMatchObject({ ok: false, entries: 2, brokenAt: 2 });
  });
});
