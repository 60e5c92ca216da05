import { expect, test } from "vitest";
import { DIWALI, DIWALI_COMPUTED, LUNAR_NEW_YEAR } from "#app/law/calendars/california-moons.ts";
import { getCalendar, listDaysOff } from "#app/law/calendars.ts";

function named(calendar: string, year: number): Record<string, string> {
  const days = listDaysOff(calendar, `${year}-01-01`, `${year}-12-31`);
  return Object.fromEntries(
    days.filter(({ dayOff }) => !/^(saturday|sunday)$/.test(dayOff.id)).map(({ on, dayOff }) => [on, dayOff.id]),
  );
}

test("the courts of 2026 are closed on exactly these days, besides weekends", () => {
  expect(named("ca.judicial", 2026)).toEqual({
    "2026-01-01": "new-year",
    "2026-01-19": "king",
    "2026-02-12": "lincoln",
    "2026-02-16": "washington",
    "2026-03-31": "03-31",
    "2026-05-25": "memorial",
    "2026-06-19": "juneteenth",
    "2026-07-04": "independence",
    "2026-09-07": "labor",
    "2026-09-25": "native-american",
    "2026-11-11": "veterans",
    "2026-11-26": "thanksgiving",
    "2026-11-27": "day-after-thanksgiving",
    "2026-12-25": "christmas",
  });
  expect(named("ca.court-designated", 2026)).toEqual({ "2026-07-03": "independence.designated" });
});

test("the state's own list of 2026 has five days that the courts have not, and lacks one", () => {
  const courts = named("ca.judicial", 2026);
  const state = named("ca.government", 2026);
  expect(Object.keys(state).filter((on) => !(on in courts))).toEqual([
    "2026-02-17",
    "2026-04-24",
    "2026-09-09",
    "2026-10-12",
    "2026-11-08",
  ]);
  expect(Object.keys(courts).filter((on) => !(on in state))).toEqual(["2026-11-27"]);
});

test("every Saturday and Sunday closes the courts; the state's list has Sundays only", () => {
  expect(getCalendar("ca.judicial").find("2026-05-16")?.id).toBe("saturday");
  expect(getCalendar("ca.judicial").find("2026-05-17")?.id).toBe("sunday");
  expect(getCalendar("ca.government").find("2026-05-16")).toBeNull();
  expect(getCalendar("ca.government").find("2026-05-17")?.id).toBe("sunday");
});

test.each([
  ["Juneteenth begins in 2023", "2022-06-20", "2023-06-19", "juneteenth"],
  ["31 March begins in 2001", "2000-03-31", "2003-03-31", "03-31"],
  ["Native American Day begins in 2022", "2021-09-24", "2022-09-23", "native-american"],
])("%s", (_why, before, after, id) => {
  expect(getCalendar("ca.judicial").find(before)).toBeNull();
  expect(getCalendar("ca.judicial").find(after)?.id).toBe(id);
});

test("Columbus Day ends for the courts with 2021 and stays in the state's list", () => {
  expect(getCalendar("ca.judicial").find("2021-10-11")?.id).toBe("columbus");
  expect(getCalendar("ca.judicial").find("2022-10-10")).toBeNull();
  expect(getCalendar("ca.government").find("2022-10-10")?.id).toBe("columbus");
});

test("31 March keeps its day when the law changes its name", () => {
  expect(getCalendar("ca.judicial").find("2025-03-31")?.words.en).toBe("César Chávez Day");
  expect(getCalendar("ca.judicial").find("2026-03-31")?.words.en).toContain("Farmworkers Day");
});

test("a Sunday holiday moves to Monday; a Saturday one moves only on 11 November", () => {
  expect(named("ca.judicial", 2027)).not.toHaveProperty("2027-12-24");
  expect(getCalendar("ca.judicial").find("2023-01-02")?.id).toBe("new-year.observed");
  expect(getCalendar("ca.judicial").find("2028-11-10")?.id).toBe("veterans.observed");
});

test("Juneteenth on a Sunday leaves the Monday open to argument", () => {
  expect(getCalendar("ca.judicial").find("2033-06-20")).toBeNull();
  expect(getCalendar("ca.court-designated").find("2033-06-20")?.evidence).toBe("?");
});

test("Lunar New Year has a day in each year to 2100, within a day of the platform's Chinese calendar", () => {
  const format = new Intl.DateTimeFormat("en-u-ca-chinese", { month: "numeric", day: "numeric", timeZone: "UTC" });
  expect([...LUNAR_NEW_YEAR.keys()]).toEqual(Array.from({ length: 78 }, (_, index) => 2023 + index));
  for (const [year, day] of LUNAR_NEW_YEAR) {
    const near = [-1, 0, 1].map((shift) => format.format(Date.parse(`${year}-${day}T12:00Z`) + shift * 86_400_000));
    expect(near, String(year)).toContain("1/1");
  }
});

test("Diwali has a day between mid-October and mid-November in each year from 2026", () => {
  const days = [...DIWALI, ...DIWALI_COMPUTED];
  expect(days.map(([year]) => year)).toEqual(Array.from({ length: 75 }, (_, index) => 2026 + index));
  expect(days.filter(([, day]) => day < "10-17" || day > "11-15")).toEqual([]);
  expect(getCalendar("ca.government").find("2029-11-05")?.evidence).toBe("B");
  expect(getCalendar("ca.government").find("2037-11-06")?.evidence).toBe("B-");
});
