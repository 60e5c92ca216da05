/** Every use case of requests, histories and complaints, by everybody, on everything: who may not finds nothing. */
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { giveConsent, revokeConsent } from "#app/complaints/consent.server.ts";
import { countUnattended } from "#app/complaints/count-unattended.server.ts";
import { getDisputeDraft, getDisputedLines } from "#app/complaints/disputed-lines.server.ts";
import { exportComplaints } from "#app/complaints/export-complaints.server.ts";
import { fileDispute } from "#app/complaints/file-dispute.server.ts";
import {
  getComplaintForAdvocate,
  getComplaintForIntake,
  getComplaintForResident,
} from "#app/complaints/get-complaint.server.ts";
import {
  listComplaintsForAdvocate,
  listComplaintsForIntake,
  listComplaintsForResident,
} from "#app/complaints/list-complaints.server.ts";
import { listNextDates } from "#app/complaints/list-next-dates.server.ts";
import { moveComplaint, withdrawComplaint } from "#app/complaints/move-complaint.server.ts";
import { approveHistory, sendBack } from "#app/histories/approve-history.server.ts";
import { decideField, decideLines, decideMatches } from "#app/histories/decide.server.ts";
import { findMatches } from "#app/histories/find-matches.server.ts";
import { getDesk, getLine } from "#app/histories/get-desk.server.ts";
import { getProposal } from "#app/histories/get-proposal.server.ts";
import { getReleaseForResident, getReleasePdf } from "#app/histories/queries.server.ts";
import type { AccountActor, Actor } from "#app/people/actor.ts";
import { NotFound } from "#app/platform/failure.ts";
import {
  closeOffice,
  listOffices,
  previewClosing,
  previewReopening,
  reopenOffice,
  setTarget,
} from "#app/requests/change-closures.server.ts";
import { checkIdentifier } from "#app/requests/check-identifier.server.ts";
import { fileRequest } from "#app/requests/file-request.server.ts";
import { listCaseDates } from "#app/requests/list-case-dates.server.ts";
import { getDraft, getRequestForResident, listMyRequests } from "#app/requests/my-requests.server.ts";
import { listMoves } from "#app/requests/preview-change.server.ts";
import { listQueue } from "#app/requests/queue.server.ts";
import { listReadersForResident } from "#app/requests/readers.server.ts";
import { saveAnswers } from "#app/requests/save-answers.server.ts";
import { startRequest } from "#app/requests/start-request.server.ts";
import { listLaw, previewSwitch, switchLaw } from "#app/requests/switch-law.server.ts";
import { ALDER, dayOf, type GivenDispute, givenDispute, settle, WORDS } from "#test/complaints/given-dispute.ts";
import { DISCLOSE, eventIds, REDACT } from "#test/histories/given-case.ts";
import { CLOCK_USES } from "#test/requests/clock-uses.ts";
import { givenPaper, STEP_ASIDE, WALL_LISTS, WALL_PARTS, WALL_USES } from "#test/requests/wall-uses.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { APPROVAL_USES } from "./approval-uses.ts";
import { DESK_USES } from "./desk-uses.ts";
import { OF_THE_PORTAL, PURGE_USES } from "./purge-uses.ts";

interface Ids {
  readonly agencyId: string;
  readonly draftId: string;
  readonly requestId: string;
  readonly caseId: string;
  readonly otherCaseId: string;
  readonly identifierId: string;
  readonly letterId: string;
  readonly eventId: string;
  readonly releaseId: string;
  readonly complaintId: string;
  readonly advocateId: string;
  readonly paperId: string;
}

type Call = (portal: TestPortal, actor: AccountActor, ids: Ids) => Promise<unknown>;
const english = { locale: "en" } as const;
const words = { ...WORDS, want: [...WORDS.want] };
const dispute = (releaseId: string) => ({ formId: randomUUID(), releaseId, lines: [ALDER], words, advocateId: null });

