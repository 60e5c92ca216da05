/** An instant as the clock and the calendar on an agency's wall show it, for thousands of lines. Pure. */

export interface LocalMoment {
  /** 0 to 23. */
  readonly hour: number;
  /** Weeks since the one in which 1970 began, from Monday on. */
  readonly week: number;
}

const DAY_MS = 86_400_000;
/** 1 January 1970 was a Thursday: three days after a Monday. */
const FROM_MONDAY = 3;

/** @returns a reader of instants (milliseconds); making one costs more than a hundred readings. */
export function localMoments(zone: string): (at: number) => LocalMoment {
  const parts = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric" } as const;
  const format = new Intl.DateTimeFormat("en-US", { ...parts, hourCycle: "h23", timeZone: zone });
  return (at) => {
    const read = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const [year = 0, month = 0, day = 0] = [read.get("year"), read.get("month"), read.get("day")];
    const days = Date.UTC(year, month - 1, day) / DAY_MS;
    return { hour: read.get("hour") ?? 0, week: Math.floor((days + FROM_MONDAY) / 7) };
  };
}
