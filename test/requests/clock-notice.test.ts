import { describe, expect, test } from "vitest";
import type { Clock } from "#app/law/clock.ts";
import {
  DATE_NOTED,
  isOfficeHour,
  listResidentNotices,
  newestTurn,
  noticesDue,
  type ToldNotice,
  wasOverdue,
} from "#app/requests/clock-notice.ts";

/** A clock that says what a table needs it to say: due on Friday, May 15; arguably on Monday, May 18. */
function clockOf(facts: Partial<Clock> = {}): Clock {
  return {
    rule: "test",
    cite: "Test § 1",
    nominal: "2026-05-15",
    due: "2026-05-15",
    latest: "2026-05-18",
    noticeDue: null,
    status: "running",
    receivedOn: "2026-05-01",
    startedOn: "2026-05-01",
    extendedOn: null,
    answeredOn: null,
    stoppedSince: null,
    pauses: [],
    steps: [],
    ...facts,
  };
}

const said = (kind: string, audience: "resident" | "staff", facts: Partial<ToldNotice> = {}): ToldNotice => ({
  kind,
  audience,
  eventId: "received",
  due: "2026-05-15",
  dueBefore: null,
  at: new Date("2026-05-01T17:00:00Z"),
  ...facts,
});

/** The resident knows the date from the confirmation. */
const ACKNOWLEDGED = said("acknowledged", "resident");

function due(today: string, clock: Clock = clockOf(), told: ToldNotice[] = [ACKNOWLEDGED], eventId = "received") {
  return noticesDue({ clock, eventId, today, told, promised: null }).map(({ audience, kind }) => `${audience} ${kind}`);
}

test.each([
  ["2026-05-01", []],
  ["2026-05-07", []],
  ["2026-05-08", ["staff soon-7"]],
  ["2026-05-09", ["staff soon-7"]],
  ["2026-05-11", ["staff soon-7"]],
  ["2026-05-12", ["staff soon-3"]],
  ["2026-05-13", ["staff soon-3"]],
  ["2026-05-14", ["staff soon-1"]],
  ["2026-05-15", ["staff due-today"]],
  ["2026-05-16", ["staff overdue"]],
  // The last day in the later reading is still the agency's.
  ["2026-05-18", ["staff overdue"]],
  ["2026-05-19", ["staff overdue", "resident may-complain"]],
  ["2026-09-30", ["staff overdue", "resident may-complain"]],
])("on %s, with nothing told before, only what is right that day is due", (today, expected) => {
  expect(due(today)).toEqual(expected);
});

const STANDING: [string, string, Partial<Clock>, ToldNotice[], string[]][] = [
  ["what was told is not told again", "2026-05-12", {}, [ACKNOWLEDGED, said("soon-3", "staff")], []],
  [
    "a step told before is not the next one",
    "2026-05-14",
    {},
    [ACKNOWLEDGED, said("soon-3", "staff")],
    ["staff soon-1"],
  ],
  [
    "late is told once",
    "2026-06-20",
    {},
    [ACKNOWLEDGED, said("overdue", "staff"), said("may-complain", "resident")],
    [],
  ],
  ["an answered case is silent", "2026-06-20", { status: "answered", answeredOn: "2026-05-20" }, [ACKNOWLEDGED], []],
  [
    "an answered case is silent, also of a date that moved",
    "2026-06-20",
    { due: "2026-05-18", status: "answered", answeredOn: "2026-05-15" },
    [ACKNOWLEDGED],
    [],
  ],
  [
    "a clock that stands still is silent",
    "2026-05-14",
    { status: "paused", stoppedSince: "2026-05-10" },
    [ACKNOWLEDGED],
    [],
  ],
  [
    "a date that moves while the clock stands still is told",
    "2026-05-14",
    { due: "2026-05-18", latest: "2026-05-18", status: "waiting", stoppedSince: "2026-05-10" },
    [ACKNOWLEDGED],
    ["resident moved", "staff moved"],
  ],
  [
    "a date that moved is told with the day's own step",
    "2026-05-15",
    { due: "2026-05-18" },
    [ACKNOWLEDGED, said("soon-3", "staff")],
    ["resident moved", "staff moved", "staff soon-3"],
  ],
  [
    "a move that the act itself has told is not told again",
    "2026-05-20",
    { due: "2026-05-29", latest: "2026-05-29" },
    [ACKNOWLEDGED, said("extended", "resident", { due: "2026-05-29", eventId: "extended" })],
    [],
  ],
  [
    "what staff were told is not what the resident knows",
    "2026-05-05",
    { due: "2026-05-18" },
    [ACKNOWLEDGED, said("soon-7", "staff", { due: "2026-05-18" })],
    ["resident moved", "staff moved"],
  ],
  ["a case of which nothing was told gets its date noted", "2026-05-05", {}, [], [`resident ${DATE_NOTED}`]],
  [
    "and is late or not all the same",
    "2026-05-19",
    {},
    [],
    [`resident ${DATE_NOTED}`, "staff overdue", "resident may-complain"],
  ],
  ["noted is known", "2026-05-05", {}, [said(DATE_NOTED, "resident")], []],
  [
    "a move from a noted date is told",
    "2026-05-05",
    { due: "2026-05-14" },
    [said(DATE_NOTED, "resident")],
    ["resident moved", "staff moved"],
  ],
  [
    "the date of a count of hours is its day",
    "2026-05-15",
    { due: "2026-05-15T16:30", latest: "2026-05-15T16:30" },
    [ACKNOWLEDGED],
    ["staff due-today"],
  ],
];

test.each(STANDING)("%s", (_name, today, facts, told, expected) => {
  expect(due(today, clockOf(facts), told)).toEqual(expected);
});

