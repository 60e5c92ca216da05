import { expect, test } from "vitest";
import type { CalendarDate } from "#app/statistics/calendar-date.ts";
import { writeCalendar } from "#app/statistics/calendar-file.ts";
import { en } from "#app/ui/words/en/index.ts";
import { es } from "#app/ui/words/es/index.ts";
import { readIcs } from "#test/statistics/ics.ts";

const ID = "3f1f6b2e-6c0c-4a57-9c0f-0d2d0a4e8b11";

const date = (change: Partial<CalendarDate> = {}): CalendarDate => ({
  uid: `${ID}-due`,
  kind: "due",
  number: "WL-2026-00012-A",
  on: "2026-03-12",
  revision: { sequence: 2, since: new Date("2026-03-02T17:00:00.000Z") },
  path: `/desk/cases/${ID}`,
  ...change,
});

const write = (
  dates: readonly CalendarDate[],
  summary = "{{number}}: answer due",
  name: string = en.calendar.feedName,
) =>
  Buffer.from(
    writeCalendar(dates, "https://portal.example", {
      name,
      summaryOf: ({ number }) => summary.replace("{{number}}", number),
    }),
  );

test("a day as a strict reader of RFC 5545 finds it", () => {
  const { name, events } = readIcs(write([date()]));
  expect(name).toBe("WhoLooked dates");
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({
    uid: `${ID}-due`,
    sequence: 2,
    stamp: "20260302T170000Z",
    on: "2026-03-12",
    summary: "WL-2026-00012-A: answer due",
    description: `https://portal.example/desk/cases/${ID}`,
    url: `https://portal.example/desk/cases/${ID}`,
  });
  const { properties } = events[0]!;
  expect(properties.get("TRANSP")).toBe("TRANSPARENT");
  expect(properties.get("CLASS")).toBe("PRIVATE");
  for (const never of ["LOCATION", "ATTENDEE", "ORGANIZER", "GEO", "DTEND"]) expect(properties.has(never)).toBe(false);
});

test("an empty calendar is one too", () => {
  expect(readIcs(write([])).events).toEqual([]);
});

test("the same days are the same bytes, whatever the time is", () => {
  expect(write([date()])).toEqual(write([date()]));
});

test.each(["2026-01-01", "2026-03-08", "2026-11-01", "2028-02-29", "2099-12-31"])(
  "%s stays that day: no zone and no change of the clocks moves it",
  (on) => {
    expect(readIcs(write([date({ on })])).events.map((event) => event.on)).toEqual([on]);
  },
);

test("the words of both languages are whole and escaped, however long", () => {
  const sentences = [en, es].flatMap(({ calendar }) => [
    calendar.dayDue,
    calendar.dayTarget,
    calendar.dayNotice,
    calendar.dayComplaint,
    calendar.dayFollowed,
    `{{number}}, a; b \\ c\n${"ñandú 漢字 🦉 ".repeat(20)}`,
  ]);
  for (const sentence of sentences) {
    const { events } = readIcs(write([date()], sentence));
    expect(events[0]?.summary).toBe(sentence.replace("{{number}}", "WL-2026-00012-A"));
  }
  for (const { calendar } of [en, es]) expect(readIcs(write([], "", calendar.feedName)).name).toBe(calendar.feedName);
});

test.each([
  ["a bare line feed", (file: string) => file.replaceAll("\r\n", "\n")],
  ["no line break at the end", (file: string) => file.slice(0, -2)],
  ["a long line", (file: string) => file.replace("SUMMARY:", `SUMMARY:${"x".repeat(80)}`)],
  ["no UID", (file: string) => file.replace(/UID:.*\r\n/, "")],
  ["no DTSTAMP", (file: string) => file.replace(/DTSTAMP:.*\r\n/, "")],
  ["a local stamp", (file: string) => file.replace(/(DTSTAMP:\d+T\d+)Z/, "$1")],
  ["a day that is none", (file: string) => file.replace("VALUE=DATE:20260312", "VALUE=DATE:20260231")],
  ["a bare comma", (file: string) => file.replace(": answer", ", answer")],
  ["a place", (file: string) => file.replace("SUMMARY:", "LOCATION:Here\r\nSUMMARY:")],
  ["no version", (file: string) => file.replace("VERSION:2.0\r\n", "")],
  ["an event that does not end", (file: string) => file.replace("END:VEVENT\r\n", "")],
])("the reader itself refuses %s", (_name, spoil) => {
  const file = write([date()]).toString("utf8");
  expect(() => readIcs(Buffer.from(file))).not.toThrow();
  expect(spoil(file)).not.toBe(file);
  expect(() => readIcs(Buffer.from(spoil(file)))).toThrow();
});
