import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { isoInstant, readLogTime, type TimeFormat } from "#app/feeds/log-time.ts";

const read = (text: string, format: TimeFormat | TimeFormat[], zone: string | null = null) => {
  const found = readLogTime(text, { formats: [format].flat(), zone });
  return typeof found === "string" ? found : `${isoInstant(found.instant)} ${found.zone}`;
};

const LA = "America/Los_Angeles";

test.each<[string, TimeFormat, string, (string | null)?]>([
  ["06/18/2025, 12:02:04 AM UTC", "month-first", "2025-06-18T00:02:04.000Z UTC"],
  ["06/18/2025, 12:02:04 PM UTC", "month-first", "2025-06-18T12:02:04.000Z UTC"],
  ["06/18/2025, 11:59:59 PM PDT", "month-first", "2025-06-19T06:59:59.000Z PDT"],
  ["6/8/2025, 1:02:04\u202fPM PST", "month-first", "2025-06-08T21:02:04.000Z PST"],
  ["6/8/2025 13:02", "month-first", "2025-06-08T20:02:00.000Z America/Los_Angeles", LA],
  ["18.06.2025 0:02:04", "day-first", "2025-06-17T21:02:04.000Z Europe/Tallinn", "Europe/Tallinn"],
  ["05/06/2025 11:00 PM UTC", "day-first", "2025-06-05T23:00:00.000Z UTC"],
  ["05/06/2025 11:00 PM UTC", "month-first", "2025-05-06T23:00:00.000Z UTC"],
  ["2025-06-18T00:02:04.789Z", "iso", "2025-06-18T00:02:04.789Z Z"],
  ["2025-06-18 00:02:04-07:00", "iso", "2025-06-18T07:02:04.000Z -07:00"],
  ["2025-06-18 00:02:04.789", "iso", "2025-06-18T00:02:04.789Z UTC", "UTC"],
  ["20250618000204", "compact", "2025-06-18T00:02:04.000Z UTC", "UTC"],
  ["20250618 0002", "compact", "2025-06-18T07:02:00.000Z America/Los_Angeles", LA],
  ["1750204924789", "epoch-ms", "2025-06-18T00:02:04.789Z UTC"],
  ["1750204924.5", "epoch-s", "2025-06-18T00:02:04.500Z UTC"],
])("%s, %s, is one instant", (text, format, expected, zone = null) => {
  expect(read(text, format, zone)).toBe(expected);
});

test.each([
  ["", "time"],
  ["06/18/2025", "time"],
  ["06/18/2025, 12:02:04 AM", "time-zone"],
  ["02/30/2025, 01:00:00 AM UTC", "time"],
  ["02/29/2025, 01:00:00 AM UTC", "time"],
  ["13/01/2025, 01:00:00 AM UTC", "time-order"],
  ["06/18/2025, 00:02:04 AM UTC", "time"],
  ["06/18/2025, 13:02:04 PM UTC", "time"],
  ["06/18/2025, 01:60:04 PM UTC", "time"],
  ["06/18/2025, 12:02:04 AM XYZ", "time-zone"],
  ["2025-06-18T00:02:04Z", "time"],
  ["1750204924789", "time"],
])("%s names no single instant: %s", (text, problem) => {
  expect(read(text, "month-first")).toBe(problem);
});

test("several formats are tried in their order, and none beyond them", () => {
  const formats: TimeFormat[] = ["iso", "epoch-ms"];
  expect(read("1750204924789", formats)).toBe("2025-06-18T00:02:04.789Z UTC");
  expect(read("2025-06-18T00:02:04Z", formats)).toBe("2025-06-18T00:02:04.000Z Z");
  expect(read("06/18/2025, 12:02:04 AM UTC", formats)).toBe("time");
});

describe("a local time in the hour that the change of clocks repeats or skips is not guessed", () => {
  test.each([
    ["2025-11-02 00:59:59", "2025-11-02T07:59:59.000Z America/Los_Angeles"],
    ["2025-11-02 01:00:00", "time-repeated"],
    ["2025-11-02 01:59:59", "time-repeated"],
    ["2025-11-02 02:00:00", "2025-11-02T10:00:00.000Z America/Los_Angeles"],
    ["2025-11-02 01:30:00-07:00", "2025-11-02T08:30:00.000Z -07:00"],
    ["2025-11-02 01:30:00-08:00", "2025-11-02T09:30:00.000Z -08:00"],
    ["2025-03-09 01:59:59", "2025-03-09T09:59:59.000Z America/Los_Angeles"],
    ["2025-03-09 02:00:00", "time-skipped"],
    ["2025-03-09 02:59:59", "time-skipped"],
    ["2025-03-09 03:00:00", "2025-03-09T10:00:00.000Z America/Los_Angeles"],
  ])("%s -> %s", (text, expected) => {
    expect(read(text, "iso", LA)).toBe(expected);
  });

  test("and what is kept of a quarter of an hour holds for all of it, in zones that change by half hours too", () => {
    const zones = [LA, "Australia/Lord_Howe", "America/St_Johns", "Europe/Tallinn", "Asia/Kathmandu"];
    const minutes = fc.integer({ min: 0, max: 20 * 365 * 24 * 60 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minutes, fc.integer({ min: 0, max: 59 }), (zone, minute, second) => {
        const local = Temporal.PlainDateTime.from("2005-01-01T00:00").add({ minutes: minute, seconds: second });
        const [earlier, later] = (["earlier", "later"] as const).map(
          (disambiguation) => local.toZonedDateTime(zone, { disambiguation }).epochMilliseconds,
        );
        const found = read(local.toString({ smallestUnit: "second" }), "iso", zone);
        if (earlier === later) expect(found).toBe(`${new Date(earlier ?? 0).toISOString()} ${zone}`);
        else expect(["time-repeated", "time-skipped"]).toContain(found);
      }),
      { numRuns: 2000 },
    );
  });
});

test("an instant is written as Date writes it", () => {
  fc.assert(
    fc.property(fc.integer({ min: -8.64e12, max: 8.64e12 }), (instant) => {
      expect(isoInstant(instant)).toBe(new Date(instant).toISOString());
    }),
  );
});

test("the usual spelling is read the same by its places as by the pattern", () => {
  const two = fc.integer({ min: 0, max: 99 }).map((n) => String(n).padStart(2, "0"));
  const zone = fc.constantFrom(" UTC", " PDT", "", " XX", "UTC", " -07:00");
  const parts = fc.tuple(two, two, two, two, two, two, two, fc.constantFrom("AM", "PM", "am", "XM"), zone);
  fc.assert(
    fc.property(parts, ([month, day, century, year, hour, minute, second, half, written]) => {
      const usual = `${month}/${day}/${century}${year}, ${hour}:${minute}:${second} ${half}${written}`;
      // Without the comma only the pattern fits.
      expect(read(usual, "month-first", "UTC")).toBe(read(usual.replace(",", ""), "month-first", "UTC"));
    }),
    { numRuns: 3000 },
  );
});
