import { describe, expect, it } from "vitest";
import { fileDispute } from "#app/complaints/file-dispute.server.ts";
import { getComplaintForResident } from "#app/complaints/get-complaint.server.ts";
import { getReleaseForResident, getReleasePdf } from "#app/histories/queries.server.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { appointmentSchema, type Scope } from "#app/people/representative.ts";
import { newId } from "#app/platform/database/id.ts";
import { listLedgerOfCase, listLedgerOfResident } from "#app/platform/ledger/ledger.server.ts";
import { openMail } from "#app/platform/mail/send-mail.server.ts";
import { checkIdentifier } from "#app/requests/check-identifier.server.ts";
import { proveByCode } from "#app/requests/identity/code-letter.server.ts";
import { getDeclaration, getMyIdentity } from "#app/requests/identity/my-identity.server.ts";
import { addUpload } from "#app/requests/identity/uploads.server.ts";
import { getLetterForResident, listLettersForResident } from "#app/requests/letters.server.ts";
import { getDraft, getRequestForResident, listMyRequests } from "#app/requests/my-requests.server.ts";
import { listReadersForResident } from "#app/requests/readers.server.ts";
import {
  acceptRepresentation,
  appointRepresentative,
  getInvitation,
  revokeRepresentation,
} from "#app/requests/representatives/appoint.server.ts";
import { claimAuthority } from "#app/requests/representatives/court-authority.server.ts";
import { listActedFor, listRepresentatives } from "#app/requests/representatives/list-representatives.server.ts";
import { saveAnswers } from "#app/requests/save-answers.server.ts";
import { type GivenCase, givenCase, givenMatched, release } from "#test/histories/given-case.ts";
import { givenActor } from "#test/requests/given-request.ts";
import { jpeg } from "#test/requests/identity/given-files.ts";
import { notFound, refusedAs } from "#test/requests/identity/given-identity.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const EMAIL = "attorney@example.org";

const form = (scopes: readonly Scope[], changed = {}) => ({
  ...{ kind: "attorney" as const, name: "Rhea Castellanos-Obi", email: EMAIL, endsOn: "2026-06-30" },
  ...{ scopes: [...scopes], signature: "Ana Lucía Ortega", confirm: ["yes" as const] },
  ...changed,
});

/** The secret in the invitation that was mailed last. */
async function invited(portal: TestPortal): Promise<string> {
  const mail = await portal.db.outboxMail.findFirstOrThrow({
    where: { template: "representative-invite" },
    orderBy: { createdAt: "desc" },
  });
  const { params } = await openMail(portal, mail);
  return params["link"]?.split("/").at(-1) ?? "";
}

/** Appoints somebody who accepts. */
async function appoint(portal: TestPortal, given: GivenCase, scopes: readonly Scope[], email = EMAIL) {
  const attorney = await givenActor(portal, { email });
  portal.time.advance({ minutes: 1 });
  const { representationId } = await appointRepresentative(portal, given.resident, {
    requestId: given.requestId,
    form: form(scopes, { email }),
  });
  await acceptRepresentation(portal, attorney, await invited(portal));
  return { attorney, representationId };
}

/** Whether each thing that a representative could want opens for this account. */
async function openFor(portal: TestPortal, given: GivenCase, actor: AccountActor, releaseId: string) {
  const tried = async (work: Promise<unknown>) =>
    work.then(
      () => true,
      () => false,
    );
  return {
    request: await tried(getRequestForResident(portal, actor, given.requestId)),
    readers: await tried(listReadersForResident(portal, actor, given.requestId)),
    letters: await tried(listLettersForResident(portal, actor, given.requestId)),
    identity: await tried(getMyIdentity(portal, actor, given.requestId)),
    release: await tried(getReleaseForResident(portal, actor, releaseId)),
    pdf: await tried(getReleasePdf(portal, actor, releaseId)),
    dispute: await tried(dispute(portal, actor, releaseId)),
  };
}

const dispute = (portal: TestPortal, actor: AccountActor, releaseId: string) =>
  fileDispute(portal, actor, {
    ...{ formId: newId(), releaseId, lines: [1], advocateId: null },
    words: { wrong: "This was not right.", want: ["explanation"] },
  });

async function given(portal: TestPortal) {
  const world = await givenCase(portal);
  await givenMatched(portal, world);
  return { ...world, releaseId: await release(portal, world) };
}

const READING = { request: true, readers: true, letters: true, identity: true, release: true, pdf: true };
const NOTHING = {
  request: false,
  readers: false,
  letters: false,
  identity: false,
  release: false,
  pdf: false,
  dispute: false,
};

