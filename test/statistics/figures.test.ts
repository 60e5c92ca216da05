import { expect, test } from "vitest";
import { addDays } from "#app/platform/time/local-date.ts";
import { type CountedCase, figuresByMonth, figuresOf, findSharedGroups } from "#app/statistics/figures.ts";

const one = (change: Partial<CountedCase> = {}): CountedCase => ({
  receivedOn: "2026-03-02",
  answeredOn: null,
  late: false,
  everOverdue: false,
  extended: false,
  groupId: null,
  ...change,
});

const CASES: readonly CountedCase[] = [
  one({ answeredOn: "2026-03-12" }),
  one({ answeredOn: "2026-03-30", late: true, everOverdue: true }),
  one(),
  one({ late: true, everOverdue: true }),
  // Told as overdue, then the date moved: it counts for good.
  one({ everOverdue: true, extended: true, groupId: "alone" }),
  one({ receivedOn: "2026-05-04", extended: true, groupId: "pile" }),
  one({ receivedOn: "2026-05-29", extended: true, groupId: "pile", answeredOn: "2026-06-01" }),
];

test("each case is counted once as answered in time, answered late or open, and for good as once overdue", () => {
  expect(figuresOf(CASES, findSharedGroups(CASES))).toEqual({
    cases: 7,
    inTime: 2,
    late: 1,
    open: 4,
    overdueNow: 1,
    everOverdue: 3,
    extended: 3,
    together: 2,
    medianDays: 10,
  });
});

test("only a go that took more than one case is a pile, wherever its cases came in", () => {
  expect([...findSharedGroups(CASES)]).toEqual(["pile"]);
  const across = [one({ groupId: "go" }), one({ receivedOn: "2026-04-01", groupId: "go" })];
  const shared = findSharedGroups(across);
  expect(figuresByMonth(across, shared).map(({ together }) => together)).toEqual([1, 1]);
});

test("by the month of receipt, also the months without a case", () => {
  const months = figuresByMonth(CASES, findSharedGroups(CASES));
  expect(months.map(({ month, cases, together }) => [month, cases, together])).toEqual([
    ["2026-03", 5, 0],
    ["2026-04", 0, 0],
    ["2026-05", 2, 2],
  ]);
  expect(
    figuresByMonth([one({ receivedOn: "2026-12-31" }), one({ receivedOn: "2027-01-01" })], new Set()),
  ).toHaveLength(2);
  expect(figuresByMonth([], new Set())).toEqual([]);
});

test.each([
  { days: [], median: null },
  { days: [4], median: 4 },
  { days: [30, 1, 2], median: 2 },
  { days: [10, 3, 1, 2], median: 2.5 },
  { days: [0, 0], median: 0 },
])("the median of $days days is $median", ({ days, median }) => {
  const cases = days.map((day) => one({ answeredOn: addDays("2026-03-02", day) }));
  expect(figuresOf(cases, new Set()).medianDays).toBe(median);
});
