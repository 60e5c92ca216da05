/** Dates and numbers as a reader of each language writes them. Pure: nothing here asks what time it is. */
import type { Locale } from "./locale.ts";

const TAGS: Readonly<Record<Locale, string>> = { en: "en-US", es: "es-US" };
const LOCAL_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY = 86_400_000;

/**
 * A day in words: "March 4, 2026" or "4 de marzo de 2026".
 * @param localDate YYYY-MM-DD; it names a day, so no time zone can move it
 * @throws RangeError when it is not a real day
 */
export function formatDate(localDate: string, locale: Locale): string {
  return dateFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(dayStart(localDate));
}

/** A day with its weekday: "Wednesday, March 4, 2026". */
export function formatWeekday(localDate: string, locale: Locale): string {
  return dateFormat(locale, { dateStyle: "full", timeZone: "UTC" }).format(dayStart(localDate));
}

/** A day in little room: "Mar 4, 2026". */
export function formatShortDate(localDate: string, locale: Locale): string {
  return dateFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(dayStart(localDate));
}

/**
 * A day of the law, or of a rule in hours a time of day on the clock on the wall, which no zone can move:
 * "Wednesday, March 4, 2026", "Wednesday, March 4, 2026, 4:30 PM".
 * @param moment YYYY-MM-DD or YYYY-MM-DDTHH:MM
 */
export function formatMoment(moment: string, locale: Locale, style: "weekday" | "long" | "short" = "long"): string {
  const [day = "", time] = moment.split("T");
  const said = DAY_STYLES[style](day, locale);
  return time === undefined ? said : `${said}, ${formatTime(time, locale)}`;
}

const DAY_STYLES = { weekday: formatWeekday, long: formatDate, short: formatShortDate } as const;

function formatTime(time: string, locale: Locale): string {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return dateFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" })
    .format((hours * 60 + minutes) * 60_000)
    .replace(/[\u202f\u00a0]/g, " ");
}

/** A month: "March 2026". @param month YYYY-MM */
export function formatMonth(month: string, locale: Locale): string {
  return dateFormat(locale, { year: "numeric", month: "long", timeZone: "UTC" }).format(dayStart(`${month}-01`));
}

/** A period, both days included: "March 4, 2026 to May 1, 2026". @param word between the two, in the reader's language */
export function formatPeriod(period: { from: string; to: string }, locale: Locale, word: string): string {
  return `${formatDate(period.from, locale)} ${word} ${formatDate(period.to, locale)}`;
}

/**
 * An instant as the clock on the wall of `zone` showed it: "Mar 4, 2026, 9:05 AM PST".
 * @param instant ISO 8601 with an offset, or a Date
 */
export function formatInstant(instant: string | Date, zone: string, locale: Locale): string {
  const options: Intl.DateTimeFormatOptions = {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
    timeZone: zone,
  };
  const milliseconds = typeof instant === "string" ? Date.parse(instant) : instant.getTime();
  // Server and browser disagree on narrow and plain spaces; the page must be the same in both.
  return dateFormat(locale, options)
    .format(milliseconds)
    .replace(/[\u202f\u00a0]/g, " ");
}

/** A number with the reader's separators. */
export function formatNumber(value: number, locale: Locale): string {
  return new Intl.NumberFormat(TAGS[locale]).format(value);
}

/** Days from `from` to `to`: 0 for the same day, negative when `to` lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((dayStart(to) - dayStart(from)) / DAY);
}

function dayStart(localDate: string): number {
  const [, year, month, day] = LOCAL_DATE.exec(localDate) ?? [];
  const first = Date.UTC(Number(year), Number(month) - 1, 1);
  const daysOfMonth = (Date.UTC(Number(year), Number(month), 1) - first) / DAY;
  const real = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= daysOfMonth;
  if (!real) throw new RangeError("A day is written YYYY-MM-DD.");
  return first + (Number(day) - 1) * DAY;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs more than using it a thousand times, so each is made once. */
function dateFormat(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(name);
  if (known) return known;
  const made = new Intl.DateTimeFormat(TAGS[locale], options);
  formats.set(name, made);
  return made;
}
