import { describe, expect, test } from "vitest";
import { LAW } from "#app/law/law.ts";
import { filingDates, findVenue, type LookUpFacts, listVenues, venuesFor } from "#app/law/venues.ts";

const ids = (facts: LookUpFacts) => venuesFor(facts).map(({ id }) => id.replace("ca.", ""));
const venue = (id: string) => findVenue(id) ?? expect.fail(`no venue ${id}`);

const USUAL = ["internal-affairs", "system-coordinator"];
const LAST = ["superior-court"];

describe("the order of the bodies", () => {
  const cases: [string, LookUpFacts, string[]][] = [
    [
      "plates: the officer's own agency first, a suit last, the Attorney General not before the local ways",
      { system: "alpr" },
      [...USUAL, "district-attorney", "post", "plate-reader-oversight", ...LAST],
    ],
    [
      "CLETS: the state's office for it",
      { system: "clets" },
      [...USUAL, "doj-clets", "district-attorney", "post", ...LAST],
    ],
    [
      "vehicle records: the DMV's investigators",
      { system: "dmv" },
      [...USUAL, "motor-vehicles", "district-attorney", "post", ...LAST],
    ],
    ["an agency's own records", { system: "records-management" }, [...USUAL, "district-attorney", "post", ...LAST]],
    [
      "after the local ways: the Attorney General",
      { system: "records-management", localWaysTried: true },
      [...USUAL, "district-attorney", "post", "attorney-general", ...LAST],
    ],
    [
      "the district attorney is the subject: not to that office, and to the Attorney General at once",
      { system: "records-management", districtAttorneyIsSubject: true },
      [...USUAL, "post", "attorney-general", ...LAST],
    ],
    [
      "no officer: POST has no say",
      { system: "records-management", officer: false },
      [...USUAL, "district-attorney", ...LAST],
    ],
    [
      "the officer has left: POST directly after the agency",
      { system: "clets", officerLeft: true },
      ["internal-affairs", "post", "system-coordinator", "doj-clets", "district-attorney", ...LAST],
    ],
    [
      "somebody without a certificate has left: nothing moves",
      { system: "records-management", officerLeft: true, officer: false },
      [...USUAL, "district-attorney", ...LAST],
    ],
    [
      "the sheriff of Los Angeles: the county's two bodies, and not the general one",
      { system: "records-management", employer: { force: "sheriff", county: "los-angeles" } },
      [
        ...USUAL,
        "los-angeles.inspector-general",
        "los-angeles.oversight-commission",
        "district-attorney",
        "post",
        ...LAST,
      ],
    ],
    [
      "a probation officer there: the Inspector General alone",
      { system: "records-management", employer: { force: "probation", county: "los-angeles" } },
      [...USUAL, "los-angeles.inspector-general", "district-attorney", "post", ...LAST],
    ],
    [
      "another county's sheriff: whatever that county has",
      { system: "records-management", employer: { force: "sheriff", county: "yolo" } },
      [...USUAL, "county-oversight", "district-attorney", "post", ...LAST],
    ],
    [
      "a sheriff of whom the county is not known",
      { system: "records-management", employer: { force: "sheriff" } },
      [...USUAL, "county-oversight", "district-attorney", "post", ...LAST],
    ],
    [
      "the police of San Francisco",
      { system: "records-management", employer: { force: "police", county: "san-francisco", city: "san-francisco" } },
      [...USUAL, "san-francisco.police-accountability", "district-attorney", "post", ...LAST],
    ],
    [
      "the sheriff of San Francisco is not the police",
      { system: "records-management", employer: { force: "sheriff", city: "san-francisco" } },
      [...USUAL, "county-oversight", "district-attorney", "post", ...LAST],
    ],
    [
      "the police of Sacramento",
      { system: "records-management", employer: { force: "police", city: "sacramento" } },
      [...USUAL, "sacramento.public-safety-accountability", "district-attorney", "post", ...LAST],
    ],
    [
      "the police of a city without a body",
      { system: "records-management", employer: { force: "police", city: "davis" } },
      [...USUAL, "district-attorney", "post", ...LAST],
    ],
    [
      "the highway patrol: its own office first",
      { system: "records-management", employer: { force: "highway-patrol" } },
      ["highway-patrol", ...USUAL, "district-attorney", "post", ...LAST],
    ],
    [
      "prisons",
      { system: "records-management", employer: { force: "prisons" } },
      [...USUAL, "prisons-inspector-general", "district-attorney", "post", ...LAST],
    ],
    [
      "the answer came from the state's Department of Justice: its own files",
      { system: "records-management", fromStateJustice: true },
      [...USUAL, "district-attorney", "post", "doj-records", ...LAST],
    ],
  ];

  test.each(cases)("%s", (_, facts, expected) => {
    expect(ids(facts)).toEqual(expected);
  });

  test("every body is reached by some look-up", () => {
    const reached = new Set(cases.flatMap(([, facts]) => venuesFor(facts).map(({ id }) => id)));
    expect(listVenues().filter(({ id }) => !reached.has(id))).toEqual([]);
  });
});

