import { expect, test } from "vitest";
import { replay, revisionOf } from "#app/platform/time/revision.ts";

const at = (hour: number) => new Date(Date.UTC(2026, 2, 2, hour));
const past = (...dates: [hour: number, date: string | null][]) => dates.map(([hour, date]) => ({ at: at(hour), date }));

test.each([
  { name: "a first date", dates: past([1, "2026-03-12"]), sequence: 0, since: 1 },
  { name: "facts that change nothing", dates: past([1, "2026-03-12"], [2, "2026-03-12"]), sequence: 0, since: 1 },
  { name: "one move", dates: past([1, "2026-03-12"], [2, "2026-03-26"], [3, "2026-03-26"]), sequence: 1, since: 2 },
  {
    name: "back to the first",
    dates: past([1, "2026-03-12"], [2, "2026-03-26"], [3, "2026-03-12"]),
    sequence: 2,
    since: 3,
  },
  {
    name: "gone and back the same",
    dates: past([1, "2026-03-12"], [2, null], [3, "2026-03-12"]),
    sequence: 0,
    since: 1,
  },
  {
    name: "gone and back another",
    dates: past([1, "2026-03-12"], [2, null], [3, "2026-03-15"]),
    sequence: 1,
    since: 3,
  },
  { name: "there only later", dates: past([1, null], [2, "2026-03-12"]), sequence: 0, since: 2 },
  { name: "in any order", dates: past([3, "2026-03-15"], [1, "2026-03-12"], [2, "2026-03-13"]), sequence: 2, since: 3 },
])("$name", ({ dates, sequence, since }) => {
  expect(revisionOf(replay(dates))).toEqual({ sequence, since: at(since) });
});

test("moves that only a notice tells of count too, and the newest instant is the one since when", () => {
  const course = replay(past([1, "2026-03-12"], [2, "2026-03-13"]));
  expect(revisionOf(course, [{ at: at(5) }])).toEqual({ sequence: 2, since: at(5) });
  expect(revisionOf(course, [{ at: at(1) }])).toEqual({ sequence: 2, since: at(2) });
});

test("what never was a date has no revision", () => {
  expect(() => replay(past([1, null]))).toThrow(RangeError);
});
