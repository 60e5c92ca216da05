// Walls that a resident sets: whom they bind, and that behind one there is nothing, byte for byte.
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { countUnattended } from "#app/complaints/count-unattended.server.ts";
import { getComplaintForAdvocate, getComplaintForIntake } from "#app/complaints/get-complaint.server.ts";
import { listComplaintsForAdvocate, listComplaintsForIntake } from "#app/complaints/list-complaints.server.ts";
import { listNextDates } from "#app/complaints/list-next-dates.server.ts";
import { getDesk, getLine } from "#app/histories/get-desk.server.ts";
import { getProposal } from "#app/histories/get-proposal.server.ts";
import { nameAccount } from "#app/people/accounts.server.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { addMembership } from "#app/people/memberships.server.ts";
import { declareSign } from "#app/people/staff-signs.server.ts";
import { bindEveryone, notWalled } from "#app/people/walls.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { openMail } from "#app/platform/mail/send-mail.server.ts";
import { extendCases } from "#app/requests/extend-cases.server.ts";
import { getCaseClock } from "#app/requests/get-case-clock.server.ts";
import { listStalledCases } from "#app/requests/list-stalled.server.ts";
import { listMyRequests } from "#app/requests/my-requests.server.ts";
import { getOwnWalls, liftWall, nameWall } from "#app/requests/name-wall.server.ts";
import { getPaper, listPapers } from "#app/requests/papers.server.ts";
import { listMoves } from "#app/requests/preview-change.server.ts";
import { listQueue } from "#app/requests/queue.server.ts";
import { getConflict } from "#app/requests/step-aside.server.ts";
import { enqueueSweep } from "#app/requests/sweep-clocks.server.ts";
import { getAgencyFigures, getPortalFigures } from "#app/statistics/agency-figures.server.ts";
import { writeCalendar } from "#app/statistics/calendar-file.ts";
import { listCalendar } from "#app/statistics/export-calendar.server.ts";
import { ALDER, type GivenDispute, givenDispute } from "#test/complaints/given-dispute.ts";
import { eventIds } from "#test/histories/given-case.ts";
import { EXTEND } from "#test/requests/given-clock.ts";
import { givenDesks, givenStaff, NOBODY, work } from "#test/requests/given-handlers.ts";
import { givenActor, givenFiled } from "#test/requests/given-request.ts";
import { asOwner, openTestPortal, type TestPortal } from "#test/support/database.ts";

const NOT_FOUND = expect.objectContaining({ name: "NotFound" });

test("a named account or officer is bound at once: by name, badge, user id or mail", async () => {
  await using portal = await openTestPortal();
  const { sheriff, wall, requestId, resident, clerk } = await givenDesks(portal);
  const at = { role: "clerk", agencyId: sheriff } as const;
  const byBadge = await givenStaff(portal, { name: "Bo Badger" }, [at]);
  await declareSign(portal, byBadge, {
    accountId: byBadge.accountId,
    agencyId: sheriff,
    kind: "badge",
    value: "#0421",
  });
  const byMail = await givenStaff(portal, { name: "Em Ailer", email: "em.ailer@pd.example.gov" }, [at]);
  for (const person of [{ name: "Officer NG, C." }, { badge: "421" }, { email: "EM.AILER@pd.example.gov" }])
    await wall(person);
  for (const actor of [clerk, byBadge, byMail]) expect(await listQueue(portal, actor)).toEqual([]);
  const walls = await portal.db.wall.findMany({ where: { requestId } });
  expect(walls.map(({ accountId }) => accountId).sort()).toEqual(
    [clerk, byBadge, byMail].map(({ accountId }) => accountId).sort(),
  );
  // The resident reads what was named, and not who it bound.
  const own = await getOwnWalls(portal, resident, requestId);
  expect(own.named.map(({ person }) => person.name)).toEqual(["Officer NG, C.", null, null]);
  expect(JSON.stringify(own)).not.toContain(clerk.accountId);
});

