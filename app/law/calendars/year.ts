/** One year of a calendar: its weekends, its holidays, and holidays that are kept on another day. */
import type { DayOff, YearOfDays } from "../calendar.ts";
import type { LocalDate } from "../local-date.ts";
import { addPeriod, daysBetween, weekdayOf } from "../local-date.ts";
import type { Evidence, Words } from "../words.ts";
import type { Occasion } from "./occasions.ts";
import { nth, SATURDAY, SUNDAY } from "./recurring.ts";

/** Years, both included; an end left out is open. */
export interface Years {
  readonly from?: number;
  readonly to?: number;
}

export const ALWAYS: Years = {};

export function inForce(years: Years, year: number): boolean {
  return year >= (years.from ?? year) && year <= (years.to ?? year);
}

/** Where it stands that a day is off, and how sure that is. */
export interface Source {
  readonly cite: string;
  readonly evidence: Evidence;
}

/** An occasion that a law keeps. */
export interface Holiday extends Occasion, Source {
  readonly years: Years;
}

/** Which days of the week are off, and by which law; null: that day is a working day. */
export interface Weekend {
  readonly saturday: Source | null;
  readonly sunday: Source | null;
}

export const KEPT_ON_ANOTHER_DAY: Words = { en: "kept on another day", es: "trasladado" };

/** What a calendar says of a holiday kept on another day than its own. */
export interface Moved extends Source {
  /** Added to the holiday's key and to its name. */
  readonly key: string;
  readonly words: Words;
}

export function dayOffOf({ id, words, cite, evidence }: Omit<Occasion, "on"> & Source): DayOff {
  return { id, words, cite, evidence };
}

/** The other day on which a holiday is kept. */
export function movedDayOff(holiday: Occasion, { key, words, cite, evidence }: Moved): DayOff {
  return {
    id: `${holiday.id}.${key}`,
    words: { en: `${holiday.words.en}, ${words.en}`, es: `${holiday.words.es}, ${words.es}` },
    cite,
    evidence,
  };
}

/** Every Saturday and Sunday of the year that is off; the caller adds the holidays. */
export function weekendsOf(year: number, { saturday, sunday }: Weekend): Map<LocalDate, DayOff> {
  const days = new Map<LocalDate, DayOff>();
  if (saturday)
    addWeekly(days, year, SATURDAY, { id: "saturday", words: { en: "a Saturday", es: "un sábado" }, ...saturday });
  if (sunday) addWeekly(days, year, SUNDAY, { id: "sunday", words: { en: "a Sunday", es: "un domingo" }, ...sunday });
  return days;
}

function addWeekly(days: Map<LocalDate, DayOff>, year: number, weekday: number, dayOff: DayOff): void {
  const first = nth(1, weekday, 1)(year);
  const last = daysBetween(first, `${year}-12-31`);
  for (let passed = 0; passed <= last; passed += 7) days.set(addPeriod(first, passed, "days"), dayOff);
}

export function isWeekend(on: LocalDate): boolean {
  return weekdayOf(on) >= SATURDAY;
}

/** The holidays of that year in order of the list, each with its day. */
export function listHolidays<Kept extends Holiday>(
  holidays: readonly Kept[],
  year: number,
): { on: LocalDate; holiday: Kept }[] {
  const found: { on: LocalDate; holiday: Kept }[] = [];
  for (const holiday of holidays) {
    const on = inForce(holiday.years, year) ? holiday.on(year) : null;
    if (on !== null) found.push({ on, holiday });
  }
  return found;
}

/** Weekends and holidays, none of which is ever kept on another day. */
export function plainYear(year: number, weekend: Weekend, holidays: readonly Holiday[]): YearOfDays {
  const days = weekendsOf(year, weekend);
  for (const { on, holiday } of listHolidays(holidays, year)) days.set(on, dayOffOf(holiday));
  return days;
}
