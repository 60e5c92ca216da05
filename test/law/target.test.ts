import { expect, test } from "vitest";
import { LAW } from "#app/law/law.ts";
import { weekdayOf } from "#app/law/local-date.ts";
import type { Rule } from "#app/law/rule.ts";
import { targetOf } from "#app/law/target.ts";

const rule = LAW.getRule("ca.cpra.determination");
const WITHOUT_CALENDAR: Rule = { ...rule, rolling: null };

/** A period that ends on that day, begun four weeks before unless said otherwise. */
const clock = (due: string, startedOn = "2026-01-05") => ({ due, startedOn });

test.each([
  { name: "three working days of one week", due: "2026-03-12", days: 3, target: "2026-03-09" },
  { name: "over a weekend", due: "2026-03-11", days: 3, target: "2026-03-06" },
  { name: "due on a Monday", due: "2026-03-16", days: 1, target: "2026-03-13" },
  { name: "nothing to be early by", due: "2026-03-12", days: 0, target: "2026-03-12" },
  { name: "over Presidents' Day and Lincoln Day", due: "2026-02-18", days: 3, target: "2026-02-11" },
  { name: "over the new year", due: "2027-01-05", days: 3, target: "2026-12-30" },
  {
    name: "over a day on which the office is closed",
    due: "2026-03-12",
    days: 3,
    closed: ["2026-03-11"],
    target: "2026-03-06",
  },
  {
    name: "the safe date itself is closed or not: it is not counted",
    due: "2026-03-12",
    days: 3,
    closed: ["2026-03-12"],
    target: "2026-03-09",
  },
  { name: "a rule in hours: the day of the hour", due: "2026-03-12T10:30", days: 1, target: "2026-03-11" },
])("$name: $days working days before $due is $target", ({ due, days, closed = [], target }) => {
  expect(targetOf(rule, clock(due), { days, closures: closed })).toBe(target);
});

test("it never lies before the period begins, not even by a long lead", () => {
  expect(targetOf(rule, clock("2026-03-12", "2026-03-02"), { days: 60, closures: [] })).toBe("2026-03-02");
  expect(targetOf(rule, clock("2026-03-12", "2026-03-12"), { days: 3, closures: [] })).toBe("2026-03-12");
});

test("a rule without a calendar has working days from Monday to Friday, and no holiday", () => {
  const target = targetOf(WITHOUT_CALENDAR, clock("2026-02-18"), { days: 3, closures: [] });
  expect(target).toBe("2026-02-13");
  expect(targetOf(WITHOUT_CALENDAR, clock("2026-02-18"), { days: 3, closures: ["2026-02-16"] })).toBe("2026-02-12");
});

test("through every day of a year it is a working day, and no later with a longer lead", () => {
  for (let day = 0; day < 365; day += 1) {
    const due = LAW.compute("ca.cpra.determination", [
      { kind: "received", on: new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10) },
    ]);
    const [one = "", three = ""] = [1, 3].map((days) => targetOf(rule, due, { days, closures: [] }));
    expect(three <= one && one < due.due, `${due.due}: ${three}, ${one}`).toBe(true);
    for (const target of [one, three]) expect(weekdayOf(target), target).toBeLessThan(6);
  }
});
