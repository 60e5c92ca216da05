import { describe, expect, test } from "vitest";
import type { Calendar } from "#app/law/calendar.ts";
import { calendarOf } from "#app/law/calendar.ts";
import { CALENDARS } from "#app/law/calendars.ts";
import type { Clock, ClockOptions } from "#app/law/clock.ts";
import { compute, daysLeft, firstComplaintDay, isOverdue } from "#app/law/clock.ts";
import { getRule, LAW } from "#app/law/law.ts";
import { addPeriod } from "#app/law/local-date.ts";
import type { Rule } from "#app/law/rule.ts";
import { sayStep } from "#app/law/step.ts";
import { nothingStops, pauses, startsClock } from "#app/law/stops.ts";
import { events, refusalOf } from "./clock-events.ts";

function clockOf(rule: string, ...texts: string[]) {
  return LAW.compute(rule, events(...texts));
}

function wordsOf(clock: Clock): string[] {
  return clock.steps.map((step) => step.what);
}

describe("extensions", () => {
  test("14 days are added to the nominal end, not to the day it rolled to", () => {
    // Day 10 is Thanksgiving, rolled to Monday 30 November; 14 days from the nominal end is 10 December.
    const clock = clockOf("ca.cpra.determination", "received 2026-11-16", "extended 2026-11-25");
    expect(clock).toMatchObject({ nominal: "2026-12-10", due: "2026-12-10", noticeDue: "2026-11-30" });
  });

  test("an extension ends rolled once, at the very end", () => {
    const clock = clockOf("ca.cpra.determination", "received 2026-11-01", "extended 2026-11-10");
    expect(clock).toMatchObject({ nominal: "2026-11-25", due: "2026-11-25", noticeDue: "2026-11-12" });
    const rolled = clockOf("ca.cpra.determination", "received 2026-11-02", "extended 2026-11-10");
    expect(rolled).toMatchObject({ nominal: "2026-11-26", due: "2026-11-30", noticeDue: "2026-11-12" });
  });

  test("a shorter extension than the longest may be taken", () => {
    const received = { kind: "received", on: "2026-06-01" } as const;
    const rule = getRule("ca.cpra.determination");
    expect(compute(rule, [received, { kind: "extended", on: "2026-06-02", length: 3 }]).nominal).toBe("2026-06-14");
  });

  test("on the last day for the notice it is in time, one day later it is refused", () => {
    const last = ["received 2026-11-16", "extended 2026-11-30"];
    expect(clockOf("ca.cpra.determination", ...last).extendedOn).toBe("2026-11-30");
    const late = ["received 2026-11-16", "extended 2026-12-01"];
    expect(refusalOf(() => clockOf("ca.cpra.determination", ...late)).code).toBe("extended-late");
  });

  test("a ground must be one that the law knew on the day of receipt", () => {
    const rule = getRule("ca.cpra.determination");
    const extend = (received: string, ground: string) =>
      compute(rule, [
        { kind: "received", on: received },
        { kind: "extended", on: received, ground },
      ]);
    expect(extend("2026-01-01", "cyberattack").extendedOn).toBe("2026-01-01");
    expect(refusalOf(() => extend("2025-12-31", "cyberattack")).code).toBe("ground-not-allowed");
    expect(refusalOf(() => extend("2026-01-01", "too-busy")).message).toContain("voluminous");
  });

  test("a review of a correction may take 30 days more, and only once", () => {
    const clock = clockOf("ca.ipa.amend.review", "received 2026-06-01", "extended 2026-06-20");
    expect(clock).toMatchObject({ nominal: "2026-07-31", due: "2026-07-31", noticeDue: "2026-07-01" });
  });
});

