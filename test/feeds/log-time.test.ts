import { expect, test } from "vitest";
import { findLogTime } from "#app/feeds/log-time.ts";

const iso = (text: string, format: "us-12-hour" | "iso", zone: string | null = null) => {
  const found = findLogTime(text, format, zone);
  return found && `${new Date(found.instant).toISOString()} ${found.zone}`;
};

test.each([
  ["06/18/2025, 12:02:04 AM UTC", "2025-06-18T00:02:04.000Z UTC"],
  ["06/18/2025, 12:02:04 PM UTC", "2025-06-18T12:02:04.000Z UTC"],
  ["06/18/2025, 11:59:59 PM PDT", "2025-06-19T06:59:59.000Z PDT"],
  ["6/8/2025, 1:02:04\u202fPM PST", "2025-06-08T21:02:04.000Z PST"],
])("%s is one instant", (text, expected) => {
  expect(iso(text, "us-12-hour")).toBe(expected);
});

test.each([
  ["2025-06-18T00:02:04.789Z", "2025-06-18T00:02:04.789Z Z"],
  ["2025-06-18 00:02:04-07:00", "2025-06-18T07:02:04.000Z -07:00"],
])("%s is one instant", (text, expected) => {
  expect(iso(text, "iso")).toBe(expected);
});

test.each([
  "",
  "06/18/2025",
  "06/18/2025, 12:02:04 AM",
  "02/30/2025, 01:00:00 AM UTC",
  "13/01/2025, 01:00:00 AM UTC",
  "06/18/2025, 00:02:04 AM UTC",
  "06/18/2025, 13:02:04 PM UTC",
  "06/18/2025, 01:60:04 PM UTC",
  "06/18/2025, 12:02:04 AM XYZ",
  "2025-06-18T00:02:04Z",
])("%s names no single instant", (text) => {
  expect(iso(text, "us-12-hour")).toBeNull();
});

test("a local time in the hour that the change of clocks repeats or skips is not guessed", () => {
  const zone = "America/Los_Angeles";
  expect(iso("2025-11-02 01:30:00", "iso", zone)).toBeNull();
  expect(iso("2025-03-09 02:30:00", "iso", zone)).toBeNull();
  expect(iso("2025-11-02 03:30:00", "iso", zone)).toBe("2025-11-02T11:30:00.000Z America/Los_Angeles");
});
