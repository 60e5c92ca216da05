/** A calendar says of each day why it is not a working day, if it is not. */
import type { LocalDate } from "./local-date.ts";
import type { Evidence, Words } from "./words.ts";

/** Why a day does not count. */
export interface DayOff {
  /** Stable key, such as "thanksgiving" or "03-31" (a day whose name the law has changed). */
  readonly id: string;
  readonly words: Words;
  readonly cite: string;
  readonly evidence: Evidence;
}

export interface Calendar {
  readonly id: string;
  /** What makes a day on which this one office is closed a holiday for its deadlines. */
  readonly closureCite: string;
  /** "?": no law says so, and such a day moves the later, arguable date alone. */
  readonly closureEvidence: Evidence;
  /** Null for a working day. Covers 2000 to 2100; each year is worked out once. */
  find(on: LocalDate): DayOff | null;
}

/** A calendar that a page can offer. */
export interface NamedCalendar extends Calendar {
  readonly words: Words;
}

/** All days off of one year. */
export type YearOfDays = ReadonlyMap<LocalDate, DayOff>;

/** A calendar over a function that works out one year, remembered for the life of the process. */
export function calendarOf(
  id: string,
  closureCite: string,
  workOut: (year: number) => YearOfDays,
  closureEvidence: Evidence = "V",
): Calendar {
  const years = new Map<string, YearOfDays>();
  return {
    id,
    closureCite,
    closureEvidence,
    find(on) {
      const key = on.slice(0, 4);
      let days = years.get(key);
      if (!days) {
        days = workOut(Number(key));
        years.set(key, days);
      }
      return days.get(on) ?? null;
    },
  };
}
