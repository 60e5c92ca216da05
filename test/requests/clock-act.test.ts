import { describe, expect, it, test } from "vitest";
import type { ClockEvent } from "#app/law/event.ts";
import { LAW } from "#app/law/law.ts";
import { listClockSteps, previewEvent } from "#app/requests/case-clock.ts";
import { CLOCK_ACTS, type ClockAct, listClockActs, type Standing, whyNot } from "#app/requests/clock-act.ts";
import { en } from "#app/ui/words/en/index.ts";
import { es } from "#app/ui/words/es/index.ts";

const CPRA = "ca.cpra.determination";
const IPA = "ca.ipa.access";
const HIPAA = "us.hipaa.accounting";

/** Received Monday, March 2, 2026: due March 12 (CPRA), April 1 (IPA), May 1 (HIPAA). */
const RECEIVED: ClockEvent = { kind: "received", on: "2026-03-02" };

function standing(rule: string, events: readonly ClockEvent[], today: string): Standing {
  const all = [RECEIVED, ...events];
  const clock = LAW.compute(rule, all);
  return { rule: LAW.getRule(rule, RECEIVED.on), clock, events: all, today };
}

const extended: ClockEvent = { kind: "extended", on: "2026-03-05", length: 7, ground: "voluminous" };
const asked: ClockEvent = { kind: "identity-asked", on: "2026-03-04" };
const came: ClockEvent = { kind: "identity-received", on: "2026-03-06" };
const paused: ClockEvent = { kind: "paused", on: "2026-03-10", ground: "written-statement" };
const answered: ClockEvent = { kind: "answered", on: "2026-03-09" };

