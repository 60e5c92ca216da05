/**
 * The law as it stands on a day: the rules in force with the pending changes that an operator has
 * switched on. A request is governed by the law on its day of receipt.
 */
import type { Calendar } from "./calendar.ts";
import type { Calendars } from "./calendars.ts";
import { CALENDARS } from "./calendars.ts";
import type { Clock } from "./clock.ts";
import { compute } from "./clock.ts";
import type { Ask, CustodianKind, Duty } from "./duties.ts";
import { ruleFor } from "./duties.ts";
import type { ClockEvent } from "./event.ts";
import type { LocalDate } from "./local-date.ts";
import { addPeriod, getDay, isLocalDate } from "./local-date.ts";
import type { PendingChange } from "./pending.ts";
import { PENDING_CHANGES } from "./pending.ts";
import { LawRefused } from "./refusal.ts";
import type { Rule } from "./rule.ts";
import { requireInForce, standsOn } from "./rule.ts";
import { OTHER_NAMES, RULES } from "./rules.ts";

/** A pending change is in force from this day on. */
export interface LawSwitch {
  /** Id of a pending change. */
  readonly change: string;
  readonly from: LocalDate;
  /** What the change needs to be told, such as the day of a new holiday as "MM-DD". */
  readonly detail: string | null;
}

export interface Office {
  /** Whole days on which this office is closed. */
  readonly closures?: Iterable<LocalDate>;
  /** The calendar of its own country or nation. */
  readonly calendar?: string | undefined;
}

export interface Law {
  readonly calendars: Calendars;
  /** Every version of every rule. */
  listRules(): readonly Rule[];
  /**
   * The version in force on that day, or where none was, the next one to come; without a day the newest.
   * Null for an id that does not exist.
   */
  findRule(id: string, on?: LocalDate): Rule | null;
  /** @throws {LawRefused} `unknown-rule`, or `not-in-force` on that day. */
  getRule(id: string, on?: LocalDate): Rule;
  /** Which duty a custodian has when asked on that day. */
  dutyOf(custodian: CustodianKind, ask: Ask, on: LocalDate): Duty;
  /** The clock of a rule in the version of its day of receipt. @throws {LawRefused} as `compute` */
  compute(ruleId: string, events: readonly ClockEvent[], office?: Office): Clock;
}

/**
 * @throws {LawRefused} `unknown-change` for a switch that names none, `invalid-date` for its day,
 *   `invalid-month-day` where the change has to be told a day of the year.
 */
export function lawWith(switches: readonly LawSwitch[]): Law {
  const inForce = switches.map(readSwitch);
  const versions = inForce.reduce(
    withRules,
    Map.groupBy(RULES, (rule) => rule.id),
  );
  const calendars = inForce.reduce(withHoliday, CALENDARS);
  const law: Law = {
    calendars,
    listRules: () => [...versions.values()].flat(),
    findRule: (id, on) => {
      const known = versions.get(OTHER_NAMES.get(id) ?? id);
      if (!known) return null;
      const newest = known.at(-1) ?? null;
      if (on === undefined) return newest;
      const next = known.find(({ inForce: { to } }) => to === null || on <= to);
      return known.findLast((rule) => standsOn(rule.inForce, on)) ?? next ?? newest;
    },
    getRule: (id, on) => {
      const rule = law.findRule(id, on);
      if (!rule) throw new LawRefused("unknown-rule", { given: id.slice(0, 80) });
      if (on !== undefined) requireInForce(rule, on);
      return rule;
    },
    dutyOf: (custodian, ask, on) => {
      const changed = inForce.findLast(({ pending, from }) => pending.duties[custodian] && on >= from);
      return changed?.pending.duties[custodian] ?? ruleFor(custodian, ask);
    },
    compute: (ruleId, events, office = {}) => {
      const received = events.find((event) => event.kind === "received")?.on;
      const rule = law.findRule(ruleId, received?.slice(0, 10));
      if (!rule) throw new LawRefused("unknown-rule", { given: ruleId.slice(0, 80) });
      return compute(rule, events, { closures: office.closures ?? [], calendar: office.calendar, calendars });
    },
  };
  return law;
}

export function getPendingChange(id: string): PendingChange {
  const found = PENDING_CHANGES.find((change) => change.id === id);
  if (!found) throw new LawRefused("unknown-change", { given: id.slice(0, 40) });
  return found;
}

function readSwitch(one: LawSwitch): Switched {
  const pending = getPendingChange(one.change);
  getDay(one.from);
  // 2000 is a leap year: 29 February is a day of the year.
  if (pending.needs === "month-and-day" && !isLocalDate(`2000-${one.detail}`)) {
    throw new LawRefused("invalid-month-day", { change: pending.id, given: (one.detail ?? "").slice(0, 40) });
  }
  return { ...one, pending };
}

type Switched = LawSwitch & { readonly pending: PendingChange };

/** The version before ends on the day before; one that would begin later never comes into force. */
function withRules(versions: ReadonlyMap<string, readonly Rule[]>, { pending, from }: Switched): Map<string, Rule[]> {
  const changed = new Map([...versions].map(([id, rules]) => [id, [...rules]]));
  for (const rule of pending.rules) {
    const before = (changed.get(rule.id) ?? [])
      .filter((old) => old.inForce.from === null || old.inForce.from < from)
      .map((old) => {
        const to = old.inForce.to !== null && old.inForce.to < from ? old.inForce.to : addPeriod(from, -1, "days");
        return { ...old, inForce: { ...old.inForce, to } };
      });
    changed.set(rule.id, [...before, { ...rule, inForce: { from, to: null } }]);
  }
  return changed;
}

function withHoliday(calendars: Calendars, { pending, from, detail }: Switched): Calendars {
  const { holiday } = pending;
  const before = holiday && calendars.get(holiday.calendar);
  if (!holiday || !before || detail === null) return calendars;
  const { id, words, cite } = holiday;
  const dayOff = { id, words, cite, evidence: pending.evidence };
  const after: Calendar = {
    ...before,
    find: (on) => before.find(on) ?? (on >= from && on.slice(5) === detail ? dayOff : null),
  };
  return new Map(calendars).set(after.id, after);
}

/** The law as the collected rules have it, with nothing switched on. */
export const LAW: Law = lawWith([]);

/** Every version of every rule. */
export const listRules = LAW.listRules;

/** @throws {LawRefused} `unknown-rule`, or `not-in-force` on that day. */
export const getRule = LAW.getRule;
