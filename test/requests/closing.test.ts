import { expect, test } from "vitest";
import { Refused } from "#app/platform/failure.ts";
import { type Closing, checkClosing, listDays, readTarget } from "#app/requests/closing.ts";

const TODAY = "2026-03-02";

function given(changed: Partial<Closing>): Closing {
  const from = changed.from ?? "2026-03-12";
  return { from, to: from, emergency: false, why: "Moving house", ...changed };
}

function codeOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

test.each<[string, Partial<Closing>, string | null]>([
  ["one day", {}, null],
  ["a day that does not exist", { from: "2026-02-30" }, "closures.refusedFrom"],
  ["no day at all", { from: "" }, "closures.refusedFrom"],
  ["a last day that does not exist", { to: "2026-13-01" }, "closures.refusedTo"],
  ["a last day before the first", { to: "2026-03-11" }, "closures.refusedOrder"],
  ["31 days", { to: "2026-04-11" }, null],
  ["32 days", { to: "2026-04-12" }, "closures.refusedLong"],
  ["a planned day of today", { from: TODAY }, null],
  ["a planned day of yesterday", { from: "2026-03-01" }, "closures.refusedPast"],
  ["a day in two years", { from: "2028-03-02" }, null],
  ["a day after that", { from: "2028-03-03" }, "closures.refusedAhead"],
  ["an emergency of today, and days after it", { from: TODAY, to: "2026-03-05", emergency: true }, null],
  ["an emergency of tomorrow", { from: "2026-03-03", emergency: true }, "closures.refusedEmergencyAhead"],
  ["an emergency of 30 days ago", { from: "2026-01-31", emergency: true }, null],
  ["an emergency of 31 days ago", { from: "2026-01-30", emergency: true }, "closures.refusedBack"],
  ["no reason", { why: "" }, "closures.refusedWhy"],
  ["120 characters", { why: "x".repeat(120) }, null],
  ["121 characters", { why: "x".repeat(121) }, "closures.refusedWhyLong"],
  ["a reason of two lines", { why: "Fire\nand flood" }, "closures.refusedWhyLine"],
  ["a mail address in the reason", { why: "Ask vera@example.org" }, "closures.refusedWhyPersonal"],
  ["a phone number in the reason", { why: "Call (415) 555-0101" }, "closures.refusedWhyPersonal"],
  ["a number as on a card in the reason", { why: "For 123-45-6789" }, "closures.refusedWhyPersonal"],
  ["a reason with days", { why: "Flood of 2026-03-10, repairs 2026-2027" }, null],
  ["a reason with a law's number", { why: "A holiday of ours, Gov. Code 6700(a)(1)" }, null],
])("%s", (_name, changed, code) => {
  expect(codeOf(() => checkClosing(given(changed), TODAY))).toBe(code);
});

test("both ends of a closing are closed days", () => {
  expect(listDays({ from: "2026-02-27", to: "2026-03-01" })).toEqual(["2026-02-27", "2026-02-28", "2026-03-01"]);
  expect(listDays({ from: "2026-03-01", to: "2026-03-01" })).toEqual(["2026-03-01"]);
});

test("a target is a whole number from 0 to 20", () => {
  expect(["0", "20", " 7 ", "07"].map(readTarget)).toEqual([0, 20, 7, 7]);
  for (const days of ["", "-1", "21", "2.5", "1e1", "many"]) {
    expect(
      codeOf(() => readTarget(days)),
      days,
    ).toBe("closures.refusedTarget");
  }
});
