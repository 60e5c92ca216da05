import { expect, test } from "vitest";
import { CALENDARS, getCalendar, listCalendars, listDaysOff } from "#app/law/calendars.ts";
import { dayAfter, FIRST_DAY, LAST_DAY, weekdayOf } from "#app/law/local-date.ts";

/** Every weekday off of a year, "MM-DD" with its key. */
function weekdaysOff(calendar: string, year: number): Record<string, string> {
  const days = listDaysOff(calendar, `${year}-01-01`, `${year}-12-31`).filter(({ on }) => weekdayOf(on) < 6);
  return Object.fromEntries(days.map(({ on, dayOff }) => [on.slice(5), dayOff.id]));
}

function idOn(calendar: string, on: string): string | null {
  return getCalendar(calendar).find(on)?.id ?? null;
}

test("every calendar has a name, and its key is the one that rules know", () => {
  const listed = listCalendars();
  expect(listed.map(({ id }) => id)).toEqual([
    "ca.judicial",
    "ca.government",
    "ca.court-designated",
    "us.federal",
    "uk.england-wales",
    "uk.scotland",
    "uk.northern-ireland",
    "ee",
    "eu.generic",
    "eu.widespread",
  ]);
  expect(listed.map(({ id }) => id)).toEqual([...CALENDARS.keys()]);
  for (const { id, words } of listed) expect(words.es, id).not.toBe(words.en);
});

test("every day off says in both languages what it is, and by which law", () => {
  for (const id of CALENDARS.keys()) {
    for (const { on, dayOff } of listDaysOff(id, "2000-01-01", "2100-12-31")) {
      const { words, cite } = dayOff;
      expect(
        [dayOff.id, words.en, words.es, cite].every((text) => text.trim() !== ""),
        `${id} ${on}`,
      ).toBe(true);
    }
  }
});

test("every Saturday and Sunday is off wherever a period rolls, to the last day of a year", () => {
  const rolling = [...CALENDARS.values()].filter(
    ({ id }) => !["ca.government", "ca.court-designated", "eu.widespread"].includes(id),
  );
  for (let on = FIRST_DAY; on < LAST_DAY; on = dayAfter(on)) {
    if (weekdayOf(on) < 6) continue;
    expect(rolling.filter((calendar) => calendar.find(on) === null).map(({ id }) => `${id} ${on}`)).toEqual([]);
  }
  expect(rolling.map(({ id }) => idOn(id, "2022-12-31"))).toEqual(rolling.map(() => "saturday"));
});

test("a day on which one office is closed moves the safe date in California alone", () => {
  const certain = [...CALENDARS.values()].filter(({ closureEvidence }) => closureEvidence !== "?");
  expect(certain.map(({ id }) => id)).toEqual(["ca.judicial", "ca.government", "ca.court-designated"]);
});

test("the federal holidays of 2026", () => {
  expect(weekdaysOff("us.federal", 2026)).toEqual({
    "01-01": "new-year",
    "01-19": "king",
    "02-16": "washington",
    "05-25": "memorial",
    "06-19": "juneteenth",
    "07-03": "independence.observed",
    "09-07": "labor",
    "10-12": "columbus",
    "11-11": "veterans",
    "11-26": "thanksgiving",
    "12-25": "christmas",
  });
});

test.each([
  ["a Saturday holiday is kept on the Friday", "2020-07-03", "independence.observed"],
  ["a Sunday holiday is kept on the Monday", "2022-12-26", "christmas.observed"],
  ["a Saturday 1 January is kept in the year before", "2021-12-31", "new-year.observed"],
  ["and again", "2010-12-31", "new-year.observed"],
  ["also where the year after is not in the calendars", "2100-12-31", "new-year.observed"],
  ["a Sunday 1 January is kept in its own year", "2023-01-02", "new-year.observed"],
  ["another 31 December is a working day", "2024-12-31", null],
  ["the first Juneteenth was kept on the day after it became law", "2021-06-18", "juneteenth.observed"],
  ["there was none before", "2020-06-19", null],
  ["nor is the day after Thanksgiving one", "2026-11-27", null],
  ["Inauguration Day is one in the District of Columbia alone", "2025-01-20", "king"],
  ["and so not by itself", "2021-01-20", null],
  ["Christmas Eve given off by the President is not in the statute", "2019-12-24", null],
])("United States: %s (%s)", (_why, on, id) => {
  expect(idOn("us.federal", on)).toBe(id);
});

