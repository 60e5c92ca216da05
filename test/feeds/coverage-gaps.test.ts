import { expect, test } from "vitest";
import type { CoverageFacts, Delivery, Period, PromisedRhythm } from "#app/feeds/coverage.ts";
import { dayRuns } from "#app/feeds/coverage-calendar.ts";
import {
  dueOn,
  type Gap,
  gapAtSource,
  latenessOf,
  listGaps,
  missingNumbers,
  nextDelivery,
  sourceLog,
} from "#app/feeds/coverage-gaps.ts";
import { addDays } from "#app/platform/time/local-date.ts";

const day = (n: number) => addDays("2025-01-01", n);
const days = (from: number, to: number): Period => ({ from: day(from), to: day(to) });
const WEEKLY: PromisedRhythm[] = [{ from: null, rhythmDays: 7 }];
const SINCE = day(0);

function delivery(receivedOn: number, given: Partial<Delivery>): Delivery {
  return { receivedOn: day(receivedOn), number: null, claimed: null, span: null, ...given };
}
const known = (...deliveries: Delivery[]): CoverageFacts => ({ deliveries, busyDays: [], promises: WEEKLY });
const standing = (today: number) => ({ today: day(today), since: SINCE });
const gap = (cause: Gap["cause"], period: Period | null, numbers: Gap["numbers"] = null) => ({
  cause,
  period,
  numbers,
});

test.each<[string, Delivery[], number, ReturnType<typeof gap>[]]>([
  ["nothing is due yet", [], 7, []],
  ["nothing ever came, and it is due", [], 8, [gap("overdue", days(0, 8))]],
  ["the last one is due today", [delivery(5, { claimed: days(0, 4) })], 12, []],
  ["the next one is overdue", [delivery(5, { claimed: days(0, 4) })], 13, [gap("overdue", days(5, 13))]],
  [
    "a hole between claimed periods",
    [delivery(5, { claimed: days(0, 4) }), delivery(12, { claimed: days(7, 11) })],
    12,
    [gap("between", days(5, 6))],
  ],
  [
    "a hole that a missing number explains",
    [delivery(5, { number: 1, span: days(0, 4) }), delivery(18, { number: 4, span: days(10, 17) })],
    18,
    [gap("number", days(5, 9), { first: 2, last: 3 })],
  ],
  [
    "a missing number without days of its own",
    [delivery(5, { number: 1, claimed: days(0, 4) }), delivery(12, { number: 3, claimed: days(5, 11) })],
    12,
    [gap("number", null, { first: 2, last: 2 })],
  ],
  ["a silence inside a delivery", [delivery(30, { span: days(0, 29) })], 30, [gap("silence", days(1, 28))]],
])("%s", (_name, deliveries, today, gaps) => {
  expect(listGaps(days(0, today), known(...deliveries), standing(today))).toEqual(gaps);
});

test("what lies before all that arrived is missing too, and nothing after today is a gap", () => {
  const facts = known(delivery(20, { claimed: days(5, 19) }));
  expect(listGaps(days(-10, 60), facts, standing(20))).toEqual([gap("before", days(-10, 4))]);
  expect(listGaps(days(-10, 60), known(), standing(3))).toEqual([gap("before", days(-10, -1))]);
});

test("a number that is missing elsewhere is no gap of the days asked about", () => {
  const facts = known(
    delivery(5, { number: 1, span: days(0, 4) }),
    delivery(20, { number: 3, span: days(10, 19) }),
    delivery(41, { number: 4, span: days(20, 40) }),
  );
  expect(listGaps(days(20, 20), facts, standing(41))).toEqual([]);
});

test("numbers run from the first that came to the last", () => {
  const numbers = (...came: number[]) =>
    missingNumbers(came.map((number) => delivery(1, { number }))).map(({ first, last }) => [first, last]);
  expect(numbers(7, 5, 9, 9)).toEqual([
    [6, 6],
    [8, 8],
  ]);
  expect(numbers(1, 5)).toEqual([[2, 4]]);
  expect(numbers(3)).toEqual([]);
});

