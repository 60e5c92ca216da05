/**
 * Times as logs write them. A time is read only when it names one instant: a calendar day that does
 * not exist, an unknown zone, or a local time that a change of clocks made twice or never is refused,
 * because a wrong instant would put a look-up into another person's period of owning the plate.
 */
import { Temporal } from "temporal-polyfill";

/**
 * The ways of writing a time that a profile can name.
 *
 * - `iso`: 2025-06-18T12:02:04.789Z, also with a blank, without seconds, with an offset or without
 * - `month-first`: 06/18/2025, 12:02:04 AM UTC; 6/18/2025 0:02 (also with - or .)
 * - `day-first`: 18.06.2025 0:02:04; 18/06/2025 12:02 AM
 * - `compact`: 20250618000204, 202506180002, 20250618 000204
 * - `epoch-s`, `epoch-ms`: seconds (perhaps with a fraction) or milliseconds since 1970
 */
export const TIME_FORMATS = ["iso", "month-first", "day-first", "compact", "epoch-s", "epoch-ms"] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

export interface LogTime {
  /** Milliseconds since 1970 in UTC. */
  instant: number;
  /** The zone as written, or the profile's when none was. */
  zone: string;
}

/** Why a text is not one instant; a code for `reasonSentence`. */
export type TimeProblem = "time" | "time-order" | "time-zone" | "time-repeated" | "time-skipped";

/** How a profile's times are written. */
export interface TimeRule {
  /** In the order in which they are tried. Never both month-first and day-first. */
  formats: readonly TimeFormat[];
  /** IANA zone for times that state none; null when the log must state it. */
  zone: string | null;
}

/** Minutes east of UTC. Abbreviations are ambiguous world-wide; these are the ones that logs of the United States use. */
const OFFSETS: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  EDT: -240,
  EST: -300,
  CDT: -300,
  CST: -360,
  MDT: -360,
  MST: -420,
  PDT: -420,
  PST: -480,
  AKDT: -480,
  AKST: -540,
  HST: -600,
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Reads one time. @returns Why not, when the text is not exactly one instant by this rule. */
export function readLogTime(text: string, rule: TimeRule): LogTime | TimeProblem {
  let problem: TimeProblem = "time";
  for (const format of rule.formats) {
    const found = READERS[format](text, rule.zone);
    if (typeof found !== "string") return found;
    if (found !== "time") problem = found;
  }
  return problem === "time" && isSwapped(text, rule) ? "time-order" : problem;
}

/** "13/06/2025" in a month-first log: the month cannot be the thirteenth, the day can. */
function isSwapped(text: string, rule: TimeRule): boolean {
  if (rule.formats.includes("month-first")) return typeof readDayFirst(text, rule.zone ?? "UTC") !== "string";
  if (rule.formats.includes("day-first")) return typeof readMonthFirst(text, rule.zone ?? "UTC") !== "string";
  return false;
}

type Reader = (text: string, zone: string | null) => LogTime | TimeProblem;

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?(Z|[A-Z]{2,4}|[+-]\d{2}:?\d{2}))?$/;
const COMPACT =
  /^(\d{4})(\d{2})(\d{2})[T ]?(\d{2})(\d{2})(?:(\d{2})(?:\.?(\d{3}))?)?(?: ?(Z|[A-Z]{2,4}|[+-]\d{2}:?\d{2}))?$/;
const SLASHED =
  /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}),? (\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?: ?([AP])\.?M\.?)?(?: (Z|[A-Z]{1,4}|[+-]\d{2}:?\d{2}))?$/i;
const EPOCH_S = /^(\d{9,10})(?:\.(\d{1,9}))?$/;
const EPOCH_MS = /^\d{12,13}$/;

const readIso: Reader = (text, zone) => {
  const found = ISO.exec(text);
  if (found === null) return "time";
  const [, year, month, day, hour, minute, second, fraction, written] = found;
  return toInstant(year, month, day, Number(hour), minute, second, fraction, written, zone);
};

const readCompact: Reader = (text, zone) => {
  const found = COMPACT.exec(text);
  if (found === null) return "time";
  const [, year, month, day, hour, minute, second, fraction, written] = found;
  return toInstant(year, month, day, Number(hour), minute, second, fraction, written, zone);
};

const readMonthFirst: Reader = (text, zone) => readUsual(text, zone) ?? readSlashed(text, zone, true);
const readDayFirst: Reader = (text, zone) => readSlashed(text, zone, false);