test("whoever becomes the person who was named is bound when it happens", async () => {
  await using portal = await openTestPortal();
  const { sheriff, wall, requestId } = await givenDesks(portal);
  await wall({ name: "María García-López" });
  await wall({ badge: "77" });
  const bound = async () =>
    (await portal.db.wall.findMany({ where: { requestId } })).map(({ accountId }) => accountId).sort();
  expect(await bound()).toEqual([]);
  const at = { role: "clerk", agencyId: sheriff } as const;

  const newcomer = await givenStaff(portal, { name: "Lopez Garcia, M." }, [at]);
  expect(await bound()).toEqual([newcomer.accountId]);

  const badged = await givenStaff(portal, { name: "Kit Marsh" }, [at]);
  expect(await listQueue(portal, badged)).toHaveLength(1);
  await declareSign(portal, badged, { accountId: badged.accountId, agencyId: sheriff, kind: "user-id", value: "0077" });
  expect(await listQueue(portal, badged)).toEqual([]);

  const renamed = await givenStaff(portal, { name: "Ada Stone" }, [at]);
  await inTransaction(portal, (tx) => nameAccount(portal, tx, renamed.accountId, "Maria Garcia"));
  expect(await listQueue(portal, renamed)).toEqual([]);

  // A resident of that name is nobody's colleague, until he is.
  const neighbour = await givenActor(portal, { email: "mg@example.org", name: "Maria Garcia" });
  expect(await bound()).not.toContain(neighbour.accountId);
  const membership = { accountId: neighbour.accountId, agencyId: sheriff, role: "clerk", organisation: null } as const;
  await inTransaction(portal, (tx) => addMembership(portal, tx, membership));
  expect(await bound()).toContain(neighbour.accountId);
});

test("an account that came in by a way that forgot to ask is found by the hourly look", async () => {
  await using portal = await openTestPortal();
  const { sheriff, wall } = await givenDesks(portal);
  await wall({ name: "Vera Holm" });
  const forgotten = await givenActor(portal, { email: "vh@x.example", name: "Vera Holm" }, [
    { role: "clerk", agencyId: sheriff },
  ]);
  expect(await listQueue(portal, forgotten)).toHaveLength(1);
  await bindEveryone(portal);
  expect(await listQueue(portal, forgotten)).toEqual([]);
});

test("a wall that is set in a draft is there before the request is", async () => {
  await using portal = await openTestPortal();
  const { sheriff, clerk, resident } = await givenDesks(portal);
  const before = JSON.stringify(await listQueue(portal, clerk));
  const { startRequest } = await import("#app/requests/start-request.server.ts");
  const { requestId } = await startRequest(portal, resident);
  await nameWall(portal, resident, { requestId, person: { ...NOBODY, name: clerk.name } });
  const other = await givenActor(portal, { email: "other@example.org" });
  // The draft with the wall is the one that is filed next.
  expect((await givenFiled(portal, resident, [sheriff])).requestId).toBe(requestId);
  expect(JSON.stringify(await listQueue(portal, clerk))).toBe(before);
  await givenFiled(portal, other, [sheriff]);
  expect(JSON.stringify(await listQueue(portal, clerk))).not.toBe(before);
});

test("taking a name back frees whom it alone has bound", async () => {
  await using portal = await openTestPortal();
  const { wall, requestId, resident, clerk } = await givenDesks(portal);
  await wall({ name: "Casey Ng" });
  await wall({ email: "casey.ng@staff.example.gov" });
  const [first, second] = (await getOwnWalls(portal, resident, requestId)).named;
  await liftWall(portal, resident, { requestId, namedId: first?.id ?? "" });
  expect(await listQueue(portal, clerk)).toEqual([]);
  await liftWall(portal, resident, { requestId, namedId: second?.id ?? "" });
  expect(await listQueue(portal, clerk)).toHaveLength(1);
});

test("nobody but the resident names, reads or takes back; nobody walls the resident off", async () => {
  await using portal = await openTestPortal();
  const { wall, requestId, resident, clerk, supervisor, sheriff } = await givenDesks(portal);
  for (const actor of [clerk, supervisor]) {
    await expect(getOwnWalls(portal, actor, requestId)).rejects.toEqual(NOT_FOUND);
    await expect(nameWall(portal, actor, { requestId, person: { ...NOBODY, name: "A Bee" } })).rejects.toEqual(
      NOT_FOUND,
    );
  }
  // A clerk who files for himself and names his own name still has his request.
  const self = await givenStaff(portal, { name: "Noor Vance" }, [{ role: "clerk", agencyId: sheriff }]);
  const own = await givenFiled(portal, self, [sheriff]);
  await nameWall(portal, self, { requestId: own.requestId, person: { ...NOBODY, name: "Noor Vance" } });
  expect((await listMyRequests(portal, self)).map(({ id }) => id)).toContain(own.requestId);
  for (let n = 0; n < 10; n += 1) await wall({ badge: `9000${n}` });
  await expect(wall({ badge: "90010" })).rejects.toMatchObject({ code: "walls.tooMany" });
  await wall({ badge: "90001" });
  expect((await getOwnWalls(portal, resident, requestId)).named).toHaveLength(10);
});