/** A wall hides a case, not the office. */
const SUPERVISORS_AND_OPERATORS = ["supervisor", "walled supervisor", "operator", "shell"];
const closing = (portal: TestPortal, { agencyId }: Ids) => {
  const on = dayOf(portal);
  return { agencyId, from: on, to: on, emergency: false, why: "Stocktaking." };
};
const SWITCH = { change: "ca.sb-1013", from: "2027-01-01", detail: null };

/** Who may do it, and how it is called. Everybody who is not named finds nothing. */
const USE_CASES: Readonly<Record<string, { by: readonly string[]; call: Call }>> = {
  ...WALL_USES,
  ...PURGE_USES,
  ...DESK_USES,
  getDraft: { by: ["resident"], call: (p, a, { draftId }) => getDraft(p, a, draftId) },
  saveAnswers: {
    by: ["resident"],
    call: (p, a, { draftId }) =>
      saveAnswers(p, a, { requestId: draftId, version: 99, section: "you", answer: { unfinished: {} } }),
  },
  fileRequest: { by: ["resident"], call: (p, a, { draftId }) => fileRequest(p, a, { requestId: draftId, version: 1 }) },
  getRequestForResident: { by: ["resident"], call: (p, a, { requestId }) => getRequestForResident(p, a, requestId) },
  listReadersForResident: { by: ["resident"], call: (p, a, { requestId }) => listReadersForResident(p, a, requestId) },
  checkIdentifier: {
    by: ["clerk"],
    call: (p, a, { caseId, identifierId }) =>
      checkIdentifier(p, a, {
        caseId,
        identifierId,
        verdict: "verified",
        basis: "in-person",
        shown: ["passport", "registration-card"],
        validFrom: "2025-01-01",
        validTo: null,
      }),
  },
  getDesk: {
    by: ["clerk", "supervisor"],
    call: (p, a, { caseId }) => getDesk(p, a, { caseId, ...english, page: 1, show: "all" }),
  },
  getLine: {
    by: ["clerk", "supervisor"],
    call: (p, a, { caseId, eventId }) => getLine(p, a, { caseId, eventId, ...english }),
  },
  findMatches: { by: ["clerk"], call: (p, a, { caseId }) => findMatches(p, a, caseId) },
  decideMatches: {
    by: ["clerk"],
    call: (p, a, { caseId, eventId }) => decideMatches(p, a, { caseId, events: [eventId], verdict: "accepted" }),
  },
  decideLines: {
    by: ["clerk"],
    call: (p, a, { caseId, eventId }) => decideLines(p, a, { caseId, events: [eventId], ...DISCLOSE }),
  },
  decideField: {
    by: ["clerk"],
    call: (p, a, { caseId, eventId }) => decideField(p, a, { caseId, eventId, field: "user", ...REDACT }),
  },
  getProposal: { by: ["supervisor"], call: (p, a, { caseId }) => getProposal(p, a, { caseId, ...english }) },
  ...APPROVAL_USES,
  approveHistory: { by: ["supervisor"], call: (p, a, { caseId }) => approveHistory(p, a, { caseId, digest: "" }) },
  sendBack: { by: ["supervisor"], call: (p, a, { caseId }) => sendBack(p, a, { caseId, remark: "Once more." }) },
  getReleaseForResident: { by: ["resident"], call: (p, a, { releaseId }) => getReleaseForResident(p, a, releaseId) },
  getReleasePdf: { by: ["resident"], call: (p, a, { releaseId }) => getReleasePdf(p, a, releaseId) },
  getDisputedLines: {
    by: ["resident"],
    call: (p, a, { releaseId }) => getDisputedLines(p, a, { releaseId, lines: [ALDER] }),
  },
  getDisputeDraft: {
    by: ["resident"],
    call: (p, a, { releaseId }) => getDisputeDraft(p, a, { releaseId, lines: [ALDER] }),
  },
  fileDispute: { by: ["resident"], call: (p, a, { releaseId }) => fileDispute(p, a, dispute(releaseId)) },
  getComplaintForResident: {
    by: ["resident"],
    call: (p, a, { complaintId }) => getComplaintForResident(p, a, complaintId),
  },
  getComplaintForIntake: { by: ["intake"], call: (p, a, { complaintId }) => getComplaintForIntake(p, a, complaintId) },
  getComplaintForAdvocate: {
    by: ["advocate"],
    call: (p, a, { complaintId }) => getComplaintForAdvocate(p, a, complaintId),
  },
  moveComplaint: {
    by: ["intake"],
    call: (p, a, { complaintId }) =>
      moveComplaint(p, a, { complaintId, formId: randomUUID(), kind: "acknowledged", on: dayOf(p) }),
  },
  giveConsent: {
    by: ["resident"],
    call: (p, a, { complaintId, advocateId }) => giveConsent(p, a, { complaintId, advocateId }),
  },
  revokeConsent: {
    by: ["resident"],
    call: (p, a, { complaintId, advocateId }) => revokeConsent(p, a, { complaintId, advocateId }),
  },
  ...CLOCK_USES,
  exportComplaints: { by: ["operator", "shell"], call: (p, a) => exportComplaints(p, a, "csv") },
  countUnattended: { by: ["operator", "shell"], call: (p, a) => countUnattended(p, a) },
  listMoves: {
    by: SUPERVISORS_AND_OPERATORS,
    call: (p, a, { agencyId }) => listMoves(p, a, { kind: "close", agencyId, days: [dayOf(p)] }),
  },
  previewClosing: { by: SUPERVISORS_AND_OPERATORS, call: (p, a, ids) => previewClosing(p, a, closing(p, ids)) },
  closeOffice: {
    by: SUPERVISORS_AND_OPERATORS,
    call: (p, a, ids) => closeOffice(p, a, { ...closing(p, ids), digest: "" }),
  },
  previewReopening: {
    by: SUPERVISORS_AND_OPERATORS,
    call: (p, a, { agencyId }) => previewReopening(p, a, { agencyId, on: dayOf(p) }),
  },
  reopenOffice: {
    by: SUPERVISORS_AND_OPERATORS,
    call: (p, a, { agencyId }) => reopenOffice(p, a, { agencyId, on: dayOf(p), digest: "" }),
  },
  setTarget: {
    by: SUPERVISORS_AND_OPERATORS,
    call: (p, a, { agencyId }) => setTarget(p, a, { agencyId, days: "4" }),
  },
  previewSwitch: { by: ["operator", "shell"], call: (p, a) => previewSwitch(p, a, SWITCH) },
  switchLaw: { by: ["operator", "shell"], call: (p, a) => switchLaw(p, a, { ...SWITCH, digest: "" }) },
  listLaw: { by: ["operator", "shell"], call: (p, a) => listLaw(p, a) },
  withdrawComplaint: { by: ["resident"], call: (p, a, { complaintId }) => withdrawComplaint(p, a, complaintId) },
  stepAside: STEP_ASIDE,
};

