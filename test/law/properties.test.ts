import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { getCalendar } from "#app/law/calendars.ts";
import { type Clock, compute } from "#app/law/clock.ts";
import type { ClockEvent } from "#app/law/event.ts";
import { KINDS_OF_STOP } from "#app/law/event.ts";
import { listRules } from "#app/law/law.ts";
import { addPeriod, daysBetween } from "#app/law/local-date.ts";
import { LawRefused } from "#app/law/refusal.ts";
import type { Rule, Stop } from "#app/law/rule.ts";
import { STOPS } from "#app/law/rule.ts";
import { sayStep } from "#app/law/step.ts";

// A thousand clocks each, also on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** Every version of every rule, by a name that a counterexample can show. */
const VERSIONS: ReadonlyMap<string, Rule> = new Map(
  listRules().map((rule) => [`${rule.id} from ${rule.inForce.from ?? "ever"}`, rule]),
);

interface Drawn {
  readonly version: string;
  readonly calendar: string | undefined;
  readonly on: string;
  readonly events: readonly ClockEvent[];
}

const offset = fc.integer({ min: 0, max: 80 });
const days = fc.array(offset, { maxLength: 8 });

/** A rule, one of its calendars, and a day of receipt on which it is in force. */
const asked = fc.constantFrom(...VERSIONS.keys()).chain((version) => {
  const rule = ruleOf(version);
  const from = rule.inForce.from ?? "2000-01-01";
  const most = Math.min(daysBetween(from, rule.inForce.to ?? "2075-12-31"), 20_000);
  const on = fc.integer({ min: 0, max: most }).map((after) => addPeriod(from, after, "days"));
  const calendar = fc.constantFrom(undefined, ...(rule.rolling?.national ?? []));
  return fc.record({ version: fc.constant(version), calendar, on });
});

/** What the rule can be asked with: from which offset to which other, in days after receipt. */
function stretch(stop: Stop): fc.Arbitrary<{ stop: Stop; from: number; days: number }> {
  return fc.record({ stop: fc.constant(stop), from: fc.integer({ min: 0, max: 45 }), days: fc.nat({ max: 30 }) });
}

/** With an extension or none, and a stretch of each stop or none. */
const drawn: fc.Arbitrary<Drawn> = fc
  .record({
    base: asked,
    extended: fc.option(fc.nat({ max: 40 }), { nil: null }),
    stretches: fc.tuple(...STOPS.map((stop) => fc.option(stretch(stop), { nil: null }))),
    answered: fc.option(fc.integer({ min: 80, max: 120 }), { nil: null }),
  })
  .map(({ base, extended, stretches, answered }) => {
    const rule = ruleOf(base.version);
    const events: ClockEvent[] = [{ kind: "received", on: base.on }];
    for (const one of stretches) if (one) events.push(...eventsOf(rule, base.on, one));
    if (extended !== null && rule.extension) events.push({ kind: "extended", on: after(base.on, extended) });
    if (answered !== null) events.push({ kind: "answered", on: after(base.on, answered) });
    return { ...base, events };
  });

function ruleOf(version: string): Rule {
  const rule = VERSIONS.get(version);
  if (!rule) throw new Error(`There is no version ${version}.`);
  return rule;
}

function after(on: string, count: number): string {
  return addPeriod(on, count, "days");
}

function eventsOf(rule: Rule, on: string, one: { stop: Stop; from: number; days: number }): ClockEvent[] {
  const { begins, ends } = KINDS_OF_STOP[one.stop];
  const [ground] = rule.stops.ground.grounds;
  if (one.stop === "ground" && !ground) return [];
  return [
    { kind: begins, on: after(on, one.from), ...(one.stop === "ground" && { ground: ground?.id }) },
    { kind: ends, on: after(on, one.from + one.days) },
  ];
}

/** Null for what the law refuses, such as an extension that comes too late. */
function clockOf({ version, calendar, events }: Drawn, closures: readonly string[] = []): Clock | null {
  try {
    return compute(ruleOf(version), events, { calendar, closures });
  } catch (error) {
    if (error instanceof LawRefused) return null;
    throw error;
  }
}

function check<Drawn>(property: fc.IProperty<Drawn>, numRuns = 1_000): void {
  fc.assert(property, { numRuns });
}

test("adding a closure never moves a date earlier", () => {
  check(
    fc.property(drawn, days, days, (question, some, more) => {
      const few = clockOf(
        question,
        some.map((count) => after(question.on, count)),
      );
      const many = clockOf(
        question,
        [...some, ...more].map((count) => after(question.on, count)),
      );
      if (!few) return;
      expect(many).not.toBeNull();
      expect(many && many.due >= few.due && many.latest >= few.latest).toBe(true);
      expect((many?.noticeDue ?? "") >= (few.noticeDue ?? "")).toBe(true);
    }),
  );
});

test("where a rule rolls, due and latest are no day off, and nothing rolls backward", () => {
  check(
    fc.property(drawn, days, (question, closed) => {
      const { rolling } = ruleOf(question.version);
      const closures = closed.map((count) => after(question.on, count));
      const clock = clockOf(question, closures);
      if (!clock) return;
      expect(clock.nominal <= clock.due && clock.due <= clock.latest).toBe(true);
      if (!rolling) {
        expect(clock.due).toBe(clock.nominal);
        return;
      }
      const calendar = getCalendar(question.calendar ?? rolling.calendar);
      for (const last of [clock.due, clock.latest]) expect(calendar.find(last)).toBeNull();
      expect(closures).not.toContain(clock.latest);
      if (calendar.closureEvidence !== "?") expect(closures).not.toContain(clock.due);
      if (question.calendar) return;
      // The later date is the first that no list calls a holiday.
      for (const id of rolling.arguable) expect(getCalendar(id).find(clock.latest)).toBeNull();
    }),
  );
});

