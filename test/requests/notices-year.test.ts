import { expect, test } from "vitest";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import { openMail } from "#app/platform/mail/send-mail.server.ts";
import { addDays } from "#app/platform/time/local-date.ts";
import { requestJobs } from "#app/requests/jobs.server.ts";
import { enqueueSweep } from "#app/requests/sweep-clocks.server.ts";
import {
  BUSY,
  close,
  givenYear,
  type Happening,
  listFilings,
  switchLaw,
  type Year,
} from "#test/requests/given-year.ts";
import { type Expected, expectedOf, wallClock } from "#test/requests/year-oracle.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { drain } from "#test/support/queue.ts";

const FIRST = "2026-01-07";
const LAST = "2027-01-07";
/** Changes to summer time and back, in Estonia and in California. */
const CHANGES = ["2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01"];
/** No worker ran in these: three days with a last day among them, and with a change of the hour. */
const OUTAGES: [from: string, to: string][] = [
  ["2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z"],
  ["2026-06-28T00:00:00Z", "2026-07-01T00:00:00Z"],
  ["2026-10-31T00:00:00Z", "2026-11-03T00:00:00Z"],
];

/** Once in each local day; around each change of the hour, before and after seven in the morning in each zone. */
function listSweeps(): string[] {
  const sweeps: string[] = [];
  for (let day = FIRST; day < LAST; day = addDays(day, 1)) {
    const isNear = CHANGES.some((change) => Math.abs(Date.parse(day) - Date.parse(change)) <= 3 * 86_400_000);
    const hours = isNear ? [3, 4, 5, 13, 14, 15, 22] : [15];
    sweeps.push(...hours.map((hour) => `${day}T${String(hour).padStart(2, "0")}:05:00Z`));
  }
  return sweeps.filter((at) => !OUTAGES.some(([from, to]) => at >= from && at < to));
}

/** What is entered in the course of the year: days on which offices are closed, a change of the law. */
function listChanges(portal: TestPortal, year: Year): Happening[] {
  const sheriff = (days: string[]) => () => close(portal, year, "year-sheriff", days);
  const state = (days: string[]) => () => close(portal, year, "year-state", days);
  const law = (from: string | null) => () => switchLaw(portal, year, "ca.ab-1821", from);
  return [
    // Entered, taken back, entered again: the same date comes and goes.
    { at: `2026-05-20${BUSY}`, run: sheriff(["2026-05-26"]) },
    { at: `2026-05-21${BUSY}`, run: sheriff([]) },
    { at: `2026-05-22${BUSY}`, run: sheriff(["2026-05-26"]) },
    // A fire of which one hears when the date has passed: once to a day that has passed too, then to one ahead.
    { at: `2026-05-21${BUSY}`, run: state(["2026-05-20"]) },
    { at: `2026-05-22T18:30:09Z`, run: state(["2026-05-20", "2026-05-21", "2026-05-22", "2026-05-26"]) },
    { at: `2026-08-12${BUSY}`, run: law("2026-08-01") },
    { at: `2026-08-14${BUSY}`, run: law(null) },
    { at: `2026-08-17${BUSY}`, run: law("2026-08-01") },
    { at: `2026-09-25${BUSY}`, run: law(null) },
  ];
}

async function sweep(portal: TestPortal): Promise<void> {
  await inTransaction(portal, enqueueSweep);
  await drain(portal, requestJobs);
}