describe("what the clock allows today", () => {
  it.each<[ClockAct, string, readonly ClockEvent[], string, string | null, Record<string, string>?]>([
    ["extend", CPRA, [], "2026-03-02", null],
    ["extend", CPRA, [], "2026-03-12", null],
    ["extend", CPRA, [], "2026-03-13", "whyNoticeLate", { date: "2026-03-12" }],
    ["extend", CPRA, [extended], "2026-03-06", "whyExtendedOnce", { date: "2026-03-05" }],
    ["extend", IPA, [], "2026-03-03", "whyNoExtension", { cite: "Civ. Code § 1798.34(a)" }],
    ["extend", CPRA, [answered], "2026-03-10", "whyAnswered", { date: "2026-03-09" }],
    // Asking stops nothing here, so that it gives no more time for the notice either.
    ["extend", CPRA, [asked], "2026-03-13", "whyNoticeLate"],
    // While the period stands still its end has not come.
    ["extend", HIPAA, [paused], "2026-06-01", null],

    ["ask-identity", IPA, [], "2026-03-03", null],
    ["ask-identity", IPA, [asked], "2026-03-05", "whyAsked", { date: "2026-03-04" }],
    ["ask-identity", IPA, [asked, came], "2026-03-07", null],
    ["ask-information", IPA, [asked], "2026-03-05", null],
    // Too late to move the date, not too late to ask.
    ["ask-fee", CPRA, [], "2026-05-01", null],
    ["ask-identity", CPRA, [answered], "2026-03-10", "whyAnswered"],

    ["record-identity", IPA, [], "2026-03-05", "whyNotAsked"],
    ["record-identity", IPA, [asked], "2026-03-05", null],
    ["record-identity", IPA, [asked, came], "2026-03-07", "whyNotAsked"],
    ["record-fee", IPA, [asked], "2026-03-05", "whyNotAsked"],
    ["record-identity", CPRA, [asked], "2026-03-20", null],

    ["pause", CPRA, [], "2026-03-03", "whyNoPause", { cite: "Gov. Code § 7922.535(a)" }],
    ["pause", IPA, [], "2026-03-03", "whyNoPause"],
    ["pause", HIPAA, [], "2026-03-03", null],
    ["pause", HIPAA, [paused], "2026-03-11", "whyPaused", { date: "2026-03-10" }],
    // A day of the past could be named, and would take back that the answer was late.
    ["pause", HIPAA, [], "2026-05-05", "whyPauseLate", { date: "2026-05-01" }],
    ["resume", HIPAA, [], "2026-03-03", "whyNotPaused"],
    ["resume", HIPAA, [paused], "2026-03-11", null],

    ["determination", CPRA, [], "2026-03-03", null],
    ["determination", CPRA, [], "2026-09-03", null],
    ["determination", IPA, [], "2026-03-03", "whyNoDetermination"],
    ["denial", CPRA, [extended], "2026-03-08", null],
    ["denial", IPA, [asked], "2026-03-05", null],
    ["denial", HIPAA, [], "2026-03-03", "whyNoDenial"],
    ["denial", CPRA, [answered], "2026-03-10", "whyAnswered"],
  ])("%s under %s after %j on %s: %s", (act, rule, events, today, expected, params) => {
    const why = whyNot(act, standing(rule, events, today));
    expect(why?.key ?? null).toBe(expected === null ? null : `letters.${expected}`);
    if (params) expect(why?.params).toMatchObject(params);
  });

  it("offers nothing that the law's arithmetic then refuses", () => {
    const days = ["2026-03-02", "2026-03-12", "2026-03-13", "2026-04-02", "2026-05-04"];
    const histories = [[], [asked], [asked, came], [extended], [paused]];
    for (const rule of [CPRA, IPA, HIPAA]) {
      for (const events of histories) {
        if (rule !== HIPAA && events.includes(paused)) continue;
        if (rule !== CPRA && events.includes(extended)) continue;
        for (const today of days.filter((day) => events.every(({ on }) => on <= day))) {
          const now = standing(rule, events, today);
          if (whyNot("extend", now) !== null) continue;
          const event: ClockEvent = { kind: "extended", on: today, length: 1 };
          expect(() => LAW.compute(rule, [...now.events, event] as ClockEvent[]), `${rule} ${today}`).not.toThrow();
        }
      }
    }
  });

  it("lists every act once, in one order", () => {
    expect(listClockActs(standing(CPRA, [], "2026-03-03")).map(({ act }) => act)).toEqual([...CLOCK_ACTS]);
  });

  it("says each reason in one sentence of either language", () => {
    const reasons = Object.keys(en.letters).filter((key) => key.startsWith("why"));
    expect(reasons).toHaveLength(12);
    for (const words of [en.letters, es.letters]) {
      for (const key of reasons) expect(words[key as keyof typeof words], key).toMatch(/^\S.*\.$/);
    }
  });
});

const agency = { closures: ["2026-03-26"], calendar: null, kind: "local-agency" } as const;

test("a preview sets the dates before and after an event side by side", () => {
  const running = { rule: CPRA, agency, law: LAW, clock: [RECEIVED] };
  const { before, after } = previewEvent(running, { kind: "extended", on: "2026-03-05", length: 14 });
  expect([before.due, before.noticeDue]).toEqual(["2026-03-12", "2026-03-12"]);
  // Fourteen days from the nominal end, moved off the day on which this office is closed.
  expect([after.nominal, after.due, after.latest]).toEqual(["2026-03-26", "2026-03-27", "2026-03-27"]);
});

test("each event is shown with what it did to the date", () => {
  const clock = [
    RECEIVED,
    asked,
    { kind: "identity-received", on: "2026-03-20" },
    { kind: "answered", on: "2026-03-25" },
  ];
  const steps = listClockSteps({
    rule: IPA,
    agency: { closures: [], calendar: null, kind: "state-agency" },
    law: LAW,
    clock,
  });
  expect(steps.map(({ event, dueBefore, due }) => [event.kind, dueBefore, due])).toEqual([
    ["received", null, "2026-04-01"],
    ["identity-asked", "2026-04-01", "2026-04-01"],
    ["identity-received", "2026-04-01", "2026-04-20"],
    ["answered", "2026-04-20", "2026-04-20"],
  ]);
});
