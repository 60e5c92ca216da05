/** Closed days as they are entered: which are taken, and which change nothing. Pure. */
import { getCalendar } from "#app/law/calendars.ts";
import type { Law } from "#app/law/law.ts";
import { addPeriod, dayAfter, daysBetween, isLocalDate, type LocalDate } from "#app/law/local-date.ts";
import type { Words } from "#app/law/words.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Agency } from "#app/registry/agency.ts";

/** Whole days on which an office is closed. */
export interface Closing {
  readonly from: LocalDate;
  /** Included. */
  readonly to: LocalDate;
  /** Nobody could know it before: a fire, a flood, a cyberattack. */
  readonly emergency: boolean;
  /** Read by everybody. */
  readonly why: string;
}

/** Ours, so that a slip of the pen does not close an office for a year. */
const MOST_DAYS = 31;
/** Ours: an emergency is entered when people are back at work. */
const DAYS_BACK = 30;
/** Ours: two years. */
const DAYS_AHEAD = 731;
const WHY_LENGTH = 120;
const MOST_TARGET_DAYS = 20;

/** What stands for a person more surely than a word does: a mail address, a phone number, a long number. */
const PERSONAL = /\S@\S|\d{7}|\b\d{3}[ .-]\d{4}\b|\b\d{3}-\d{2}-\d{4}\b/;
const CONTROL = /[\p{Cc}\u2028\u2029]/u;

/** @param today at the agency. @throws Refused with the sentence that says what is taken */
export function checkClosing({ from, to, emergency, why }: Closing, today: LocalDate): void {
  if (!isLocalDate(from))
    throw new Refused("closures.refusedFrom", "The first closed day must be a real day, YYYY-MM-DD.");
  if (!isLocalDate(to)) throw new Refused("closures.refusedTo", "The last closed day must be a real day, YYYY-MM-DD.");
  if (to < from) throw new Refused("closures.refusedOrder", "The last closed day lies before the first one.");
  if (emergency) checkEmergency(from, today);
  else checkPlanned(from, today);
  if (daysBetween(from, to) >= MOST_DAYS)
    throw new Refused("closures.refusedLong", `At most ${MOST_DAYS} days can be closed in one go.`, {
      days: MOST_DAYS,
    });
  checkWhy(why);
}

function checkEmergency(from: LocalDate, today: LocalDate): void {
  if (from > today)
    throw new Refused(
      "closures.refusedEmergencyAhead",
      "An emergency has begun today or before; enter a day to come as a planned one.",
    );
  if (from < addPeriod(today, -DAYS_BACK, "days"))
    throw new Refused("closures.refusedBack", `An emergency can be entered up to ${DAYS_BACK} days back.`, {
      days: DAYS_BACK,
    });
}

function checkPlanned(from: LocalDate, today: LocalDate): void {
  if (from < today)
    throw new Refused(
      "closures.refusedPast",
      "A planned closed day is entered before it comes; only an emergency may lie in the past.",
    );
  if (from > addPeriod(today, DAYS_AHEAD, "days"))
    throw new Refused("closures.refusedAhead", "Closed days can be entered for the next two years.");
}

function checkWhy(why: string): void {
  if (why === "") throw new Refused("closures.refusedWhy", "Say in a few words why the office is closed.");
  if (why.length > WHY_LENGTH)
    throw new Refused("closures.refusedWhyLong", `Say why in ${WHY_LENGTH} characters or fewer.`, {
      maximum: WHY_LENGTH,
    });
  if (CONTROL.test(why)) throw new Refused("closures.refusedWhyLine", "Say why on a single line.");
  if (PERSONAL.test(why))
    throw new Refused(
      "closures.refusedWhyPersonal",
      "Everybody can read the reason: leave out mail addresses, phone numbers and other numbers of a person.",
    );
}

/** @param days as typed. @throws Refused unless it is a whole number from 0 to 20 */
export function readTarget(days: string): number {
  if (/^\d{1,2}$/.test(days.trim()) && Number(days) <= MOST_TARGET_DAYS) return Number(days);
  throw new Refused("closures.refusedTarget", `Give a whole number from 0 to ${MOST_TARGET_DAYS}.`, {
    maximum: MOST_TARGET_DAYS,
  });
}

/** Both ends included. */
export function listDays({ from, to }: Pick<Closing, "from" | "to">): LocalDate[] {
  const days: LocalDate[] = [];
  for (let on = from; on <= to; on = dayAfter(on)) days.push(on);
  return days;
}

/** A day on which nobody works at the office anyway. */
export interface IdleDay {
  readonly on: LocalDate;
  readonly words: Words;
}

/** Those of the days that are holidays already, by the calendar of what the agency is asked here. */
export function listIdleDays(days: readonly LocalDate[], agency: Agency, law: Law, today: LocalDate): IdleDay[] {
  const { rolling } = law.getRule(law.dutyOf(agency.kind, "copy-of-access-log", today).rule, today);
  if (!rolling) return [];
  const calendar = getCalendar(agency.calendar ?? rolling.calendar, law.calendars);
  return days.flatMap((on) => {
    const dayOff = calendar.find(on);
    return dayOff ? [{ on, words: dayOff.words }] : [];
  });
}