describe("asking back", () => {
  test("nothing that an agency asks stops the public-records clock, and the derivation says so", () => {
    const plain = clockOf("ca.cpra.determination", "received 2026-06-01");
    const asked = clockOf(
      "ca.cpra.determination",
      "received 2026-06-01",
      "information-asked 2026-06-03",
      "information-received 2026-06-08",
      "fee-asked 2026-06-08",
      "identity-asked 2026-06-09",
    );
    expect(asked).toMatchObject({ due: plain.due, latest: plain.latest, status: "running" });
    expect(asked.steps.filter((step) => step.what === "stop-without-effect")).toHaveLength(3);
  });

  test("access to one's own record counts from the proof of identity", () => {
    const clock = clockOf(
      "ca.ipa.access",
      "received 2026-06-01",
      "identity-asked 2026-06-03",
      "identity-received 2026-06-10",
    );
    expect(clock).toMatchObject({ startedOn: "2026-06-10", due: "2026-07-10", status: "running" });
  });

  test("while identity is awaited the clock is not overdue, and says what it waits for", () => {
    const clock = clockOf("ca.ipa.access", "received 2026-06-01", "identity-asked 2026-06-03");
    expect(clock).toMatchObject({ status: "waiting", stoppedSince: "2026-06-03" });
    expect(isOverdue(clock, "2026-12-01")).toBe(false);
  });

  test("asking after the time is over changes nothing, and overdue stays overdue", () => {
    const clock = clockOf("ca.ipa.access", "received 2026-06-01", "identity-asked 2026-07-02");
    expect(clock).toMatchObject({ due: "2026-07-01", status: "running" });
    expect(isOverdue(clock, "2026-07-03")).toBe(true);
    expect(clock.steps.map((step) => step.what)).toContain("stop-too-late");
  });
});