function readSlashed(text: string, zone: string | null, monthFirst: boolean): LogTime | TimeProblem {
  // U+202F: newer JavaScript engines put a narrow blank before AM and PM.
  const found = SLASHED.exec(text.includes("\u202f") ? text.replaceAll("\u202f", " ") : text);
  if (found === null) return "time";
  const [, first, , second, year, hours, minute, seconds, fraction, half, written] = found;
  const hour = half === undefined ? Number(hours) : hourOfTwelve(Number(hours), half);
  if (hour === null) return "time";
  const [month, day] = monthFirst ? [first, second] : [second, first];
  return toInstant(year, month, day, hour, minute, seconds, fraction, written?.toUpperCase(), zone);
}

function hourOfTwelve(hour: number, half: string): number | null {
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === "P" || half === "p" ? 12 : 0);
}

const readEpochSeconds: Reader = (text) => {
  const found = EPOCH_S.exec(text);
  if (found === null) return "time";
  return { instant: Number(found[1]) * 1000 + milliOf(found[2]), zone: "UTC" };
};

const readEpochMs: Reader = (text) => (EPOCH_MS.test(text) ? { instant: Number(text), zone: "UTC" } : "time");

const READERS: Readonly<Record<TimeFormat, Reader>> = {
  iso: readIso,
  "month-first": readMonthFirst,
  "day-first": readDayFirst,
  compact: readCompact,
  "epoch-s": readEpochSeconds,
  "epoch-ms": readEpochMs,
};

/**
 * "06/18/2025, 12:02:04 AM UTC" and nothing else, by its places: what an ALPR vendor writes in each of millions of
 * rows, five times as fast as by the pattern. Null for every other text.
 */
function readUsual(text: string, zone: string | null): LogTime | TimeProblem | null {
  if (text.length < 23 || text.charCodeAt(2) !== 47 || text.charCodeAt(5) !== 47) return null;
  if (text.charCodeAt(10) !== 44 || text.charCodeAt(11) !== 32 || text.charCodeAt(14) !== 58) return null;
  if (text.charCodeAt(17) !== 58 || text.charCodeAt(20) !== 32 || text.charCodeAt(22) !== 77) return null;
  const half = text.charCodeAt(21);
  const twelve = twoDigits(text, 12);
  const century = twoDigits(text, 6);
  const years = twoDigits(text, 8);
  const month = twoDigits(text, 0);
  const day = twoDigits(text, 3);
  const minute = twoDigits(text, 15);
  const second = twoDigits(text, 18);
  if ((century | years | month | day | twelve | minute | second) < 0) return null;
  if ((half !== 65 && half !== 80) || twelve < 1 || twelve > 12) return null;
  const written = text.length === 23 ? undefined : zoneAt(text, 23);
  if (written === null) return null;
  const hour = (twelve % 12) + (half === 80 ? 12 : 0);
  return atWall(century * 100 + years, month, day, hour, minute, second, 0, written, zone);
}

/** The word after a blank, when it is one of the usual ones. */
function zoneAt(text: string, from: number): string | null {
  if (text.endsWith(" UTC")) return text.length === from + 4 ? "UTC" : null;
  const word = text.slice(from + 1);
  return text.charCodeAt(from) === 32 && OFFSETS[word] !== undefined ? word : null;
}

/** -1 when they are none. */
function twoDigits(text: string, from: number): number {
  const tens = text.charCodeAt(from) - 48;
  const ones = text.charCodeAt(from + 1) - 48;
  return tens >= 0 && tens < 10 && ones >= 0 && ones < 10 ? tens * 10 + ones : -1;
}

function milliOf(fraction: string | undefined): number {
  return fraction === undefined ? 0 : Number(fraction.padEnd(3, "0").slice(0, 3));
}

function toInstant(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  hour: number,
  minute: string | undefined,
  second: string | undefined,
  fraction: string | undefined,
  written: string | undefined,
  zone: string | null,
): LogTime | TimeProblem {
  const milli = milliOf(fraction);
  return atWall(
    Number(year),
    Number(month),
    Number(day),
    hour,
    Number(minute),
    Number(second ?? 0),
    milli,
    written,
    zone,
  );
}

const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The calendar day that was asked for last, because the next row is mostly of the same. */
const lastDay = { key: -1, start: 0 };

