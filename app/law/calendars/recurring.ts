/** Days that come back every year: on a date, on a weekday of a month, around Easter. */
import type { LocalDate } from "../local-date.ts";
import { addPeriod, weekdayOf } from "../local-date.ts";
import { easterOf } from "./easter.ts";

/** The day of one year, from 2000 to 2100. */
export type EveryYear = (year: number) => LocalDate;

export const MONDAY = 1;
export const THURSDAY = 4;
export const FRIDAY = 5;
export const SATURDAY = 6;
export const SUNDAY = 7;

/** On the date "MM-DD". */
export function fixed(monthAndDay: string): EveryYear {
  return (year) => `${year}-${monthAndDay}`;
}

/** The nth such weekday of a month, from 1. */
export function nth(count: number, weekday: number, month: number): EveryYear {
  return (year) => {
    const first = `${year}-${String(month).padStart(2, "0")}-01`;
    return addPeriod(first, ((weekday - weekdayOf(first) + 7) % 7) + (count - 1) * 7, "days");
  };
}

/** The last such weekday of a month. */
export function last(weekday: number, month: number): EveryYear {
  const fourth = nth(4, weekday, month);
  return (year) => {
    const fifth = addPeriod(fourth(year), 7, "days");
    return Number(fifth.slice(5, 7)) === month ? fifth : fourth(year);
  };
}

/** So many days after another day. */
export function after(every: EveryYear, days: number): EveryYear {
  return (year) => addPeriod(every(year), days, "days");
}

/** So many days after Easter Sunday; before it with a minus. */
export function fromEaster(days: number): EveryYear {
  return after(easterOf, days);
}

/** The days "MM-DD" of a list by year; null in a year that it leaves out. */
export function listed(days: ReadonlyMap<number, string>): (year: number) => LocalDate | null {
  return (year) => {
    const day = days.get(year);
    return day === undefined ? null : `${year}-${day}`;
  };
}
