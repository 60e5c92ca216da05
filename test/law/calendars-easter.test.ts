import { expect, test } from "vitest";
import { easterOf } from "#app/law/calendars/easter.ts";
import { weekdayOf } from "#app/law/local-date.ts";

/** Published dates, "MM-DD" from 2000 on. */
const PUBLISHED = `04-23 04-15 03-31 04-20 04-11 03-27 04-16 04-08 03-23 04-12
  04-04 04-24 04-08 03-31 04-20 04-05 03-27 04-16 04-01 04-21
  04-12 04-04 04-17 04-09 03-31 04-20 04-05 03-28 04-16 04-01`.split(/\s+/);

test.each(PUBLISHED.map((day, index) => [2000 + index, day]))("Easter of %i is %s", (year, day) => {
  expect(easterOf(Number(year))).toBe(`${year}-${day}`);
});

test.each([
  ["the earliest since 1913", 2008, "2008-03-23"],
  ["the latest of all", 2038, "2038-04-25"],
  ["a full moon that is put a day earlier, or Easter would be on the 26th", 2076, "2076-04-19"],
  ["a full moon that is put a day earlier in the second half of the cycle", 2049, "2049-04-18"],
  ["a century year that is no leap year", 2100, "2100-03-28"],
  ["before the calendars begin", 1818, "1818-03-22"],
  ["before the calendars begin, the latest", 1943, "1943-04-25"],
])("%s: %i", (_why, year, day) => {
  expect(easterOf(year)).toBe(day);
});

test("Easter is a Sunday from 22 March to 25 April in every year of the calendars", () => {
  for (let year = 2000; year <= 2100; year += 1) {
    const easter = easterOf(year);
    expect(weekdayOf(easter), easter).toBe(7);
    expect(easter >= `${year}-03-22` && easter <= `${year}-04-25`, easter).toBe(true);
  }
});