describe("last days, counted from the look-up", () => {
  test.each<[string, "clets" | "alpr" | "dmv" | "records-management", string, [string, string][]]>([
    // Pen. Code § 802(a): one year; Pen. Code § 801: three.
    [
      "ca.district-attorney",
      "clets",
      "2026-03-05",
      [
        ["ca.limit.misdemeanor", "2027-03-05"],
        ["ca.limit.computer", "2029-03-05"],
      ],
    ],
    ["ca.district-attorney", "alpr", "2026-03-05", [["ca.limit.computer", "2029-03-05"]]],
    // Gov. Code § 911.2: six months, from 31 August to the last day of February.
    [
      "ca.superior-court",
      "records-management",
      "2025-08-31",
      [
        ["ca.claims.act", "2026-02-28"],
        ["us.1983.suit", "2027-08-31"],
        ["ca.computer.civil", "2028-08-31"],
      ],
    ],
    [
      "ca.superior-court",
      "alpr",
      "2025-08-31",
      [
        ["ca.claims.act", "2026-02-28"],
        ["ca.alpr.civil", "2027-08-31"],
        ["us.1983.suit", "2027-08-31"],
        ["ca.computer.civil", "2028-08-31"],
      ],
    ],
    // Civ. Code § 1798.90.54 came in 2016: of an earlier look-up it says nothing.
    [
      "ca.superior-court",
      "alpr",
      "2015-12-31",
      [
        ["ca.claims.act", "2016-06-30"],
        ["us.1983.suit", "2017-12-31"],
        ["ca.computer.civil", "2018-12-31"],
      ],
    ],
    // 28 U.S.C. § 1658.
    ["ca.motor-vehicles", "dmv", "2024-02-29", [["us.dppa.suit", "2028-02-29"]]],
    ["ca.sacramento.public-safety-accountability", "clets", "2024-02-29", [["ca.sacramento.complain", "2025-02-28"]]],
    ["ca.internal-affairs", "clets", "2026-03-05", []],
    ["ca.post", "clets", "2026-03-05", []],
  ])("%s, %s, looked up on %s", (id, system, on, expected) => {
    const dates = filingDates(venue(id), { system, on }, "2026-06-01", LAW);
    expect(dates.map(({ rule, on: day }) => [rule, day])).toEqual(expected);
  });

  test("a last day is still open on that day itself and passed on the next", () => {
    const passed = (today: string) =>
      filingDates(
        venue("ca.sacramento.public-safety-accountability"),
        { system: "clets", on: "2025-03-05" },
        today,
        LAW,
      ).map((date) => date.passed);
    expect(passed("2026-03-05")).toEqual([false]);
    expect(passed("2026-03-06")).toEqual([true]);
  });
});

describe("what is said of each", () => {
  test("the computer-crime law is said to be weak wherever its last day is shown", () => {
    const shown = listVenues().filter(({ limits }) => limits.some(({ rule }) => /computer/.test(rule)));
    expect(shown.map(({ weak }) => /access/.test(weak?.words.en ?? ""))).toEqual([true, true]);
  });

  test("internal affairs owes the outcome within a rule's time, and each says what it cannot do, in both languages", () => {
    expect(venue("ca.internal-affairs").bodyClock).toBe("ca.complaint.disposition");
    for (const one of listVenues()) {
      expect(one.cannotDo.es, one.id).not.toBe(one.cannotDo.en);
      expect(one.cannotDo.en.length, one.id).toBeGreaterThan(20);
    }
  });

  test("nobody is warned of false complaints: Pen. Code § 148.6's warning is not ours to give", () => {
    const said = JSON.stringify(listVenues());
    expect(said).not.toMatch(/148\.6|false complaint|perjury|queja falsa|perjurio/i);
  });
});