/** Lists name no thing: what matters is in whose list it stands. */
const LISTS: Readonly<Record<string, { of: (ids: Ids) => string; by: readonly string[]; call: Call }>> = {
  listMyRequests: { of: ({ requestId }) => requestId, by: ["resident"], call: listMyRequests },
  listOffices: { of: ({ agencyId }) => agencyId, by: ["supervisor", "walled supervisor"], call: listOffices },
  listQueue: { of: ({ caseId }) => caseId, by: ["clerk", "supervisor"], call: listQueue },
  ...WALL_LISTS,
  // Of the case that is not answered yet.
  listCaseDates: {
    of: ({ otherCaseId }) => otherCaseId,
    by: ["other clerk", "other supervisor"],
    call: listCaseDates,
  },
  listNextDates: { of: ({ complaintId }) => complaintId, by: ["intake", "advocate"], call: listNextDates },
  listComplaintsForResident: {
    of: ({ complaintId }) => complaintId,
    by: ["resident"],
    call: listComplaintsForResident,
  },
  listComplaintsForIntake: { of: ({ complaintId }) => complaintId, by: ["intake"], call: listComplaintsForIntake },
  listComplaintsForAdvocate: {
    of: ({ complaintId }) => complaintId,
    by: ["advocate"],
    call: listComplaintsForAdvocate,
  },
};