test("a longer pause never makes due or latest earlier", () => {
  const stretches = fc.constantFrom(...STOPS).chain(stretch);
  check(
    fc.property(asked, stretches, fc.boolean(), fc.nat({ max: 20 }), days, (base, one, extended, longer, closed) => {
      const rule = ruleOf(base.version);
      const closures = closed.map((count) => after(base.on, count));
      const start: ClockEvent[] = [{ kind: "received", on: base.on }];
      if (extended && rule.extension) start.push({ kind: "extended", on: base.on });
      const paused = (more: number) =>
        clockOf(
          { ...base, events: [...start, ...eventsOf(rule, base.on, { ...one, days: one.days + more })] },
          closures,
        );
      const [short, long] = [paused(0), paused(longer)];
      expect(long && short && long.due >= short.due && long.latest >= short.latest).toBe(true);
      expect((long?.noticeDue ?? "") >= (short?.noticeDue ?? "")).toBe(true);
      // And a pause never makes it earlier than none.
      const none = clockOf({ ...base, events: start }, closures);
      expect(short && none && short.due >= none.due && short.latest >= none.latest).toBe(true);
    }),
  );
});

test("a pause within the time moves the nominal end by what it takes out, and by no more", () => {
  const pausing = [...VERSIONS].flatMap(([version, { stops }]) =>
    STOPS.filter((stop) => stops[stop].effect.does === "pauses").map((stop) => ({ version, stop })),
  );
  expect(new Set(pausing.map(({ stop }) => stop))).toEqual(new Set(STOPS));
  const begins = fc.integer({ min: 1, max: 20 });
  check(
    fc.property(fc.constantFrom(...pausing), fc.nat({ max: 2_000 }), begins, offset, (drawn, more, begun, long) => {
      const rule = ruleOf(drawn.version);
      const { effect } = rule.stops[drawn.stop];
      const on = after(rule.inForce.from ?? "2026-06-01", more);
      const asked = { stop: drawn.stop, from: begun, days: long };
      const events: ClockEvent[] = [{ kind: "received", on }, ...eventsOf(rule, on, asked)];
      const [plain, paused] = [events.slice(0, 1), events].map((some) => compute(rule, some));
      if (!plain || !paused || effect.does !== "pauses" || after(on, begun) > plain.nominal) return;
      const off = rule.rolling && getCalendar(rule.rolling.calendar);
      const count = rule.period.unit === "working-days" ? (day: string) => off?.find(day) === null : () => true;
      let left = 0;
      for (let day = begun + (effect.ends === "both" ? 0 : 1); day <= begun + long; day += 1) {
        if (count(after(on, day))) left += 1;
      }
      let end = plain.nominal;
      while (left > 0) {
        end = after(end, 1);
        if (count(end)) left -= 1;
      }
      expect(paused.nominal).toBe(end);
    }),
  );
});

test("a later receipt never gives an earlier date", () => {
  check(
    fc.property(asked, offset, (base, later) => {
      const rule = ruleOf(base.version);
      const on = after(base.on, later);
      if (rule.inForce.to !== null && on > rule.inForce.to) return;
      const [first, second] = [base.on, on].map((day) => clockOf({ ...base, events: [{ kind: "received", on: day }] }));
      expect(first && second && second.due >= first.due && second.latest >= first.latest).toBe(true);
    }),
  );
});

test("an extension never shortens, and does not move the time for its own notice", () => {
  check(
    fc.property(drawn, (question) => {
      if (!question.events.some(({ kind }) => kind === "extended")) return;
      const extended = clockOf(question);
      const plain = clockOf({ ...question, events: question.events.filter(({ kind }) => kind !== "extended") });
      if (!extended || !plain) return;
      expect(extended.due >= plain.due && extended.latest >= plain.latest).toBe(true);
    }),
  );
  for (const rule of listRules()) {
    if (!rule.extension) continue;
    const received = { kind: "received", on: rule.inForce.from ?? rule.inForce.to ?? "2026-06-01" } as const;
    const [plain, extended] = [[received], [received, { kind: "extended", on: received.on } as const]].map((events) =>
      compute(rule, events),
    );
    expect(extended && plain && extended.due > plain.due, rule.id).toBe(true);
    expect(extended?.noticeDue, rule.id).toBe(plain?.noticeDue);
  }
});

test("the order in which events of different days are handed over does not matter", () => {
  check(
    fc.property(drawn, fc.infiniteStream(fc.nat({ max: 99 })), (question, order) => {
      if (new Set(question.events.map(({ on }) => on)).size < question.events.length) return;
      const shuffled = question.events
        .map((event) => ({ event, place: order.next().value }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ event }) => event);
      expect(clockOf({ ...question, events: shuffled })).toEqual(clockOf(question));
    }),
  );
});

test("every step has its source and speaks both languages", () => {
  check(
    fc.property(drawn, (question) => {
      for (const step of clockOf(question)?.steps ?? []) {
        expect(step.cite).toMatch(/\p{L}/u);
        const [english, spanish] = [sayStep(step, "en"), sayStep(step, "es")];
        expect(english).toBe(step.sentence);
        expect(spanish).not.toBe(english);
        for (const said of [english, spanish]) {
          expect(said).toMatch(/^[\p{Lu}\d].*\.$/su);
          expect(said).not.toMatch(/undefined|\bnull\b|NaN|\s{2}/u);
        }
      }
    }),
    500,
  );
});
