import { describe, expect, it } from "vitest";
import { type ClockView, viewClock } from "#app/law/clock-view.ts";
import type { ClockEvent } from "#app/law/event.ts";
import { LAW, lawWith } from "#app/law/law.ts";
import { listChanges, viewRule } from "#app/law/rule-view.ts";

const CPRA = "ca.cpra.determination";
const IPA = "ca.ipa.access";
const UK = "uk.gdpr.dsar";
const BREACH = "eu.gdpr.breach";

/** "received:2026-10-02 extended:2026-10-09" as a clock, seen on a day. */
function seen(
  rule: string,
  events: string,
  today: string,
  more: { locale?: "en" | "es"; target?: string; missed?: string } = {},
): ClockView {
  const all = events.split(" ").map((event) => {
    const [, kind = "", on = ""] = /^([^:]+):(.*)$/.exec(event) ?? [];
    return { kind, on } as ClockEvent;
  });
  const clock = LAW.compute(rule, all);
  return viewClock(clock, LAW.getRule(rule, clock.receivedOn), { today, locale: "en", ...more });
}

const marksOf = (view: ClockView) => view.marks.map(({ kind, on, state }) => `${on} ${kind} ${state}`);

describe("a clock as people read it", () => {
  it("names two dates where the law has two, and the day from which nobody can doubt", () => {
    const view = seen(CPRA, "received:2026-10-02", "2026-10-05");
    expect(view).toMatchObject({ due: "2026-10-12", latest: "2026-10-13", complainFrom: "2026-10-14", daysLeft: 7 });
    expect(marksOf(view)).toEqual([
      "2026-10-02 received done",
      "2026-10-05 today now",
      "2026-10-12 notice-due next",
      "2026-10-12 due next",
      "2026-10-13 latest next",
      "2026-10-14 complain next",
    ]);
  });

  it("calls an answer late from the day after the due day, and complains only when no reading leaves time", () => {
    const between = seen(CPRA, "received:2026-10-02", "2026-10-13");
    expect(between).toMatchObject({ overdue: true, overdueSince: "2026-10-13", mayComplain: false });
    const after = seen(CPRA, "received:2026-10-02", "2026-10-14");
    expect(after).toMatchObject({ overdue: true, overdueSince: "2026-10-13", mayComplain: true });
    expect(marksOf(after)).toContain("2026-10-12 due late");
    expect(marksOf(after)).toContain("2026-10-14 complain since");
  });

  it("never forgets that it was late: not after the answer, not when the date moves", () => {
    const answered = seen(CPRA, "received:2026-11-02 answered:2026-11-16", "2026-12-01");
    expect(answered).toMatchObject({ overdue: true, overdueSince: "2026-11-13", lateBy: 4, daysLeft: null });
    expect(marksOf(answered)).toContain("2026-11-12 due late");
    const moved = seen(CPRA, "received:2026-11-02", "2026-11-05", { missed: "2026-11-03" });
    expect(moved).toMatchObject({ overdue: false, overdueSince: "2026-11-04", daysLeft: 7 });
    expect(marksOf(moved)).toContain("2026-11-03 due late");
    expect(marksOf(moved)).toContain("2026-11-12 due next");
  });

  it("is in time on the due day itself", () => {
    const view = seen(CPRA, "received:2026-11-02 answered:2026-11-12", "2026-12-01");
    expect(view).toMatchObject({ overdue: false, overdueSince: null, lateBy: null });
    expect(marksOf(view)).toEqual(["2026-11-02 received done", "2026-11-12 answered done", "2026-11-12 due done"]);
  });

  it("shows each stretch on which it stood still, with what did not count", () => {
    const asked = "received:2026-09-03 information-asked:2026-09-10 information-received:2026-09-17";
    const paused = seen(UK, asked, "2026-09-20");
    expect(paused.stretches).toEqual([
      expect.objectContaining({
        stop: "information",
        from: "2026-09-10",
        to: "2026-09-17",
        length: "8 days",
        how: "paused",
      }),
    ]);
    expect(marksOf(paused)).toContain("2026-09-17 went-on done");
    expect(seen(UK, asked, "2026-09-20", { locale: "es" }).stretches[0]?.length).toBe("8 días");
    const anew = seen(IPA, "received:2026-11-02 identity-asked:2026-11-04 identity-received:2026-11-12", "2026-11-20");
    expect(anew.stretches).toEqual([expect.objectContaining({ how: "waiting", to: "2026-11-12", length: null })]);
    expect(marksOf(anew)).toContain("2026-11-12 restarted done");
  });

  it("counts no days while it stands still, and lets nobody complain", () => {
    const view = seen(IPA, "received:2026-06-01 identity-asked:2026-06-04", "2026-09-01");
    expect(view).toMatchObject({ daysLeft: null, overdue: false, mayComplain: false, stoppedSince: "2026-06-04" });
    expect(view.stretches).toEqual([expect.objectContaining({ to: null })]);
    expect(marksOf(view)).toContain("2026-06-04 stopped now");
  });

  it("shows in its place what was asked for and stopped nothing", () => {
    const view = seen(CPRA, "received:2026-11-02 information-asked:2026-11-04", "2026-11-05");
    expect(view.stretches).toEqual([]);
    expect(view.marks).toContainEqual({ kind: "asked", on: "2026-11-04", stop: "information", state: "done" });
  });

  it("has nobody to complain about where something is only kept, or the resident must act", () => {
    for (const rule of ["ca.ipa.accounting.retention", "ca.ipa.suit"]) {
      const view = seen(rule, "received:2020-01-06", "2026-11-23");
      expect(view).toMatchObject({ complainFrom: null, mayComplain: false, bodies: [] });
      expect(view.marks.map(({ kind }) => kind)).not.toContain("complain");
    }
  });

  it("keeps the time of day of a rule in hours", () => {
    const view = seen(BREACH, "received:2026-12-23T16:30", "2026-12-28");
    expect(marksOf(view)).toEqual([
      "2026-12-23T16:30 received done",
      "2026-12-26T16:30 due late",
      "2026-12-27 complain since",
      "2026-12-28 today now",
    ]);
    expect(view).toMatchObject({ overdue: true, overdueSince: "2026-12-26T16:30" });
  });

  it("shows the agency's own day to those alone for whom it was worked out", () => {
    expect(seen(CPRA, "received:2026-11-02", "2026-11-05").marks.map(({ kind }) => kind)).not.toContain("target");
    const view = seen(CPRA, "received:2026-11-02", "2026-11-10", { target: "2026-11-09" });
    expect(marksOf(view)).toContain("2026-11-09 target late");
  });

  it("names bodies of the rule's own jurisdiction alone", () => {
    const ids = (rule: string) => seen(rule, "received:2026-11-02", "2026-11-05").bodies.map(({ id }) => id);
    expect(ids(CPRA)).toContain("ca.internal-affairs");
    expect(ids(UK).filter((id) => id.startsWith("ca."))).toEqual([]);
  });
});