/** Not use cases: parts of some, whose callers authorise; and starting a request, which everyone may. */
const OTHERS = [
  "sendDraft",
  "tellOfRepresentative",
  "recordRead",
  "recordOwnRead",
  "openOwnRequest",
  "answeringProposal",
  "meetOthers",
  "appendCaseLedger",
  "recordConsent",
  "startRequest",
  "listWorkedComplaints",
  "listFollowedComplaints",
  "readMessageFile",
  ...WALL_PARTS,
];

let portal: TestPortal;
let people: Record<string, Actor>;
let ids: Ids;

beforeAll(async () => {
  portal = await openTestPortal();
  const all = await givenDispute(portal);
  ids = await givenIds(all);
  people = await givenPeople(all);
  return () => portal[Symbol.asyncDispose]();
});

async function givenIds({ given, releaseId, resident, advocate, file }: GivenDispute): Promise<Ids> {
  const [complaintId = ""] = await file([ALDER], { advocateId: advocate.accountId });
  const identifier = await portal.db.identifier.findFirstOrThrow({ where: { requestId: given.requestId } });
  const [eventId = ""] = await eventIds(portal, given);
  const { requestId: draftId } = await startRequest(portal, resident);
  const { requestId, caseId, otherCaseId } = given;
  const { agencyId } = given;
  const about = { agencyId, draftId, requestId, caseId, otherCaseId, releaseId, complaintId };
  const { id: letterId } = await portal.db.letter.findFirstOrThrow({ where: { caseId } });
  const paperId = await givenPaper(portal, caseId);
  return { ...about, identifierId: identifier.id, letterId, eventId, advocateId: advocate.accountId, paperId };
}

async function givenPeople(all: GivenDispute): Promise<Record<string, Actor>> {
  const { given, marinId, resident, advocate } = all;
  const walled = async (role: "clerk" | "supervisor" | "intake" | "advocate") => {
    const actor = await settle(portal, `walled-${role}`, role, role === "advocate" ? null : given.agencyId);
    if (role === "advocate")
      await giveConsent(portal, resident, { complaintId: ids.complaintId, advocateId: actor.accountId });
    await portal.db.wall.create({
      data: { requestId: given.requestId, accountId: actor.accountId, at: portal.time.now() },
    });
    return actor;
  };
  const revoked = await settle(portal, "revoked", "advocate", null);
  const consent = { complaintId: ids.complaintId, advocateId: revoked.accountId };
  await giveConsent(portal, resident, consent);
  await revokeConsent(portal, resident, consent);
  await startRequest(portal, given.stranger);
  return {
    resident,
    neighbour: given.stranger,
    clerk: given.clerk,
    supervisor: given.supervisor,
    intake: all.alderIntake,
    advocate,
    "other clerk": given.otherClerk,
    "other supervisor": given.otherSupervisor,
    "other intake": await settle(portal, "other-intake", "intake", marinId),
    "other advocate": all.otherAdvocate,
    "revoked advocate": revoked,
    operator: await settle(portal, "operator", "operator", null),
    // Roles that say nothing of an agency open nothing at any.
    "clerk of nothing": await settle(portal, "nowhere", "clerk", null),
    "former clerk": { ...given.clerk, accountId: randomUUID(), memberships: [] },
    shell: { kind: "operator", name: "night-shift" },
    job: { kind: "system", task: "some-job" },
    "walled clerk": await walled("clerk"),
    "walled supervisor": await walled("supervisor"),
    "walled intake": await walled("intake"),
    "walled advocate": await walled("advocate"),
  };
}

const call = (use: { call: Call }, actor: Actor, about: Ids) => use.call(portal, actor as AccountActor, about);

