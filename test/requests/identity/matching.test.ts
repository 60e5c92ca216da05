// Only what was verified is ever matched, only on its days, and only at the agency that verified it.
import { describe, expect, it } from "vitest";
import { importBatch } from "#app/feeds/import-batch.server.ts";
import { findMatches } from "#app/histories/find-matches.server.ts";
import { getReleaseForResident } from "#app/histories/queries.server.ts";
import { checkIdentifier } from "#app/requests/check-identifier.server.ts";
import { fileRequest } from "#app/requests/file-request.server.ts";
import { listIdentifierClaims, listVerifiedIdentifiers } from "#app/requests/identifiers.server.ts";
import { saveAnswers } from "#app/requests/save-answers.server.ts";
import { sectionForm } from "#app/requests/section-form.ts";
import { startRequest } from "#app/requests/start-request.server.ts";
import { readForm } from "#app/ui/form.ts";
import { type GivenCase, givenCase, release } from "#test/histories/given-case.ts";
import { findLeaks } from "#test/platform/given-scan.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const VIN = "1M8GDM9AXKP042788";
const SSN = "078-05-1120";
const STATE_ID = "A11223344";
const LICENCE = "Q7719043";
const matched = (portal: TestPortal) => portal.db.match.count();

describe("what is searched for", () => {
  it.each([
    ["refused", async (given: GivenCase) => given.verify("refused")],
    [
      "verified once and refused since",
      async (given: GivenCase) => {
        await given.verify({ from: "2025-01-01", to: null });
        await given.verify("refused");
      },
    ],
    [
      "verified for days that are over",
      async (given: GivenCase) => given.verify({ from: "2024-01-01", to: "2025-06-16" }),
    ],
    ["verified from a later day", async (given: GivenCase) => given.verify({ from: "2025-08-21", to: null })],
  ])("is never an identifier that was %s", async (_, prepare) => {
    await using portal = await openTestPortal();
    const given = await givenCase(portal);
    await prepare(given);
    await findMatches(portal, given.clerk, given.caseId);
    expect(await matched(portal)).toBe(0);
    // The same log holds three look-ups of the plate, which a verdict over their days finds.
    await given.verify({ from: "2025-06-17", to: "2025-08-19" });
    await findMatches(portal, given.clerk, given.caseId);
    expect(await matched(portal)).toBe(3);
  });

  it("is never one that another agency has verified", async () => {
    await using portal = await openTestPortal();
    const given = await givenCase(portal);
    await given.verify();
    expect(await listVerifiedIdentifiers(portal, given.caseId)).toHaveLength(1);
    expect(await listVerifiedIdentifiers(portal, given.otherCaseId)).toEqual([]);
    await findMatches(portal, given.otherClerk, given.otherCaseId);
    expect(await matched(portal)).toBe(0);
  });

  it("drops matches when the verdict is undone", async () => {
    await using portal = await openTestPortal();
    const given = await givenCase(portal);
    await given.verify();
    await findMatches(portal, given.clerk, given.caseId);
    expect(await matched(portal)).toBe(3);
    await given.verify("refused");
    await findMatches(portal, given.clerk, given.caseId);
    expect(await matched(portal)).toBe(0);
  });
});

/** A second request of the resident's, by number instead of by plate. */
async function fileByNumbers(portal: TestPortal, given: GivenCase) {
  const { requestId } = await startRequest(portal, given.resident);
  const sections = {
    you: { name: "Ana Lucía Ortega", birthDate: "1986-04-28" },
    identifiers: {
      ...{ plates: [], licence: LICENCE, stateId: STATE_ID, ssn: SSN },
      vin: { value: VIN.toLowerCase(), from: "2024-01-01", to: "2025-06-30" },
    },
    agencies: { agencies: [given.agencyId] },
    period: { from: "2025-01-01", to: "2026-02-28" },
    contact: { mode: "none", locale: "en" },
  } as const;
  let version = 1;
  for (const [section, whole] of Object.entries(sections)) {
    const answer = { requestId, version, section: section as keyof typeof sections, answer: { whole } };
    await saveAnswers(portal, given.resident, answer);
    version += 1;
  }
  await fileRequest(portal, given.resident, { requestId, version });
  const { id: caseId } = await portal.db.case.findFirstOrThrow({ where: { requestId } });
  return { requestId, caseId };
}

async function deliver(portal: TestPortal, terms: readonly (readonly [kind: string, value: string, at: string])[]) {
  const lines = terms.map(([kind, value, at], index) =>
    JSON.stringify({ id: `n-${index}`, at, agency: { name: "Alder Creek PD" }, searchedBy: [{ kind, value }] }),
  );
  await importBatch(
    portal,
    { kind: "operator", name: "tester" },
    {
      ...{ via: "command", agencySlug: "alder", systemSlug: "alpr", profile: "canonical-jsonl" },
      stream: (async function* () {
        yield Buffer.from(`${lines.join("\n")}\n`);
      })(),
    },
  );
}

const VERIFIED = { verdict: "verified", basis: "in-person", validFrom: "2024-01-01", validTo: null } as const;
const SEEN: Readonly<Record<string, readonly string[]>> = {
  vin: ["passport", "vehicle-title"],
  licence: ["driver-licence"],
  "state-id": ["passport", "own-record"],
  ssn: ["passport", "ssn-card"],
};