describe("what opens to a representative", () => {
  it.each([
    [["see"], { ...READING, dispute: false }],
    [["see", "dispute"], { ...READING, dispute: true }],
    [["receive"], NOTHING],
  ] as const)("by %j is just that", async (scopes, opened) => {
    await using portal = await openTestPortal();
    const world = await given(portal);
    const { attorney } = await appoint(portal, world, scopes);
    expect(await openFor(portal, world, attorney, world.releaseId)).toEqual(opened);
  });

  it("is nothing before the invitation is accepted, after it was taken back, and after its last day", async () => {
    await using portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
    const world = await given(portal);
    const attorney = await givenActor(portal, { email: EMAIL });
    const about = { requestId: world.requestId, form: form(["see", "dispute"]) };
    const { representationId } = await appointRepresentative(portal, world.resident, about);
    expect(await openFor(portal, world, attorney, world.releaseId)).toEqual(NOTHING);
    await acceptRepresentation(portal, attorney, await invited(portal));
    // June 30 ends in California on July 1, 07:00 in UTC.
    portal.time.set("2026-07-01T06:59:59Z");
    expect((await openFor(portal, world, attorney, world.releaseId)).release).toBe(true);
    portal.time.set("2026-07-01T07:00:00Z");
    expect(await openFor(portal, world, attorney, world.releaseId)).toEqual(NOTHING);
    portal.time.set("2026-04-01T07:00:00Z");
    expect((await openFor(portal, world, attorney, world.releaseId)).release).toBe(true);
    await revokeRepresentation(portal, world.resident, { requestId: world.requestId, representationId });
    expect(await openFor(portal, world, attorney, world.releaseId)).toEqual(NOTHING);
    expect(await listActedFor(portal, attorney)).toEqual([]);
    await expect(acceptRepresentation(portal, attorney, await invited(portal))).rejects.toEqual(notFound);
  });

  it("is one request: another of the same resident, or of anybody, stays shut", async () => {
    await using portal = await openTestPortal();
    const world = await given(portal);
    const { attorney } = await appoint(portal, world, ["see", "dispute", "receive"]);
    const second = newId();
    const first = await portal.db.request.findUniqueOrThrow({ where: { id: world.requestId } });
    await portal.db.request.create({ data: { ...first, id: second, number: "WL-2026-09999" } });
    await expect(getRequestForResident(portal, attorney, second)).rejects.toEqual(notFound);
    await expect(getDraft(portal, attorney, world.requestId)).rejects.toEqual(notFound);
    expect(await listMyRequests(portal, attorney)).toEqual([]);
    expect(await listActedFor(portal, attorney)).toMatchObject([{ requestId: world.requestId }]);
  });

  it("is never behind a wall", async () => {
    await using portal = await openTestPortal();
    const world = await given(portal);
    const { attorney } = await appoint(portal, world, ["see", "dispute"]);
    const wall = { requestId: world.requestId, accountId: attorney.accountId, at: portal.time.now() };
    await portal.db.wall.create({ data: wall });
    expect(await openFor(portal, world, attorney, world.releaseId)).toEqual(NOTHING);
    expect(await listActedFor(portal, attorney)).toEqual([]);
    await expect(getInvitation(portal, attorney, await invited(portal))).rejects.toEqual(notFound);
  });

  it("tells nobody where the resident gets mail", async () => {
    await using portal = await openTestPortal();
    const world = await given(portal);
    const { attorney } = await appoint(portal, world, ["see"]);
    const shown = await getRequestForResident(portal, attorney, world.requestId);
    expect(JSON.stringify(shown)).not.toContain("resident@example.org");
  });
});

