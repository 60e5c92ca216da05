import { describe, expect, test } from "vitest";
import {
  findBirthDate,
  findIdentifier,
  IDENTIFIER_KINDS,
  INDEXED_KINDS,
  isName,
  isPartial,
} from "#app/feeds/identifier.ts";
import { readRows } from "./given-file.ts";

test.each([
  ["plate", "8wlk-042", "8WLK042"],
  ["plate", "８ＷＬＫ　０４２", "8WLK042"],
  ["plate", "9", null],
  ["plate", "ABC123456", null],
  ["licence", "a123 4567", "A1234567"],
  ["licence", "A1", null],
  ["vin", "1hgcm82633a004352", "1HGCM82633A004352"],
  ["vin", "1HGCM82633A00435O", null],
  ["vin", "124379N664466", "124379N664466"],
  ["vin", "1HGCM82633A0043521", null],
  ["state-id", "EE 38001085718", "EE38001085718"],
  ["state-id", "A1", null],
  ["ssn", "123-45-6789", "123456789"],
  ["ssn", "123 45 678", null],
  ["ssn", "12345678A", null],
] as const)("%s %s is indexed as %s", (kind, text, normalised) => {
  expect(findIdentifier(kind, text)).toBe(normalised);
});

test("neither a name nor a birth date has an index of its own", () => {
  expect(IDENTIFIER_KINDS.filter((kind) => !(INDEXED_KINDS as readonly string[]).includes(kind))).toEqual([
    "name",
    "birth-date",
  ]);
});

describe("birth dates", () => {
  test.each([
    ["1976-07-04", "year-first", "1976-07-04"],
    ["19760704", "year-first", "1976-07-04"],
    ["07/04/1976", "year-first", null],
    ["07/04/1976", "month-first", "1976-07-04"],
    ["07/04/1976", "day-first", "1976-04-07"],
    ["7.4.1976", "day-first", "1976-04-07"],
    ["07041976", "month-first", "1976-07-04"],
    ["1976-07-04", "month-first", "1976-07-04"],
    ["13/04/1976", "month-first", null],
    ["02/29/1977", "month-first", null],
    ["1976", "year-first", null],
    ["1976-0704", "year-first", null],
  ] as const)("%s, %s, is %s", (text, order, date) => {
    expect(findBirthDate(text, order)).toBe(date);
  });
});

test("what a name is, and what a wildcard makes of an identifier", () => {
  expect(["Sample, Robin", "Ōkubo", "Nguyễn Văn A"].every(isName)).toBe(true);
  expect(["", "12345", "x".repeat(201)].some(isName)).toBe(false);
  expect(["8WL*", "***-**-6789", "8WLK?42"].every(isPartial)).toBe(true);
});

describe("a row of the canonical CSV", () => {
  const HEADER = "id,at,org,user,plate,licence,purpose,case_number,scope,vin,state_id,ssn,name,birth_date";
  const row = (cells: Record<string, string>) =>
    HEADER.split(",")
      .map((name) => cells[name] ?? (name === "at" ? "2026-01-05T08:30:00Z" : ""))
      .join(",");

  test.each([
    ["vin", "too short to be one of them".replaceAll(" ", ""), "vin"],
    ["state_id", "A1", "state-id"],
    ["ssn", "12-34", "ssn"],
    ["name", "12345", "name"],
    ["birth_date", "some day in july", "birth-date"],
  ])("whose %s says '%s' waits as %s", async (column, text, problem) => {
    const [read] = await readRows(`${HEADER}\n${row({ id: "1", [column]: text })}\n`, "canonical");
    expect(read?.problem).toBe(problem);
  });

  test("that was searched by a year of birth, and by the end of a number, is kept and finds nobody", async () => {
    const [read] = await readRows(`${HEADER}\n${row({ birth_date: "1976", ssn: "***-**-6789" })}\n`, "canonical");
    expect(read).toMatchObject({ problem: null, identifiers: [] });
    expect(read?.problem === null && read.event.searchedBy).toContainEqual({
      kind: "birth-date",
      state: "value",
      value: "1976",
    });
    expect(read?.problem === null && read.event.searchedBy).toContainEqual({
      kind: "ssn",
      state: "value",
      value: "***-**-6789",
    });
  });
});