describe("pauses", () => {
  /** A rule of another law: one month, paused while information is awaited, both end days left out. */
  const base = getRule("ca.ipa.access");
  const paused: Rule = {
    ...base,
    id: "test.pause",
    period: { length: 1, unit: "months" },
    rolling: { calendar: "test.weekends", national: [], arguable: [], cite: "-", arguableCite: "-" },
    extension: {
      max: { length: 2, unit: "months" },
      who: base.title,
      noticeMustSay: base.title,
      grounds: [],
      cite: "-",
      evidence: "V",
    },
    stops: {
      ...nothingStops("-"),
      identity: startsClock({ cite: "-" }),
      information: pauses("both", { noticeToo: true, cite: "-" }),
      fee: pauses("one", { noticeToo: false, cite: "-" }),
    },
  };
  const judicial = CALENDARS.get("ca.judicial") as Calendar;
  const weekends = calendarOf("test.weekends", "-", (year) => {
    const days = new Map();
    for (let day = 0; day < 366; day += 1) {
      const on = addPeriod(`${year}-01-01`, day, "days");
      const why = judicial.find(on);
      if (why && /^(saturday|sunday)$/.test(why.id)) days.set(on, why);
    }
    return days;
  });
  const options: ClockOptions = { calendars: new Map([[weekends.id, weekends]]) };
  const due = (...texts: string[]) => compute(paused, events(...texts), options).due;

  test("both end days are left out, and the end rolls once (collected examples 15 and 17)", () => {
    expect(due("received 2026-09-03", "information-asked 2026-09-10", "information-received 2026-09-17")).toBe(
      "2026-10-12",
    );
    expect(due("received 2026-01-31", "information-asked 2026-02-10", "information-received 2026-02-16")).toBe(
      "2026-03-09",
    );
  });

  test("three months run from the original start (collected example 13)", () => {
    expect(due("received 2027-01-31", "extended 2027-02-10")).toBe("2027-04-30");
  });

  test("a day inside two pauses is left out once, in whichever order they end", () => {
    const inner = ["information-asked 2026-09-10", "fee-asked 2026-09-11"];
    const first = due("received 2026-09-03", ...inner, "information-received 2026-09-17", "fee-paid 2026-09-18");
    const second = due("received 2026-09-03", ...inner, "fee-paid 2026-09-16", "information-received 2026-09-18");
    // 10 to 18 September are nine days: 3 October and nine days.
    expect([first, second]).toEqual(["2026-10-12", "2026-10-12"]);
  });

  test("an open pause stops the clock from being overdue; a pause asked for too late does not", () => {
    const open = compute(paused, events("received 2026-09-03", "information-asked 2026-09-10"), options);
    expect([open.status, isOverdue(open, "2027-01-01")]).toEqual(["paused", false]);
    const late = compute(paused, events("received 2026-09-03", "information-asked 2026-10-06"), options);
    expect([late.status, isOverdue(late, "2027-01-01")]).toEqual(["running", true]);
  });

  test("the time for the notice is paused only by what the law says pauses it", () => {
    const notice = (...texts: string[]) => compute(paused, events("received 2026-09-03", ...texts), options).noticeDue;
    expect(notice("information-asked 2026-09-10", "information-received 2026-09-17")).toBe("2026-10-12");
    expect(notice("fee-asked 2026-09-10", "fee-paid 2026-09-17")).toBe("2026-10-05");
  });

  test("day 0 counts in no period, and so no pause takes it out", () => {
    // 4 to 10 September are seven days: 3 October and seven days is Saturday the 10th.
    expect(due("received 2026-09-03", "information-asked 2026-09-03", "information-received 2026-09-10")).toBe(
      "2026-10-12",
    );
    const month = { ...paused, rolling: null };
    const asked = events("received 2026-09-03", "information-asked 2026-09-03", "information-received 2026-09-10");
    expect(compute(month, asked).due).toBe("2026-10-10");
  });

  test("a pause begun on the day to which the law moved the end leaves the time it found", () => {
    // 3 October is a Saturday; asked on Monday the 5th, told on the 7th: the agency has the 8th.
    const clock = ["received 2026-09-03", "information-asked 2026-10-05", "information-received 2026-10-07"];
    expect(due(...clock)).toBe("2026-10-08");
  });

  test("no period ends while it stands still", () => {
    const fee = ["received 2026-08-31", "fee-asked 2026-09-30", "fee-paid 2026-10-02"];
    expect(due(...fee)).toBe("2026-10-02");
    const working: Rule = { ...paused, period: { length: 3, unit: "working-days" }, extension: null };
    const asked = events("received 2026-09-28", "fee-asked 2026-10-01", "fee-paid 2026-10-04");
    expect(compute(working, asked, options).due).toBe("2026-10-05");
  });

  test("a pause after the time for the notice does not bring that time back", () => {
    const taken = ["received 2026-09-03", "extended 2026-10-01"];
    const asked = ["information-asked 2026-11-10", "information-received 2026-11-17"];
    const clock = compute(paused, events(...taken, ...asked), options);
    expect(clock).toMatchObject({ noticeDue: "2026-10-05", nominal: "2026-12-11", due: "2026-12-11" });
  });

  test("of two pauses only the one that pauses the notice moves it, also inside the other", () => {
    const inside = ["fee-asked 2026-09-08", "information-asked 2026-09-10", "fee-paid 2026-09-20"];
    const clock = compute(paused, events("received 2026-09-03", ...inside, "information-received 2026-09-17"), options);
    // 9 to 20 September are twelve days; of the notice's time 10 to 17 are eight.
    expect(clock).toMatchObject({ due: "2026-10-15", noticeDue: "2026-10-12" });
  });

  test("proof of identity starts the period anew; an earlier pause no longer counts", () => {
    const clock = ["received 2026-09-03", "identity-asked 2026-09-04", "information-asked 2026-09-05"];
    expect(due(...clock, "information-received 2026-09-07", "identity-received 2026-09-10")).toBe("2026-10-12");
  });
});