describe("every rule", () => {
  const versions = LAW.listRules().map((rule) => ({ name: `${rule.id} since ${rule.inForce.from ?? "ever"}`, rule }));

  it.each(versions)("$name is plain data in both languages, its days in order", ({ rule }) => {
    const on = rule.inForce.from ?? rule.inForce.to ?? "2026-03-02";
    const hours = rule.period.unit === "hours";
    const clock = LAW.compute(rule.id, [{ kind: "received", on: hours ? `${on}T09:00` : on }]);
    for (const locale of ["en", "es"] as const) {
      const view = viewClock(clock, rule, { today: clock.due.slice(0, 10), locale, target: on });
      expect(JSON.parse(JSON.stringify(view))).toEqual(view);
      const days = view.marks.map((mark) => mark.on);
      expect(days).toEqual(days.toSorted());
      const shown = viewRule(rule, on, locale);
      expect(JSON.parse(JSON.stringify(shown))).toEqual(shown);
      const said = [view.act, view.trigger, shown.title, shown.period, ...view.steps.map(({ text }) => text)];
      expect(said.every((text) => text.trim() !== "")).toBe(true);
    }
  });
});

describe("a rule as people read it", () => {
  it("offers the reasons of its day", () => {
    const ids = (on: string) => viewRule(LAW.getRule(CPRA, on), on, "en").extension?.grounds.map(({ id }) => id);
    expect(ids("2025-12-31")).toContain("emergency");
    expect(ids("2025-12-31")).not.toContain("cyberattack");
    expect(ids("2026-01-01")).toContain("cyberattack");
  });

  it.each([
    [CPRA, ["ca.ab-1821", "ca.ab-1337", "ca.ab-2294"]],
    ["ca.ipa.accounting.retention", []],
    [UK, []],
  ])("%s may be altered by %j", (id, changes) => {
    expect(listChanges(LAW.getRule(id)).map((change) => change.id)).toEqual(changes);
  });

  it("is the version that a switched change has put in force", () => {
    const law = lawWith([{ change: "ca.ab-1821", from: "2027-01-01", detail: null }]);
    expect(viewRule(law.getRule(CPRA, "2027-01-04"), "2027-01-04", "en").period).toBe("10 working days");
    expect(viewRule(law.getRule(CPRA, "2026-12-31"), "2026-12-31", "en").period).toBe("10 days");
  });
});
