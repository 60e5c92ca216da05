import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { accessEventSchema, FLAG_AUTOMATIC, FLAG_BULK, FLAG_SEALED } from "#app/feeds/access-event.ts";
import { type Profile, profileSchema, withCodes } from "#app/feeds/profile.ts";
import { getProfile } from "#app/feeds/profiles.ts";
import type { BatchFacts } from "#app/feeds/read-file.ts";
import { bad, good, outcomes, readRows } from "./given-file.ts";

const fixture = (name: string) => readFileSync(new URL(`../fixtures/feeds/${name}`, import.meta.url));
const rowsOf = (name: string, profile: string | Profile) => readRows(fixture(name), profile);
const value = (text: string) => ({ state: "value", value: text });

describe("canonical CSV", () => {
  test("with the header of the first edition", async () => {
    const [row] = await rowsOf("canonical-old.csv", "canonical");
    const { event, flags } = good(row);
    expect(event).toMatchObject({
      at: "2026-01-05T16:30:00.000Z",
      searchedBy: [{ kind: "plate" }, { kind: "licence" }],
    });
    expect(Object.keys(event)).not.toContain("queryId");
    expect(flags).toBe(0);
  });

  test("with all that it can say", async () => {
    const rows = await rowsOf("canonical.csv", "canonical");
    const first = good(rows[0]);
    expect(accessEventSchema.parse(first.event)).toMatchObject({
      orgCode: value("CA0999900"),
      userName: value("Pat Doe"),
      purposeCode: value("C"),
      legalBasis: value("PC 10851"),
      consent: { state: "empty" },
      queryId: value("q-1"),
      groupId: value("g-1"),
      messageKey: value("QV"),
      outcome: value("hit"),
      bulk: true,
      automatic: false,
      sealed: null,
    });
    expect(first.event.searchedBy).toEqual([
      { kind: "plate", ...value("7ABC123") },
      { kind: "licence", ...value("A1234567") },
      { kind: "vin", ...value("1HGCM82633A004352") },
      { kind: "state-id", ...value("CA01234567") },
      { kind: "ssn", ...value("123-45-6789") },
      { kind: "name", ...value("Sample, Robin") },
      { kind: "birth-date", ...value("1976-07-04"), date: "1976-07-04" },
    ]);
    // A name or a birth date alone finds nobody.
    expect(first.identifiers).toEqual([
      { kind: "plate", normalised: "7ABC123" },
      { kind: "licence", normalised: "A1234567" },
      { kind: "vin", normalised: "1HGCM82633A004352" },
      { kind: "state-id", normalised: "CA01234567" },
      { kind: "ssn", normalised: "123456789" },
    ]);
    expect(first.flags).toBe(FLAG_BULK);
    const second = good(rows[1]);
    expect(second.flags).toBe(FLAG_AUTOMATIC | FLAG_SEALED);
    expect(second.event).toMatchObject({
      automatic: true,
      sealed: true,
      hiddenReason: value("Penal Code 832.7"),
      hiddenUntil: value("2026-06-01T00:00:00.000Z"),
    });
    // Reading it wrong would tell too early.
    expect(bad(rows[2]).problem).toBe("hidden-until");
  });
});

describe("canonical JSON Lines", () => {
  test("by the published schema, and what the delivery says of itself", async () => {
    const told: BatchFacts[] = [];
    const rows = await readRows(fixture("canonical.jsonl"), "canonical-jsonl", {
      onFacts: (facts) => told.push(facts),
    });
    expect(told).toEqual([{ sequenceNo: 12, from: "2026-01-01", to: "2026-01-07", rows: 4 }]);
    expect(rows.map((row) => [row.number, row.problem])).toEqual([
      [2, null],
      [3, null],
      [4, "schema"],
      [5, "schema"],
    ]);
    const { event, identifiers, flags } = good(rows[0]);
    expect(event.searchedBy).toEqual([
      { kind: "plate", ...value("7ABC123") },
      { kind: "plate", ...value("8XYZ987") },
      { kind: "ssn", state: "empty" },
      { kind: "name", ...value("Sample, Robin") },
      { kind: "birth-date", ...value("1976-07-04"), date: "1976-07-04" },
    ]);
    expect(identifiers).toHaveLength(2);
    expect(event).toMatchObject({
      caseNumber: { state: "hidden-by-agency", mark: "REDACTED" },
      scope: { networks: value("3"), searchType: value("lookup"), devices: { state: "not-exported" } },
      bulk: false,
      automatic: true,
    });
    expect(flags).toBe(FLAG_AUTOMATIC);
    expect(good(rows[1])).toMatchObject({ flags: FLAG_SEALED, event: { hiddenReason: value("Penal Code 832.7") } });
  });

  test("a head that is not the first line is a row, and not a readable one", async () => {
    const lines = fixture("canonical.jsonl").toString().split("\n");
    const rows = await readRows([lines[1], lines[0]].join("\n"), "canonical-jsonl");
    expect(rows.map((row) => row.problem)).toEqual([null, "schema"]);
  });
});