describe("numbers other than a plate", () => {
  it("are found by each of their kinds once that one is verified, and a stranger's by none", async () => {
    await using portal = await openTestPortal();
    const given = await givenCase(portal, { rows: [] });
    const { caseId, requestId } = await fileByNumbers(portal, given);
    const day = "2025-06-18T12:00:00Z";
    await deliver(portal, [
      ["vin", VIN, day],
      ["licence", LICENCE, day],
      ["state-id", STATE_ID, day],
      ["ssn", SSN, day],
      ["vin", "2M8GDM9AXKP042788", day],
      ["ssn", "219-09-9999", day],
      ["vin", VIN, "2025-08-18T12:00:00Z"],
      // The same characters as another kind are another thing.
      ["licence", STATE_ID, day],
    ]);
    const claims = await listIdentifierClaims(portal, { id: caseId, requestId, keyId: await keyOf(portal, requestId) });
    expect(claims.map(({ kind }) => kind)).toEqual(["vin", "licence", "state-id", "ssn"]);
    let expected = 0;
    for (const { kind, identifierId, claimedTo } of claims) {
      await findMatches(portal, given.clerk, caseId);
      expect(await matched(portal), `before ${kind}`).toBe(expected);
      const days = { ...VERIFIED, validTo: kind === "vin" ? claimedTo : null };
      await checkIdentifier(portal, given.clerk, { caseId, identifierId, shown: SEEN[kind] ?? [], ...days });
      portal.time.advance({ minutes: 1 });
      expected += 1;
    }
    await findMatches(portal, given.clerk, caseId);
    const found = await portal.db.match.findMany();
    expect(found.map(({ evidence }) => evidence[0]).sort()).toEqual([
      "licence-exact",
      "ssn-exact",
      "state-id-exact",
      "vin-exact",
    ]);
  });

  it("stand in the answer as one's own, of a Social Security number the last four digits alone", async () => {
    await using portal = await openTestPortal();
    const given = await givenCase(portal, { rows: [] });
    const { caseId, requestId } = await fileByNumbers(portal, given);
    await deliver(portal, [["ssn", SSN, "2025-06-18T12:00:00Z"]]);
    for (const row of await portal.db.identifier.findMany({ where: { requestId } })) {
      const shown = SEEN[row.kind] ?? [];
      const days = row.kind === "vin" ? { validTo: "2025-06-30" } : {};
      await checkIdentifier(portal, given.clerk, { caseId, identifierId: row.id, shown, ...VERIFIED, ...days });
    }
    portal.time.advance({ minutes: 1 });
    await findMatches(portal, given.clerk, caseId);
    await portal.db.match.updateMany({ data: { verdict: "accepted", decidedBy: given.clerk.accountId } });
    const { history } = await getReleaseForResident(
      portal,
      given.resident,
      await release(portal, { ...given, caseId, requestId }),
    );
    expect(history.lines.map(({ cells }) => cells.searchedBy)).toEqual([{ kind: "shown", text: "***-**-1120" }]);
    expect(history.searchedFor.map(({ value }) => value)).toEqual([VIN, LICENCE, STATE_ID, "***-**-1120"]);
    expect(JSON.stringify(history)).not.toMatch(/078-?05/);
  });

  it("stand nowhere in the clear: no table, no log of queries, no file", async () => {
    await using portal = await openTestPortal();
    const given = await givenCase(portal, { rows: [] });
    await fileByNumbers(portal, given);
    const found = await findLeaks(portal, [VIN, "078051120", "078-05-1120", STATE_ID, LICENCE]);
    expect(found).toEqual([]);
  });
});

async function keyOf(portal: TestPortal, requestId: string): Promise<string> {
  return (await portal.db.request.findUniqueOrThrow({ where: { id: requestId } })).keyId;
}

describe("the form", () => {
  const read = (fields: Record<string, string>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const result = readForm(sectionForm("identifiers", { today: "2026-03-02", offered: [] }), form);
    return result.ok ? { value: result.value } : { issues: Object.keys(result.issues) };
  };
  const from = { "vinFrom.year": "2024", "vinFrom.month": "1", "vinFrom.day": "1" };

  it.each([
    [{ vin: "1m8gdm9axkp042788", ...from }, { vin: { value: VIN, from: "2024-01-01", to: null } }],
    [{ ssn: "078 05 1120" }, { ssn: "078051120" }],
    [{ stateId: "a-1122 3344" }, { stateId: STATE_ID }],
  ])("takes %j as people type it", (fields, expected) => {
    expect(read(fields)).toMatchObject({ value: expected });
  });

  it.each([
    [{ vin: "1M8GDM9AXKP04278Q", ...from }, ["vin"]],
    [{ vin: VIN }, ["vinFrom"]],
    [{ ...from }, ["vin"]],
    [{ ssn: "000-12-3456" }, ["ssn"]],
    [{ ssn: "666-12-3456" }, ["ssn"]],
    [{ ssn: "900-12-3456" }, ["ssn"]],
    [{ ssn: "123-00-4567" }, ["ssn"]],
    [{ ssn: "12345678" }, ["ssn"]],
    [{ ssn: "07805112*" }, ["ssn"]],
    [{ stateId: "A1*" }, ["stateId"]],
    [{ stateId: "" }, ["plate0"]],
  ])("says of %j which field is wrong", (fields, issues) => {
    expect(read(fields)).toEqual({ issues });
  });
});
