import { expect, test } from "vitest";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { getCaseFile, recordClockEvent } from "#app/requests/case-file.server.ts";
import { fileRequest } from "#app/requests/file-request.server.ts";
import { getDraft, getRequestForResident, listMyRequests } from "#app/requests/my-requests.server.ts";
import { saveAnswers } from "#app/requests/save-answers.server.ts";
import { MAX_DRAFTS, startRequest } from "#app/requests/start-request.server.ts";
import { answersOf, givenActor, givenDraft, givenFiled, givenWorld, PERSON } from "#test/requests/given-request.ts";
import { openTestPortal } from "#test/support/database.ts";

const refused = (code: string) => expect.objectContaining({ name: "Refused", code });

async function counts(portal: Portal) {
  const entries = await portal.pool.query("SELECT count(*)::int AS n FROM ledger.entry WHERE act = 'request.filed'");
  return {
    cases: await portal.db.case.count(),
    clock: await portal.db.clockEvent.count(),
    identifiers: await portal.db.identifier.count(),
    mails: await portal.db.outboxMail.count(),
    filed: entries.rows[0].n as number,
  };
}

test("a request opens one case for each agency, lettered, under the law that binds that agency", async () => {
  await using portal = await openTestPortal();
  const { state, sheriff } = await givenWorld(portal);
  const resident = await givenActor(portal, PERSON);
  const { number, cases } = await givenFiled(portal, { ...resident, name: "" }, [state, sheriff]);
  expect(number).toMatch(/^WL-2026-\d{5}$/);
  // By the agencies' names: the county before the state.
  expect(cases.map(({ number: letter, agencyId, rule }) => ({ letter, agencyId, rule }))).toEqual([
    { letter: `${number}-A`, agencyId: sheriff, rule: "ca.cpra.determination" },
    { letter: `${number}-B`, agencyId: state, rule: "ca.ipa.access" },
  ]);
  expect(await counts(portal)).toEqual({ cases: 2, clock: 2, identifiers: 2, mails: 1, filed: 1 });
  const file = await getCaseFile(portal, cases[0]?.id ?? "");
  expect(file).toMatchObject({
    residentName: PERSON.name,
    birthDate: PERSON.birthDate,
    receivedOn: "2026-03-02",
    period: { from: "2023-01-01", to: "2025-12-31" },
    contact: { mode: "mail" },
    facts: { agencyId: sheriff, residentId: resident.accountId, walledIds: [] },
  });
});

test("a second submit files nothing twice and shows the same number, one after the other or at once", async () => {
  await using portal = await openTestPortal();
  const { state, sheriff } = await givenWorld(portal);
  const resident = await givenActor(portal, PERSON);
  const draft = await givenDraft(portal, resident, answersOf([state, sheriff]));
  const atOnce = await Promise.all([1, 2, 3].map(() => fileRequest(portal, resident, draft)));
  const again = await fileRequest(portal, resident, draft);
  expect(new Set([...atOnce, again].map((filed) => filed.number)).size).toBe(1);
  expect(await counts(portal)).toEqual({ cases: 2, clock: 2, identifiers: 2, mails: 1, filed: 1 });
  // And no number was lost on the way.
  expect(await portal.db.counter.findUniqueOrThrow({ where: { name: "request-2026" } })).toMatchObject({ value: 1 });
  const next = await givenFiled(portal, resident, [state]);
  expect(next.number).not.toBe(again.number);
});

test("a minute before and a minute after midnight at the agency are two days of receipt", async () => {
  await using portal = await openTestPortal({ now: "2026-03-03T07:59:00Z" });
  const { sheriff } = await givenWorld(portal);
  const resident = await givenActor(portal, PERSON);
  const before = await givenFiled(portal, resident, [sheriff]);
  portal.time.set("2026-03-03T08:01:00Z");
  const after = await givenFiled(portal, resident, [sheriff]);
  const received = async (caseId: string | undefined) => (await getCaseFile(portal, caseId ?? "")).receivedOn;
  expect(await received(before.cases[0]?.id)).toBe("2026-03-02");
  expect(await received(after.cases[0]?.id)).toBe("2026-03-03");
  const due = (await listMyRequests(portal, resident)).map((request) => request.cases[0]?.due);
  expect(due).toEqual(["2026-03-13", "2026-03-12"]);
});

test("the year of the number is the agency's, not the machine's", async () => {
  await using portal = await openTestPortal({ now: "2027-01-01T07:30:00Z" });
  const { sheriff } = await givenWorld(portal);
  const resident = await givenActor(portal, PERSON);
  expect((await givenFiled(portal, resident, [sheriff])).number).toMatch(/^WL-2026-\d{5}$/);
});

test("an unanswered page, or an answer left half-way, keeps a request from being filed", async () => {
  await using portal = await openTestPortal();
  const { sheriff } = await givenWorld(portal);
  const resident = await givenActor(portal, PERSON);
  const { contact: _, ...four } = answersOf([sheriff]);
  const draft = await givenDraft(portal, resident, four as ReturnType<typeof answersOf>);
  await expect(fileRequest(portal, resident, draft)).rejects.toEqual(refused("request.notYet"));
  expect(await counts(portal)).toEqual({ cases: 0, clock: 0, identifiers: 0, mails: 0, filed: 0 });
});

test("what is filed is what was checked: a save in another window since then is refused", async () => {
  await using portal = await openTestPortal();
  const { state, sheriff } = await givenWorld(portal);
  const resident = await givenActor(portal, PERSON);
  const draft = await givenDraft(portal, resident, answersOf([sheriff]));
  await saveAnswers(portal, resident, { ...draft, section: "agencies", answer: { whole: { agencies: [state] } } });
  await expect(fileRequest(portal, resident, draft)).rejects.toEqual(refused("request.stale"));
  expect(await counts(portal)).toMatchObject({ cases: 0, filed: 0 });
  await fileRequest(portal, resident, { ...draft, version: draft.version + 1 });
  expect(await portal.db.case.findMany({ select: { agencyId: true } })).toEqual([{ agencyId: state }]);
});

