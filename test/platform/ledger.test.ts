import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { canonical } from "#app/platform/ledger/entry.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import { verifyLedger } from "#app/platform/ledger/verify-ledger.server.ts";
import { asOwner, openTestPortal, type TestPortal } from "#test/support/database.ts";

let portal: TestPortal;
const thing = { type: "case", id: "11111111-1111-4111-8111-111111111111" };

async function append(times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    await inTransaction(portal, (tx) =>
      appendLedger(portal, tx, { actor: { kind: "system", id: "test" }, act: "case.read", thing, detail: { n } }),
    );
  }
}

/** What somebody with the database's own password could do: the triggers off, then on again. */
async function tamper(sql: string): Promise<void> {
  await asOwner(
    portal,
    `ALTER TABLE ledger.entry DISABLE TRIGGER USER; ${sql}; ALTER TABLE ledger.entry ENABLE TRIGGER USER`,
  );
}

beforeAll(async () => {
  portal = await openTestPortal();
});
afterAll(() => portal[Symbol.asyncDispose]());

describe("the ledger", () => {
  it("holds over concurrent writers, without a gap or a fork", async () => {
    await Promise.all([append(10), append(10), append(10)]);
    expect(await verifyLedger(portal.pool)).toMatchObject({ ok: true, entries: 30, broken: null });
  });

  it("takes back nothing that rolled back", async () => {
    const before = (await verifyLedger(portal.pool)).entries;
    const failing = inTransaction(portal, async (tx) => {
      await appendLedger(portal, tx, { actor: { kind: "system", id: "test" }, act: "case.read", thing });
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await verifyLedger(portal.pool)).toMatchObject({ ok: true, entries: before });
  });

  it.each(["UPDATE ledger.entry SET act = 'x'", "DELETE FROM ledger.entry", "TRUNCATE ledger.entry"])(
    "refuses %s, even to its owner",
    async (sql) => {
      await expect(asOwner(portal, sql)).rejects.toThrow("append-only");
    },
  );

  it("shows an outsider where it was edited, cut, reordered or shortened", async () => {
    await using other = await openTestPortal();
    const original = portal;
    portal = other;
    try {
      await append(12);
      const whole = await verifyLedger(other.pool);
      const kept = whole.head ? [whole.head] : [];
      const attacks: [string, string, number][] = [
        [
          "UPDATE ledger.entry SET body = replace(body, '\"n\":4', '\"n\":5') WHERE seq = 5",
          "changed after it was written",
          5,
        ],
        ["UPDATE ledger.entry SET act = 'case.approve' WHERE seq = 7", "column of the entry was changed", 7],
        ["DELETE FROM ledger.entry WHERE seq = 6", "missing before", 6],
      ];
      for (const [sql, what, seq] of attacks) {
        const copy = (await other.pool.query("SELECT * FROM ledger.entry WHERE seq = $1", [seq])).rows[0];
        await tamper(sql);
        const verdict = await verifyLedger(other.pool);
        expect(verdict).toMatchObject({ ok: false, broken: { seq } });
        expect(verdict.broken?.what).toContain(what);
        await restore(copy);
        expect((await verifyLedger(other.pool)).ok).toBe(true);
      }
      await tamper("DELETE FROM ledger.entry WHERE seq > 10");
      expect((await verifyLedger(other.pool)).ok, "a cut tail is a sound shorter chain").toBe(true);
      const shortened = await verifyLedger(other.pool, kept);
      expect(shortened.broken?.what).toContain("missing: the checkpoint saw 12");
      await append(2);
      const regrown = await verifyLedger(other.pool, kept);
      expect(regrown).toMatchObject({
        ok: false,
        broken: { seq: 12, what: "the chain is not the one that the checkpoint saw" },
      });
    } finally {
      portal = original;
    }
  });
});

async function restore(row: Record<string, unknown>): Promise<void> {
  const names = Object.keys(row);
  await tamper(`DELETE FROM ledger.entry WHERE seq = ${row["seq"]}`);
  await asOwner(
    portal,
    `INSERT INTO ledger.entry (${names.join(", ")}) VALUES (${names.map((_, index) => `$${index + 1}`).join(", ")})`,
    Object.values(row),
  );
}

it("shows an entry put before the beginning, and one whose forged body nobody can read", async () => {
  await using other = await openTestPortal();
  const forge = (seq: number, body: string) =>
    asOwner(
      other,
      `INSERT INTO ledger.entry (seq, at, act, body, previous, hash)
       VALUES ($1::int, now(), 'case.read', $2::text, $3, sha256($3::bytea || convert_to($2::text, 'UTF8')))`,
      [seq, body, Buffer.alloc(32)],
    );
  await forge(1, "Canary: no JSON");
  const verdict = await verifyLedger(other.pool);
  expect(verdict).toMatchObject({ ok: false, broken: { seq: 1 } });
  expect(JSON.stringify(verdict)).not.toContain("Canary");
  await using early = await openTestPortal();
  await asOwner(
    early,
    "INSERT INTO ledger.entry (seq, at, act, body, previous, hash) VALUES (0, now(), 'x', '{}', '', '')",
  );
  expect(await verifyLedger(early.pool)).toMatchObject({
    ok: false,
    broken: { what: expect.stringContaining("before") },
  });
});

it("writes the same bytes whatever the order of the keys", () => {
  expect(canonical({ b: 1, a: { d: [1, "x"], c: null }, e: undefined })).toBe('{"a":{"c":null,"d":[1,"x"]},"b":1}');
});
