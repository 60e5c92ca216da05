import { describe, expect, test } from "vitest";
import type { ClockEvent } from "#app/law/event.ts";
import { getRule, LAW, lawWith } from "#app/law/law.ts";
import { type LawRefused, REFUSAL_CODES, type RefusalCode, sayRefusal } from "#app/law/refusal.ts";
import { events, refusalOf } from "./clock-events.ts";

interface Case {
  readonly what: string;
  readonly code: RefusalCode;
  readonly refused: () => LawRefused;
}

function ofClock(what: string, code: RefusalCode, rule: string, texts: string[], calendar?: string): Case {
  return { what, code, refused: () => refusalOf(() => LAW.compute(rule, events(...texts), { calendar })) };
}

function ofLaw(what: string, code: RefusalCode, change: string, from: string, detail: string | null): Case {
  return { what, code, refused: () => refusalOf(() => lawWith([{ change, from, detail }])) };
}

const ACCESS = "ca.ipa.access";
const CPRA = "ca.cpra.determination";
const DISCIPLINE = "ca.discipline.limit";
const BREACH = "eu.gdpr.breach";
const MENDEZ = "ca.ab-2294";

const CASES: readonly Case[] = [
  ofClock("29 February of a common year", "invalid-date", ACCESS, ["received 2026-02-29"]),
  ofClock("30 February", "invalid-date", ACCESS, ["received 2028-02-30"]),
  ofClock("an American date", "invalid-date", ACCESS, ["received 06/01/2026"]),
  ofClock("a time of day where days count", "invalid-date", ACCESS, ["received 2026-06-01T10:00"]),
  ofClock("a year before the calendars", "out-of-range", ACCESS, ["received 1999-12-31"]),
  ofClock("a date that ends after the calendars", "out-of-range", ACCESS, ["received 2100-12-15"]),
  ofClock("years that end after the calendars", "out-of-range", "ca.limit.computer", ["received 2098-01-01"]),
  ofClock("an unknown rule", "unknown-rule", "ca.nothing", ["received 2026-06-01"]),
  ofClock("a name from the machine room", "unknown-rule", "__proto__", ["received 2026-06-01"]),
  ofClock("a law that was not in force", "not-in-force", "ca.post.report", ["received 2022-12-31"]),
  ofClock("hours before their law", "not-in-force", BREACH, ["received 2018-05-24T23:59"]),
  ofClock("an unknown kind", "unknown-kind", ACCESS, ["received 2026-06-01", "sent 2026-06-02"]),
  ofClock("no receipt", "no-trigger", ACCESS, ["answered 2026-06-01"]),
  ofClock("no beginning of the hours", "no-trigger", BREACH, ["answered 2026-06-01"]),
  ofClock("two receipts", "second-trigger", ACCESS, ["received 2026-06-01", "received 2026-06-02"]),
  ofClock("an answer before receipt", "before-receipt", ACCESS, ["received 2026-06-02", "answered 2026-06-01"]),
  ofClock("an hour before the first", "before-receipt", BREACH, [
    "received 2026-06-01T10:00",
    "answered 2026-06-01T09:59",
  ]),
  ofClock("a second answer", "already-answered", ACCESS, [
    "received 2026-06-01",
    "answered 2026-06-02",
    "answered 2026-06-03",
  ]),
  ofClock("an extension after the answer", "already-answered", CPRA, [
    "received 2026-06-01",
    "answered 2026-06-02",
    "extended 2026-06-03",
  ]),
  ofClock("an extension that the law does not have", "not-extendable", ACCESS, [
    "received 2026-06-01",
    "extended 2026-06-02",
  ]),
  ofClock("an extension of the police before 2026", "not-extendable", "uk.dpa.part3", [
    "received 2026-02-04",
    "extended 2026-02-05",
  ]),
  ofClock("a pause that the law does not have", "not-pausable", ACCESS, ["received 2026-06-01", "paused 2026-06-02"]),
  ofClock("another country's calendar", "calendar-not-accepted", CPRA, ["received 2026-06-01"], "us.federal"),
  ofClock(
    "a nation that is not in the country",
    "calendar-not-accepted",
    "uk.gdpr.dsar",
    ["received 2026-06-01"],
    "ee",
  ),
  ofClock("no calendar at all", "calendar-not-accepted", "us.hipaa.accounting", ["received 2026-06-01"], "mars"),
  ofClock("no calendar for hours", "calendar-not-accepted", BREACH, ["received 2026-06-01"], "mars"),
  ofClock("a 25th hour", "invalid-hour", BREACH, ["received 2026-06-01T24:00"]),
  ofClock("a word for an hour", "invalid-hour", BREACH, ["received noon"]),
  ofClock("a wrong hour of the answer", "invalid-hour", BREACH, ["received 2026-06-01", "answered 2026-06-02T9:00"]),
  ofClock("a notice a day late", "extended-late", CPRA, ["received 2026-11-16", "extended 2026-12-01"]),
  ofClock("a second extension", "extended-twice", CPRA, [
    "received 2026-06-01",
    "extended 2026-06-02",
    "extended 2026-06-03",
  ]),
  ofClock("a ground that is none", "ground-not-allowed", CPRA, ["received 2026-06-01", "extended 2026-06-02 too-busy"]),
  ofClock("a ground before its time", "ground-not-allowed", CPRA, [
    "received 2025-12-31",
    "extended 2025-12-31 cyberattack",
  ]),
  ofClock("a pause on a ground that is none", "ground-not-allowed", DISCIPLINE, [
    "received 2026-06-01",
    "paused 2026-06-02 holidays",
  ]),
  ofClock("identity that nobody asked for", "not-begun", ACCESS, [
    "received 2026-06-01",
    "identity-received 2026-06-02",
  ]),
  ofClock("going on without a pause", "not-begun", DISCIPLINE, ["received 2026-06-01", "resumed 2026-06-02"]),
  ofClock("the same question twice", "already-begun", ACCESS, [
    "received 2026-06-01",
    "identity-asked 2026-06-02",
    "identity-asked 2026-06-03",
  ]),
  ofLaw("an unknown change", "unknown-change", "ca.nothing", "2027-01-01", null),
  ofLaw("a change from no day", "invalid-date", "ca.ab-1821", "2027-02-30", null),
  ofLaw("a change that alters no rule, from no day", "invalid-date", "ca.sb-1013", "soon", null),
  ofLaw("a new holiday without its day", "invalid-month-day", MENDEZ, "2027-01-01", null),
  ofLaw("a new holiday on no day", "invalid-month-day", MENDEZ, "2027-01-01", "02-30"),
  ...[0, 15, 1.5, Number.NaN, -1].map((length): Case => {
    const list: ClockEvent[] = [...events("received 2026-06-01"), { kind: "extended", on: "2026-06-02", length }];
    return {
      what: `an extension of ${length} days`,
      code: "extension-too-long",
      refused: () => refusalOf(() => LAW.compute(CPRA, list)),
    };
  }),
];

