import { expect, test } from "vitest";
import { getDesk } from "#app/histories/get-desk.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import { openMail } from "#app/platform/mail/send-mail.server.ts";
import { type Letter, writeLetter } from "#app/platform/mail/templates.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { toDbDate } from "#app/platform/time/local-date.ts";
import { recordClockEvent } from "#app/requests/case-file.server.ts";
import { requestJobs } from "#app/requests/jobs.server.ts";
import { getRequestForResident, listMyRequests } from "#app/requests/my-requests.server.ts";
import { listQueue } from "#app/requests/queue.server.ts";
import { enqueueSweep, sweepClocks } from "#app/requests/sweep-clocks.server.ts";
import { enqueueTelling, tellClock } from "#app/requests/tell-clock.server.ts";
import { givenLog } from "#test/platform/given-scan.ts";
import { givenActor, givenFiled, givenWorld, PERSON } from "#test/requests/given-request.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { drain } from "#test/support/queue.ts";

/** Filed on Monday, March 2; the sheriff must answer by Thursday, March 12, and 7:05 there is 14:05 in Greenwich. */
async function given(portal: TestPortal, mode: "mail" | "none" = "mail") {
  const { sheriff } = await givenWorld(portal);
  const at = (role: "clerk" | "supervisor", agencyId = sheriff) => ({ role, agencyId });
  const resident = await givenActor(portal, PERSON, [at("clerk")]);
  const clerk = await givenActor(portal, { email: "clerk@example.gov" }, [at("clerk")]);
  await givenActor(portal, { email: "both@example.gov" }, [at("clerk"), at("supervisor")]);
  const walled = await givenActor(portal, { email: "walled@example.gov" }, [at("supervisor")]);
  const { requestId, cases } = await givenFiled(portal, resident, [sheriff], mode);
  await portal.db.wall.create({ data: { requestId, accountId: walled.accountId, at: portal.time.now() } });
  await sweep(portal);
  return { sheriff, resident, clerk, requestId, caseId: cases[0]!.id };
}

async function sweep(portal: Portal): Promise<void> {
  await inTransaction(portal, enqueueSweep);
  await drain(portal, requestJobs);
}

/** What was told at an instant: rows, and letters with those who get them. */
async function toldAt(portal: TestPortal, at: string): Promise<{ rows: string[]; letters: string[] }> {
  const rows = await portal.db.clockNotice.findMany({ where: { at: new Date(at) } });
  const mails = await portal.db.outboxMail.findMany({ where: { createdAt: new Date(at) } });
  const letters = await Promise.all(
    mails.map(async (mail) => `${mail.template} ${(await openMail(portal, mail)).to.address}`),
  );
  return { rows: rows.map(({ audience, kind }) => `${audience} ${kind}`).sort(), letters: letters.sort() };
}

const TO_STAFF = ["staff-task both@example.gov", "staff-task clerk@example.gov"];
const LATE = "2026-03-13T14:05:00Z";

test("each is told once, nobody behind a wall, and no clerk of his own request", async () => {
  await using portal = await openTestPortal();
  const { caseId } = await given(portal);
  portal.time.set(LATE);
  await sweep(portal);
  await sweep(portal);
  expect(await toldAt(portal, LATE)).toEqual({
    rows: ["resident may-complain", "staff overdue"],
    letters: [`something-ready ${PERSON.email}`, ...TO_STAFF],
  });
  const acts = (await listLedgerOfCase(portal, caseId)).filter(({ act }) => act === "clock.told");
  expect(acts.map(({ actor, detail }) => [actor, detail])).toEqual(
    ["staff", "resident"].map((audience) => [
      { kind: "system", id: "tell-clock" },
      { kind: audience === "staff" ? "overdue" : "may-complain", due: "2026-03-12", audience },
    ]),
  );
});

test("who wants no mail gets none, and finds it on the page", async () => {
  await using portal = await openTestPortal();
  const { resident, requestId } = await given(portal, "none");
  portal.time.set(LATE);
  await sweep(portal);
  expect(await toldAt(portal, LATE)).toEqual({ rows: ["resident may-complain", "staff overdue"], letters: TO_STAFF });
  const page = await getRequestForResident(portal, resident, requestId);
  expect(page?.cases[0]?.notices.at(-1)).toEqual({
    kind: "may-complain",
    at: new Date(LATE),
    due: "2026-03-12",
    dueBefore: null,
  });
});

