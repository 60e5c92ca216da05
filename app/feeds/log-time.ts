/**
 * Times as logs write them. A time is read only when it names one instant: a calendar day that does
 * not exist, an unknown zone, or a local time that a change of clocks made twice or never is refused,
 * because a wrong instant would put a look-up into another person's period of owning the plate.
 */
import { Temporal } from "temporal-polyfill";

export const TIME_FORMATS = ["us-12-hour", "iso"] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

export interface LogTime {
  /** Milliseconds since 1970 in UTC. */
  instant: number;
  /** The zone as written, or the profile's when none was. */
  zone: string;
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

const US_12_HOUR = /^(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2}):(\d{2}):(\d{2}) ?([AP]M)(?: ([A-Z]{1,4}))?$/;
const ISO = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?: ?(Z|UTC|[+-]\d{2}:?\d{2}))?$/;

interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  milli: number;
}

/**
 * Reads one time.
 *
 * @param zone IANA zone for times that state none; null when the log must state it.
 * @returns null when the text is not exactly one instant in this format.
 */
export function findLogTime(text: string, format: TimeFormat, zone: string | null): LogTime | null {
  return format === "us-12-hour" ? findUs12Hour(text, zone) : findIso(text, zone);
}

function findUs12Hour(text: string, zone: string | null): LogTime | null {
  // U+202F: newer JavaScript engines put a narrow blank before AM and PM.
  const found = US_12_HOUR.exec(text.includes("\u202f") ? text.replaceAll("\u202f", " ") : text);
  if (found === null) return null;
  const twelve = Number(found[4]);
  if (twelve < 1 || twelve > 12) return null;
  const wall = {
    year: Number(found[3]),
    month: Number(found[1]),
    day: Number(found[2]),
    hour: (twelve % 12) + (found[7] === "PM" ? 12 : 0),
    minute: Number(found[5]),
    second: Number(found[6]),
    milli: 0,
  };
  return toInstant(wall, found[8], zone);
}

function findIso(text: string, zone: string | null): LogTime | null {
  const found = ISO.exec(text);
  if (found === null) return null;
  const wall = {
    year: Number(found[1]),
    month: Number(found[2]),
    day: Number(found[3]),
    hour: Number(found[4]),
    minute: Number(found[5]),
    second: Number(found[6] ?? 0),
    milli: Number((found[7] ?? "0").padEnd(3, "0").slice(0, 3)),
  };
  return toInstant(wall, found[8], zone);
}

function toInstant(wall: Wall, written: string | undefined, zone: string | null): LogTime | null {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second, wall.milli);
  const back = new Date(asUtc);
  // Date.UTC rolls 31 February over into March; a log that says so is wrong, not early.
  const exists = back.getUTCMonth() === wall.month - 1 && back.getUTCDate() === wall.day;
  if (!exists || wall.hour > 23 || wall.minute > 59 || wall.second > 59) return null;
  if (written !== undefined) {
    const offset = offsetOf(written);
    return offset === null ? null : { instant: asUtc - offset * 60_000, zone: written };
  }
  return zone === null ? null : localInstant(wall, zone);
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

function localInstant(wall: Wall, zone: string): LogTime | null {
  const local = new Temporal.PlainDateTime(
    wall.year,
    wall.month,
    wall.day,
    wall.hour,
    wall.minute,
    wall.second,
    wall.milli,
  );
  const earlier = local.toZonedDateTime(zone, { disambiguation: "earlier" }).epochMilliseconds;
  const later = local.toZonedDateTime(zone, { disambiguation: "later" }).epochMilliseconds;
  return earlier === later ? { instant: earlier, zone } : null;
}
