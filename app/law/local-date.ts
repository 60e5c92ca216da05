/**
 * Days of the law: local dates of the agency's zone, never instants.
 *
 * Every sum goes through Temporal.PlainDate, so that neither a time zone nor a change to summer time
 * can move a deadline.
 */
import { Temporal } from "temporal-polyfill";
import { LawRefused } from "./refusal.ts";
import type { Locale } from "./words.ts";

/** A day as "YYYY-MM-DD". Such texts sort in the order of the days. */
export type LocalDate = string;

/** The calendars are known from the first day of 2000 to the last day of 2100. */
export const FIRST_DAY: LocalDate = "2000-01-01";
export const LAST_DAY: LocalDate = "2100-12-31";

export type Unit = "days" | "working-days" | "months" | "years" | "hours";
/** Units of whole days that need no calendar of working days. */
export type PlainUnit = Exclude<Unit, "working-days" | "hours">;

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/** Every day and month of the calendars in order, and the place of each: a sum is then a look-up. */
interface DayTable {
  readonly days: readonly LocalDate[];
  readonly places: ReadonlyMap<LocalDate, number>;
  /** From January 2000 on: the place of its first day, and how many days it has. */
  readonly months: readonly { readonly first: number; readonly length: number }[];
}

let table: DayTable | null = null;

/** Built by Temporal when first needed, and kept: a file of a hundred thousand questions asks it millions of times. */
function dayTable(): DayTable {
  if (table) return table;
  const days: LocalDate[] = [];
  const months: { first: number; length: number }[] = [];
  const last = Temporal.PlainYearMonth.from(LAST_DAY.slice(0, 7));
  let month = Temporal.PlainYearMonth.from(FIRST_DAY.slice(0, 7));
  for (; Temporal.PlainYearMonth.compare(month, last) <= 0; month = month.add({ months: 1 })) {
    months.push({ first: days.length, length: month.daysInMonth });
    for (let day = 1; day <= month.daysInMonth; day += 1) days.push(`${month}-${String(day).padStart(2, "0")}`);
  }
  table = { days, places: new Map(days.map((day, place) => [day, place])), months };
  return table;
}

/** @throws {LawRefused} as `getDay`. */
function placeOf(on: LocalDate): number {
  return dayTable().places.get(on) ?? dayTable().places.get(getDay(on)) ?? 0;
}

/** Is this text a day that exists, written as YYYY-MM-DD? Also outside the calendars. */
export function isLocalDate(text: string): boolean {
  if (dayTable().places.has(text)) return true;
  if (!SHAPE.test(text) || text.slice(0, 4) === "0000") return false;
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= Temporal.PlainYearMonth.from(text.slice(0, 7)).daysInMonth;
}

/**
 * The text as a day that the calendars cover.
 * @throws {LawRefused} `invalid-date` when it is no day, `out-of-range` outside 2000 to 2100.
 */
export function getDay(text: string): LocalDate {
  if (dayTable().places.has(text)) return text;
  throw isLocalDate(text)
    ? new LawRefused("out-of-range", { given: text })
    : new LawRefused("invalid-date", { given: text.slice(0, 40) });
}

/**
 * The day `length` units after `from`. Months and years keep the day's number, or take the last day
 * of a month that has no such number (31 January and one month is 28 or 29 February).
 * @throws {LawRefused} `out-of-range` when the result lies outside 2000 to 2100.
 */
export function addPeriod(from: LocalDate, length: number, unit: PlainUnit): LocalDate {
  const { days } = dayTable();
  const near = unit === "days" ? days[placeOf(from) + length] : days[placeAfterMonths(from, length, unit)];
  if (near !== undefined) return near;
  return getDay(
    Temporal.PlainDate.from(from)
      .add({ [unit]: length }, { overflow: "constrain" })
      .toString(),
  );
}

const FIRST_YEAR = Number(FIRST_DAY.slice(0, 4));