test("what was named stands readable nowhere", async () => {
  await using portal = await openTestPortal();
  const { wall, clerk, sheriff } = await givenDesks(portal);
  await wall({ name: "Quillfeather Marrowby", badge: "XK93117", userId: "qmarrowby7", email: "qm@hidden.example" });
  const sign = { accountId: clerk.accountId, agencyId: sheriff, kind: "badge", value: "ZW55172" } as const;
  await declareSign(portal, clerk, sign);
  const { findLeaks } = await import("#test/platform/given-scan.ts");
  const planted = ["quillfeather", "marrowby", "xk93117", "qmarrowby7", "hidden.example", "zw55172"];
  expect(await findLeaks(portal, planted)).toEqual([]);
});

const FEARED = "Viktor Dahlgren";

/** Everything that somebody with every role can look at, and what he gets for each id that he may have kept. */
async function look(portal: TestPortal, actor: AccountActor, ids: Kept): Promise<Record<string, string>> {
  const { caseId, otherCaseId, complaintId, eventId, paperId } = ids;
  const english = { locale: "en" } as const;
  const days = ["2026-03-12"];
  const words = {
    name: "Dates",
    summaryOf: ({ kind, number }: { kind: string; number: string }) => `${kind} ${number}`,
  };
  const seen: Record<string, () => Promise<unknown>> = {
    queue: () => listQueue(portal, actor),
    figures: () => getAgencyFigures(portal, actor),
    portalFigures: () => getPortalFigures(portal, actor),
    calendar: async () => writeCalendar(await listCalendar(portal, actor), "https://portal.example", words),
    intake: () => listComplaintsForIntake(portal, actor),
    advocate: () => listComplaintsForAdvocate(portal, actor),
    dates: () => listNextDates(portal, actor),
    papers: () => listPapers(portal, actor),
    own: () => listMyRequests(portal, actor),
    unattended: () => countUnattended(portal, actor),
    stalled: () => listStalledCases(portal, actor),
    closing: () => listMoves(portal, actor, { kind: "close", agencyId: ids.agencyId, days }),
    otherClosing: () => listMoves(portal, actor, { kind: "close", agencyId: ids.marinId, days }),
    law: () => listMoves(portal, actor, { kind: "law", change: ids.change, from: "2026-03-02", detail: null }),
    desk: () => getDesk(portal, actor, { caseId, ...english, page: 1, show: "all" }),
    otherDesk: () => getDesk(portal, actor, { caseId: otherCaseId, ...english, page: 1, show: "all" }),
    clock: () => getCaseClock(portal, actor, otherCaseId),
    line: () => getLine(portal, actor, { caseId, eventId, ...english }),
    proposal: () => getProposal(portal, actor, { caseId, ...english }),
    extend: () => extendCases(portal, actor, [{ caseId: otherCaseId, digest: "", form: EXTEND }]),
    conflict: () => getConflict(portal, actor, caseId),
    paper: () => getPaper(portal, actor, paperId),
    complaint: () => getComplaintForIntake(portal, actor, complaintId),
    followed: () => getComplaintForAdvocate(portal, actor, complaintId),
    letters: () => lettersTo(portal, `${FEARED.replace(" ", ".").toLowerCase()}@staff.example.gov`),
    fragment: () =>
      portal.db.request.findMany({
        where: { filedAt: { not: null }, ...notWalled(actor) },
        select: { id: true },
      }),
  };
  const found: Record<string, string> = {};
  for (const [name, reading] of Object.entries(seen)) {
    // What is not there is one empty 404, whatever the error calls it inside; any other refusal is told word for word.
    const answer = await reading().catch(({ name: error, message }: Error) =>
      error === "NotFound" ? { error } : { error, message },
    );
    found[name] = JSON.stringify(answer);
  }
  return found;
}

async function lettersTo(portal: TestPortal, address: string): Promise<string[]> {
  const mails = await portal.db.outboxMail.findMany({ orderBy: { createdAt: "asc" } });
  const opened = await Promise.all(
    mails.map(async (mail) => ({ about: mail.aboutId, ...(await openMail(portal, mail)) })),
  );
  return opened
    .filter(({ to }) => to.address === address)
    .map(({ about, params }) => JSON.stringify({ about, params }));
}