describe("a clock that has changed is told anew", () => {
  const told = [ACKNOWLEDGED, said("soon-3", "staff")];

  test("after a turn, of the same date", () => {
    expect(due("2026-05-12", clockOf(), told, "resumed")).toEqual(["staff soon-3"]);
    expect(due("2026-05-12", clockOf(), told, "received")).toEqual([]);
  });

  test("to another date", () => {
    const moved = said("moved", "resident", { due: "2026-05-18", dueBefore: "2026-05-15" });
    const late = [...told, said("overdue", "staff"), moved];
    expect(due("2026-05-18", clockOf({ due: "2026-05-18" }), late)).toEqual(["staff due-today"]);
    expect(due("2026-05-19", clockOf({ due: "2026-05-18" }), late)).toEqual(["staff overdue", "resident may-complain"]);
  });

  test("a date that goes to and fro is told each time, as a row of its own", () => {
    const rows: ToldNotice[] = [ACKNOWLEDGED];
    const move = (to: string) => {
      const clock = clockOf({ due: to });
      const found = noticesDue({ clock, eventId: "received", today: "2026-05-02", told: rows, promised: null });
      rows.push(...found.map((notice) => ({ ...notice, at: new Date("2026-05-02T17:00:00Z") })));
      return found.map(({ kind, dueBefore, due: now }) => `${kind} ${dueBefore} ${now}`);
    };
    expect(move("2026-05-15")).toEqual([]);
    const twice = (text: string) => [text, text];
    expect(move("2026-05-18")).toEqual(twice("moved 2026-05-15 2026-05-18"));
    expect(move("2026-05-18")).toEqual([]);
    expect(move("2026-05-15")).toEqual(twice("moved 2026-05-18 2026-05-15"));
    expect(move("2026-05-18")).toEqual(twice("moved-2 2026-05-15 2026-05-18"));
    expect(move("2026-05-15")).toEqual(twice("moved-2 2026-05-18 2026-05-15"));
    const keys = rows.map(({ kind, audience, eventId, due: on }) => [kind, audience, eventId, on].join(" "));
    expect(new Set(keys).size, "the table keeps each once").toBe(keys.length);
    expect(listResidentNotices(rows).map(({ kind }) => kind)).toEqual(["acknowledged", ...Array(4).fill("moved")]);
  });
});

describe("the newest turn", () => {
  const event = (id: string) => ({ id });
  const all = ["received", "fee-asked", "paused", "resumed", "information-asked"].map(event);
  /** Asking changes nothing; the pause of no days stops the clock and lets it run again. */
  const read = (events: readonly { id: string }[]) =>
    clockOf({ stoppedSince: events.at(events.length > 3 ? 3 : -1)?.id === "paused" ? "2026-05-06" : null });

  test.each([
    [1, "received"],
    [2, "received"],
    [3, "paused"],
    [4, "resumed"],
    [5, "resumed"],
  ])("of the first %d events", (count, expected) => {
    expect(newestTurn(all.slice(0, count), read)).toBe(expected);
  });

  test("none without an event", () => {
    expect(() => newestTurn([], () => clockOf())).toThrow("without an event");
  });
});

test("having been late is never erased", () => {
  const late = clockOf();
  const moved = clockOf({ due: "2026-06-01", latest: "2026-06-01" });
  const answered = clockOf({ due: "2026-06-01", status: "answered", answeredOn: "2026-05-28" });
  const told = [said("soon-1", "staff"), said("overdue", "staff")];
  expect(wasOverdue(late, "2026-05-15", [])).toBe(false);
  expect(wasOverdue(late, "2026-05-16", [])).toBe(true);
  for (const clock of [moved, answered]) {
    expect(wasOverdue(clock, "2026-05-29", [said("soon-1", "staff")])).toBe(false);
    expect(wasOverdue(clock, "2026-05-29", told)).toBe(true);
  }
});

test("a resident's page shows what the resident was told, and nothing of what staff were", () => {
  const told = [
    said(DATE_NOTED, "resident"),
    said("soon-3", "staff"),
    said("moved", "staff"),
    said("may-complain", "resident"),
  ];
  expect(listResidentNotices(told)).toEqual([
    { kind: "may-complain", at: new Date("2026-05-01T17:00:00Z"), due: "2026-05-15", dueBefore: null },
  ]);
});

test.each([
  ["America/Los_Angeles", "2026-03-07T14:59:59Z", false],
  ["America/Los_Angeles", "2026-03-07T15:00:00Z", true],
  // Summer time begins: the morning comes an hour earlier.
  ["America/Los_Angeles", "2026-03-08T13:59:59Z", false],
  ["America/Los_Angeles", "2026-03-08T14:00:00Z", true],
  ["America/Los_Angeles", "2026-11-01T14:30:00Z", false],
  ["America/Los_Angeles", "2026-11-01T15:00:00Z", true],
  ["Europe/Tallinn", "2026-03-28T04:59:00Z", false],
  ["Europe/Tallinn", "2026-03-29T04:00:00Z", true],
  ["Europe/Tallinn", "2026-10-25T04:59:00Z", false],
  ["Europe/Tallinn", "2026-10-25T05:00:00Z", true],
  ["Asia/Kolkata", "2026-05-01T01:29:00Z", false],
  ["Asia/Kolkata", "2026-05-01T01:30:00Z", true],
  // Whoever is late may still be told today, up to midnight.
  ["America/Los_Angeles", "2026-05-02T06:59:59Z", true],
  ["America/Los_Angeles", "2026-05-02T07:00:00Z", false],
])("letters leave from seven in the morning in %s: %s", (zone, now, expected) => {
  expect(isOfficeHour(new Date(now), zone)).toBe(expected);
});