test("a letter says nothing but where to look", async () => {
  await using portal = await openTestPortal();
  const { caseId } = await given(portal);
  portal.time.set(LATE);
  await sweep(portal);
  const mails = await portal.db.outboxMail.findMany({ where: { createdAt: new Date(LATE) } });
  expect(mails).toHaveLength(3);
  for (const mail of mails) {
    const { params } = await openMail(portal, mail);
    const link = `${portal.config.url}${mail.template === "staff-task" ? `/desk/cases/${caseId}` : "/my"}`;
    expect(params).toEqual({ link });
    for (const locale of ["en", "es"] as const) {
      const { subject, text } = await writeLetter(
        portal.config.templatesFolder,
        mail.template as Letter,
        locale,
        params,
      );
      const words = `${subject}\n${text}`.replace(link, "");
      expect(words).not.toMatch(/\d|sheriff|due|late|overdue|complain|quintanilla|WL-/i);
    }
  }
});

test("two workers at the same time, and one case's job many times over, tell once", async () => {
  await using portal = await openTestPortal();
  const { caseId } = await given(portal);
  for (const [at, row] of [
    ["2026-03-05T15:05:00Z", "staff soon-7"],
    ["2026-03-09T14:05:00Z", "staff soon-3"],
  ] as const) {
    portal.time.set(at);
    await inTransaction(portal, enqueueSweep);
    await inTransaction(portal, (tx) => enqueueTelling(tx, caseId));
    await Promise.all([
      drain(portal, requestJobs),
      drain(portal, requestJobs),
      ...Array.from({ length: 4 }, () => tellClock(portal, { caseId })),
    ]);
    expect(await toldAt(portal, at)).toEqual({ rows: [row], letters: TO_STAFF });
  }
});

test("a job that waited through days tells what is right when it runs, not what was when it was asked for", async () => {
  await using portal = await openTestPortal();
  const { caseId } = await given(portal);
  portal.time.set("2026-03-09T14:05:00Z");
  // The sweep runs, and the worker is gone before the case's own job.
  await sweepClocks(portal);
  expect((await toldAt(portal, "2026-03-09T14:05:00Z")).rows).toEqual([]);
  portal.time.set("2026-03-12T14:05:00Z");
  await drain(portal, requestJobs);
  expect(await toldAt(portal, "2026-03-12T14:05:00Z")).toEqual({ rows: ["staff due-today"], letters: TO_STAFF });

  portal.time.set(LATE);
  await sweepClocks(portal);
  await inTransaction(portal, (tx) => recordClockEvent(portal, tx, { caseId, kind: "answered", on: "2026-03-13" }));
  await drain(portal, requestJobs);
  // That the answer was late is kept; nobody is told anything of an answered clock.
  expect(await toldAt(portal, LATE), "answered in the meantime").toEqual({
    rows: ["staff answered-late"],
    letters: [],
  });
});

test("before seven in the morning it waits, also when the job runs then", async () => {
  await using portal = await openTestPortal();
  const { caseId } = await given(portal);
  portal.time.set("2026-03-12T13:59:59Z");
  await tellClock(portal, { caseId });
  expect((await toldAt(portal, "2026-03-12T13:59:59Z")).rows).toEqual([]);
});

test("what fails half-way has told nobody anything, and is told whole the next time", async () => {
  await using portal = await openTestPortal();
  const { caseId } = await given(portal);
  portal.time.set(LATE);
  let letters = 0;
  const seal: Portal["vault"]["seal"] = (keyId, place, text) => {
    if (place.table === "outbox_mail") letters += 1;
    return letters > 3 ? Promise.reject(new Error("out of keys")) : portal.vault.seal(keyId, place, text);
  };
  await expect(tellClock({ ...portal, vault: { ...portal.vault, seal } }, { caseId })).rejects.toThrow("out of keys");
  expect(await toldAt(portal, LATE)).toEqual({ rows: [], letters: [] });
  await tellClock(portal, { caseId });
  expect((await toldAt(portal, LATE)).letters).toHaveLength(3);
});

