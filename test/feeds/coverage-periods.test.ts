import fc from "fast-check";
import { expect, test } from "vitest";
import { coverPeriod, joinPeriods, missingFrom, type Period, silences } from "#app/feeds/coverage.ts";
import { addDays } from "#app/platform/time/local-date.ts";

const day = (n: number) => addDays("2025-01-01", n);
const periods = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 })).map(([from, length]) => ({
    from: day(from),
    to: day(from + length),
  })),
  { maxLength: 6 },
);
const has = (list: readonly Period[], on: string) => list.some((p) => p.from <= on && on <= p.to);

test("every day of a period is either held or missing, and held exactly when a batch spans it", () => {
  const frame = { from: day(10), to: day(50) };
  fc.assert(
    fc.property(periods, (batches) => {
      const { held, missing } = coverPeriod(frame, { batches, busyDays: [], rhythmDays: 7 });
      for (let n = 0; n <= 80; n++) {
        const inside = n >= 10 && n <= 50;
        expect(has(held, day(n))).toBe(inside && has(batches, day(n)));
        expect(has(missing, day(n))).toBe(inside && !has(batches, day(n)));
      }
    }),
  );
});

test("periods that touch become one", () => {
  expect(
    joinPeriods([
      { from: day(5), to: day(9) },
      { from: day(0), to: day(4) },
    ]),
  ).toEqual([{ from: day(0), to: day(9) }]);
});

test("nothing delivered: all of it is missing", () => {
  expect(missingFrom({ from: day(0), to: day(3) }, [])).toEqual([{ from: day(0), to: day(3) }]);
});

test("a silence longer than the promise is a hole, one as long as the promise is not", () => {
  expect(silences([day(0), day(8)], 7)).toEqual([]);
  expect(silences([day(9), day(0)], 7)).toEqual([{ from: day(1), to: day(8) }]);
  const batches = [{ from: day(0), to: day(30) }];
  const covered = coverPeriod(
    { from: day(0), to: day(30) },
    { batches, busyDays: [day(0), day(20), day(30)], rhythmDays: 10 },
  );
  expect(covered).toEqual({
    held: [
      { from: day(0), to: day(0) },
      { from: day(20), to: day(30) },
    ],
    missing: [{ from: day(1), to: day(19) }],
  });
});
