// An ex-partner has the victim's mailbox, name, birth date and address. She ends with nothing, and the victim learns of it.
import { expect, test } from "vitest";
import { findMatches } from "#app/histories/find-matches.server.ts";
import { getProposal } from "#app/histories/get-proposal.server.ts";
import { proposeHistory } from "#app/histories/propose-history.server.ts";
import { getReleaseForResident } from "#app/histories/queries.server.ts";
import { listLedgerOfResident } from "#app/platform/ledger/ledger.server.ts";
import { openMail } from "#app/platform/mail/send-mail.server.ts";
import { checkIdentifier } from "#app/requests/check-identifier.server.ts";
import { listVerifiedIdentifiers } from "#app/requests/identifiers.server.ts";
import { askCodeLetter, printCodeLetter, proveByCode } from "#app/requests/identity/code-letter.server.ts";
import { getIdentityDesk } from "#app/requests/identity/identity-desk.server.ts";
import { getMyIdentity } from "#app/requests/identity/my-identity.server.ts";
import { recordAssertion } from "#app/requests/identity/record-assertion.server.ts";
import { addUpload } from "#app/requests/identity/uploads.server.ts";
import { acceptRepresentation, appointRepresentative } from "#app/requests/representatives/appoint.server.ts";
import { givenCase } from "#test/histories/given-case.ts";
import { givenActor } from "#test/requests/given-request.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { pdf } from "./given-files.ts";
import { codeOn, LETTER, refusedAs } from "./given-identity.ts";
import { pdfText } from "./paper.ts";

/** Everything that was mailed to the victim's mailbox: the adversary reads it all. */
async function mailbox(portal: TestPortal): Promise<string[]> {
  const mails = await portal.db.outboxMail.findMany();
  const opened = await Promise.all(mails.map(async (mail) => ({ mail, ...(await openMail(portal, mail)) })));
  return opened.filter(({ to }) => to.address === "resident@example.org").map(({ params }) => JSON.stringify(params));
}

