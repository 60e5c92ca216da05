import { describe, expect, it } from "vitest";
import { buckets, byAgency } from "#app/histories/document/figures.ts";
import type { History } from "#app/histories/history.ts";
import { absent, historyOf, lineOf, shown, withheld } from "./histories.ts";

function given(period: History["period"], held: History["period"][], days: string[]): History {
  const [coverage] = historyOf(1).coverage;
  if (!coverage) throw new Error("the fixture covers no system");
  return historyOf(days.length, {
    period,
    coverage: [{ ...coverage, asked: period, held, missing: [] }],
    lines: days.map((day, index) => lineOf(index + 1, day)),
  });
}

const ASKED = { from: "2023-11-23", to: "2026-11-23" };

describe("the chart's months", () => {
  it("are those that the logs cover, with zeros between", () => {
    const history = given(
      ASKED,
      [{ from: "2026-04-10", to: "2026-07-02" }],
      ["2026-04-11", "2026-06-30", "2026-06-01"],
    );
    expect(buckets(history)).toEqual([
      { year: 2026, month: 4, count: 1 },
      { year: 2026, month: 5, count: 0 },
      { year: 2026, month: 6, count: 2 },
      { year: 2026, month: 7, count: 0 },
    ]);
  });

  it("reach to a look-up outside what the logs are said to cover", () => {
    const history = given(ASKED, [{ from: "2026-06-01", to: "2026-06-30" }], ["2026-05-31"]);
    expect(buckets(history).map((bucket) => [bucket.month, bucket.count])).toEqual([
      [5, 1],
      [6, 0],
    ]);
  });

  it("are those of the question where no log covers any", () => {
    const history = given({ from: "2026-01-05", to: "2026-03-01" }, [], []);
    expect(buckets(history)).toHaveLength(3);
  });

  it("become years when there are more than two years of them", () => {
    const history = given(ASKED, [{ from: "2023-12-01", to: "2026-11-01" }], ["2024-02-29", "2026-01-01"]);
    expect(buckets(history)).toEqual([
      { year: 2023, month: null, count: 0 },
      { year: 2024, month: null, count: 1 },
      { year: 2025, month: null, count: 0 },
      { year: 2026, month: null, count: 1 },
    ]);
  });
});

describe("the look-ups by agency", () => {
  const by = (...agencies: Parameters<typeof shown>[0][]) =>
    agencies.map((agency, index) => lineOf(index + 1, "2026-01-01", { agency: shown(agency) }));

  it("count each agency once, however it is written, the most look-ups first", () => {
    const lines = [
      ...by("Marin Hills Sheriff", "Alder Creek Police", "ALDER CREEK POLICE "),
      lineOf(4, "2026-01-01", { agency: withheld() }),
      lineOf(5, "2026-01-01", { agency: absent("empty") }),
    ];
    expect(byAgency(lines)).toEqual({
      named: [
        { name: "Alder Creek Police", count: 2 },
        { name: "Marin Hills Sheriff", count: 1 },
      ],
      others: { agencies: 0, count: 0 },
      unnamed: 2,
    });
  });

  it("put the smallest together where there are many, and lose none", () => {
    const { named, others } = byAgency(by(..."aaabbcdefghij"));
    expect(named).toHaveLength(7);
    expect(others).toEqual({ agencies: 3, count: 3 });
  });

  it("show eight by name", () => expect(byAgency(by(..."abcdefgh")).named).toHaveLength(8));
});