async function liveThrough(portal: TestPortal): Promise<{ year: Year; sweeps: Date[] }> {
  const year = await givenYear(portal);
  const sweeps = listSweeps();
  const happenings: Happening[] = [
    ...listFilings(portal, year),
    ...listChanges(portal, year),
    ...sweeps.map((at) => ({ at, run: () => sweep(portal) })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  for (const { at, run } of happenings) {
    if (at >= LAST) continue;
    portal.time.set(at);
    await run();
  }
  return { year, sweeps: sweeps.map((at) => new Date(at)) };
}

const KINDS = ["soon-7", "soon-3", "soon-1", "due-today", "overdue", "moved", "may-complain"];
const plain = (kind: string) => (/^moved-\d+$/.test(kind) ? "moved" : kind);
const line = ({ number, audience, kind, due, dueBefore, at }: Expected) =>
  `${at} ${number} ${audience} ${kind} ${due}${dueBefore === null ? "" : ` (${dueBefore})`}`;

const short = ({ audience, kind, due, at }: Expected) => `${at.slice(5, 16)} ${audience} ${kind} ${due.slice(5)}`;

/** Some cases worked out by hand, against an oracle that errs as the portal does. */
const BY_HAND: Record<string, string[]> = {
  // Due Monday, March 9, the day after the clocks went forward: seven in the morning is an hour earlier by then.
  "WL-14-year-sheriff": [
    "03-02T15:05 staff soon-7 03-09",
    "03-06T15:05 staff soon-3 03-09",
    "03-08T14:05 staff soon-1 03-09",
    "03-09T14:05 staff due-today 03-09",
    "03-10T14:05 resident may-complain 03-09",
    "03-10T14:05 staff overdue 03-09",
  ],
  // Due Monday, March 30, in Tallinn; no worker from the 28th to the 30th.
  "WL-4-year-tallinn": [
    "03-23T15:05 staff soon-7 03-30",
    "03-27T05:05 staff soon-3 03-30",
    "03-31T04:05 resident may-complain 03-30",
    "03-31T04:05 staff overdue 03-30",
  ],
  // Due on the day after Memorial Day, which the office closes, opens and closes again.
  "WL-7-year-sheriff": [
    "05-19T15:05 staff soon-7 05-26",
    "05-21T15:05 resident moved 05-27",
    "05-21T15:05 staff moved 05-27",
    "05-21T15:05 staff soon-7 05-27",
    "05-22T15:05 resident moved 05-26",
    "05-22T15:05 staff moved 05-26",
    "05-23T15:05 resident moved 05-27",
    "05-23T15:05 staff moved 05-27",
    "05-24T15:05 staff soon-3 05-27",
    "05-26T15:05 staff soon-1 05-27",
    "05-27T15:05 staff due-today 05-27",
    "05-28T15:05 resident may-complain 05-27",
    "05-28T15:05 staff overdue 05-27",
  ],
};

async function listTold(portal: TestPortal): Promise<Expected[]> {
  const rows = await portal.db.clockNotice.findMany({ include: { case: { select: { number: true } } } });
  const day = (on: Date | null) => on?.toISOString().slice(0, 10) ?? null;
  return rows
    .map((row) => ({
      number: row.case.number,
      audience: row.audience as Expected["audience"],
      kind: plain(row.kind),
      due: day(row.due) ?? "",
      dueBefore: day(row.dueBefore),
      at: row.at.toISOString(),
    }))
    .filter(({ kind }) => KINDS.includes(kind));
}

/** One letter for each person who is told something at one time, however much it is. */
function lettersOf(year: Year, told: readonly Expected[]): string[] {
  const letters = told.flatMap(({ number, audience, at }) => {
    const one = year.cases.find((known) => known.number === number)!;
    if (audience === "resident") return one.wantsMail ? [`${at} ${number} something-ready ${one.resident.email}`] : [];
    const staff = one.agency.staff.filter(({ accountId }) => !one.walled.includes(accountId));
    // A clerk who is himself the resident is among the staff of his agency for everybody else's cases.
    const [sheriff] = year.agencies;
    const clerk = year.cases.find(({ resident }) => resident.email === "resident-2@example.org");
    const joined = clerk && one.agency === sheriff && at > clerk.filedAt.toISOString();
    const too = joined && one.resident.email !== clerk.resident.email ? [clerk.resident] : [];
    return [...staff, ...too].map(({ email }) => `${at} ${number} staff-task ${email}`);
  });
  return [...new Set(letters)].sort();
}

async function listLetters(portal: TestPortal, year: Year, sweeps: readonly Date[]): Promise<string[]> {
  const mails = await portal.db.outboxMail.findMany({ where: { createdAt: { in: [...sweeps] } } });
  const letters = await Promise.all(
    mails.map(async (mail) => {
      const { to, params } = await openMail(portal, mail);
      const one = year.cases.find(({ id }) => id === mail.aboutId)!;
      const path = mail.template === "staff-task" ? `/desk/cases/${one.id}` : "/my";
      expect(params).toEqual({ link: `${portal.config.url}${path}` });
      return `${mail.createdAt.toISOString()} ${one.number} ${mail.template} ${to.address}`;
    }),
  );
  return letters.sort();
}

test("a year of notices: none missing, none twice, none stale, each on its local day", {
  timeout: 120_000,
}, async () => {
  await using portal = await openTestPortal({ now: `${FIRST}T01:00:00Z` });
  const { year, sweeps } = await liveThrough(portal);
  expect(year.cases).toHaveLength(45);

  const told = await listTold(portal);
  const expected = year.cases.flatMap((one) => expectedOf(year, one, sweeps));
  expect(told.map(line).sort()).toEqual(expected.map(line).sort());
  for (const kind of KINDS) expect(told.filter((one) => one.kind === kind).length, kind).toBeGreaterThan(5);

  const again = Map.groupBy(told, ({ number, audience, kind, due }) => [number, audience, kind, due].join(" "));
  expect([...again.values()].filter((same) => same[0]?.kind.startsWith("soon") && same.length > 1)).not.toEqual([]);

  for (const [number, lines] of Object.entries(BY_HAND)) {
    expect(
      told
        .filter((one) => one.number === number)
        .map(short)
        .sort(),
    ).toEqual(lines);
  }

  for (const { number, kind, due, at } of told) {
    const { day, hour } = wallClock(new Date(at), year.cases.find((one) => one.number === number)!.agency.zone);
    const left = Math.round((Date.parse(due) - Date.parse(day)) / 86_400_000);
    expect(hour, "no letter before seven").toBeGreaterThanOrEqual(7);
    if (kind === "due-today") expect(left).toBe(0);
    if (kind === "overdue" || kind === "may-complain") expect(left).toBeLessThan(0);
    if (kind.startsWith("soon")) expect(left, "not stale").toBeGreaterThan(0);
  }

  expect(await listLetters(portal, year, sweeps)).toEqual(lettersOf(year, told));
  const acts = await Promise.all(year.cases.map(({ id }) => listLedgerOfCase(portal, id)));
  expect(acts.flat().filter(({ act }) => act === "clock.told")).toHaveLength(told.length);
  const failed = await portal.pool.query("SELECT 1 FROM graphile_worker._private_jobs WHERE last_error IS NOT NULL");
  expect(failed.rows).toEqual([]);
});