test("the first day of the calendars is a Saturday whose Friday lies before them", () => {
  expect(idOn("us.federal", "2000-01-01")).toBe("new-year");
  expect(weekdaysOff("us.federal", 2000)).not.toHaveProperty("12-31");
});

/** As the government published them (gov.uk/bank-holidays), with the funeral that was proclaimed after the list of 2022. */
const PUBLISHED: readonly [string, number, string][] = [
  ["uk.england-wales", 2012, "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26"],
  ["uk.england-wales", 2015, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"],
  ["uk.england-wales", 2016, "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27"],
  ["uk.england-wales", 2017, "01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26"],
  ["uk.england-wales", 2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"],
  ["uk.england-wales", 2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"],
  ["uk.england-wales", 2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"],
  ["uk.scotland", 2012, "01-02 01-03 04-06 05-07 06-04 06-05 08-06 11-30 12-25 12-26"],
  ["uk.scotland", 2016, "01-01 01-04 03-25 05-02 05-30 08-01 11-30 12-26 12-27"],
  ["uk.scotland", 2017, "01-02 01-03 04-14 05-01 05-29 08-07 11-30 12-25 12-26"],
  ["uk.scotland", 2019, "01-01 01-02 04-19 05-06 05-27 08-05 12-02 12-25 12-26"],
  ["uk.scotland", 2020, "01-01 01-02 04-10 05-08 05-25 08-03 11-30 12-25 12-28"],
  ["uk.scotland", 2021, "01-01 01-04 04-02 05-03 05-31 08-02 11-30 12-27 12-28"],
  ["uk.scotland", 2022, "01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27"],
  ["uk.northern-ireland", 2012, "01-02 03-19 04-06 04-09 05-07 06-04 06-05 07-12 08-27 12-25 12-26"],
  ["uk.northern-ireland", 2013, "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26"],
  ["uk.northern-ireland", 2014, "01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26"],
  ["uk.northern-ireland", 2018, "01-01 03-19 03-30 04-02 05-07 05-28 07-12 08-27 12-25 12-26"],
  ["uk.northern-ireland", 2020, "01-01 03-17 04-10 04-13 05-08 05-25 07-13 08-31 12-25 12-28"],
];

test.each(PUBLISHED)("%s %i as published", (calendar, year, days) => {
  expect(Object.keys(weekdaysOff(calendar, year))).toEqual(days.split(" "));
});

test.each([
  ["england-wales", "2010-12-27", "christmas.substitute"],
  ["england-wales", "2010-12-28", "boxing.substitute"],
  ["england-wales", "2016-12-26", "boxing"],
  ["england-wales", "2016-12-27", "christmas.substitute"],
  ["england-wales", "2022-01-03", "new-year.substitute"],
  ["england-wales", "2026-12-28", "boxing.substitute"],
  ["england-wales", "2027-12-27", "christmas.substitute"],
  ["england-wales", "2027-12-28", "boxing.substitute"],
  ["england-wales", "2027-12-29", null],
  ["scotland", "2022-01-03", "new-year.substitute"],
  ["scotland", "2022-01-04", "second-january.substitute"],
  ["scotland", "2023-01-02", "second-january"],
  ["scotland", "2023-01-03", "new-year.substitute"],
  ["scotland", "2021-01-04", "second-january.substitute"],
  ["scotland", "2013-12-02", "st-andrew.substitute"],
  ["northern-ireland", "2025-07-14", "boyne.substitute"],
  ["northern-ireland", "2024-03-18", "st-patrick.substitute"],
])("a weekend gives %s the day %s", (nation, on, id) => {
  expect(idOn(`uk.${nation}`, on)).toBe(id);
});

test.each([
  ["the golden jubilee: two days in June for one in May", { "2002-05-27": 0, "2002-06-03": 3, "2002-06-04": 3 }],
  ["a wedding", { "2011-04-29": 3 }],
  ["the diamond jubilee", { "2012-05-28": 0, "2012-06-04": 3, "2012-06-05": 3 }],
  ["the end of the war in Europe, seventy-five years on", { "2020-05-04": 0, "2020-05-08": 3 }],
  ["the platinum jubilee", { "2022-05-30": 0, "2022-06-02": 3, "2022-06-03": 3 }],
  ["a funeral", { "2022-09-19": 3 }],
  ["a coronation, besides the day in May of every year", { "2023-05-01": 3, "2023-05-08": 3 }],
  ["the World Cup, in Scotland alone", { "2026-06-15": 1 }],
])("the United Kingdom once: %s", (_why, days) => {
  const nations = ["uk.england-wales", "uk.scotland", "uk.northern-ireland"];
  const kept = Object.keys(days).map((on) => [on, nations.filter((id) => idOn(id, on) !== null).length]);
  expect(Object.fromEntries(kept)).toEqual(days);
  expect(idOn("uk.scotland", "2026-06-15")).toBe("world-cup");
});

test("each nation keeps days that the others do not", () => {
  const days = ["2025-01-02", "2025-03-17", "2025-04-21", "2025-07-14", "2025-08-04", "2025-08-25", "2025-12-01"];
  const kept = (id: string) => days.filter((on) => idOn(id, on) !== null);
  expect(kept("uk.england-wales")).toEqual(["2025-04-21", "2025-08-25"]);
  expect(kept("uk.scotland")).toEqual(["2025-01-02", "2025-08-04", "2025-12-01"]);
  expect(kept("uk.northern-ireland")).toEqual(["2025-03-17", "2025-04-21", "2025-07-14", "2025-08-25"]);
});

test("St Andrew's Day is a bank holiday from 2007", () => {
  expect(idOn("uk.scotland", "2006-11-30")).toBeNull();
  expect(idOn("uk.scotland", "2007-11-30")).toBe("st-andrew");
});

test("Estonia's holidays of 2027, of which those on a weekend give no other day", () => {
  expect(weekdaysOff("ee", 2027)).toEqual({
    "01-01": "new-year",
    "02-24": "independence",
    "03-26": "good-friday",
    "06-23": "victory",
    "06-24": "midsummer",
    "08-20": "restoration",
    "12-24": "christmas-eve",
  });
  expect(idOn("ee", "2027-03-28")).toBe("easter-sunday");
  expect(idOn("ee", "2027-05-16")).toBe("pentecost");
  expect(idOn("ee", "2027-12-27")).toBeNull();
});

test("Christmas Eve is a holiday in Estonia from 2005", () => {
  expect(idOn("ee", "2004-12-24")).toBeNull();
  expect(idOn("ee", "2007-12-24")).toBe("christmas-eve");
});

test("of the European Union's days the safe date knows two, and the later date the rest", () => {
  expect(weekdaysOff("eu.generic", 2026)).toEqual({ "01-01": "new-year", "12-25": "christmas" });
  expect(weekdaysOff("eu.widespread", 2025)).toEqual({
    "01-06": "epiphany",
    "04-18": "good-friday",
    "04-21": "easter-monday",
    "05-01": "labour",
    "05-29": "ascension",
    "06-09": "whit-monday",
    "08-15": "assumption",
    "12-26": "second-christmas",
  });
  expect(idOn("eu.widespread", "2025-11-01")).toBe("all-saints");
  expect(idOn("eu.widespread", "2025-11-02")).toBeNull();
});