describe("two readings", () => {
  test("what stops the clock in one reading alone is told so, and its later date stays open with it", () => {
    const asked = clockOf("eu.gdpr.dsar", "received 2026-09-03", "information-asked 2026-09-10");
    expect(asked).toMatchObject({ status: "running", due: "2026-10-05", latest: "2026-10-05", stoppedSince: null });
    expect(wordsOf(asked)).toEqual(["started", "stop-arguable", "counted", "rolled", "notice", "arguably-open"]);
  });

  test("what comes in time on the later date alone moves the later date alone", () => {
    const clock = ["received 2026-10-02", "identity-asked 2026-11-02", "identity-received 2026-11-04"];
    // Access is due on Sunday 1 November, rolled to the 2nd; then the proof came in time in both readings.
    expect(clockOf("ca.ipa.access", ...clock)).toMatchObject({ due: "2026-12-04", latest: "2026-12-04" });
    // 12 October is Columbus Day: in the safe reading the time was over, in the later one it was not.
    const late = ["received 2026-09-12", "identity-asked 2026-10-13", "identity-received 2026-10-14"];
    expect(clockOf("ca.ipa.access", ...late)).toMatchObject({ due: "2026-10-12", latest: "2026-11-13" });
  });

  test("a first day that may count is counted in the safe date alone, and said", () => {
    const clock = clockOf("uk.complaint.controller", "received 2026-07-01");
    expect(clock).toMatchObject({ nominal: "2026-07-30", due: "2026-07-30", latest: "2026-07-31" });
    expect(wordsOf(clock)).toEqual(["started-inclusive", "counted-inclusive", "ambiguous"]);
  });

  test("a country's own calendar takes the place of the general one and its doubts", () => {
    const received = events("received 2026-03-05");
    const dueIn = (calendar?: string) => {
      const { due, latest } = LAW.compute("eu.gdpr.dsar", received, { calendar });
      return [due, latest];
    };
    expect([dueIn(), dueIn("uk.england-wales"), dueIn("ee")]).toEqual([
      ["2026-04-06", "2026-04-07"],
      ["2026-04-07", "2026-04-07"],
      ["2026-04-06", "2026-04-06"],
    ]);
  });
});

describe("hours", () => {
  const breach = (...texts: string[]) => clockOf("eu.gdpr.breach", ...texts);

  test("hours run on the wall clock through Christmas, and nothing rolls them", () => {
    const clock = breach("received 2026-12-23T16:30");
    expect(clock).toMatchObject({ nominal: "2026-12-26T16:30", latest: "2026-12-26T16:30", noticeDue: null });
    expect([clock.receivedOn, clock.startedOn]).toEqual(["2026-12-23", "2026-12-23T16:30"]);
    expect([daysLeft(clock, "2026-12-24"), isOverdue(clock, "2026-12-26")]).toEqual([2, false]);
  });

  test("an answer in the minute is in time, one minute later it is late, however the time is written", () => {
    const answered = (at: string) =>
      LAW.compute("eu.gdpr.breach", [
        { kind: "answered", on: at },
        { kind: "received", on: "2026-12-23 16:30" },
      ]);
    const late = ["2026-12-26T16:30", "2026-12-26 16:31", "2026-12-26T16:31"].map((at) => isOverdue(answered(at), at));
    expect(late).toEqual([false, true, true]);
    expect(answered("2026-12-26 16:31").answeredOn).toBe("2026-12-26T16:31");
    // A day without a time is not held against anybody.
    expect(isOverdue(answered("2026-12-26"), "2026-12-27")).toBe(false);
  });

  test("a day without a time can have begun in its last minute, and a step says so", () => {
    const clock = breach("received 2026-12-23");
    expect([clock.due, clock.latest]).toEqual(["2026-12-26T00:00", "2026-12-26T23:59"]);
    expect(wordsOf(clock)).toEqual(["started-at", "counted", "no-time-given"]);
  });

  test("a question about it is told as one that stops nothing", () => {
    const clock = breach("received 2026-12-23T16:30", "information-asked 2026-12-24T09:00");
    expect([wordsOf(clock), clock.status]).toEqual([["started-at", "counted", "stop-without-effect"], "running"]);
  });
});

test("a report about a year counts from the new year, and its first step says so", () => {
  const report = (on: string) => {
    const { receivedOn, startedOn, due, steps } = clockOf("ca.clets.misuse_reporting", `received ${on}`);
    return [receivedOn, startedOn, due, steps[0]?.from];
  };
  expect(report("2026-05-10")).toEqual(["2026-05-10", "2027-01-01", "2027-02-01", "2027-01-01"]);
  expect(report("2027-01-01")).toEqual(["2027-01-01", "2027-01-01", "2027-02-01", "2027-01-01"]);
});

