import { describe, expect, it } from "vitest";
import { buckets } from "#app/histories/document/figures.ts";
import type { History } from "#app/histories/history.ts";
import { historyOf, lineOf } from "./histories.ts";

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
