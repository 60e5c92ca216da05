import { expect, test } from "vitest";
import { findExemption } from "#app/law/exemptions.ts";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import { computeClock, getCaseFile } from "#app/requests/case-file.server.ts";
import { openLetters } from "#app/requests/letters.server.ts";
import { previewLetter, type WantedAct } from "#app/requests/preview-letter.server.ts";
import { givenCase, givenMatched, release } from "#test/histories/given-case.ts";
import { act, DENIAL, givenClock, PART, STATE_DENIAL, WHOLE } from "#test/requests/given-clock.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const refused = (code: string) => expect.objectContaining({ name: "Refused", code });

async function newestLetter(portal: TestPortal, caseId: string) {
  return (await openLetters(portal, { id: caseId }))[0]!;
}

test("a decision to release all: when the records will be there, why, who, and no law for holding back", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk } = await givenClock(portal);
  portal.time.advance({ days: 8 });
  await act(portal, clerk, caseId, { act: "determination", form: WHOLE });
  const { kind, text } = await newestLetter(portal, caseId);
  expect(kind).toBe("determination");
  expect(text).toContain("has decided to release the records that you asked for");
  expect(text).toContain("available on Friday, March 20, 2026, 5:00 PM");
  expect(text).toContain("The log has been found and is being copied.");
  expect(text).toContain("Rosa Mata, Records Supervisor");
  expect(text).not.toContain("7923.600");
  expect(computeClock(await getCaseFile(portal, caseId))).toMatchObject({
    answeredOn: "2026-03-10",
    status: "answered",
  });
  // It answers the law: nothing more can be asked or taken.
  const again = previewLetter(portal, clerk, { caseId, wanted: { act: "denial", form: DENIAL } });
  await expect(again).rejects.toMatchObject({ code: "letters.whyAnswered", params: { date: "2026-03-10" } });
});

test("in part: also the laws, and how to go on", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk } = await givenClock(portal, { locale: "es" });
  await act(portal, clerk, caseId, { act: "determination", form: PART });
  const { text, locale } = await newestLetter(portal, caseId);
  expect(locale).toBe("es");
  expect(text).toContain("entregar una parte");
  expect(text).toContain("viernes 20 de marzo de 2026, 5:00 p. m.");
  expect(text).toContain(`${findExemption("ca.cpra.investigation")?.words.es} (Gov. Code § 7923.600)`);
  expect(text).toMatch(/tribunal superior.*Gov\. Code §§ 7923/);
  const entry = (await listLedgerOfCase(portal, caseId)).at(-1);
  expect(entry).toMatchObject({
    act: "determination.sent",
    detail: { outcome: "part", exemptions: "ca.cpra.investigation", event: "answered" },
  });
});

test("a refusal under the Public Records Act names its laws, each person with a title, and the way to court", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk } = await givenClock(portal);
  await act(portal, clerk, caseId, { act: "denial", form: DENIAL });
  const { kind, text } = await newestLetter(portal, caseId);
  expect(kind).toBe("denial");
  expect(text).toContain("(Gov. Code § 7923.600)");
  expect(text).toContain("(Gov. Code § 7927.705; Evid. Code § 1040)");
  expect(text).toContain("- Rosa Mata, Records Supervisor\n- Tomas Ibarra, Captain, Investigations");
  expect(text).toContain("Gov. Code § 7922.540");
  expect(text).toMatch(/superior court.*Gov\. Code §§ 7923/);
  expect(computeClock(await getCaseFile(portal, caseId)).answeredOn).toBe("2026-03-02");
});

test("a refusal under the Information Practices Act has the statement of § 1798.41(a), and both reviews with their clocks", async () => {
  await using portal = await openTestPortal();
  const { stateCaseId: caseId, stateClerk } = await givenClock(portal);
  await act(portal, stateClerk, caseId, { act: "denial", form: STATE_DENIAL });
  const { text } = await newestLetter(portal, caseId);
  expect(text).toContain("does not require it to disclose");
  expect(text).toContain("Civ. Code § 1798.41(a)");
  expect(text).toContain("(Civ. Code § 1798.40(b))");
  expect(text).toContain(
    "Its time: 30 days, counted from the day of this: the agency receives the request for review.",
  );
  // Two years from this day, at the earliest.
  expect(text).toContain("Your last day, in the reading that is safest for you: Thursday, March 2, 2028.");
  expect(computeClock(await getCaseFile(portal, caseId)).answeredOn).toBe("2026-03-02");
});

test.each<[string, "caseId" | "stateCaseId", WantedAct, string]>([
  ["another act's law", "caseId", { act: "denial", form: STATE_DENIAL }, "letters.exemptionUnknown"],
  [
    "a law of fields alone",
    "caseId",
    { act: "denial", form: { ...DENIAL, exemptions: ["ca.cpra.third-party"] } },
    "letters.exemptionUnknown",
  ],
  [
    "a law that needs another one beside it",
    "caseId",
    { act: "denial", form: { ...DENIAL, exemptions: ["ca.cpra.other-law"] } },
    "letters.exemptionUnknown",
  ],
  [
    "records that were there yesterday",
    "caseId",
    { act: "determination", form: { ...WHOLE, availableOn: "2026-03-01" } },
    "letters.availablePast",
  ],
  [
    "a decision where the record itself is the answer",
    "stateCaseId",
    { act: "determination", form: WHOLE },
    "letters.whyNoDetermination",
  ],
])("refused: %s", async (_name, which, wanted, code) => {
  await using portal = await openTestPortal();
  const given = await givenClock(portal);
  const actor = which === "caseId" ? given.clerk : given.stateClerk;
  await expect(previewLetter(portal, actor, { caseId: given[which], wanted })).rejects.toEqual(refused(code));
  expect(await portal.db.clockEvent.count({ where: { kind: "answered" } })).toBe(0);
});

test("a part may rest on a law of single fields", async () => {
  await using portal = await openTestPortal();
  const { caseId, clerk } = await givenClock(portal);
  await act(portal, clerk, caseId, { act: "determination", form: { ...PART, exemptions: ["ca.cpra.third-party"] } });
  expect((await newestLetter(portal, caseId)).text).toContain("says something about another person");
});

test("the release after a decision does not answer a second time; without one it answers", async () => {
  for (const decided of [true, false]) {
    await using portal = await openTestPortal();
    const given = await givenCase(portal);
    if (decided) await act(portal, given.clerk, given.caseId, { act: "determination", form: WHOLE });
    portal.time.advance({ days: 2 });
    await givenMatched(portal, given);
    await release(portal, given);
    const { clock } = await getCaseFile(portal, given.caseId);
    const answered = clock.filter(({ kind }) => kind === "answered");
    expect(answered.map(({ on }) => on)).toEqual([decided ? "2026-03-02" : "2026-03-04"]);
    // A second edition answers nothing either.
    await release(portal, given);
    expect(await portal.db.clockEvent.count({ where: { caseId: given.caseId, kind: "answered" } })).toBe(1);
    expect(await portal.db.release.count()).toBe(2);
  }
});
