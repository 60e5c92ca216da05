/** How many Member States keep a day: why the two calendars of the European Union are what they are. */
import Holidays from "date-holidays";
import { beforeAll, expect, test } from "vitest";
import { getCalendar } from "#app/law/calendars.ts";
import { weekdayOf } from "#app/law/local-date.ts";

const STATES = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" ");
const NEARLY_ALL = 25;
const MANY = 8;
/** From the accession of Croatia on, every date on every weekday in years with and without a leap day. */
const YEARS = Array.from({ length: 28 }, (_, index) => 2013 + index);

/** Days on which nearly all are off in some year, although each of their holidays is kept by fewer. */
const COINCIDENCES = [
  {
    why: "1 May is kept by 24; on a Monday it is Ireland's May holiday as well, the first Monday of the month",
    covers: (on: string) => on.endsWith("-05-01") && weekdayOf(on) === 1,
  },
  {
    why: "in 2015 it was also Denmark's day of prayer, the fourth Friday after Easter, which Denmark kept until 2023",
    covers: (on: string) => on === "2015-05-01",
  },
];

/** For every weekday on which anybody is off: in which states. */
const keptBy = new Map<string, string[]>();

beforeAll(() => {
  for (const state of STATES) {
    const holidays = new Holidays(state);
    for (const year of YEARS) {
      const days = holidays.getHolidays(year).filter(({ type }) => type === "public");
      for (const on of new Set(days.map(({ date }) => date.slice(0, 10)))) {
        if (weekdayOf(on) < 6) keptBy.set(on, [...(keptBy.get(on) ?? []), state]);
      }
    }
  }
}, 60_000);

function listKept(least: number): string[] {
  return [...keptBy].filter(([, states]) => states.length >= least).map(([on]) => on);
}

/** The weekdays of a calendar by key, each with the number of states that keep it in the year in which fewest do. */
function fewestOf(calendar: string): Record<string, number> {
  const fewest: Record<string, number> = {};
  for (const [on, { length }] of keptBy) {
    const id = getCalendar(calendar).find(on)?.id;
    if (id) fewest[id] = Math.min(fewest[id] ?? length, length);
  }
  return fewest;
}

test("a day of eu.generic is off in nearly all Member States, in every year", () => {
  expect(fewestOf("eu.generic")).toEqual({ "new-year": 27, christmas: 27 });
});

test("nothing else is, but for a coincidence with its reason", () => {
  const others = listKept(NEARLY_ALL).filter((on) => getCalendar("eu.generic").find(on) === null);
  expect(others.filter((on) => !COINCIDENCES.some(({ covers }) => covers(on)))).toEqual([]);
  for (const { covers, why } of COINCIDENCES) expect(others.some(covers), why).toBe(true);
});

test("Easter Monday and 1 May are not: a country that works on them would get a date too late", () => {
  expect(fewestOf("eu.widespread")).toMatchObject({ "easter-monday": 19, labour: 24 });
  const workers = (on: string) => STATES.filter((state) => !keptBy.get(on)?.includes(state)).join(" ");
  expect(workers("2026-04-06")).toBe("BG CY EE ES GR MT PT RO");
  expect(workers("2026-05-01")).toBe("DK IE NL");
});

test("a day of eu.widespread is off in many Member States, in every year", () => {
  const fewest = fewestOf("eu.widespread");
  expect(Object.keys(fewest)).toHaveLength(9);
  expect(Object.entries(fewest).filter(([, states]) => states < MANY)).toEqual([]);
});

test("and every weekday that is off in many is in one of the two", () => {
  const known = (on: string) => getCalendar("eu.generic").find(on) ?? getCalendar("eu.widespread").find(on);
  expect(listKept(MANY).filter((on) => known(on) === null)).toEqual([]);
});