describe("reading a clock", () => {
  test("days left count to the safe date, overdue begins the day after it, complaints after the later one", () => {
    const clock = clockOf("ca.cpra.determination", "received 2026-10-02");
    expect([daysLeft(clock, "2026-10-02"), daysLeft(clock, "2026-10-12"), daysLeft(clock, "2026-10-15")]).toEqual([
      10, 0, -3,
    ]);
    expect([isOverdue(clock, "2026-10-12"), isOverdue(clock, "2026-10-13")]).toEqual([false, true]);
    expect(firstComplaintDay(clock)).toBe("2026-10-14");
  });

  test("a late answer stays late for ever", () => {
    const late = clockOf("ca.ipa.access", "received 2026-06-01", "answered 2026-07-02");
    expect([late.status, isOverdue(late, "2026-07-02"), daysLeft(late, "2026-07-02")]).toEqual([
      "answered",
      true,
      null,
    ]);
    const intime = clockOf("ca.ipa.access", "received 2026-06-01", "answered 2026-07-01");
    expect(isOverdue(intime, "2027-01-01")).toBe(false);
  });

  test("a closure of this office moves both dates", () => {
    const clock = compute(getRule("ca.ipa.access"), events("received 2026-06-01"), {
      closures: ["2026-07-01", "2026-07-02"],
    });
    expect(clock).toMatchObject({ nominal: "2026-07-01", due: "2026-07-03", latest: "2026-07-06" });
    expect(clock.steps.find((step) => step.what === "rolled")?.because?.[0]?.cite).toBe("Code Civ. Proc. § 12b");
  });

  test("a request of 2017 is read under the section's number of then", () => {
    expect(clockOf("ca.cpra.determination", "received 2017-04-10").cite).toBe("Gov. Code § 6253(c)");
    expect(clockOf("ca.cpra.determination", "received 2026-04-10").cite).toBe("Gov. Code § 7922.535(a)");
  });

  test("the derivation tells each step in order, with its citation, in both languages", () => {
    const { steps } = clockOf("ca.cpra.determination", "received 2026-10-02");
    expect(steps.map((step) => step.what)).toEqual(["started", "counted", "ambiguous", "notice"]);
    expect(steps.map((step) => step.sentence)).toEqual([
      "The clock starts on Friday, October 2, 2026. That day is not counted.",
      "10 days after Friday, October 2, 2026 is Monday, October 12, 2026.",
      "The safe last day is Monday, October 12, 2026. The law can also be read so that the time ends on Tuesday, October 13, 2026: Monday, October 12, 2026 (Columbus Day).",
      "An extension of at most 14 days needs a written notice by Monday, October 12, 2026.",
    ]);
    expect(steps.map((step) => sayStep(step, "es"))).toEqual([
      "El plazo empieza el viernes 2 de octubre de 2026. Ese día no se cuenta.",
      "Contando 10 días desde el viernes 2 de octubre de 2026 se llega al lunes 12 de octubre de 2026.",
      "El último día seguro es el lunes 12 de octubre de 2026. La ley también puede leerse de modo que el plazo termine el martes 13 de octubre de 2026: lunes 12 de octubre de 2026 (Día de la Raza).",
      "Una prórroga de 14 días como máximo exige un aviso escrito a más tardar el lunes 12 de octubre de 2026.",
    ]);
  });

  test("a step that rolled names every day passed over", () => {
    const { steps } = clockOf("ca.cpra.determination", "received 2026-11-16");
    const rolled = steps.find((step) => step.what === "rolled");
    expect(rolled?.because?.map((day) => day.id)).toEqual([
      "thanksgiving",
      "day-after-thanksgiving",
      "saturday",
      "sunday",
    ]);
    expect(rolled).toMatchObject({ from: "2026-11-26", to: "2026-11-30" });
  });
});