describe("what a representative can never do", () => {
  it("is to appoint, raise the own scope, take others back, prove, change answers, or handle the case", async () => {
    await using portal = await openTestPortal();
    const world = await given(portal);
    const { requestId, caseId } = world;
    const { attorney, representationId } = await appoint(portal, world, ["see", "dispute", "receive"]);
    const more = form(["see", "dispute", "receive"], { email: "friend@example.org" });
    const about = { requestId, caseId };
    const upload = { ...about, purpose: "document", name: "a.jpg", bytes: jpeg() } as const;
    const contact = { whole: { mode: "mail", locale: "en" } };
    const attempts: readonly (() => Promise<unknown>)[] = [
      () => appointRepresentative(portal, attorney, { requestId, form: more }),
      () => revokeRepresentation(portal, attorney, { requestId, representationId }),
      () => listRepresentatives(portal, attorney, requestId),
      () => claimAuthority(portal, attorney, { requestId, form: { ...more, kind: "guardian", confirm: ["yes"] } }),
      () => addUpload(portal, attorney, upload),
      () => proveByCode(portal, attorney, { ...about, code: "AAAAA-AAAAA" }),
      () => getDeclaration(portal, attorney, { ...about, locale: "en" }),
      () => saveAnswers(portal, attorney, { requestId, version: 1, section: "contact", answer: contact }),
    ];
    const before = await portal.db.representation.findMany();
    for (const attempt of attempts) await expect(attempt()).rejects.toEqual(notFound);
    expect(await portal.db.representation.findMany()).toEqual(before);
    expect(await portal.db.identityUpload.count()).toBe(0);
  });

  it("is to check the identity of the one they act for, as a clerk of the same agency", async () => {
    await using portal = await openTestPortal();
    const world = await given(portal);
    const { attorney } = await appoint(portal, world, ["receive"]);
    const clerk = { ...attorney, memberships: [{ agencyId: world.agencyId, role: "clerk" as const }] };
    const { id: identifierId } = await portal.db.identifier.findFirstOrThrow();
    const check = { caseId: world.caseId, identifierId, verdict: "verified", basis: "in-person" };
    const seen = { shown: ["passport", "registration-card"], validFrom: "2025-01-01", validTo: null };
    await expect(checkIdentifier(portal, clerk, { ...check, ...seen })).rejects.toEqual(notFound);
  });
});

describe("an invitation", () => {
  it("opens for the account of its address alone: forwarded, guessed or late it is nothing", async () => {
    await using portal = await openTestPortal();
    const world = await given(portal);
    const attorney = await givenActor(portal, { email: EMAIL });
    const thief = await givenActor(portal, { email: "thief@example.org" });
    await appointRepresentative(portal, world.resident, { requestId: world.requestId, form: form(["see"]) });
    const secret = await invited(portal);
    for (const [actor, tried] of [
      [thief, secret],
      [attorney, "no-such-secret"],
      [attorney, ""],
      [world.resident, secret],
    ] as const) {
      await expect(getInvitation(portal, actor, tried)).rejects.toEqual(notFound);
      await expect(acceptRepresentation(portal, actor, tried)).rejects.toEqual(notFound);
    }
    expect(await getInvitation(portal, attorney, secret)).toMatchObject({ kind: "attorney", scopes: ["see"] });
    portal.time.advance({ days: 14 });
    await expect(acceptRepresentation(portal, attorney, secret)).rejects.toEqual(notFound);
  });

  it("names nobody in its mail, and its secret stands nowhere", async () => {
    await using portal = await openTestPortal();
    const world = await given(portal);
    await appointRepresentative(portal, world.resident, { requestId: world.requestId, form: form(["see"]) });
    const secret = await invited(portal);
    const rows = JSON.stringify([await portal.db.representation.findMany(), await portal.db.outboxMail.findMany()]);
    const entries = JSON.stringify(await listLedgerOfResident(portal, world.resident.accountId));
    for (const text of [secret, "Castellanos", EMAIL, "Ortega"]) expect(rows + entries).not.toContain(text);
  });

  it("accepted twice is accepted once", async () => {
    await using portal = await openTestPortal();
    const world = await given(portal);
    const { attorney } = await appoint(portal, world, ["see"]);
    await acceptRepresentation(portal, attorney, await invited(portal));
    const entries = await listLedgerOfResident(portal, world.resident.accountId);
    expect(entries.filter(({ act }) => act === "representative.accepted")).toHaveLength(1);
  });

  it.each([
    ["no scope", { scopes: [] }],
    ["a scope that there is not", { scopes: ["see", "wall"] }],
    ["dispute without seeing", { scopes: ["dispute"] }],
    ["a day that is past", { endsOn: "2026-03-01" }],
    ["a day beyond two years", { endsOn: "2028-03-03" }],
    ["no signature", { signature: " " }],
    ["no confirmation", { confirm: [] }],
    ["two addresses", { email: "a@example.org,b@example.org" }],
  ])("is not written with %s", (_, changed) => {
    expect(appointmentSchema("2026-03-02").safeParse(form(["see"])).success).toBe(true);
    expect(appointmentSchema("2026-03-02").safeParse(form(["see"], changed)).success).toBe(false);
  });

  it("is not written to oneself, nor for more than five at a time", async () => {
    await using portal = await openTestPortal();
    const world = await given(portal);
    const invite = (email: string) =>
      appointRepresentative(portal, world.resident, { requestId: world.requestId, form: form(["see"], { email }) });
    await expect(invite("Resident@Example.org")).rejects.toEqual(refusedAs("representatives.ownAddress"));
    for (let count = 0; count < 5; count++) await invite(`a${count}@example.org`);
    await expect(invite("a6@example.org")).rejects.toEqual(refusedAs("representatives.tooMany"));
  });
});

