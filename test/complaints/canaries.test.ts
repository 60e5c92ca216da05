import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { getDisputeDraft } from "#app/complaints/disputed-lines.server.ts";
import { exportComplaints } from "#app/complaints/export-complaints.server.ts";
import { fileDispute } from "#app/complaints/file-dispute.server.ts";
import {
  getComplaintForAdvocate,
  getComplaintForIntake,
  getComplaintForResident,
} from "#app/complaints/get-complaint.server.ts";
import { listComplaintsForIntake } from "#app/complaints/list-complaints.server.ts";
import { moveComplaint } from "#app/complaints/move-complaint.server.ts";
import { decideField, decideLines } from "#app/histories/decide.server.ts";
import { getDesk } from "#app/histories/get-desk.server.ts";
import { getProposal } from "#app/histories/get-proposal.server.ts";
import { getReleaseForResident } from "#app/histories/queries.server.ts";
import { openMail } from "#app/platform/mail/send-mail.server.ts";
import { dayOf, settle, WORDS } from "#test/complaints/given-dispute.ts";
import {
  givenCase,
  givenMatched,
  type LogRow,
  PLATE,
  propose,
  REDACT,
  release,
  WITHHOLD,
} from "#test/histories/given-case.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const OTHERS = { announced: "7JJK281", typed: "4MTR556" };
/** Each is withheld in its own column, or is the clerk's own word. */
const CANARY = {
  user: "Dep. Quillfeather",
  org: "Brindlewick Task Force",
  purpose: "surveillance of the Varrenthal house",
  caseNumber: "88-66124",
  lineUser: "Sgt. Ostrowanka",
  reason: "because of the Brackwater inquiry",
};

const LOG: readonly LogRow[] = [
  {
    id: "k1",
    at: "2025-06-18T20:00:00Z",
    org: CANARY.org,
    user: CANARY.user,
    plate: PLATE,
    purpose: `plate ${OTHERS.announced} and ${OTHERS.typed}, for ${CANARY.user} of ${CANARY.org}`,
    caseNumber: CANARY.caseNumber,
  },
  {
    id: "k2",
    at: "2025-06-19T20:00:00Z",
    org: "Alder Creek Police",
    user: "u-2",
    plate: PLATE,
    purpose: CANARY.purpose,
  },
  { id: "k3", at: "2025-06-20T20:00:00Z", org: CANARY.org, user: CANARY.lineUser, plate: PLATE, purpose: "Welfare" },
];

/** Line 2 of the answer is k1, line 1 is k2; k3 is withheld whole. */
async function givenCanaries(portal: TestPortal) {
  const given = await givenCase(portal, { rows: LOG });
  const [k1 = "", k2 = "", k3 = ""] = await givenMatched(portal, given);
  const { caseId, clerk } = given;
  const hide = (eventId: string, field: "user" | "agency" | "purpose" | "caseNumber") =>
    decideField(portal, clerk, { caseId, eventId, field, ...REDACT, reason: CANARY.reason });
  await hide(k1, "agency");
  await hide(k1, "caseNumber");
  await hide(k2, "purpose");
  await decideLines(portal, clerk, { caseId, events: [k3], ...WITHHOLD, reason: CANARY.reason });
  await hide(k1, "user");
  return given;
}

test("what is withheld reaches neither the resident, the intake officer, an advocate, a letter nor the export", async () => {
  await using portal = await openTestPortal();
  const given = await givenCanaries(portal);
  const releaseId = await release(portal, given);
  const intake = await settle(portal, "intake", "intake", given.agencyId);
  const advocate = await settle(portal, "advocate", "advocate", null);
  const lines = [1, 2];
  const words = { ...WORDS, want: [...WORDS.want] };
  const draft = await getDisputeDraft(portal, given.resident, { releaseId, lines });
  const { complaintIds } = await fileDispute(portal, given.resident, {
    formId: randomUUID(),
    releaseId,
    lines,
    words,
    advocateId: advocate.accountId,
  });
  const [id = ""] = complaintIds;
  await moveComplaint(portal, intake, {
    complaintId: id,
    formId: randomUUID(),
    kind: "acknowledged",
    on: dayOf(portal),
  });
  const mails = await portal.db.outboxMail.findMany();
  const jobs = await portal.pool.query("select payload, last_error from graphile_worker._private_jobs");
  const ledger = await portal.pool.query("select body from ledger.entry");
  const seen = {
    resident: await getReleaseForResident(portal, given.resident, releaseId),
    draft,
    own: await getComplaintForResident(portal, given.resident, id),
    intake: await getComplaintForIntake(portal, intake, id),
    list: await listComplaintsForIntake(portal, intake),
    advocate: await getComplaintForAdvocate(portal, advocate, id),
    exported: await exportComplaints(portal, { kind: "operator", name: "tester" }, "csv"),
    letters: await Promise.all(mails.map((mail) => openMail(portal, mail))),
    jobs: jobs.rows,
    ledger: ledger.rows,
  };
  expect(seen.intake.lines).toHaveLength(2);
  expect(mails.length).toBeGreaterThan(3);
  for (const [where, what] of Object.entries(seen)) {
    const text = JSON.stringify(what);
    for (const [name, value] of Object.entries({ ...CANARY, ...OTHERS })) {
      expect(text.includes(value), `${where} holds ${name}`).toBe(false);
    }
  }
  // A counter-test: what is disclosed is there, so the others were looked for in the right place.
  expect(JSON.stringify(seen.intake)).toContain(PLATE);
  expect(JSON.stringify(seen.resident)).toContain("u-2");
});

test("other people's plates in a typed reason are masked for the clerk and the supervisor too", async () => {
  await using portal = await openTestPortal();
  const given = await givenCanaries(portal);
  const { caseId, clerk, supervisor } = given;
  await propose(portal, given);
  const desk = await getDesk(portal, clerk, { caseId, locale: "en", page: 1, show: "all" });
  const proposal = await getProposal(portal, supervisor, { caseId, locale: "en" });
  for (const page of [desk, proposal]) {
    const text = JSON.stringify(page);
    expect(text).toContain("plate [plate] and [plate]");
    for (const plate of Object.values(OTHERS)) expect(text).not.toContain(plate);
  }
});
