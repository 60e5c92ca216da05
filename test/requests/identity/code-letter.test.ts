import { describe, expect, it } from "vitest";
import type { AccountActor } from "#app/people/actor.ts";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import { askCodeLetter, printCodeLetter, proveByCode } from "#app/requests/identity/code-letter.server.ts";
import { codeLetterSchema, makeCode, readTypedCode } from "#app/requests/identity/code-letter.ts";
import { getMyIdentity } from "#app/requests/identity/my-identity.server.ts";
import { givenActor } from "#test/requests/given-request.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { codeOn, type GivenIdentity, givenIdentity, LETTER, notFound, refusedAs } from "./given-identity.ts";
import { pdfText } from "./paper.ts";

const WRONG = refusedAs("identity.codeWrong");
const type = (portal: TestPortal, given: GivenIdentity, code: string, by: AccountActor = given.resident) =>
  proveByCode(portal, by, { requestId: given.requestId, caseId: given.caseId, code });
const proofs = (portal: TestPortal) => portal.db.identityProof.count({ where: { basis: "mailed-code" } });

describe("a letter with a code", () => {
  it("proves, once typed, the post of the one who asks, for the identifiers of the letter and no others", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const code = await given.letter();
    await type(portal, given, ` ${code.toLowerCase().replace("-", " ")} `);
    const rows = await portal.db.identityProof.findMany();
    expect(rows.map(({ identifierId, caseId, basis, by }) => [identifierId, caseId, basis, by])).toEqual([
      [given.plateId, given.caseId, "mailed-code", null],
    ]);
    // With the register beside it, and with nothing less, that is enough.
    await expect(given.check({ basis: "mailed-code" })).rejects.toEqual(refusedAs("identity.notEnough"));
    await given.check({ basis: "registration-on-file" });
    const [{ check } = { check: null }] = (await getMyIdentity(portal, given.resident, given.requestId)).cases
      .filter(({ caseId }) => caseId === given.caseId)
      .flatMap(({ identifiers }) => identifiers);
    expect(check?.verdict).toBe("verified");
  });

  it("works once", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const code = await given.letter();
    await type(portal, given, code);
    await expect(type(portal, given, code)).rejects.toEqual(WRONG);
    expect(await proofs(portal)).toBe(1);
  });

  it("works once for two who type it at the same moment", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const code = await given.letter();
    const tries = await Promise.allSettled([1, 2, 3, 4].map(() => type(portal, given, code)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await proofs(portal)).toBe(1);
  });

  it("dies at the fifth wrong try, and the right code then helps no more", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const code = await given.letter();
    for (let tries = 0; tries < 5; tries++) await expect(type(portal, given, "AAAAA-AAAAA")).rejects.toEqual(WRONG);
    await expect(type(portal, given, code)).rejects.toEqual(WRONG);
    expect(await proofs(portal)).toBe(0);
    const acts = (await listLedgerOfCase(portal, given.caseId)).map(({ act }) => act);
    expect(acts.filter((act) => act === "identity.code-wrong")).toHaveLength(6);
  });

  it("lets no more than five be tried however many are sent at once", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    await given.letter();
    await Promise.allSettled(Array.from({ length: 20 }, () => type(portal, given, "AAAAA-AAAAA")));
    expect((await portal.db.codeLetter.findFirstOrThrow()).attempts).toBe(5);
  });

  it("works to the end of its thirtieth day at the agency and not a moment longer", async () => {
    await using portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
    const given = await givenIdentity(portal);
    const code = await given.letter();
    // April 1 ends in California when it is April 2, 07:00 in UTC.
    portal.time.set("2026-04-02T07:00:00Z");
    await expect(type(portal, given, code)).rejects.toEqual(WRONG);
    portal.time.set("2026-04-02T06:59:59Z");
    await type(portal, given, code);
    expect(await proofs(portal)).toBe(1);
  });

  it("is worth nothing once a later letter was asked for", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const first = await given.letter();
    portal.time.advance({ minutes: 1 });
    const second = await given.letter();
    await expect(type(portal, given, first)).rejects.toEqual(WRONG);
    await type(portal, given, second);
    // Nor when the later one has been spent.
    await expect(type(portal, given, first)).rejects.toEqual(WRONG);
  });

  it("is worth nothing from the moment on at which a later one is prepared, printed or not", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const code = await given.letter();
    portal.time.advance({ minutes: 1 });
    const form = { ...LETTER, identifiers: [given.plateId] };
    await askCodeLetter(portal, given.clerk, { caseId: given.caseId, form });
    await expect(type(portal, given, code)).rejects.toEqual(WRONG);
  });

  it("is typed by the resident, for the resident's own case, and by nobody else", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const code = await given.letter();
    const stranger = await givenActor(portal, { email: "stranger@example.org" });
    for (const actor of [stranger, given.clerk, given.supervisor]) {
      await expect(type(portal, given, code, actor)).rejects.toEqual(notFound);
    }
    const other = { requestId: given.requestId, caseId: given.stateCaseId, code };
    await expect(proveByCode(portal, given.resident, other)).rejects.toEqual(WRONG);
    expect((await portal.db.codeLetter.findFirstOrThrow()).attempts).toBe(0);
  });
});

