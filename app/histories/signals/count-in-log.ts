/** How often each signal would be said of a log: for whoever weighs its thresholds. Pure; nothing is stored. */
import type { AccessEvent, SearchTerm } from "#app/feeds/access-event.ts";
import { findIdentifier } from "#app/feeds/identifier.ts";
import type { UserHours } from "#app/feeds/user-hours.ts";
import { cellsOf, loggedValue, type OwnIdentifier, type Reading } from "../cells.ts";
import { evaluateSignals } from "./evaluate.ts";
import { factsOf } from "./facts.ts";
import { SIGNALS, type SignalId } from "./signal.ts";
import { localMoments } from "./wall-clock.ts";

export interface SignalCounts {
  readonly lookUps: number;
  /** Those who were searched for, one for each identifier; 1 where the log names none. */
  readonly subjects: number;
  readonly users: number;
  /** Look-ups that carry it. */
  readonly carrying: Readonly<Record<SignalId, number>>;
}

/**
 * Every look-up counts once for each identifier that it was made by, together with the others made by the same one, as
 * in the case of the person whose it is. Where a log names no identifier at all, all of it is taken together.
 * @param log.system Slug of the system whose log it is.
 */
export function countSignals(
  events: readonly AccessEvent[],
  log: { readonly system: string; readonly zone: string },
): SignalCounts {
  const hours = hoursByUser(events, log.zone);
  const subjects = bySubject(events);
  const carrying = Object.fromEntries(SIGNALS.map(({ id }) => [id, 0])) as Record<SignalId, number>;
  for (const { own, looked } of subjects) {
    const reading: Reading = { locale: "en", zone: log.zone, own: own === null ? [] : [own] };
    const lines = looked.map((event, index) => {
      const matched = { eventId: String(index), systemName: log.system, event };
      const user = loggedValue(event.user);
      const origin = { matched, system: log.system, hours: user === null ? null : (hours.get(user) ?? null) };
      return factsOf(cellsOf(matched, reading), origin);
    });
    for (const ids of evaluateSignals(lines, SIGNALS, log.zone).values()) for (const id of ids) carrying[id] += 1;
  }
  return { lookUps: events.length, subjects: subjects.length, users: hours.size, carrying };
}

interface Subject {
  readonly own: OwnIdentifier | null;
  readonly looked: AccessEvent[];
}

function bySubject(events: readonly AccessEvent[]): Subject[] {
  const subjects = new Map<string, Subject>();
  for (const event of events) {
    for (const own of new Map(event.searchedBy.flatMap(identified).map((one) => [one.identifierId, one])).values()) {
      const subject = subjects.get(own.identifierId) ?? { own, looked: [] };
      subjects.set(own.identifierId, subject);
      subject.looked.push(event);
    }
  }
  return subjects.size === 0 ? [{ own: null, looked: [...events] }] : [...subjects.values()];
}

function identified(term: SearchTerm): OwnIdentifier[] {
  if (term.state !== "value" || term.kind === "name" || term.kind === "birth-date") return [];
  const value = findIdentifier(term.kind, term.value);
  if (value === null) return [];
  return [{ identifierId: `${term.kind}:${value}`, kind: term.kind, value, from: "0001-01-01", to: null }];
}

/** As the store counts them (feeds/user-hours.server.ts). */
function hoursByUser(events: readonly AccessEvent[], zone: string): Map<string, UserHours> {
  const read = localMoments(zone);
  const counted = new Map<string, { hours: number[]; days: Set<number>; lookUps: number }>();
  for (const event of events) {
    const user = loggedValue(event.user);
    if (user === null) continue;
    const { hour, day } = read(Date.parse(event.at));
    const one = counted.get(user) ?? { hours: new Array<number>(24).fill(0), days: new Set(), lookUps: 0 };
    counted.set(user, one);
    one.hours[hour] = (one.hours[hour] ?? 0) + 1;
    one.days.add(day);
    one.lookUps += 1;
  }
  return new Map([...counted].map(([user, { hours, days, lookUps }]) => [user, { lookUps, days: days.size, hours }]));
}
