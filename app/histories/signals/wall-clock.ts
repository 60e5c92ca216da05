/** An instant as the clock and the calendar on an agency's wall show it, for thousands of lines. Pure. */

export interface LocalMoment {
  /** 0 to 23. */
  readonly hour: number;
  /** Days since 1 January 1970. */
  readonly day: number;
  /** Weeks since the one in which 1970 began, from Monday on. */
  readonly week: number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** 1 January 1970 was a Thursday: three days after a Monday. */
const FROM_MONDAY = 3;

/**
 * @returns a reader of instants (milliseconds). What the clock is ahead by is asked for once for each day in UTC on
 * which it does not change: asking costs a hundred times what adding does.
 */
export function localMoments(zone: string): (at: number) => LocalMoment {
  const aheadAt = offsetReader(zone);
  const aheadOn = new Map<number, number | null>();
  return (at) => {
    const utcDay = Math.floor(at / DAY_MS);
    let ahead = aheadOn.get(utcDay);
    if (ahead === undefined) {
      const start = aheadAt(utcDay * DAY_MS);
      ahead = start === aheadAt((utcDay + 1) * DAY_MS) ? start : null;
      aheadOn.set(utcDay, ahead);
    }
    const local = at + (ahead ?? aheadAt(at));
    const day = Math.floor(local / DAY_MS);
    return { hour: Math.floor((local - day * DAY_MS) / HOUR_MS), day, week: Math.floor((day + FROM_MONDAY) / 7) };
  };
}

/** By how many milliseconds the clock in a zone is ahead of UTC at an instant. */
function offsetReader(zone: string): (at: number) => number {
  const parts = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" } as const;
  const format = new Intl.DateTimeFormat("en-US", { ...parts, second: "numeric", hourCycle: "h23", timeZone: zone });
  return (at) => {
    const read = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const [year = 0, month = 0, day = 0] = [read.get("year"), read.get("month"), read.get("day")];
    const [hour, minute, second] = [read.get("hour"), read.get("minute"), read.get("second")];
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
  };
}
