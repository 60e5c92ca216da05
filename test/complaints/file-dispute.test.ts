import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { getDisputeDraft } from "#app/complaints/disputed-lines.server.ts";
import { fileDispute } from "#app/complaints/file-dispute.server.ts";
import { getComplaintForIntake, getComplaintForResident } from "#app/complaints/get-complaint.server.ts";
import { listComplaintsForIntake } from "#app/complaints/list-complaints.server.ts";
import { getReleaseForResident } from "#app/histories/queries.server.ts";
import { hashLine } from "#app/histories/released-line.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { listLedgerOfResident } from "#app/platform/ledger/ledger.server.ts";
import { openMail } from "#app/platform/mail/send-mail.server.ts";
import { ALDER, FARAWAY, givenDispute, MARIN, WORDS } from "#test/complaints/given-dispute.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

/** Who got which letter. */
async function letters(portal: TestPortal, template: string): Promise<string[]> {
  const mails = await portal.db.outboxMail.findMany({ where: { template }, orderBy: { createdAt: "asc" } });
  const opened = await Promise.all(mails.map((mail) => openMail(portal, mail)));
  return opened.map((mail) => mail.to.address).sort();
}

test("each employing agency gets one complaint, with its own look-ups and no other's", async () => {
  await using portal = await openTestPortal();
  const { file, alderIntake, marinIntake, given } = await givenDispute(portal);
  const [first = "", second = "", ...more] = await file([ALDER, FARAWAY, MARIN]);
  expect(more).toEqual([]);
  const complaints = await portal.db.complaint.findMany({ orderBy: { number: "asc" } });
  expect(complaints.map((one) => one.id)).toEqual([first, second]);
  for (const { number } of complaints) expect(number).toMatch(/^CP-2026-\d{5}$/);

  const alder = await getComplaintForIntake(portal, alderIntake, first);
  expect(alder.lines.map(({ line, basis, intact }) => [line.number, basis, intact])).toEqual([
    [FARAWAY, "not-here", true],
    [ALDER, "employer", true],
  ]);
  expect(alder.words).toEqual(WORDS);
  expect(alder.summary).toMatchObject({
    state: "received",
    receivedOn: "2026-03-02",
    agency: "Alder Creek Police",
    age: 0,
  });
  const marin = await getComplaintForIntake(portal, marinIntake, second);
  expect(marin.lines.map(({ line, basis }) => [line.number, basis])).toEqual([[MARIN, "employer"]]);
  expect(JSON.stringify(marin)).not.toContain("Faraway");
  expect(JSON.stringify(marin)).not.toContain("u-1017");

  expect(await letters(portal, "staff-task")).toEqual(["alder-intake@example.org", "marin-intake@example.org"]);
  const acts = await listLedgerOfResident(portal, given.resident.accountId);
  expect(
    acts
      .filter((entry) => entry.act === "complaint.filed")
      .map((entry) => entry.agency)
      .sort(),
  ).toEqual(complaints.map((one) => one.agencyId).sort());
});

test("a line is pinned by the hash of exactly what was released", async () => {
  await using portal = await openTestPortal();
  const { file, resident, releaseId } = await givenDispute(portal);
  await file([MARIN]);
  const { history } = await getReleaseForResident(portal, resident, releaseId);
  const released = history.lines.find((line) => line.number === MARIN)!;
  const [pin, ...more] = await portal.db.disputeLine.findMany();
  expect(more).toEqual([]);
  expect(pin).toMatchObject({ line: MARIN, sha256: hashLine(released) });
});

test("evidence that is not what was disputed is shown as such", async () => {
  await using portal = await openTestPortal();
  const { file, marinIntake } = await givenDispute(portal);
  const [id = ""] = await file([MARIN]);
  await portal.db.disputeLine.updateMany({ data: { sha256: "0".repeat(64) } });
  expect((await getComplaintForIntake(portal, marinIntake, id)).lines[0]?.intact).toBe(false);
});

test("the same form sent twice, or twice at once, files once and answers the same", async () => {
  await using portal = await openTestPortal();
  const { file, advocate } = await givenDispute(portal);
  const once = { formId: randomUUID(), advocateId: advocate.accountId };
  const [one, two] = await Promise.all([file([ALDER, MARIN], once), file([ALDER, MARIN], once)]);
  const three = await file([ALDER, MARIN], once);
  expect(two).toEqual(one);
  expect(three).toEqual(one);
  expect(await portal.db.dispute.count()).toBe(1);
  expect(await portal.db.complaint.count()).toBe(2);
  expect(await portal.db.consent.count()).toBe(2);
  expect(await letters(portal, "staff-task")).toHaveLength(2);
});

test("another's form id opens nothing of theirs", async () => {
  await using portal = await openTestPortal();
  const mine = await givenDispute(portal);
  const formId = randomUUID();
  await mine.file([ALDER], { formId });
  await portal.db.dispute.updateMany({ data: { residentId: mine.given.stranger.accountId } });
  await expect(mine.file([ALDER], { formId })).rejects.toThrow(NotFound);
  expect(await portal.db.dispute.count()).toBe(1);
});

