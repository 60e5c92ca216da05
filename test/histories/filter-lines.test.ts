import { describe, expect, it } from "vitest";
import { choicesOf, filterLines, readFilter, writeFilter } from "#app/histories/filter-lines.ts";
import type { Line } from "#app/histories/history.ts";
import { lineOf, shown, withheld } from "#test/histories/document/histories.ts";

const LINES: readonly Line[] = [
  { ...lineOf(1, "2026-02-03", { agency: shown("Marin Hills SO") }), signals: ["no-case-number"] },
  { ...lineOf(2, "2026-01-09", { agency: withheld() }), signals: [] },
  lineOf(3, null, { agency: shown("Alder Creek PD") }),
  // A time that is withheld tells no month, wherever its day could show through.
  lineOf(4, "2026-03-03", { agency: shown("Alder Creek PD"), at: withheld() }),
];
const choices = choicesOf(LINES);
const fitting = (query: string) => {
  const found = filterLines(LINES, readFilter(new URLSearchParams(query), choices), choices);
  return found.map((line) => LINES.indexOf(line) + 1);
};

describe("the look-ups of an answer", () => {
  it("are chosen from what the answer shows, and no month of a withheld time is among it", () => {
    expect(choices).toEqual({
      systems: ["Plate network"],
      agencies: ["Alder Creek PD", "Marin Hills SO"],
      hasHiddenSystem: false,
      hasHiddenAgency: true,
      months: ["2026-02", "2026-01"],
      hasUndated: true,
      hasSignals: true,
    });
  });

  it.each([
    ["", [1, 2, 3, 4]],
    ["agency=1", [3, 4]],
    ["agency=2", [1]],
    ["agency=0", [2]],
    ["system=0", [1, 2, 3, 4]],
    ["month=2026-02", [1]],
    ["month=2026-03", [1, 2, 3, 4]],
    ["month=undated", [3, 4]],
    ["signals=with", [1]],
    ["signals=without", [2, 3, 4]],
    ["agency=1&month=undated&signals=without&system=1", [3, 4]],
    ["agency=2&signals=without", []],
  ])("that fit %j", (query, expected) => {
    expect(fitting(query)).toEqual(expected);
  });

  it("are named in an address by numbers, months and words of ours alone", () => {
    const query = "system=1&agency=0&month=undated&signals=with";
    expect(writeFilter(readFilter(new URLSearchParams(query), choices))).toBe(query);
    expect(writeFilter(readFilter(new URLSearchParams("agency=Marin+Hills+SO&x=1"), choices))).toBe("");
  });
});
