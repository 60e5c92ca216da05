import fc from "fast-check";
import { expect, test } from "vitest";
import { localMoments } from "#app/histories/signals/wall-clock.ts";
import { daysBetween, localDate, localHour } from "#app/platform/time/local-date.ts";

const ZONES = ["America/Los_Angeles", "Europe/Tallinn", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"];

test("is what the calendar and the clock say, on days on which the clock is changed too", () => {
  const instants = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) });
  // Around the changes of spring and autumn 2025 in California, and Lord Howe's of half an hour.
  const changes = fc
    .constantFrom(Date.UTC(2025, 2, 9, 10), Date.UTC(2025, 10, 2, 9), Date.UTC(2025, 3, 5, 15))
    .chain((change) => fc.integer({ min: change - 90_000_000, max: change + 90_000_000 }));
  for (const zone of ZONES) {
    const moments = localMoments(zone);
    fc.assert(
      fc.property(fc.oneof(instants, changes), (at) => {
        const { hour, day, week } = moments(at);
        const instant = new Date(at);
        expect([hour, day]).toEqual([localHour(instant, zone), daysBetween("1970-01-01", localDate(instant, zone))]);
        // 5 January 1970 was a Monday.
        expect(week).toBe(Math.floor(daysBetween("1970-01-05", localDate(instant, zone)) / 7) + 1);
      }),
      { numRuns: 150 },
    );
  }
});