test("having been late stays, on every page, when a closure found out later moves the date", async () => {
  await using portal = await openTestPortal();
  const { sheriff, resident, clerk, requestId, caseId } = await given(portal);
  portal.time.set(LATE);
  await sweep(portal);
  portal.time.set("2026-03-13T18:00:00Z");
  for (const on of ["2026-03-12", "2026-03-13"]) {
    await portal.db.agencyClosure.create({ data: { agencyId: sheriff, on: toDbDate(on), why: "fire" } });
  }
  await sweep(portal);
  expect(await toldAt(portal, "2026-03-13T18:00:00Z")).toEqual({
    rows: ["resident moved", "staff moved", "staff soon-3"],
    letters: [`something-ready ${PERSON.email}`, ...TO_STAFF],
  });
  await inTransaction(portal, (tx) => recordClockEvent(portal, tx, { caseId, kind: "answered", on: "2026-03-16" }));
  portal.time.set("2027-01-01T18:00:00Z");
  await sweep(portal);

  const late = { due: "2026-03-16", overdue: true };
  expect((await listQueue(portal, clerk))[0]).toMatchObject(late);
  expect((await listMyRequests(portal, resident))[0]?.cases[0]).toMatchObject(late);
  const page = await getRequestForResident(portal, resident, requestId);
  expect(page?.cases[0]).toMatchObject(late);
  expect(page?.cases[0]?.notices.map(({ kind, due, dueBefore }) => [kind, due, dueBefore]).slice(-2)).toEqual([
    ["may-complain", "2026-03-12", null],
    ["moved", "2026-03-16", "2026-03-12"],
  ]);
  const desk = await getDesk(portal, clerk, { caseId, locale: "en", page: 1, show: "all" });
  expect(desk.clock).toMatchObject({ due: "2026-03-16", overdueSince: "2026-03-13" });
});

test("a case whose clock cannot be read keeps no other from being told, and the operator hears of it", async () => {
  await using portal = await openTestPortal();
  const { caseId } = await given(portal);
  const other = await givenActor(portal, { email: "other@example.org" });
  const agencies = await portal.db.agency.findMany();
  const filed = await givenFiled(portal, other, [agencies[0]!.id, agencies[1]!.id]);
  await portal.db.case.updateMany({
    where: { id: { in: filed.cases.map((one) => one.id) } },
    data: { rule: "no.such.rule" },
  });
  const { log, written } = givenLog();
  portal.time.set(LATE);
  await inTransaction(portal, enqueueSweep);
  await drain({ ...portal, log }, requestJobs);
  expect((await toldAt(portal, LATE)).rows).toEqual(["resident may-complain", "staff overdue"]);
  for (const { id } of filed.cases) expect(written()).toContain(id);
  expect(written()).not.toContain(caseId);
});

test("many open cases are looked at page by page, each once; withdrawn ones not at all", async () => {
  await using portal = await openTestPortal();
  const { sheriff, requestId } = await given(portal);
  const many = 1_003;
  await portal.pool.query(
    `WITH filed AS (
       INSERT INTO request (id, resident_id, key_id, answers_sealed, locale, created_at, saved_at, filed_at, withdrawn_at)
       SELECT gen_random_uuid(), resident_id, key_id, answers_sealed, locale, created_at, saved_at, filed_at,
              CASE WHEN place <= 3 THEN filed_at END
       FROM request, generate_series(1, $1::int) AS place WHERE id = $2 RETURNING id
     ), opened AS (
       INSERT INTO "case" (id, request_id, agency_id, number, rule, opened_at)
       SELECT gen_random_uuid(), id, $3, id::text, 'ca.cpra.determination', now() FROM filed RETURNING id
     )
     INSERT INTO clock_event (id, case_id, kind, "on", recorded_at)
     SELECT gen_random_uuid(), id, 'received', '2026-03-02', now() FROM opened`,
    [many, requestId, sheriff],
  );
  await sweepClocks(portal);
  await sweepClocks(portal);
  const { rows } = await portal.pool.query(
    `SELECT count(*)::int AS jobs, count(DISTINCT j.payload->>'caseId')::int AS cases
     FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
     WHERE t.identifier = 'tell-clock'`,
  );
  expect(rows).toEqual([{ jobs: many - 3, cases: many - 3 }]);
});

test("whoever asks for a sweep while one waits adds none", async () => {
  await using portal = await openTestPortal();
  await inTransaction(portal, enqueueSweep);
  await inTransaction(portal, enqueueSweep);
  const { rows } = await portal.pool.query("SELECT key, payload FROM graphile_worker._private_jobs");
  expect(rows).toEqual([{ key: "sweep-clocks", payload: {} }]);
});