/** How many rows every table has: what was refused has left nothing behind, not even in the ledger. */
async function traces(): Promise<unknown> {
  const tables = ["ledger.entry", "outbox_mail", "decision", "history_step", "match", "identifier_check"];
  const more = [
    "clock_event",
    "clock_notice",
    "letter",
    "dispute",
    "complaint",
    "complaint_event",
    "consent",
    "request",
    "graphile_worker._private_jobs",
  ];
  const counts = [...tables, ...more].map((name) => `(select count(*)::int from ${name}) as "${name}"`);
  return (await portal.pool.query(`select ${counts.join(", ")}`)).rows[0];
}

test("every use case of these features stands in the table", () => {
  const names = ["requests", "histories", "complaints"].flatMap((feature) =>
    readdirSync(`app/${feature}`)
      .filter((name) => name.endsWith(".server.ts"))
      .flatMap((name) => {
        const code = readFileSync(`app/${feature}/${name}`, "utf8");
        const found = code.matchAll(/export (?:async )?function (\w+)\(([^)]*)/g);
        return [...found].flatMap(([, called = "", parameters = ""]) =>
          /portal: /.test(parameters) && /\bactor: (Account)?Actor\b/.test(parameters) ? [called] : [],
        );
      }),
  );
  const known = [...Object.keys(USE_CASES), ...Object.keys(LISTS), ...OTHERS];
  expect(names.sort()).toEqual(known.sort());
});

describe.each(Object.entries(USE_CASES))("%s", (name, use) => {
  test("finds nothing for whoever may not, and leaves no trace", async () => {
    const before = await traces();
    const others = Object.entries(people).filter(([who]) => !use.by.includes(who));
    expect(others.length).toBeGreaterThan(15);
    for (const [who, actor] of others)
      await expect(call(use, actor, ids), `${name} by ${who}`).rejects.toThrow(NotFound);
    expect(await traces()).toEqual(before);
  });

  test("finds nothing where nothing is, for anyone, by any id", async () => {
    if (OF_THE_PORTAL.includes(name)) return expect(use.by).not.toContain("resident");
    const before = await traces();
    for (const id of [randomUUID(), "7", "' or 1=1 --", "../../etc"]) {
      const nothing = Object.fromEntries(Object.keys(ids).map((key) => [key, id])) as unknown as Ids;
      for (const [who, actor] of Object.entries(people)) {
        await expect(call(use, actor, nothing), `${name} by ${who} of ${id}`).rejects.toThrow(NotFound);
      }
    }
    expect(await traces()).toEqual(before);
  });
});

describe.each(Object.entries(LISTS))("%s", (name, list) => {
  test("shows it to whoever may open it, and to nobody else", async () => {
    for (const [who, actor] of Object.entries(people)) {
      const shown = await call(list, actor, ids).catch((error: unknown) => {
        if (error instanceof NotFound) return [];
        throw error;
      });
      expect(JSON.stringify(shown).includes(list.of(ids)), `${name} of ${who}`).toBe(list.by.includes(who));
    }
  });
});

test("a line, an identifier or a case of one's own does not open another's", async () => {
  const otherCase = (await portal.db.case.findFirstOrThrow({ where: { id: { not: ids.caseId } } })).id;
  const crossed = { ...ids, caseId: otherCase };
  for (const name of ["getLine", "decideMatches", "decideLines", "decideField"]) {
    await expect(call(USE_CASES[name]!, people["other clerk"]!, crossed), name).rejects.toThrow(NotFound);
  }
});

// Last, because some of them change things.
test("whoever may is never told that there is nothing", async () => {
  for (const [name, use] of Object.entries(USE_CASES)) {
    for (const who of use.by) {
      const outcome = await call(use, people[who]!, ids).catch((error: unknown) => error);
      expect(outcome, `${name} by ${who}`).not.toBeInstanceOf(NotFound);
      expect(outcome, `${name} by ${who}`).not.toBeInstanceOf(TypeError);
    }
  }
});
