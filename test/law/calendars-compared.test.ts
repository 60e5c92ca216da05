/**
 * Our calendars beside those of another maker (date-holidays), for every weekday from 2000 to 2100. Each
 * difference stands in a table with the reason why ours is right; weekends are off in both.
 */
import Holidays from "date-holidays";
import { describe, expect, test } from "vitest";
import { easterOf } from "#app/law/calendars/easter.ts";
import { listDaysOff } from "#app/law/calendars.ts";
import { weekdayOf } from "#app/law/local-date.ts";

const YEARS = Array.from({ length: 101 }, (_, index) => 2000 + index);

/** A day that one of the two has and the other has not, by our key or by their name. */
interface Difference {
  readonly only: "ours" | "theirs";
  readonly day: string;
  readonly from: number;
  readonly to: number;
  readonly why: string;
}

interface Region {
  readonly calendar: string;
  readonly place: readonly [country: string, state?: string];
  readonly differences: readonly Difference[];
}

function only(side: "ours" | "theirs", day: string, from: number, to: number, why: string): Difference {
  return { only: side, day, from, to, why };
}

const SATURDAYS_STAY = "Gov. Code § 6701 moves a Saturday only for 11 November; theirs is the federal rule.";
const JUBILEE = "Proclaimed for the whole United Kingdom; theirs does not know the day.";
const MOVED_SPRING = "The spring bank holiday was moved to 4 June by proclamation.";

const UNITED_KINGDOM: readonly Difference[] = [
  only("ours", "golden-jubilee", 2002, 2002, JUBILEE),
  only("ours", "spring", 2002, 2002, MOVED_SPRING),
  only("theirs", "Spring bank holiday", 2002, 2002, MOVED_SPRING),
  only("ours", "royal-wedding", 2011, 2011, "Proclaimed for the whole United Kingdom; theirs does not know the day."),
  only("ours", "spring", 2012, 2012, MOVED_SPRING),
  only("theirs", "Spring bank holiday", 2012, 2012, `${MOVED_SPRING} Theirs has 5 June besides and 28 May still.`),
];

const ST_ANDREW = "A bank holiday by an Act of 2007 only.";
const NOT_PROCLAIMED = "No day was proclaimed for the Saturday, and Schedule 1 moves a Sunday only.";

const REGIONS: readonly Region[] = [
  { calendar: "us.federal", place: ["US"], differences: [] },
  {
    calendar: "ca.judicial",
    place: ["US", "CA"],
    differences: [
      only("ours", "lincoln", 2000, 2100, "Code Civ. Proc. § 135 closes the courts; state offices stay open."),
      only("ours", "lincoln.observed", 2000, 2100, "The same, moved off a Sunday (Gov. Code § 6701)."),
      only("ours", "columbus", 2000, 2021, "A judicial holiday until AB 855 (2021); state offices had dropped it."),
      only("ours", "native-american", 2022, 2100, "A judicial holiday since AB 855 (2021)."),
      only("theirs", "César Chávez Day", 2000, 2000, "The day became a holiday in 2001."),
      only("theirs", "Juneteenth (substitute day)", 2021, 2100, "Federal; § 6701 as read does not move the day."),
      only("theirs", "Independence Day (substitute day)", 2000, 2100, SATURDAYS_STAY),
      only("theirs", "Christmas Day (substitute day)", 2000, 2100, SATURDAYS_STAY),
      only("theirs", "New Year's Day (substitute day)", 2000, 2100, SATURDAYS_STAY),
    ],
  },
  { calendar: "uk.england-wales", place: ["GB", "ENG"], differences: UNITED_KINGDOM },
  {
    calendar: "uk.scotland",
    place: ["GB", "SCT"],
    differences: [
      ...UNITED_KINGDOM,
      only("theirs", "St Andrew’s Day", 2000, 2006, ST_ANDREW),
      only("theirs", "St Andrew’s Day (substitute day)", 2000, 2006, ST_ANDREW),
      only("theirs", "January 2nd (substitute day)", 2010, 2010, NOT_PROCLAIMED),
      only("theirs", "New Year's Day (substitute day)", 2011, 2011, NOT_PROCLAIMED),
      only("ours", "world-cup", 2026, 2026, "Proclaimed in February 2026, after theirs was made."),
    ],
  },
  { calendar: "uk.northern-ireland", place: ["GB", "NIR"], differences: UNITED_KINGDOM },
  {
    calendar: "ee",
    place: ["EE"],
    differences: [only("theirs", "Christmas Eve", 2000, 2004, "A holiday since 20 May 2005 (RT I 2005, 24, 185).")],
  },
];

/** Their weekdays off of one year, by day. */
function theirYear(holidays: Holidays, year: number, types: readonly string[]): Map<string, string> {
  const days = holidays
    .getHolidays(year, "en")
    .filter(({ type }) => types.includes(type))
    .map(({ date, name }) => [date.slice(0, 10), name] as const);
  return new Map(days.filter(([on]) => weekdayOf(on) < 6));
}

function compare({ calendar, place: [country, state] }: Region): Omit<Difference, "to" | "why">[] {
  const holidays = state === undefined ? new Holidays(country) : new Holidays(country, state);
  const found: Omit<Difference, "to" | "why">[] = [];
  for (const year of YEARS) {
    const theirs = theirYear(holidays, year, ["public", "bank"]);
    const days = listDaysOff(calendar, `${year}-01-01`, `${year}-12-31`).filter(({ on }) => weekdayOf(on) < 6);
    const ours = new Map(days.map(({ on, dayOff }) => [on, dayOff.id]));
    for (const [on, day] of ours) if (!theirs.has(on)) found.push({ only: "ours", day, from: year });
    for (const [on, day] of theirs) if (!ours.has(on)) found.push({ only: "theirs", day, from: year });
  }
  return found;
}

describe.each(REGIONS)("$calendar beside date-holidays", (region) => {
  const found = compare(region);
  const explains = (row: Difference) => (one: Omit<Difference, "to" | "why">) =>
    row.only === one.only && row.day === one.day && one.from >= row.from && one.from <= row.to;

  test("every difference has its reason", () => {
    expect(found.filter((one) => !region.differences.some((row) => explains(row)(one)))).toEqual([]);
  });

  test("every reason still has its difference", () => {
    expect(region.differences.filter((row) => !found.some(explains(row)))).toEqual([]);
  });
});

test("Easter is the one that they reckon with", () => {
  const estonia = new Holidays("EE");
  for (const year of YEARS) {
    const days = estonia.getHolidays(year).filter(({ rule }) => rule === "easter");
    expect(days.map(({ date }) => date.slice(0, 10))).toEqual([easterOf(year)]);
  }
});
