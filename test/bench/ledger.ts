import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { urlFor, WORK_ROLE } from "#app/platform/database/work-role.server.ts";
import { exportLedger, verifyDump } from "#app/platform/ledger/dump-ledger.server.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import { verifyLedger } from "#app/platform/ledger/verify-ledger.server.ts";
import type { BenchOptions, Measured } from "./bench.ts";
import { rateOf } from "./bench.ts";
import { openBenchPortal } from "./feeds-portal.ts";

const WRITERS = 16;
const EACH = 250;
const TURNS = 5;
const ENTRIES = 1_000_000;
const CASE = "22222222-2222-4222-8222-222222222222";
const ENTRY = {
  actor: { kind: "account", id: "11111111-1111-4111-8111-111111111111", role: "clerk" },
  act: "case.read",
  thing: { type: "case", id: CASE },
  residentId: "33333333-3333-4333-8333-333333333333",
  caseId: CASE,
} as const;

/** The portal's own way into the ledger, with 16 writers, and the walk over a long one. The disk is waited for. */
export async function ledgerBench({ rows = ENTRIES }: BenchOptions): Promise<Measured[]> {
  await using portal = await openBenchPortal();
  await portal.pool.query(
    "CREATE TABLE plain (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text NOT NULL)",
  );
  const body = JSON.stringify(ENTRY);
  const writers = (write: () => Promise<void>) => () =>
    Promise.all(
      Array.from({ length: WRITERS }, async () => {
        for (let n = 0; n < EACH; n += 1) await write();
      }),
    ).then(() => undefined);
  const append = () => inTransaction(portal, (tx) => appendLedger(portal, tx, ENTRY));
  const plain = () =>
    inTransaction(portal, async (tx) => void (await tx.$executeRaw`INSERT INTO plain (body) VALUES (${body})`));
  const appends: number[] = [];
  const inserts: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    inserts.push(await rateOf(WRITERS * EACH, writers(plain)));
    appends.push(await rateOf(WRITERS * EACH, writers(append)));
  }
  return [
    {
      name: "ledger.append",
      unit: "entries/s",
      values: appends,
      against: { name: "the same writers inserting into a plain table", values: inserts },
      goal: { atLeast: 0.4 },
    },
    {
      name: "ledger.append",
      unit: "entries/s",
      values: appends,
      against: { name: "a thousand a second", values: [1000] },
      goal: { atLeast: 1 },
    },
    await roleCost(portal.databaseUrl),
    ...(await walk(portal, rows)),
  ];
}

/** The same small query as the portal's own role and as the owner: what the second role costs. */
async function roleCost(url: string): Promise<Measured> {
  const rates = async (from: string) => {
    const client = new pg.Client({ connectionString: from });
    await client.connect();
    const values: number[] = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      values.push(
        await rateOf(3000, async () => {
          for (let n = 0; n < 3000; n += 1) await client.query("SELECT 1 FROM batch WHERE id = $1", [CASE]);
        }),
      );
    }
    await client.end();
    return values;
  };
  const owner = await rates(url);
  const own = await rates(urlFor(url, WORK_ROLE));
  return {
    name: "ledger.role",
    unit: "queries/s",
    values: own,
    against: { name: "the same queries as the owner of everything", values: owner },
    goal: { atLeast: 0.9 },
  };
}

async function walk(portal: Awaited<ReturnType<typeof openBenchPortal>>, entries: number): Promise<Measured[]> {
  const { pool } = portal;
  const { rows } = await pool.query<{ n: number }>("SELECT count(*)::int AS n FROM ledger.entry");
  // As appendLedger writes them, but many at once.
  await pool.query(
    `INSERT INTO ledger.pending (at, act, resident_id, case_id, before_seq, after_seq)
     SELECT '2026-03-02T17:00:00Z', 'case.read', $1::uuid, $2::uuid, $3, $4 FROM generate_series(1, $5::int)`,
    [
      ENTRY.residentId,
      CASE,
      `{"act":"case.read","actor":{"id":"${ENTRY.actor.id}","kind":"account","role":"clerk"},"at":"2026-03-02T17:00:00.000Z","case":"${CASE}","resident":"${ENTRY.residentId}","seq":`,
      `,"thing":{"id":"${CASE}","type":"case"}}`,
      Math.max(0, entries - (rows[0]?.n ?? 0)),
    ],
  );
  for (;;) {
    const chained = await pool.query<{ n: number }>("SELECT ledger.chain(20000) AS n");
    if (chained.rows[0]?.n === 0) break;
  }
  const folder = await mkdtemp(join(tmpdir(), "wholooked-bench-"));
  try {
    const path = join(folder, "dump.jsonl");
    const count = await exportLedger(pool, path);
    const inDatabase = await secondsOf(() => verifyLedger(pool));
    const inFile = await secondsOf(() => verifyDump(path));
    const limit = { name: "ten seconds a million", values: [(10 * count) / 1e6] };
    return [
      { name: `ledger.verify of ${count}`, unit: "s", values: [inDatabase], against: limit, goal: { atMost: 1 } },
      { name: `ledger.verify --dump of ${count}`, unit: "s", values: [inFile], against: limit, goal: { atMost: 1 } },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function secondsOf(verify: () => ReturnType<typeof verifyLedger>): Promise<number> {
  const begun = process.hrtime.bigint();
  const verdict = await verify();
  if (!verdict.ok) throw new Error(`the ledger does not hold: ${verdict.broken?.what}`);
  return Number(process.hrtime.bigint() - begun) / 1e9;
}