test("two windows: the second save is refused, and what the first saved stands", async () => {
  await using portal = await openTestPortal();
  await givenWorld(portal);
  const resident = await givenActor(portal, PERSON);
  const { requestId } = await startRequest(portal, resident);
  const save = (name: string) =>
    saveAnswers(portal, resident, {
      requestId,
      version: 1,
      section: "you",
      answer: { whole: { name, birthDate: PERSON.birthDate } },
    });
  const outcomes = await Promise.allSettled([save("First Window"), save("Second Window")]);
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  expect(outcomes.find((outcome) => outcome.status === "rejected")?.reason).toEqual(refused("request.stale"));
  await expect(save("Third Window")).rejects.toEqual(refused("request.stale"));
  const saved = await getDraft(portal, resident, requestId);
  expect(saved.answers.whole.you?.name).toBe(outcomes[0]?.status === "fulfilled" ? "First Window" : "Second Window");
  expect(saved.version).toBe(2);
});

test("what was sent is frozen", async () => {
  await using portal = await openTestPortal();
  const { sheriff } = await givenWorld(portal);
  const resident = await givenActor(portal, PERSON);
  const { requestId } = await givenFiled(portal, resident, [sheriff]);
  const { version } = await portal.db.request.findUniqueOrThrow({ where: { id: requestId } });
  const change = { whole: { name: "Somebody Else", birthDate: "1990-01-01" } };
  await expect(saveAnswers(portal, resident, { requestId, version, section: "you", answer: change })).rejects.toEqual(
    refused("request.alreadyFiled"),
  );
  expect((await getRequestForResident(portal, resident, requestId))?.answers.you.name).toBe(PERSON.name);
});

test("half a page is kept as typed and asked for again; a page that may not be visited takes nothing", async () => {
  await using portal = await openTestPortal();
  await givenWorld(portal);
  const resident = await givenActor(portal, PERSON);
  const { requestId } = await startRequest(portal, resident);
  const typed = { name: "Half", birthDate: "1986--" };
  const saved = await saveAnswers(portal, resident, {
    requestId,
    version: 1,
    section: "you",
    answer: { unfinished: typed },
  });
  expect(saved.next).toBe("you");
  expect((await getDraft(portal, resident, requestId)).answers.unfinished.you).toEqual(typed);
  const period = { whole: { from: "2025-01-01", to: "2025-02-01" } };
  await expect(
    saveAnswers(portal, resident, { requestId, version: 2, section: "period", answer: period }),
  ).rejects.toEqual(refused("request.notYet"));
  const long = { unfinished: { name: "x".repeat(1_001) } };
  await expect(saveAnswers(portal, resident, { requestId, version: 2, section: "you", answer: long })).rejects.toEqual(
    refused("request.notWhole"),
  );
  const future = { whole: { name: "A", birthDate: "2026-03-03" } };
  await expect(
    saveAnswers(portal, resident, { requestId, version: 2, section: "you", answer: future }),
  ).rejects.toEqual(refused("request.notWhole"));
});

test("pressing start twice opens one draft, and nobody fills the disk with drafts", async () => {
  await using portal = await openTestPortal();
  await givenWorld(portal);
  const resident = await givenActor(portal, PERSON);
  const started = await Promise.all([startRequest(portal, resident), startRequest(portal, resident)]);
  expect(started[0]).toEqual(started[1]);
  for (let n = 0; n < MAX_DRAFTS; n++) {
    const { requestId } = await startRequest(portal, resident);
    await saveAnswers(portal, resident, { requestId, version: 1, section: "you", answer: { unfinished: {} } });
  }
  await expect(startRequest(portal, resident)).rejects.toEqual(refused("request.tooManyDrafts"));
  expect(await portal.db.request.count()).toBe(MAX_DRAFTS);
});

test("who wants no mail gets none, and who has no name yet is named", async () => {
  await using portal = await openTestPortal();
  const { sheriff } = await givenWorld(portal);
  const resident = await givenActor(portal, PERSON);
  await givenFiled(portal, resident, [sheriff], "none");
  expect(await counts(portal)).toMatchObject({ cases: 1, mails: 0 });
  const { keyId, nameSealed } = await portal.db.account.findUniqueOrThrow({ where: { id: resident.accountId } });
  const place = { table: "account", column: "name_sealed", row: resident.accountId };
  expect(await portal.vault.openText(keyId, place, nameSealed)).toBe(PERSON.name);
});

test("a clock takes only events that the law knows there", async () => {
  await using portal = await openTestPortal();
  const { sheriff } = await givenWorld(portal);
  const resident = await givenActor(portal, PERSON);
  const { cases } = await givenFiled(portal, resident, [sheriff]);
  const caseId = cases[0]?.id ?? "";
  const record = (kind: "answered" | "received", on: string) =>
    inTransaction(portal, (tx) => recordClockEvent(portal, tx, { caseId, kind, on }));
  await expect(record("answered", "2026-03-01")).rejects.toEqual(refused("request.clockRefused"));
  await expect(record("received", "2026-03-04")).rejects.toEqual(refused("request.clockRefused"));
  await record("answered", "2026-03-09");
  await expect(record("answered", "2026-03-10")).rejects.toEqual(refused("request.clockRefused"));
  const [mine] = await listMyRequests(portal, resident);
  expect(mine?.cases[0]).toMatchObject({
    due: "2026-03-12",
    daysLeft: null,
    overdue: false,
    clock: { answeredOn: "2026-03-09" },
  });
});
