import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type CoverageFacts,
  coverPeriod,
  type Delivery,
  joinPeriods,
  missingFrom,
  type Period,
  type PromisedRhythm,
  silences,
  strictestRhythm,
} from "#app/feeds/coverage.ts";
import { addDays } from "#app/platform/time/local-date.ts";

const day = (n: number) => addDays("2025-01-01", n);
const days = (from: number, to: number): Period => ({ from: day(from), to: day(to) });
const promised = (rhythmDays: number): PromisedRhythm[] => [{ from: null, rhythmDays }];
const has = (list: readonly Period[], on: string) => list.some((p) => p.from <= on && on <= p.to);
const delivery = (given: Partial<Delivery>): Delivery => ({
  receivedOn: day(100),
  number: null,
  claimed: null,
  span: null,
  ...given,
});

const period = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }))
  .map(([from, length]) => days(from, from + length));
const anyDelivery: fc.Arbitrary<Delivery> = fc.record({
  receivedOn: fc.integer({ min: 0, max: 120 }).map(day),
  number: fc.option(fc.integer({ min: 1, max: 6 })),
  claimed: fc.option(period),
  span: fc.option(period),
});
const promises = fc
  .uniqueArray(fc.integer({ min: 1, max: 80 }), { maxLength: 3 })
  .chain((starts) =>
    fc.tuple(
      fc.constant(starts.sort((a, b) => a - b)),
      fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 4, maxLength: 4 }),
    ),
  )
  .map(([starts, rhythms]): PromisedRhythm[] =>
    [null, ...starts].map((start, i) => ({
      from: start === null ? null : day(start),
      rhythmDays: rhythms[i] as number,
    })),
  );
/** Deliveries with the days on which they are busy: the ends, and some in between. */
const facts = fc
  .tuple(fc.array(anyDelivery, { maxLength: 7 }), fc.array(fc.integer({ min: 0, max: 80 }).map(day)), promises)
  .map(([deliveries, busyDays, made]): CoverageFacts => ({ deliveries, busyDays, promises: made }));

test("every day of a period is either held or missing, and no day is both", () => {
  fc.assert(
    fc.property(facts, period, (known, frame) => {
      const { held, missing } = coverPeriod(frame, known);
      for (let n = -2; n <= 90; n++) {
        const inside = frame.from <= day(n) && day(n) <= frame.to;
        expect(Number(has(held, day(n))) + Number(has(missing, day(n)))).toBe(inside ? 1 : 0);
      }
      expect(joinPeriods([...held, ...missing])).toEqual([frame]);
    }),
  );
});

test("a further delivery never takes away a day that was held", () => {
  const frame = days(-5, 100);
  fc.assert(
    fc.property(facts, anyDelivery, fc.array(fc.integer({ min: 0, max: 80 }).map(day)), (known, further, busy) => {
      const before = coverPeriod(frame, known).held;
      const busyDays = [...known.busyDays, ...busy];
      const after = coverPeriod(frame, { ...known, deliveries: [...known.deliveries, further], busyDays }).held;
      for (let n = -5; n <= 100; n++) if (has(before, day(n))) expect(has(after, day(n))).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("without silences a day is held exactly when a delivery spans or claims it", () => {
  const frame = days(10, 50);
  fc.assert(
    fc.property(fc.array(anyDelivery), (deliveries) => {
      const plain = deliveries.map((one) => ({ ...one, number: null }));
      const { held } = coverPeriod(frame, { deliveries: plain, busyDays: [], promises: promised(999) });
      const spans = plain.flatMap((one) => one.claimed ?? one.span ?? []);
      for (let n = 0; n <= 90; n++) expect(has(held, day(n))).toBe(n >= 10 && n <= 50 && has(spans, day(n)));
    }),
  );
});

test("periods that touch become one", () => {
  expect(joinPeriods([days(5, 9), days(0, 4)])).toEqual([days(0, 9)]);
});

test("nothing delivered: all of it is missing", () => {
  expect(missingFrom(days(0, 3), [])).toEqual([days(0, 3)]);
});

test.each<[string, Partial<Delivery>[], number[], number, Period[]]>([
  ["a silence as long as the promise is none", [{ span: days(0, 8) }], [], 7, [days(0, 8)]],
  ["a silence longer than the promise is a hole", [{ span: days(0, 9) }], [], 7, [days(0, 0), days(9, 9)]],
  ["a busy day divides a silence", [{ span: days(0, 9) }], [4], 7, [days(0, 9)]],
  ["a claimed period is held although nothing stands in it", [{ claimed: days(0, 20) }], [], 3, [days(0, 20)]],
  [
    "what a delivery claims counts, not where its strays lie",
    [{ claimed: days(10, 12), span: days(0, 12) }],
    [],
    9,
    [days(10, 12)],
  ],
  [
    "a hole between claimed periods is missing, however short",
    [{ claimed: days(0, 4) }, { claimed: days(6, 9) }],
    [],
    7,
    [days(0, 4), days(6, 9)],
  ],
  [
    "a claimed period breaks a silence that it lies in",
    [{ span: days(0, 20) }, { claimed: days(8, 12) }],
    [],
    7,
    [days(0, 20)],
  ],
  [
    "between deliveries that are not numbered nothing is guessed",
    [{ span: days(0, 4) }, { span: days(6, 9) }],
    [],
    7,
    [days(0, 4), days(6, 9)],
  ],
  [
    "between two numbered one after the other nothing is missing",
    [
      { number: 1, span: days(0, 4) },
      { number: 2, span: days(6, 9) },
    ],
    [],
    7,
    [days(0, 9)],
  ],
  [
    "unless the silence between them is longer than promised",
    [
      { number: 1, span: days(0, 4) },
      { number: 2, span: days(16, 19) },
    ],
    [],
    7,
    [days(0, 4), days(16, 19)],
  ],
  [
    "a number that is missing leaves the days between out",
    [
      { number: 1, span: days(0, 4) },
      { number: 3, span: days(6, 9) },
    ],
    [],
    7,
    [days(0, 4), days(6, 9)],
  ],
  [
    "of one that says for which days it is complete nothing is guessed",
    [
      { number: 1, claimed: days(0, 4) },
      { number: 2, span: days(6, 9) },
    ],
    [],
    7,
    [days(0, 4), days(6, 9)],
  ],
  ["a delivery without a readable row holds nothing", [{}], [], 7, []],
])("%s", (_name, deliveries, busy, rhythmDays, held) => {
  const known = { deliveries: deliveries.map(delivery), busyDays: busy.map(day), promises: promised(rhythmDays) };
  expect(coverPeriod(days(-10, 40), known).held).toEqual(held);
});

test("a silence is judged by the strictest promise that held in it: a later, easier one excuses nothing", () => {
  const eased: PromisedRhythm[] = [
    { from: null, rhythmDays: 7 },
    { from: day(50), rhythmDays: 60 },
  ];
  const busy = (n: number) => days(n, n);
  expect(silences([busy(0), busy(20)], eased)).toEqual([days(1, 19)]);
  expect(silences([busy(40), busy(60)], eased)).toEqual([days(41, 59)]);
  expect(silences([busy(49), busy(80)], eased)).toEqual([]);
  expect(strictestRhythm(eased, days(50, 50))).toBe(60);
  expect(strictestRhythm(eased, days(0, 49))).toBe(7);
});