describe("the law refuses", () => {
  test.each(CASES)("$what: $code, with a sentence in both languages", ({ code, refused }) => {
    const refusal = refused();
    expect(refusal.code).toBe(code);
    expect(refusal.message).toMatch(/^[\p{L}\p{N}“].+\.$/u);
    expect(sayRefusal(refusal, "es")).not.toBe(refusal.message);
    expect(refusal.message + sayRefusal(refusal, "es")).not.toContain("undefined");
  });

  test("every code is reached here", () => {
    expect([...new Set(CASES.map(({ code }) => code))].toSorted()).toEqual([...REFUSAL_CODES].toSorted());
  });

  test("it says what it would accept", () => {
    const said = (rule: string, ...texts: string[]) => refusalOf(() => LAW.compute(rule, events(...texts))).message;
    expect(said(CPRA, "received 2026-01-01", "extended 2026-01-01 x")).toContain("voluminous");
    expect(said(ACCESS, "received 2026-06-01", "sent 2026-06-02")).toContain("identity-asked");
    // Before the first version the message names that one, not the newest.
    expect(said("uk.gdpr.dsar", "received 2018-05-24")).toContain("≥ 2018-05-25");
    expect(refusalOf(() => getRule("ca.nothing")).message).toContain("ca.nothing");
  });

  test("a 29 February is a day of the year", () => {
    expect(lawWith([{ change: MENDEZ, from: "2027-01-01", detail: "02-29" }]).listRules().length).toBeGreaterThan(0);
  });
});
