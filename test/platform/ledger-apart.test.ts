// Whoever has taken over the portal's own connection to the database can read the ledger and add to it, and nothing else.
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrate } from "#app/platform/database/migrate.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { urlFor, WORK_ROLE } from "#app/platform/database/work-role.server.ts";
import { chainPending } from "#app/platform/ledger/chain-pending.server.ts";
import { appendLedger, listLedgerOfCase, listLedgerOfResident } from "#app/platform/ledger/ledger.server.ts";
import { isLedgerApart } from "#app/platform/ledger/ledger-guard.server.ts";
import { verifyLedger } from "#app/platform/ledger/verify-ledger.server.ts";
import { createDatabase } from "#test/support/cluster.ts";
import { asOwner, openTestPortal, type TestPortal } from "#test/support/database.ts";

const residentId = "11111111-1111-4111-8111-111111111111";
const caseId = "22222222-2222-4222-8222-222222222222";
const entry = {
  actor: { kind: "system", id: "test" },
  act: "case.read",
  thing: { type: "case", id: caseId },
  residentId,
  caseId,
} as const;

/** A database may be dropped before its server has noticed that a pool is gone, which the pool then hears of. */
function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

let portal: TestPortal;
beforeAll(async () => {
  portal = await openTestPortal();
  for (let n = 0; n < 3; n += 1) {
    await inTransaction(portal, (tx) => appendLedger(portal, tx, { ...entry, detail: { n } }));
  }
  // One that is committed and not chained yet, as after a kill in between.
  await portal.db.$transaction((tx) => appendLedger(portal, tx, { ...entry, detail: { n: 3 } }));
});
afterAll(() => portal[Symbol.asyncDispose]());

const pending = async () => (await portal.pool.query("SELECT count(*)::int AS n FROM ledger.pending")).rows[0].n;

describe("the role with which the portal works", () => {
  const ATTACKS = [
    "UPDATE ledger.entry SET act = 'x'",
    "DELETE FROM ledger.entry",
    "TRUNCATE ledger.entry",
    "INSERT INTO ledger.entry (seq, at, act, body, previous, hash) VALUES (9, now(), 'x', '{}', '', '')",
    "ALTER TABLE ledger.entry DISABLE TRIGGER USER",
    "ALTER TABLE ledger.entry DROP COLUMN body",
    "DROP TABLE ledger.entry",
    "DROP SCHEMA ledger CASCADE",
    "DROP FUNCTION ledger.chain(integer)",
    "CREATE TRIGGER mine BEFORE INSERT ON ledger.entry FOR EACH ROW EXECUTE FUNCTION ledger.refuse()",
    "CREATE RULE mine AS ON INSERT TO ledger.entry DO INSTEAD NOTHING",
    "CREATE TABLE ledger.mine (x int)",
    "CREATE OR REPLACE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
    "UPDATE ledger.pending SET act = 'x'",
    "DELETE FROM ledger.pending",
    "SET wholooked.chaining = 'on'; DELETE FROM ledger.pending",
    "TRUNCATE ledger.pending",
    "INSERT INTO ledger.pending (no, at, act, before_seq, after_seq) OVERRIDING SYSTEM VALUE VALUES (0, now(), 'x', '', ''); ALTER TABLE ledger.pending DISABLE TRIGGER USER",
    "UPDATE ledger.checkpoint SET body = '{}'",
    "DELETE FROM ledger.checkpoint",
    "SET session_replication_role = replica",
    "SET ROLE portal",
    "SET SESSION AUTHORIZATION portal",
    "ALTER ROLE wholooked_app SUPERUSER",
    "GRANT ALL ON ledger.entry TO wholooked_app; DELETE FROM ledger.entry",
    "DROP OWNED BY CURRENT_USER CASCADE; SELECT * FROM ledger.entry; DELETE FROM ledger.entry",
  ];

  it.each(ATTACKS)("cannot: %s", async (sql) => {
    const before = await portal.pool.query("SELECT * FROM ledger.entry ORDER BY seq");
    const client = new pg.Client({ connectionString: portal.config.databaseUrl });
    client.on("error", () => undefined);
    await client.connect();
    try {
      await client.query("BEGIN");
      await expect(client.query(sql)).rejects.toThrow(
        /permission denied|must be owner|append-only|must be able to SET ROLE|Only roles with|cannot set|dependent/,
      );
    } finally {
      await client.end();
    }
    const after = await portal.pool.query("SELECT * FROM ledger.entry ORDER BY seq");
    expect(after.rows).toEqual(before.rows);
  });

  it("would be able to, were it the owner: the attacks are real ones", async () => {
    await using other = await openTestPortal();
    await inTransaction(other, (tx) => appendLedger(other, tx, entry));
    await asOwner(other, "ALTER TABLE ledger.entry DISABLE TRIGGER USER; DELETE FROM ledger.entry");
    expect((await other.pool.query("SELECT 1 FROM ledger.entry")).rows).toEqual([]);
  });

  it("is known to be apart, and known not to be where one role does both", async () => {
    expect(await isLedgerApart(portal)).toBe(true);
    const pool = openPool(portal.ownerUrl);
    expect(await isLedgerApart({ pool })).toBe(false);
    await pool.end();
  });
});

describe("an entry that is committed and not chained yet", () => {
  it("is shown at once, is chained by the next call, and is changed by nobody in between", async () => {
    expect(await pending()).toBe(1);
    const seen = await listLedgerOfResident(portal, residentId);
    expect(seen.map(({ seq, detail }) => [seq, detail?.["n"]])).toEqual([
      [null, 3],
      [3, 2],
      [2, 1],
      [1, 0],
    ]);
    expect((await listLedgerOfCase(portal, caseId)).map(({ detail }) => detail?.["n"])).toEqual([0, 1, 2, 3]);
    await expect(asOwner(portal, "DELETE FROM ledger.pending")).rejects.toThrow("append-only");
    await chainPending(portal.db);
    expect(await pending()).toBe(0);
    expect((await listLedgerOfResident(portal, residentId))[0]).toMatchObject({ seq: 4, detail: { n: 3 } });
    expect(await verifyLedger(portal.pool)).toMatchObject({ ok: true, entries: 4 });
  });
});

it("a database that one role had to itself is taken apart when an owner is named, and can be once only", async () => {
  const database = await createDatabase({ empty: true });
  try {
    await migrate(database.ownerUrl);
    await migrate(database.ownerUrl, undefined, WORK_ROLE);
    await migrate(database.ownerUrl, undefined, WORK_ROLE);
    const pool = openPool(urlFor(database.ownerUrl, WORK_ROLE));
    expect(await isLedgerApart({ pool })).toBe(true);
    // What it owns it can still change: the event store makes and drops partitions all the time.
    await pool.query("CREATE TABLE events.staged_test (x int); DROP TABLE events.staged_test");
    await pool.end();
  } finally {
    await database.drop();
  }
});