describe("the resident", () => {
  async function mailsTo(portal: TestPortal, address: string): Promise<string[]> {
    const mails = await portal.db.outboxMail.findMany({ orderBy: { createdAt: "asc" } });
    const opened = await Promise.all(mails.map(async (mail) => ({ mail, ...(await openMail(portal, mail)) })));
    return opened.filter(({ to }) => to.address === address).map(({ mail }) => mail.template);
  }

  it("is told of each act of a representative: of reading once a day, of a dispute each time", async () => {
    await using portal = await openTestPortal();
    const world = await given(portal);
    const { attorney } = await appoint(portal, world, ["see", "dispute"]);
    const count = async () => (await mailsTo(portal, "resident@example.org")).length;
    let before = await count();
    await getReleaseForResident(portal, attorney, world.releaseId);
    expect(await count()).toBe(before + 1);
    await getReleasePdf(portal, attorney, world.releaseId);
    await getRequestForResident(portal, attorney, world.requestId);
    expect(await count()).toBe(before + 1);
    portal.time.advance({ days: 1 });
    await getReleaseForResident(portal, attorney, world.releaseId);
    before = await count();
    for (let times = 0; times < 2; times++) await dispute(portal, attorney, world.releaseId);
    expect(await count()).toBe(before + 2);
    const entries = await listLedgerOfResident(portal, world.resident.accountId);
    const theirs = entries.filter(({ actor }) => actor.id === attorney.accountId);
    expect(new Set(theirs.map(({ actor }) => actor.role))).toEqual(new Set(["representative"]));
    expect(theirs.map(({ act }) => act)).toEqual(
      expect.arrayContaining(["release.read", "release.file-read", "request.read", "complaint.filed"]),
    );
    const { acts } = await listRepresentatives(portal, world.resident, world.requestId);
    expect(acts.map(({ act }) => act)).toContain("complaint.filed");
  });

  it("who wants no mail gets none, and finds the acts on the page", async () => {
    await using portal = await openTestPortal();
    const world = await givenCase(portal, { contact: "none" });
    await givenMatched(portal, world);
    const releaseId = await release(portal, world);
    const { attorney } = await appoint(portal, world, ["see"]);
    await getReleaseForResident(portal, attorney, releaseId);
    expect(await mailsTo(portal, "resident@example.org")).toEqual([]);
    expect((await listRepresentatives(portal, world.resident, world.requestId)).acts.length).toBeGreaterThan(0);
  });

  it("may have the notices go to a representative, and to no other", async () => {
    await using portal = await openTestPortal();
    const world = await givenCase(portal, { contact: "none" });
    await appoint(portal, world, ["receive"], "receiver@example.org");
    await appoint(portal, world, ["see"], "seer@example.org");
    await givenMatched(portal, world);
    await release(portal, world);
    expect(await mailsTo(portal, "receiver@example.org")).toContain("something-ready");
    expect(await mailsTo(portal, "seer@example.org")).not.toContain("something-ready");
  });

  it("sees who opened a complaint that a representative filed", async () => {
    await using portal = await openTestPortal();
    const world = await given(portal);
    const { attorney } = await appoint(portal, world, ["see", "dispute"]);
    const seer = await appoint(portal, world, ["see"], "seer@example.org");
    const { complaintIds } = await dispute(portal, attorney, world.releaseId);
    const [complaintId = ""] = complaintIds;
    expect((await getComplaintForResident(portal, attorney, complaintId)).canWithdraw).toBe(false);
    await expect(getComplaintForResident(portal, seer.attorney, complaintId)).rejects.toEqual(notFound);
    const entries = await listLedgerOfCase(portal, world.caseId);
    expect(entries.filter(({ act }) => act === "complaint.read").map(({ actor }) => actor.role)).toEqual([
      "representative",
    ]);
  });

  it("opens a letter to a representative who may see, by its own entry", async () => {
    await using portal = await openTestPortal();
    const world = await given(portal);
    const { attorney } = await appoint(portal, world, ["see"]);
    const [letter] = await listLettersForResident(portal, attorney, world.requestId);
    await getLetterForResident(portal, attorney, { requestId: world.requestId, letterId: letter?.id ?? "" });
    const entries = await listLedgerOfResident(portal, world.resident.accountId);
    expect(entries[0]).toMatchObject({ act: "letter.read", actor: { role: "representative" } });
  });
});