describe("where it goes", () => {
  it("is an address that the clerk reads in the agency's own record, and says so", async () => {
    const typed = { ...LETTER, address: "1417 Quarry Lane\nFresno, CA 93721", identifiers: ["x"] };
    expect(codeLetterSchema.safeParse(typed).success).toBe(true);
    for (const missing of ["onRecord", "source", "recordedOn", "address", "addressee", "identifiers"]) {
      expect(codeLetterSchema.safeParse({ ...typed, [missing]: undefined }).success, missing).toBe(false);
    }
    for (const address of ["one line", "1\n2\n3\n4\n5\n6\n7", "   \n  "]) {
      expect(codeLetterSchema.safeParse({ ...typed, address }).success, address).toBe(false);
    }
  });

  it("is never one that was changed just before the request: whoever asks may have changed it", async () => {
    await using portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
    const given = await givenIdentity(portal);
    await expect(given.letter({ recordedOn: "2026-02-01" })).rejects.toEqual(refusedAs("identity.addressNew"));
    await expect(given.letter({ recordedOn: "2026-03-03" })).rejects.toEqual(refusedAs("identity.addressNew"));
    expect(await given.letter({ recordedOn: "2026-01-31" })).not.toBe("");
  });

  it("is asked for by a clerk of the case alone, about its own identifiers", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const { caseId } = given;
    const form = { ...LETTER, identifiers: [given.plateId] };
    for (const actor of [given.resident, given.supervisor, given.stateClerk]) {
      await expect(askCodeLetter(portal, actor, { caseId, form })).rejects.toEqual(notFound);
    }
    await expect(given.letter({ identifiers: [caseId] })).rejects.toEqual(notFound);
    expect(await portal.db.codeLetter.count()).toBe(0);
  });
});

describe("the sheet", () => {
  it("is printed once, and says nothing of the request", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const form = { ...LETTER, identifiers: [given.plateId] };
    const { letterId } = await askCodeLetter(portal, given.clerk, { caseId: given.caseId, form });
    const about = { caseId: given.caseId, letterId };
    for (const actor of [given.resident, given.supervisor, given.stateClerk]) {
      await expect(printCodeLetter(portal, actor, about)).rejects.toEqual(notFound);
    }
    const { bytes, fileName } = await printCodeLetter(portal, given.clerk, about);
    const text = await pdfText(bytes);
    expect(text).toContain("1417 Quarry Lane");
    expect(text).toContain("IF IT WAS NOT YOU");
    expect(codeOn(text)).toMatch(/^[A-HJ-NP-Z2-9]{5}-[A-HJ-NP-Z2-9]{5}$/);
    for (const secret of ["7QVX913", "WL-2026", "1986", "marisol"]) expect(text).not.toContain(secret);
    expect(fileName).toMatch(/^WL-2026-\d{5}-[AB]-letter\.pdf$/);
    await expect(printCodeLetter(portal, given.clerk, about)).rejects.toEqual(refusedAs("identity.letterPrinted"));
  });

  it("speaks the resident's language", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal, { locale: "es", name: "Łucja Ñandú-Ødegård" });
    const form = { ...LETTER, addressee: "Łucja Ñandú-Ødegård", identifiers: [given.plateId] };
    const { letterId } = await askCodeLetter(portal, given.clerk, { caseId: given.caseId, form });
    const { bytes } = await printCodeLetter(portal, given.clerk, { caseId: given.caseId, letterId });
    const text = await pdfText(bytes);
    expect(text).toContain("SI NO FUE USTED");
    expect(text).toContain("Łucja Ñandú-Ødegård");
  });

  it("leaves its code nowhere: not in a table, not in the ledger, not in a mail", async () => {
    await using portal = await openTestPortal();
    const given = await givenIdentity(portal);
    const code = await given.letter();
    const plain = readTypedCode(code);
    const rows = await portal.db.codeLetter.findMany();
    const entries = await listLedgerOfCase(portal, given.caseId);
    expect(JSON.stringify([rows, entries])).not.toMatch(new RegExp(`${plain}|${code}|Quarry`));
  });
});

describe("a code", () => {
  it("has no letters that look alike, and reads the same however it is typed", () => {
    let next = 0;
    const code = makeCode((below) => next++ % below);
    expect(code).toBe("ABCDEFGHJK");
    expect(readTypedCode("abcde-fghjk\n")).toBe(code);
    const all = new Set(Array.from({ length: 31 }, (_, letter) => makeCode(() => letter)[0]));
    expect(all.size).toBe(31);
    for (const alike of "01IO") expect(all).not.toContain(alike);
  });
});