interface Kept {
  readonly agencyId: string;
  readonly marinId: string;
  readonly change: string;
  readonly caseId: string;
  readonly otherCaseId: string;
  readonly complaintId: string;
  readonly eventId: string;
  readonly paperId: string;
}

/** Takes the request out of the database, as if it had never been filed. */
async function erase(portal: TestPortal, requestId: string): Promise<void> {
  const cases = `(SELECT id FROM "case" WHERE request_id = '${requestId}')`;
  const releases = `(SELECT id FROM release WHERE case_id IN ${cases})`;
  const disputes = `(SELECT id FROM dispute WHERE release_id IN ${releases})`;
  const complaints = `(SELECT id FROM complaint WHERE dispute_id IN ${disputes})`;
  const mails = `(SELECT id FROM outbox_mail WHERE about_id = '${requestId}' OR about_id IN ${cases} OR about_id IN ${complaints})`;
  const tables = [
    `mail_event WHERE mail_id IN ${mails}`,
    `outbox_mail WHERE id IN ${mails}`,
    `consent WHERE complaint_id IN ${complaints}`,
    `complaint_event WHERE complaint_id IN ${complaints}`,
    `complaint WHERE dispute_id IN ${disputes}`,
    `dispute_line WHERE dispute_id IN ${disputes}`,
    `dispute WHERE release_id IN ${releases}`,
    `release WHERE case_id IN ${cases}`,
    ...["paper_letter", "stand_in", "clock_event", "clock_notice", "letter", "match", "decision", "history_step"].map(
      (table) => `${table} WHERE case_id IN ${cases}`,
    ),
    `identifier_check WHERE case_id IN ${cases}`,
    `"case" WHERE request_id = '${requestId}'`,
    `wall WHERE request_id = '${requestId}'`,
    `request WHERE id = '${requestId}'`,
  ];
  const deletes = tables.map((from) => `DELETE FROM ${from}`);
  await asOwner(portal, ["SET session_replication_role = replica", ...deletes].join(";"));
}

async function givenEverything(portal: TestPortal, all: GivenDispute) {
  const { given, marinId, resident, advocate, file } = all;
  const { agencyId } = given;
  const roles = ["clerk", "supervisor", "intake"] as const;
  // Whoever commands may judge no complaint: the intake officer is feared under another account.
  const feared = await givenStaff(portal, { name: FEARED }, [
    ...["clerk", "supervisor"].flatMap((role) =>
      [agencyId, marinId].map((at) => ({ role: role as "clerk", agencyId: at })),
    ),
    { role: "advocate", agencyId: null },
    { role: "operator", agencyId: null },
  ]);
  const officer = await givenStaff(portal, { name: "Dahlgren, V.", email: "vd@staff.example.gov" }, [
    { role: roles[2], agencyId },
    { role: roles[2], agencyId: marinId },
  ]);
  const [complaintId = ""] = await file([ALDER], { advocateId: advocate.accountId });
  await portal.db.consent.create({
    data: { id: randomUUID(), complaintId, advocateId: feared.accountId, givenAt: portal.time.now(), revokedAt: null },
  });
  const paper = { id: randomUUID(), caseId: given.otherCaseId, way: "post", at: portal.time.now() };
  await portal.db.paperLetter.create({ data: paper });
  // A request that everybody may see stands beside it.
  await givenFiled(portal, given.stranger, [agencyId, marinId]);
  const [eventId = ""] = await eventIds(portal, given);
  const kept: Kept = {
    ...{ agencyId, marinId, change: "ca.ab-1821", eventId, complaintId, paperId: paper.id },
    caseId: given.caseId,
    otherCaseId: given.otherCaseId,
  };
  return { feared, officer, kept, resident };
}

