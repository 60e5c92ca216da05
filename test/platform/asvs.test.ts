// What is said of ASVS 5.0.0 is held against the list of its numbers and the files that it names.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromRoot } from "#test/support/named-tests.ts";
import { quotedIn, rowsOfTables } from "#test/support/written-table.ts";

const FILE = "app/decisions/asvs-level-2.md";
const rows = rowsOfTables(FILE, ["number", "level", "what it asks", "state", "where, or why not"]);
const STATES = ["met", "in part", "not met", "does not apply"];

/** Section, and the numbers of levels 1 and 2 in it; the others are of level 3. */
const EXPECTED: readonly (readonly [section: string, numbers: string])[] = [
  ["1.1", "1 2"],
  ["1.2", "1 2 3 4 5 6 7 8 9"],
  ["1.3", "1 2 3 4 5 6 7 8 9 10 11"],
  ["1.4", "1 2 3"],
  ["1.5", "1 2"],
  ["2.1", "1 2 3"],
  ["2.2", "1 2 3"],
  ["2.3", "1 2 3 4"],
  ["2.4", "1"],
  ["3.2", "1 2"],
  ["3.3", "1 2 3 4"],
  ["3.4", "1 2 3 4 5 6"],
  ["3.5", "1 2 3 4 5"],
  ["3.7", "1 2"],
  ["4.1", "1 2 3"],
  ["4.2", "1"],
  ["4.3", "1 2"],
  ["4.4", "1 2 3 4"],
  ["5.1", "1"],
  ["5.2", "1 2 3"],
  ["5.3", "1 2"],
  ["5.4", "1 2 3"],
  ["6.1", "1 2 3"],
  ["6.2", "1 2 3 4 5 6 7 8 9 10 11 12"],
  ["6.3", "1 2 3 4"],
  ["6.4", "1 2 3 4"],
  ["6.5", "1 2 3 4 5"],
  ["6.6", "1 2 3"],
  ["6.8", "1 2 3 4"],
  ["7.1", "1 2 3"],
  ["7.2", "1 2 3 4"],
  ["7.3", "1 2"],
  ["7.4", "1 2 3 4 5"],
  ["7.5", "1 2"],
  ["7.6", "1 2"],
  ["8.1", "1 2"],
  ["8.2", "1 2 3"],
  ["8.3", "1"],
  ["8.4", "1"],
  ["9.1", "1 2 3"],
  ["9.2", "1 2 3 4"],
  ["10.1", "1 2"],
  ["10.2", "1 2"],
  ["10.3", "1 2 3 4"],
  ["10.4", "1 2 3 4 5 6 7 8 9 10 11"],
  ["10.5", "1 2 3 4 5"],
  ["10.6", "1 2"],
  ["10.7", "1 2 3"],
  ["11.1", "1 2"],
  ["11.2", "1 2 3"],
  ["11.3", "1 2 3"],
  ["11.4", "1 2 3 4"],
  ["11.5", "1"],
  ["11.6", "1"],
  ["12.1", "1 2 3"],
  ["12.2", "1 2"],
  ["12.3", "1 2 3 4"],
  ["13.1", "1"],
  ["13.2", "1 2 3 4 5"],
  ["13.3", "1 2"],
  ["13.4", "1 2 3 4 5"],
  ["14.1", "1 2"],
  ["14.2", "1 2 3 4"],
  ["14.3", "1 2 3"],
  ["15.1", "1 2 3"],
  ["15.2", "1 2 3"],
  ["15.3", "1 2 3 4 5 6 7"],
  ["16.1", "1"],
  ["16.2", "1 2 3 4 5"],
  ["16.3", "1 2 3 4"],
  ["16.4", "1 2 3"],
  ["16.5", "1 2 3"],
  ["17.1", "1"],
  ["17.2", "1 2 3 4"],
  ["17.3", "1 2"],
];

/** Names of files of the project, and of nothing else that may stand in backquotes. */
const PATH = /^(?:(?:app|test|prisma|\.config)\/\S+|[\w.-]+\.(?:md|json)|\.npmrc)$/;

describe("the list of ASVS 5.0.0, levels 1 and 2", () => {
  it("has every requirement, once and in order", () => {
    const expected = EXPECTED.flatMap(([section, numbers]) => numbers.split(" ").map((last) => `${section}.${last}`));
    expect(expected).toHaveLength(253);
    expect(rows.map(({ number }) => number)).toEqual(expected);
  });

  it("says of each whether it is met, and of each that is not why", () => {
    expect(rows.filter(({ state, level }) => !STATES.includes(state) || !/^[12]$/.test(level))).toEqual([]);
    expect(rows.filter((row) => Object.values(row).some((cell) => cell === ""))).toEqual([]);
  });

  it("names a file for whatever is met, wholly or in part", () => {
    const claimed = rows.filter(({ state }) => state === "met" || state === "in part");
    const unproved = claimed.filter((row) => !quotedIn(row["where, or why not"]).some((text) => PATH.test(text)));
    expect(unproved.map(({ number }) => number)).toEqual([]);
  });

  it("names no file that is not there", () => {
    const named = quotedIn(readFileSync(fromRoot(FILE), "utf8")).filter((text) => PATH.test(text));
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((path) => !existsSync(fromRoot(path)))).toEqual([]);
  });

  it("counts itself rightly", () => {
    const count = (state: string) => rows.filter((row) => row.state === state).length;
    const [all, met, part, not, away] = [rows.length, ...STATES.map(count)];
    const text = readFileSync(fromRoot(FILE), "utf8").replace(/\s+/g, " ");
    expect(text).toContain(
      `Of ${all} requirements ${met} are met, ${part} in part, ${not} not, and ${away} do not apply.`,
    );
  });
});
