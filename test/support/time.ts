import type { Time } from "#app/platform/time/time.ts";

/** A clock that stands still until it is set. */
export interface SettableTime extends Time {
  set(now: Date | string): void;
  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): void;
}

/** `start`: an instant, or its ISO text, such as "2026-03-02T17:00:00Z". */
export function settableTime(start: Date | string): SettableTime {
  let instant = new Date(start).getTime();
  return {
    now: () => new Date(instant),
    set: (now) => {
      instant = new Date(now).getTime();
    },
    advance: ({ days = 0, hours = 0, minutes = 0, seconds = 0 }) => {
      instant += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
    },
  };
}