const HEADERS = ["networkCount", "cameraCount"].flatMap((count) =>
  [
    [],
    ["reason"],
    ["caseNumber"],
    ["reason", "caseNumber"],
    ["reason", "offenseType"],
    ["reason", "caseNumber", "offenseType"],
  ].map((more) => ["id", "userId", "searchDate", count, ...more]),
);

describe("the ALPR portal's export", () => {
  test.each(HEADERS.map((header) => [header.join(",")]))("%s", async (header) => {
    const values: Record<string, string> = { id: "p-1", userId: "u-1", searchDate: "2025-06-18 00:02:04.789" };
    const cells = header.split(",").map((name) => values[name] ?? (name.endsWith("Count") ? "94" : "theft"));
    const { event, identifiers } = good((await readRows(`${header}\n${cells.join(",")}\n`, "alpr-portal"))[0]);
    expect(event).toMatchObject({
      at: "2025-06-18T00:02:04.789Z",
      zone: "UTC",
      searchedBy: [],
      org: { state: "not-exported" },
    });
    const has = (name: string) => (header.includes(name) ? "value" : "not-exported");
    expect([event.scope.networks.state, event.scope.devices.state]).toEqual([has("networkCount"), has("cameraCount")]);
    expect([event.purpose.state, event.caseNumber.state]).toEqual([has("reason"), has("caseNumber")]);
    expect(event.purposeCode?.state ?? "not-exported").toBe(has("offenseType"));
    expect(identifiers).toEqual([]);
  });
});

const OWN_KEYS: Profile = withCodes(getProfile("clets-journal"), "oakfield-journal", {
  messageKey: {
    QV: { en: "Stolen vehicle", es: "Vehículo robado", searches: "plate" },
    QW: { en: "Wanted person", es: "Persona buscada", searches: "name" },
  },
});

describe("a message switch's journal", () => {
  test.each(["clets.psv", "clets.txt"])("%s gives the same events", async (name) => {
    const rows = await rowsOf(name, OWN_KEYS);
    expect(rows.slice(0, 3).map((row) => row.problem)).toEqual([null, null, "time-repeated"]);
    expect(good(rows[0]).event).toMatchObject({
      sourceId: value("0000000001"),
      at: "2026-01-05T16:30:00.000Z",
      zone: "America/Los_Angeles",
      timeAsLogged: "20260105 083000",
      messageKey: { ...value("QV"), meaning: { en: "Stolen vehicle", es: "Vehículo robado" } },
      purposeCode: { ...value("C"), meaning: { en: "Criminal justice", es: "Justicia penal" } },
      caseNumber: value("26-101"),
      purpose: value("STOLEN VEH"),
    });
    const second = good(rows[1]);
    expect(second.identifiers.map(({ kind }) => kind)).toEqual(["licence", "vin", "state-id", "ssn"]);
    expect(second.event.searchedBy.find(({ kind }) => kind === "birth-date")).toMatchObject({ date: "1976-07-04" });
  });

  test("lines that are too short, too long, or cut off by the end of the file", async () => {
    const rows = await rowsOf("clets.txt", "clets-journal");
    expect(rows.slice(3).map((row) => [row.number, row.problem])).toEqual([
      [4, "line-length"],
      [5, "line-length"],
      [6, "cut-off"],
    ]);
  });

  test("only the agency's own table says what a search argument is", async () => {
    const shipped = await rowsOf("clets-arg.csv", "clets-journal");
    expect(shipped.map((row) => row.problem)).toEqual(["unknown-key", "unknown-key"]);
    const rows = await rowsOf("clets-arg.csv", OWN_KEYS);
    expect(good(rows[0])).toMatchObject({
      identifiers: [{ kind: "plate", normalised: "7ABC123" }],
      event: { groupId: value("K-1") },
    });
    expect(bad(rows[1]).problem).toBe("unknown-key");
  });

  test("what marks a machine's query is the profile's to say", async () => {
    const marked: Profile = { ...OWN_KEYS, marks: { ...OWN_KEYS.marks, automatic: { messageKey: ["qw"] } } };
    const rows = await rowsOf("clets.psv", marked);
    expect(rows.slice(0, 2).map((row) => good(row).flags)).toEqual([0, FLAG_AUTOMATIC]);
  });
});