/** The place of the same day-number so many months on, or of the last day of a month that lacks it; -1 outside. */
function placeAfterMonths(from: LocalDate, length: number, unit: "months" | "years"): number {
  getDay(from);
  const months = (Number(from.slice(0, 4)) - FIRST_YEAR) * 12 + Number(from.slice(5, 7)) - 1;
  const month = dayTable().months[months + (unit === "years" ? length * 12 : length)];
  return month ? month.first + Math.min(Number(from.slice(8)), month.length) - 1 : -1;
}

/** The day after. @throws {LawRefused} `out-of-range` after the last day of 2100. */
export function dayAfter(on: LocalDate): LocalDate {
  return addPeriod(on, 1, "days");
}

/** Whole days from one day to another; negative when `to` is earlier. @throws {LawRefused} as `getDay`. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return placeOf(to) - placeOf(from);
}

const FIRST_WEEKDAY = Temporal.PlainDate.from(FIRST_DAY).dayOfWeek;

/** 1 for Monday to 7 for Sunday. @throws {LawRefused} as `getDay`. */
export function weekdayOf(on: LocalDate): number {
  return ((FIRST_WEEKDAY - 1 + placeOf(on)) % 7) + 1;
}

const NAMES = {
  en: {
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    months: [
      "January",
      "February",
      "March",
      "April",
      "May",
      "June",
      "July",
      "August",
      "September",
      "October",
      "November",
      "December",
    ],
  },
  es: {
    weekdays: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    months: [
      "enero",
      "febrero",
      "marzo",
      "abril",
      "mayo",
      "junio",
      "julio",
      "agosto",
      "septiembre",
      "octubre",
      "noviembre",
      "diciembre",
    ],
  },
} as const;

/** What was said before: the days of the calendars, in two languages, and no more. */
const said: Record<Locale, Map<LocalDate, string>> = { en: new Map(), es: new Map() };

/** "Monday, October 12, 2026", "lunes 12 de octubre de 2026". Own names: the same on every machine. */
export function sayDay(on: LocalDate, locale: Locale): string {
  const before = said[locale].get(on);
  if (before !== undefined) return before;
  const words = wordsOf(on, locale);
  said[locale].set(on, words);
  return words;
}

function wordsOf(on: LocalDate, locale: Locale): string {
  const year = on.slice(0, 4);
  const day = Number(on.slice(8));
  const weekday = NAMES[locale].weekdays[weekdayOf(on) - 1] ?? "";
  const month = NAMES[locale].months[Number(on.slice(5, 7)) - 1] ?? "";
  return locale === "en" ? `${weekday}, ${month} ${day}, ${year}` : `${weekday} ${day} de ${month} de ${year}`;
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?$/;

/**
 * The time of day "YYYY-MM-DDTHH:MM" that lies `hours` after another, on the clock on the wall; a bare day
 * stands for its first minute, the earliest that a count can start from, and seconds are left out for the same reason.
 * @throws {LawRefused} `invalid-hour` when it is neither, `out-of-range` outside the calendars.
 */
export function addHours(from: string, hours: number): { readonly from: string; readonly to: string } {
  const [, day, hour, minute] = MOMENT.exec(isLocalDate(from) ? `${from}T00:00` : from) ?? [];
  if (day === undefined || !isLocalDate(day)) throw new LawRefused("invalid-hour", { given: from.slice(0, 40) });
  const start = Temporal.PlainDate.from(getDay(day)).toPlainDateTime({ hour: Number(hour), minute: Number(minute) });
  const end = start.add({ hours });
  getDay(end.toPlainDate().toString());
  return { from: start.toString({ smallestUnit: "minute" }), to: end.toString({ smallestUnit: "minute" }) };
}

/** A day, or a time of day as "16:30, Wednesday, December 23, 2026". */
export function sayMoment(moment: string, locale: Locale): string {
  const [day, time] = [moment.slice(0, 10), moment.slice(11)];
  return time === "" ? sayDay(day, locale) : `${time}, ${sayDay(day, locale)}`;
}