test("a delivery is late by its first day that no earlier one had brought", () => {
  const late = (...deliveries: Delivery[]) => latenessOf(deliveries, WEEKLY, SINCE);
  expect(late(delivery(7, { claimed: days(0, 6) }))).toEqual([0]);
  expect(late(delivery(10, { claimed: days(0, 6) }))).toEqual([3]);
  // The whole log again, with a week more: only the new week can be late.
  expect(late(delivery(7, { claimed: days(0, 6) }), delivery(15, { claimed: days(0, 13) }))).toEqual([0, 1]);
  expect(late(delivery(15, { claimed: days(7, 13) }), delivery(30, { claimed: days(8, 9) }))).toEqual([1, null]);
  expect(late(delivery(15, {}))).toEqual([null]);
  // In the order given, whatever the order of arrival.
  expect(late(delivery(15, { claimed: days(0, 13) }), delivery(7, { claimed: days(0, 6) }))).toEqual([1, 0]);
});

test("what is older than the promise is due with the first delivery", () => {
  expect(dueOn(day(-300), WEEKLY, SINCE)).toBe(day(7));
  expect(latenessOf([delivery(7, { span: days(-300, 6) })], WEEKLY, SINCE)).toEqual([0]);
});

test("each day is due by the promise of that day", () => {
  const eased: PromisedRhythm[] = [...WEEKLY, { from: day(50), rhythmDays: 30 }];
  expect([dueOn(day(49), eased, SINCE), dueOn(day(50), eased, SINCE)]).toEqual([day(56), day(80)]);
});

test("the next delivery begins where the last one ended", () => {
  expect(nextDelivery(known(delivery(5, { claimed: days(0, 4) })), standing(20))).toEqual({
    from: day(5),
    dueOn: day(12),
    lateBy: 8,
  });
  expect(nextDelivery(known(), standing(3))).toEqual({ from: SINCE, dueOn: day(7), lateBy: 0 });
});

test.each([
  ["what is younger than that can still be had", [days(20, 25)], [], { day: day(20), purgedOn: day(50), inDays: 20 }],
  ["the last day before it goes", [days(1, 2)], [], { day: day(1), purgedOn: day(31), inDays: 1 }],
  ["what is as old as that is gone", [days(0, 2)], [days(0, 0)], { day: day(1), purgedOn: day(31), inDays: 1 }],
  ["all of it is gone", [days(-9, 0)], [days(-9, 0)], null],
  ["days that have not been yet cannot be lost", [days(31, 40)], [], null],
])("of a log kept 30 days, %s", (_name, missing, lost, next) => {
  expect(sourceLog(missing, 30, day(30))).toEqual({ keptDays: 30, keepsFrom: day(1), lost, next });
});

test("a gap can be filled until its last day is gone at the source", () => {
  const source = sourceLog([], 30, day(30));
  const at = (period: Period | null) => gapAtSource(gap("between", period), source);
  expect(at(days(-5, 0))).toEqual({ lost: true, purgedOn: null });
  expect(at(days(-5, 1))).toEqual({ lost: false, purgedOn: day(31) });
  expect(at(days(5, 9))).toEqual({ lost: false, purgedOn: day(35) });
  expect(at(null)).toEqual({ lost: false, purgedOn: null });
  expect(gapAtSource(gap("between", days(0, 1)), null)).toEqual({ lost: false, purgedOn: null });
});

test("each day of the calendar has one state", () => {
  const facts = known(
    delivery(10, { claimed: days(0, 4) }),
    delivery(11, { claimed: days(7, 9) }),
    delivery(12, { claimed: days(10, 11) }),
  );
  const runs = (today: number) => dayRuns(days(-1, 22), facts, [days(10, 11)], { today: day(today), since: SINCE });
  expect(runs(15)).toEqual([
    { ...days(-1, -1), state: "missing" },
    { ...days(0, 2), state: "late" },
    { ...days(3, 4), state: "arrived" },
    { ...days(5, 6), state: "missing" },
    { ...days(7, 9), state: "arrived" },
    { ...days(10, 11), state: "waiting" },
    { ...days(12, 15), state: "not-due" },
    { ...days(16, 22), state: "ahead" },
  ]);
  // A week later the first of them is overdue.
  expect(runs(20).slice(-3)).toEqual([
    { ...days(12, 12), state: "missing" },
    { ...days(13, 20), state: "not-due" },
    { ...days(21, 22), state: "ahead" },
  ]);
});

test("a log that has delivered nothing is not due before its first delivery, and its past is missing", () => {
  expect(dayRuns(days(-2, 9), known(), [], standing(8))).toEqual([
    { ...days(-2, 0), state: "missing" },
    { ...days(1, 8), state: "not-due" },
    { ...days(9, 9), state: "ahead" },
  ]);
});