test("with mailbox, name, birth date and address: no release, and no code that is not on the victim's own doormat", async () => {
  await using portal = await openTestPortal();
  // By the mailbox she signs in as the victim, and files in the victim's name, with the plate that she knows.
  const given = await givenCase(portal);
  const { resident: adversary, clerk, caseId, requestId } = given;
  const [{ id: identifierId } = { id: "" }] = await portal.db.identifier.findMany({ where: { requestId } });
  const verify = (basis: string, shown: readonly string[] = []) =>
    checkIdentifier(portal, clerk, {
      ...{ caseId, identifierId, verdict: "verified", basis, shown, validFrom: "2025-01-01", validTo: null },
    });
  const nothing = async () => {
    expect(await listVerifiedIdentifiers(portal, caseId)).toEqual([]);
    await findMatches(portal, clerk, caseId);
    expect(await portal.db.match.count()).toBe(0);
  };

  // She writes a statement under penalty of perjury with all that she knows. The register does name the victim.
  const statement = { requestId, caseId, purpose: "sworn-statement", name: "statement.pdf", bytes: pdf() } as const;
  await addUpload(portal, adversary, statement);
  await expect(verify("sworn-statement", ["statement-upload"])).rejects.toEqual(refusedAs("identity.notEnough"));
  await checkIdentifier(portal, clerk, {
    ...{ caseId, identifierId, verdict: "noted", basis: "registration-on-file" },
    ...{ validFrom: "2025-01-01", validTo: null },
  });
  await expect(verify("sworn-statement", ["statement-upload"])).rejects.toEqual(refusedAs("identity.notEnough"));
  await expect(verify("registration-on-file")).rejects.toEqual(refusedAs("identity.notEnough"));
  await nothing();

  // A sign-in elsewhere that looked at no document, and one of her own, prove nothing of the victim.
  const victim = { name: "Ana Lucia ORTEGA", birthDate: "1986-04-28" };
  const weak = { caseId, assertion: { ...victim, level: 1 } };
  await expect(recordAssertion(portal, adversary, weak)).rejects.toEqual(refusedAs("identity.assertionWeak"));
  const hers = { caseId, assertion: { name: "Someone Else", birthDate: "1984-01-01", level: 3 } };
  await expect(recordAssertion(portal, adversary, hers)).rejects.toEqual(refusedAs("identity.assertionOther"));
  const twin = { caseId, assertion: { name: "Ana Lucia Ortega", birthDate: "1984-01-01", level: 3 } };
  await expect(recordAssertion(portal, adversary, twin)).rejects.toEqual(refusedAs("identity.assertionOther"));
  await nothing();

  // She asks for the letter. It goes to the victim's address on record; the mailbox sees only that there is news.
  const mailed = (await mailbox(portal)).length;
  const form = { ...LETTER, identifiers: [identifierId] };
  const { letterId } = await askCodeLetter(portal, clerk, { caseId, form });
  const sheet = await pdfText((await printCodeLetter(portal, clerk, { caseId, letterId })).bytes);
  const code = codeOn(sheet);
  const mails = await mailbox(portal);
  expect(mails).toHaveLength(mailed + 1);
  expect(mails.join()).not.toContain(code);
  expect(sheet).toContain("Somebody who says to be you has asked this agency");
  // Nothing that she can open shows it, or the address that it went to.
  const seen = JSON.stringify(await getMyIdentity(portal, adversary, requestId));
  for (const secret of [code, code.replace("-", ""), "Quarry"]) expect(seen).not.toContain(secret);
  for (const guess of ["00000-00000", "AAAAA-AAAAA", "", "%", code.split("").reverse().join("")]) {
    const typed = proveByCode(portal, adversary, { requestId, caseId, code: guess });
    await expect(typed).rejects.toEqual(refusedAs("identity.codeWrong"));
  }
  await expect(verify("mailed-code")).rejects.toEqual(refusedAs("identity.notEnough"));
  // Not even the code itself, which the tries have spent, if she got hold of it now.
  await expect(proveByCode(portal, adversary, { requestId, caseId, code })).rejects.toEqual(
    refusedAs("identity.codeWrong"),
  );
  await nothing();

  // She lets herself act for the victim, under an address of her own: there is nothing to see.
  const friend = await givenActor(portal, { email: "own-address@example.org" });
  await appointRepresentative(portal, adversary, {
    requestId,
    form: {
      ...{ kind: "attorney", name: "A Friend", email: "own-address@example.org", endsOn: "2026-12-31" },
      ...{ scopes: ["see", "dispute", "receive"], signature: "Ana Lucía Ortega", confirm: ["yes"] },
    },
  });
  const invitation = await portal.db.outboxMail.findFirstOrThrow({ where: { template: "representative-invite" } });
  const { params } = await openMail(portal, invitation);
  await acceptRepresentation(portal, friend, params["link"]?.split("/").at(-1) ?? "");
  await nothing();

  // The clerk can only refuse; an answer then says nothing about anybody, and was not searched for.
  await checkIdentifier(portal, clerk, {
    ...{ caseId, identifierId, verdict: "refused", basis: "sworn-statement", reason: "not-proved" },
    ...{ validFrom: null, validTo: null },
  });
  expect(await portal.db.identityUpload.count({ where: { removedAt: null } })).toBe(0);
  await findMatches(portal, clerk, caseId);
  await proposeHistory(portal, clerk, caseId);
  const proposal = await getProposal(portal, given.supervisor, { caseId, locale: "en" });
  expect(JSON.stringify(proposal)).not.toMatch(/Alder Creek PD|u-1017|Stolen vehicle/);
  for (const actor of [adversary, friend]) {
    await expect(getReleaseForResident(portal, actor, caseId)).rejects.toMatchObject({ name: "NotFound" });
  }

  // And all of it stands in the ledger that the victim can read, wrong codes included.
  const acts = (await listLedgerOfResident(portal, adversary.accountId)).map(({ act }) => act);
  expect(acts.filter((act) => act === "identity.code-wrong")).toHaveLength(6);
  for (const act of ["upload.added", "identity.letter-asked", "identity.letter-printed", "representative.appointed"]) {
    expect(acts).toContain(act);
  }
});

test("who proves to be himself does not get the plate of somebody else by saying that it is his", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const { clerk, caseId, requestId, resident } = given;
  const [{ id: identifierId } = { id: "" }] = await portal.db.identifier.findMany({ where: { requestId } });
  const days = { validFrom: "2025-01-01", validTo: null };
  const about = { caseId, identifierId, ...days };
  await recordAssertion(portal, resident, {
    ...{ caseId, assertion: { name: "Ana Lucía Ortega", birthDate: "1986-04-28", level: 3 } },
  });
  const own = { requestId, caseId, purpose: "sworn-statement", name: "mine.pdf", bytes: pdf() } as const;
  await addUpload(portal, resident, own);
  const sworn = { basis: "sworn-statement", shown: ["statement-upload"] };
  await checkIdentifier(portal, clerk, { ...about, verdict: "noted", ...sworn });
  await checkIdentifier(portal, clerk, { ...about, verdict: "noted", basis: "video", shown: ["passport"] });
  for (const basis of ["assertion", "video", "sworn-statement"]) {
    const verdict = { ...about, verdict: "verified", basis, shown: ["passport", "statement-upload"] };
    await expect(checkIdentifier(portal, clerk, verdict)).rejects.toEqual(refusedAs("identity.notEnough"));
  }
  const [plate] = (await getIdentityDesk(portal, clerk, caseId)).identifiers;
  expect(plate?.missing).toContainEqual(["registration-on-file"]);
  // The register names him: then it is enough.
  await checkIdentifier(portal, clerk, { ...about, verdict: "verified", basis: "registration-on-file" });
  expect(await listVerifiedIdentifiers(portal, caseId)).toHaveLength(1);
});