/** Milliseconds since 1970 at the start of a day in UTC, or null when there is no such day. */
function dayStart(year: number, month: number, day: number): number | null {
  const key = (year * 16 + month) * 32 + day;
  if (key === lastDay.key) return lastDay.start;
  if (month < 1 || month > 12 || day < 1 || day > (MONTH_DAYS[month - 1] ?? 0)) return null;
  const start = Date.UTC(year, month - 1, day);
  // Date.UTC rolls 29 February over into March; a log that says so is wrong, not early.
  if (new Date(start).getUTCDate() !== day) return null;
  lastDay.key = key;
  lastDay.start = start;
  return start;
}

function atWall(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  milli: number,
  written: string | undefined,
  zone: string | null,
): LogTime | TimeProblem {
  const start = dayStart(year, month, day);
  if (start === null || hour > 23 || minute > 59 || second > 59) return "time";
  const wall = start + hour * HOUR + minute * MINUTE + second * 1000 + milli;
  if (written !== undefined) {
    const offset = offsetOf(written);
    return offset === null ? "time-zone" : { instant: wall - offset * MINUTE, zone: written };
  }
  if (zone === null) return "time-zone";
  if (zone === "UTC") return { instant: wall, zone };
  const offset = localOffset(wall, zone);
  return typeof offset === "string" ? offset : { instant: wall - offset, zone };
}

function offsetOf(written: string): number | null {
  const named = OFFSETS[written];
  if (named !== undefined) return named;
  const digits = /^([+-])(\d{2}):?(\d{2})$/.exec(written);
  if (digits === null) return null;
  const minutes = Number(digits[2]) * 60 + Number(digits[3]);
  if (minutes > 14 * 60 || Number(digits[3]) > 59) return null;
  return digits[1] === "-" ? -minutes : minutes;
}

/** Clocks change at quarters of an hour, so one answer holds for a whole quarter. */
const QUARTER = 15 * MINUTE;
/** "zone" -> quarter of the local clock -> milliseconds east of UTC, or why there is no one answer. */
const offsets = new Map<string, Map<number, number | TimeProblem>>();
const QUARTERS_KEPT = 100_000;

/** @param wall What the clock on the wall shows, as if it were UTC. */
function localOffset(wall: number, zone: string): number | TimeProblem {
  let known = offsets.get(zone);
  if (known === undefined || known.size > QUARTERS_KEPT) {
    known = new Map();
    offsets.set(zone, known);
  }
  const quarter = Math.floor(wall / QUARTER);
  const cached = known.get(quarter);
  if (cached !== undefined) return cached;
  const offset = offsetAt(quarter * QUARTER, zone);
  known.set(quarter, offset);
  return offset;
}

function offsetAt(wall: number, zone: string): number | TimeProblem {
  const local = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO("UTC").toPlainDateTime();
  const earlier = local.toZonedDateTime(zone, { disambiguation: "earlier" }).epochMilliseconds;
  const later = local.toZonedDateTime(zone, { disambiguation: "later" }).epochMilliseconds;
  if (earlier === later) return wall - earlier;
  // Where the hour does not exist, "earlier" reads the clock as it was before the change and lands after it.
  const exists = local.toZonedDateTime(zone, { disambiguation: "earlier" }).toPlainDateTime().equals(local);
  return exists ? "time-repeated" : "time-skipped";
}

const TWO: readonly string[] = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, "0"));
/** "02:07:" for each minute of a day. */
const MINUTES: readonly string[] = Array.from({ length: 1440 }, (_, n) => `${TWO[Math.floor(n / 60)]}:${TWO[n % 60]}:`);
/** "07.000Z" for each second: most logs know no smaller part. */
const WHOLE_SECONDS: readonly string[] = TWO.slice(0, 60).map((second) => `${second}.000Z`);
const lastDate = { day: Number.NaN, text: "" };

/** The instant as ISO 8601 in UTC with milliseconds: what Date.toISOString gives, put together from what is known. */
export function isoInstant(instant: number): string {
  const day = Math.floor(instant / DAY);
  if (day !== lastDate.day) {
    lastDate.day = day;
    lastDate.text = new Date(instant).toISOString().slice(0, -13);
  }
  const within = instant - day * DAY;
  const milli = within % 1000;
  const seconds = (within - milli) / 1000;
  const start = lastDate.text + MINUTES[Math.floor(seconds / 60)];
  if (milli === 0) return start + WHOLE_SECONDS[seconds % 60];
  return `${start}${TWO[seconds % 60]}.${milli < 100 ? "0" : ""}${milli < 10 ? "0" : ""}${milli}Z`;
}
