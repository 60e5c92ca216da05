/** A clerk's desk with thousands of look-ups: what deciding them costs beside writing as many plain rows. */
import { decideLines, decideMatches } from "#app/histories/decide.server.ts";
import { undoAct } from "#app/histories/desk-act.server.ts";
import { findMatches } from "#app/histories/find-matches.server.ts";
import { getDesk } from "#app/histories/get-desk.server.ts";
import { newId } from "#app/platform/database/id.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { DISCLOSE, type GivenCase, givenCase, type LogRow, PLATE } from "#test/histories/given-case.ts";
import type { TestPortal } from "#test/support/database.ts";
import { settableTime } from "#test/support/time.ts";
import type { BenchOptions, Measured } from "./bench.ts";
import { type BenchPortal, openBenchPortal } from "./feeds-portal.ts";

const LINES = 5_000;
const TURNS = 5;
/** Ours: what a person at a screen takes for at once. */
const AT_ONCE_MS = 1_000;

/** One case, all of whose look-ups are decided in one act, undone, and looked at. */
export async function deskBench({ rows = LINES }: BenchOptions): Promise<Measured[]> {
  await using bench = await openBenchPortal();
  const portal = asTestPortal(bench);
  const given = await givenCase(portal, { rows: logOf(rows) });
  await given.verify();
  await findMatches(portal, given.clerk, given.caseId);
  const { caseId, clerk } = given;
  const confirms: number[] = [];
  const decides: number[] = [];
  const undoes: number[] = [];
  const opens: number[] = [];
  const plain: number[] = [];
  await getDesk(portal, clerk, { caseId, locale: "en", page: 1, show: "all" });
  await portal.pool.query(PLAIN_TABLE);
  for (let turn = 0; turn < TURNS; turn += 1) {
    portal.time.advance({ minutes: 1 });
    confirms.push(await took(() => decideMatches(portal, clerk, { caseId, events: ALL, verdict: "accepted" })));
    plain.push(await took(() => insertPlainly(portal, rows, given)));
    decides.push(await took(() => decideLines(portal, clerk, { caseId, events: "undecided", ...DISCLOSE })));
    opens.push(await took(() => getDesk(portal, clerk, { caseId, locale: "en", page: 1, show: "all" })));
    const act = await portal.db.deskAct.aggregate({ where: { caseId }, _max: { no: true } });
    undoes.push(await took(() => undoAct(portal, clerk, { caseId, act: act._max.no ?? 0 })));
  }
  const against = { name: `${rows} rows into such a table by one plain INSERT`, values: plain };
  const atOnce = { name: `${AT_ONCE_MS} ms`, values: [AT_ONCE_MS] };
  return [
    { name: "desk.decide", unit: "ms", values: decides, against, goal: { atMost: 3 } },
    { name: "desk.decide", unit: "ms", values: decides, against: atOnce, goal: { atMost: 1 } },
    { name: "desk.confirm", unit: "ms", values: confirms, against: atOnce, goal: { atMost: 1 } },
    { name: "desk.undo", unit: "ms", values: undoes, against: atOnce, goal: { atMost: 1 } },
    { name: "desk.open", unit: "ms", values: opens, against: atOnce, goal: { atMost: 1 } },
  ];
}

const ALL = { show: "all", systemId: null, agency: null, from: null, to: null, groupOf: null } as const;

async function took(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** With the indexes that a decision needs too, and nothing else. */
const PLAIN_TABLE = "CREATE TABLE plain_decision (LIKE decision INCLUDING ALL)";

/** The least that keeping so many decisions can cost: their rows, from memory, by one statement, committed. */
async function insertPlainly(portal: Portal, rows: number, { caseId, clerk }: GivenCase): Promise<void> {
  const ids = Array.from({ length: rows }, () => newId());
  await portal.pool.query(
    `INSERT INTO plain_decision (id, case_id, event_id, field, outcome, key_id, by, at, act_no)
     SELECT i, $2, i, '*', 'disclose', $2, $3, now(), 1 FROM unnest($1::uuid[]) AS i`,
    [ids, caseId, clerk.accountId],
  );
}

function asTestPortal(bench: BenchPortal): TestPortal {
  return {
    ...bench,
    ownerUrl: bench.databaseUrl,
    time: settableTime("2026-03-02T17:00:00Z"),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** Over a year, by some users of some agencies, under some case numbers. */
function logOf(rows: number): LogRow[] {
  const start = Date.parse("2025-02-01T00:00:00Z");
  return Array.from({ length: rows }, (_, i) => ({
    id: `e${i}`,
    at: new Date(start + i * 5_000_000).toISOString().replace(".000", ""),
    org: `Agency ${i % 12}`,
    user: `u-${i % 97}`,
    plate: PLATE,
    purpose: "Traffic stop",
    caseNumber: i % 3 === 0 ? "" : `25-${i % 60}`,
    scope: "lookup",
  }));
}