describe("an Estonian data tracker's answer", () => {
  test("each list's entries, with who, why, on what ground, and until when hidden", async () => {
    const told: BatchFacts[] = [];
    const rows = await readRows(fixture("x-road.json"), "x-road-usage", { onFacts: (facts) => told.push(facts) });
    expect(told).toMatchObject([{ rows: 4 }]);
    expect(rows.map((row) => [row.number, row.problem])).toEqual([
      [1, null],
      [2, null],
      [3, "time-zone"],
      [4, null],
    ]);
    expect(good(rows[0])).toMatchObject({
      flags: FLAG_BULK,
      identifiers: [{ kind: "state-id", normalised: "EE12345678901" }],
      event: {
        at: "2026-01-05T10:20:30.000Z",
        org: value("PPA"),
        orgCode: value("70000562"),
        user: value("EE38001085718"),
        userName: value("Eesnimi Perenimi"),
        purpose: value("Isiku ees- ja perenime päring"),
        legalBasis: value("Tervise infosüsteemi põhimäärus"),
        consent: { state: "empty" },
        queryId: value("a34df1a9"),
        groupId: value("70000562-toimik-2026-001"),
        messageKey: { ...value("dataRequests"), meaning: { en: "Asked another register" } },
        scope: { filters: value("TEHIK") },
        bulk: true,
      },
    });
    expect(good(rows[1])).toMatchObject({
      flags: FLAG_SEALED,
      event: {
        user: value("D10001"),
        org: { state: "not-exported" },
        hiddenReason: value("Jälitustegevuse seadus §15"),
        hiddenUntil: value("2030-01-01T00:00:00.000Z"),
        bulk: false,
        searchedBy: [],
      },
    });
    expect(good(rows[3]).event).toMatchObject({
      at: "2026-01-05T08:20:32.500Z",
      messageKey: value("internalProcessings"),
    });
  });

  test("an answer without entries is an honest empty one; another document is refused", async () => {
    expect(await readRows('{"totalUsages":0,"returnedUsages":0}', "x-road-usage")).toEqual([]);
    await expect(readRows('{"message":"no"}', "x-road-usage")).rejects.toMatchObject({ code: "feed-wrong-shape" });
    await expect(readRows('"usages"', "x-road-usage")).rejects.toMatchObject({ code: "feed-wrong-shape" });
    await expect(readRows(" \n", "x-road-usage")).rejects.toMatchObject({ code: "feed-empty" });
  });
});

describe("FHIR AuditEvent", () => {
  test.each(["fhir-bundle.json", "fhir.ndjson"])("%s", async (name) => {
    const rows = await rowsOf(name, "fhir-audit-event");
    expect(rows.map((row) => row.problem)).toEqual([null, null, "not-a-look-up"]);
    expect(good(rows[0])).toMatchObject({
      identifiers: [{ kind: "licence", normalised: "A1234567" }],
      event: {
        sourceId: value("a-1"),
        at: "2026-01-05T09:49:00.000Z",
        org: value("St. Mary of Examples"),
        orgCode: value("1234567-8"),
        user: value("05086900124"),
        userName: value("John Smith"),
        purpose: value("treatment"),
        purposeCode: value("TREAT"),
        queryId: value("76d148b6-586d-11ec-bf63-0242ac130002"),
        messageKey: value("search-type"),
        outcome: { ...value("0"), meaning: { en: "Success" } },
        scope: {
          searchType: { ...value("E"), meaning: { en: "Searched" } },
          filters: value("GET /Observation?patient=ex-patient"),
        },
      },
    });
    expect(good(rows[0]).event.searchedBy).toContainEqual({ kind: "name", ...value("Robin Sample") });
    expect(good(rows[1])).toMatchObject({
      flags: FLAG_AUTOMATIC,
      identifiers: [{ kind: "state-id", normalised: "MRN004711" }],
      event: { org: value("server.example.com"), outcome: { meaning: { en: "Serious failure" } } },
    });
  });

  test("a bundle on one line is a document, and one without entries is empty", async () => {
    const bundle = JSON.parse(fixture("fhir-bundle.json").toString());
    expect(await readRows(`${JSON.stringify(bundle)}\n`, "fhir-audit-event")).toHaveLength(3);
    expect(await readRows('{"resourceType":"Bundle","type":"searchset","total":0}', "fhir-audit-event")).toEqual([]);
  });
});