test("behind a wall every list, count, export, calendar, letter and page is what it were without the request", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  const { feared, officer, kept, resident } = await givenEverything(portal, all);
  const { requestId } = all.given;
  const open = [await look(portal, feared, kept), await look(portal, officer, kept)] as const;

  const mailsBefore = await portal.db.outboxMail.count();
  await nameWall(portal, resident, { requestId, person: { ...NOBODY, name: "Sgt. Dahlgren, Viktor" } });
  // Everything that would tell of it: the date passes, the jobs run, the complaint waits.
  portal.time.advance({ days: 40 });
  await inTransaction(portal, enqueueSweep);
  await work(portal);
  expect(await portal.db.outboxMail.count()).toBeGreaterThan(mailsBefore);

  // Letters from before the wall lie in his mailbox anyway.
  await portal.db.mailEvent.deleteMany({ where: { mail: { createdAt: { lt: portal.time.now() } } } });
  await portal.db.outboxMail.deleteMany({ where: { createdAt: { lt: portal.time.now() } } });
  const walled = [await look(portal, feared, kept), await look(portal, officer, kept)] as const;
  await erase(portal, requestId);
  const without = [await look(portal, feared, kept), await look(portal, officer, kept)] as const;
  expect(walled[0]).toEqual(without[0]);
  expect(walled[1]).toEqual(without[1]);

  // And the comparison could have failed: before the wall all of it was there to see.
  const telling = (found: Record<string, string>, name: string) => expect(found[name], name);
  for (const name of ["queue", "figures", "portalFigures", "calendar", "advocate", "papers", "closing", "fragment"]) {
    telling(open[0], name).not.toBe(without[0][name]);
  }
  for (const name of ["desk", "otherDesk", "clock", "line", "conflict", "paper", "followed"]) {
    expect(JSON.parse(open[0][name] ?? ""), name).not.toMatchObject({ error: "NotFound" });
    expect(JSON.parse(walled[0][name] ?? ""), name).toMatchObject({ error: "NotFound" });
  }
  expect(open[1]["intake"]).toContain(kept.complaintId);
  expect(JSON.parse(walled[1]["complaint"] ?? "")).toMatchObject({ error: "NotFound" });
});

test("numbers do not follow each other, so that one who sees some misses none", async () => {
  await using portal = await openTestPortal();
  const { sheriff, clerk, resident } = await givenDesks(portal);
  for (let n = 0; n < 6; n += 1) await givenFiled(portal, resident, [sheriff]);
  const numbers = (await listQueue(portal, clerk)).map(({ number }) => Number(number.slice(8, 13)));
  expect(new Set(numbers).size).toBe(7);
  const steps = numbers.toSorted((a, b) => a - b).map((number, index, all) => number - (all[index - 1] ?? 0));
  expect(steps.slice(1).filter((step) => step === 1).length).toBeLessThan(3);
});

test("each number of a block comes out once", async () => {
  await using portal = await openTestPortal();
  const { scatter } = await import("#app/platform/database/number.server.ts");
  const tagOf = await portal.vault.indexer("number");
  const seen = new Set(Array.from({ length: 20_000 }, (_, count) => scatter(tagOf, "request-2026", count)));
  expect(seen.size).toBe(20_000);
  expect(Math.max(...seen)).toBeLessThan(100_000);
  expect(scatter(tagOf, "request-2026", 100_000)).toBeGreaterThanOrEqual(100_000);
});

test("whoever made a look-up that is disputed sees neither the complaint nor the request", async () => {
  await using portal = await openTestPortal();
  const { given, alderIntake, file } = await givenDispute(portal);
  const at = { agencyId: given.agencyId };
  const looked = await givenStaff(portal, { name: "Una Kestrel" }, [{ role: "clerk", ...at }]);
  await declareSign(portal, looked, { accountId: looked.accountId, ...at, kind: "user-id", value: "U1017" });
  const officer = await givenStaff(portal, { name: "Ivo Lang" }, [{ role: "intake", ...at }]);
  await declareSign(portal, officer, { accountId: officer.accountId, ...at, kind: "user-id", value: "u-1017" });
  const commander = await givenStaff(portal, { name: "Cap Tain" }, [
    { role: "intake", ...at },
    { role: "supervisor", ...at },
  ]);
  const asked = (await listQueue(portal, looked)).map(({ caseId }) => caseId);
  expect(asked).toContain(given.caseId);
  const [complaintId = ""] = await file([ALDER]);
  expect((await listComplaintsForIntake(portal, alderIntake)).map(({ id }) => id)).toEqual([complaintId]);
  for (const actor of [officer, commander]) {
    expect(await listComplaintsForIntake(portal, actor)).toEqual([]);
    await expect(getComplaintForIntake(portal, actor, complaintId)).rejects.toEqual(NOT_FOUND);
  }
  expect((await listQueue(portal, looked)).map(({ caseId }) => caseId)).not.toContain(given.caseId);
  // Nor were they written to when it was filed.
  for (const mailbox of ["ivo.lang@staff.example.gov", "cap.tain@staff.example.gov"]) {
    expect(await lettersTo(portal, mailbox)).toEqual([]);
  }
  // The resident is not shown whom the log names: it may be withheld.
  expect((await getOwnWalls(portal, given.resident, given.requestId)).named).toEqual([]);
});