test("a line that the answer does not have, or none at all, is refused with a sentence", async () => {
  await using portal = await openTestPortal();
  const { file } = await givenDispute(portal);
  await expect(file([ALDER, 99])).rejects.toThrow(
    "Look-up 99 is not in this answer; choose from the look-ups that it lists.",
  );
  await expect(file([])).rejects.toThrow("Choose at least one look-up of the answer.");
  expect(await portal.db.dispute.count()).toBe(0);
});

test("nobody but the resident disputes an answer, or learns that it is there", async () => {
  await using portal = await openTestPortal();
  const { given, releaseId, alderIntake, advocate } = await givenDispute(portal);
  const input = { formId: randomUUID(), releaseId, lines: [ALDER], words: WORDS, advocateId: null };
  for (const other of [given.stranger, given.clerk, given.supervisor, alderIntake, advocate]) {
    await expect(fileDispute(portal, other, input)).rejects.toThrow(NotFound);
    await expect(getDisputeDraft(portal, other, { releaseId, lines: [ALDER] })).rejects.toThrow(NotFound);
    await expect(fileDispute(portal, other, { ...input, releaseId: randomUUID() })).rejects.toThrow(NotFound);
  }
});

test("an agency that the answer withholds is given away neither by the page nor by the complaint", async () => {
  await using portal = await openTestPortal();
  const { file, resident, releaseId, given, marinIntake } = await givenDispute(portal, { withhold: "marin's name" });
  const draft = await getDisputeDraft(portal, resident, { releaseId, lines: [MARIN] });
  expect(draft.routes).toEqual([{ agency: "Alder Creek Police", lines: [{ line: MARIN, basis: "not-shown" }] }]);
  const [id = ""] = await file([MARIN]);
  const own = await getComplaintForResident(portal, resident, id);
  expect(JSON.stringify({ draft, own })).not.toContain("Marin Hills");
  expect(await portal.db.complaint.findMany({ select: { agencyId: true } })).toEqual([{ agencyId: given.agencyId }]);
  expect(await listComplaintsForIntake(portal, marinIntake)).toEqual([]);
});

test("each body comes with its last days, counted from the oldest of the chosen look-ups", async () => {
  await using portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
  const { resident, releaseId } = await givenDispute(portal);
  const { venues } = await getDisputeDraft(portal, resident, { releaseId, lines: [FARAWAY, MARIN] });
  const court = venues.find((venue) => venue.id === "ca.superior-court");
  // Gov. Code § 911.2 has passed; of the others the earliest day stands.
  expect(court?.dates.map(({ rule, on, passed }) => [rule, on, passed])).toEqual([
    ["ca.claims.act", "2026-01-02", true],
    ["ca.alpr.civil", "2027-07-02", false],
    ["us.1983.suit", "2027-07-02", false],
    ["ca.computer.civil", "2028-07-02", false],
  ]);
});

test("a day that the answer withholds is not given away by a last day counted from it", async () => {
  await using portal = await openTestPortal();
  const { resident, releaseId } = await givenDispute(portal, { withhold: "marin's day" });
  const draft = await getDisputeDraft(portal, resident, { releaseId, lines: [3] });
  expect(draft.lines[0]?.on).toBeNull();
  expect(draft.venues.length).toBeGreaterThan(3);
  expect(draft.venues.flatMap((venue) => venue.dates)).toEqual([]);
});

test("only an advocate in the list can be chosen; none of the clerks, no stranger, not oneself, nobody walled off", async () => {
  await using portal = await openTestPortal();
  const { file, given, alderIntake, otherAdvocate, resident } = await givenDispute(portal);
  await portal.db.wall.create({
    data: { requestId: given.requestId, accountId: otherAdvocate.accountId, at: portal.time.now() },
  });
  for (const chosen of [alderIntake, given.stranger, resident, otherAdvocate]) {
    await expect(file([ALDER], { advocateId: chosen.accountId })).rejects.toThrow(Refused);
  }
  expect(await portal.db.complaint.count()).toBe(0);
});

test("nothing that was written or released stands readable in a table, a job, a letter or the ledger", async () => {
  await using portal = await openTestPortal();
  const { file, move, alderIntake, advocate } = await givenDispute(portal);
  const [, alder = ""] = await file([MARIN, ALDER], { advocateId: advocate.accountId });
  await move(alderIntake, alder, { kind: "acknowledged", note: "Canary Thistlewood is the officer." });
  const tables = await portal.pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema in ('public', 'ledger', 'graphile_worker') and table_type = 'BASE TABLE'`,
  );
  expect(tables.rows.map((table) => table.name)).toContain("public.dispute");
  for (const { name } of tables.rows) {
    const { rows } = await portal.pool.query<{ text: string }>(`select t::text as text from ${name} t`);
    const all = rows.map((one) => one.text).join("\n");
    for (const canary of ["Canary", "Quillfeather", "Thistlewood", Buffer.from("Quillfeather").toString("hex")]) {
      expect(all.includes(canary), `${name} holds ${canary}`).toBe(false);
    }
  }
});