test("ECS, with members in members or with dots, and only what is an access", async () => {
  const rows = await rowsOf("ecs.jsonl", "ecs");
  expect(rows.map((row) => row.problem)).toEqual([null, null, "not-a-look-up"]);
  expect(good(rows[0])).toMatchObject({
    flags: FLAG_AUTOMATIC,
    identifiers: [
      { kind: "plate", normalised: "7ABC123" },
      { kind: "plate", normalised: "8XYZ987" },
    ],
    event: {
      sourceId: value("8a4f500d"),
      at: "2026-01-05T08:30:00.123Z",
      org: value("Oakfield PD"),
      user: value("S-1-5"),
      userName: value("Pat Doe"),
      purpose: value("stolen vehicle"),
      caseNumber: value("26-101"),
      queryId: value("t-1"),
      outcome: { ...value("success"), meaning: { en: "Success" } },
    },
  });
  expect(good(rows[1])).toMatchObject({
    identifiers: [{ kind: "plate", normalised: "7ABC123" }],
    event: { sourceId: value("8a4f500e"), user: value("doep"), outcome: value("failure") },
  });
});

test("OCSF, with numbers that no double can hold", async () => {
  const rows = await rowsOf("ocsf.jsonl", "ocsf");
  expect(rows.map((row) => row.problem)).toEqual([null, "not-a-look-up"]);
  expect(good(rows[0])).toMatchObject({
    identifiers: [{ kind: "plate", normalised: "7ABC123" }],
    event: {
      at: "2026-01-05T08:30:00.123Z",
      org: value("Oakfield PD"),
      user: value("u-7"),
      queryId: value("12345678901234567890"),
      groupId: value("c-9"),
      scope: { searchType: value("Query"), filters: value("plate = '7ABC123'") },
    },
  });
});

test("the same profile, kept as JSON and read again in any order of members, gives the same events and identities", async () => {
  const shuffled = (thing: unknown): unknown =>
    Array.isArray(thing)
      ? thing.map(shuffled)
      : thing !== null && typeof thing === "object"
        ? Object.fromEntries(
            Object.entries(thing)
              .reverse()
              .map(([key, inner]) => [key, shuffled(inner)]),
          )
        : thing;
  for (const [name, id] of [
    ["canonical.csv", "canonical"],
    ["fhir-bundle.json", "fhir-audit-event"],
    ["clets.psv", "clets-journal"],
  ] as const) {
    const again = profileSchema.parse(JSON.parse(JSON.stringify(shuffled(getProfile(id)))));
    const [shipped, stored] = [await rowsOf(name, id), await rowsOf(name, again)];
    expect(outcomes(stored)).toEqual(outcomes(shipped));
    expect(stored.map((row) => row.problem === null && row.identity)).toEqual(
      shipped.map((row) => row.problem === null && row.identity),
    );
  }
});

test("what a profile may not be", () => {
  const shipped = getProfile("alpr-network-audit");
  const wrong: [string, object][] = [
    ["no time", { fields: { plate: ["License Plate"] } }],
    ["both orders of day and month", { time: { formats: ["month-first", "day-first"], zone: null } }],
    ["an unknown zone", { time: { formats: ["iso"], zone: "America/Oakfield" } }],
    ["a pattern that is none", { states: { ...shipped.states, citation: "(" } }],
    ["a field that there is not", { fields: { ...shipped.fields, shoeSize: ["ID"] } }],
  ];
  for (const [, change] of wrong) expect(profileSchema.safeParse({ ...shipped, ...change }).success).toBe(false);
});
