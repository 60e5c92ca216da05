/** A case's clock, worked out from its dated events: now, and step by step. Pure. */
import type { Clock } from "#app/law/clock.ts";
import { type ClockEvent, isEventKind } from "#app/law/event.ts";
import { LAW, type Law } from "#app/law/law.ts";
import type { LocalDate } from "#app/law/local-date.ts";
import { PENDING_CHANGES } from "#app/law/pending.ts";
import { LawRefused } from "#app/law/refusal.ts";
import { listPauseGrounds } from "#app/law/rule.ts";
import type { Agency } from "#app/registry/agency.ts";

/** A dated event as it is stored: what it says of the clock. */
export interface Dated {
  readonly kind: string;
  readonly on: LocalDate;
  readonly length?: number | null | undefined;
  readonly ground?: string | null | undefined;
}

/** What a clock is worked out from. */
export interface Running<Event extends Dated = Dated> {
  /** Under which the case was opened; which one binds it says `ruleOf`. */
  readonly rule: string;
  readonly agency: Pick<Agency, "closures" | "calendar" | "kind">;
  readonly law: Law;
  /** In the order of their days; of one day, as they were recorded. */
  readonly clock: readonly Event[];
}

/**
 * The rule that binds a case: the law of its day of receipt says so, also where a change of the law was
 * switched on here only afterwards. A case that was opened under a rule that no duty of such an agency ever
 * names keeps it.
 */
export function ruleOf({ rule, agency, law }: Omit<Running, "clock">, receivedOn: LocalDate): string {
  const today = LAW.dutyOf(agency.kind, "copy-of-access-log", receivedOn);
  const duties = [today, ...PENDING_CHANGES.flatMap(({ duties: changed }) => changed[agency.kind] ?? [])];
  if (!duties.some((duty) => duty.rule === rule)) return rule;
  return law.dutyOf(agency.kind, "copy-of-access-log", receivedOn).rule;
}

/** When the answer is due, worked out from the dated events. @throws LawRefused when they contradict each other */
export function computeClock(running: Running): Clock {
  return computeWith(running, []);
}

/** The same with an event that is not recorded yet. @throws LawRefused when the law allows no such event */
export function computeNext(running: Running, event: Dated): Clock {
  return computeWith(running, [event]);
}

function computeWith(running: Running, added: readonly Dated[]): Clock {
  const { agency, law, clock } = running;
  const receivedOn = [...clock, ...added].find(({ kind }) => kind === "received")?.on;
  const rule = receivedOn === undefined ? running.rule : ruleOf(running, receivedOn);
  const { closures, calendar } = agency;
  const events = [...keepKnown(rule, running, receivedOn), ...added];
  return law.compute(rule, events.map(asEvent), { closures, calendar: calendar ?? undefined });
}

/**
 * What was done under the law that was thought to be in force, and that the law of the day of receipt does not
 * know at all, has no effect: an extension counts for nothing where there is none.
 */
function keepKnown(rule: string, { law, clock }: Running, receivedOn: LocalDate | undefined): readonly Dated[] {
  const binding = law.findRule(rule, receivedOn);
  if (binding === null || receivedOn === undefined) return clock;
  const pausable = listPauseGrounds(binding, receivedOn).length > 0;
  return clock.filter(({ kind }) => {
    if (kind === "extended") return binding.extension !== null;
    return pausable || (kind !== "paused" && kind !== "resumed");
  });
}

/** The clock before an event, and with it. @throws LawRefused when the law allows no such event */
export function previewEvent(running: Running, event: Dated): { readonly before: Clock; readonly after: Clock } {
  return { before: computeClock(running), after: computeNext(running, event) };
}

/** An event with what it did to the safe date; `dueBefore` is null for the one that started the clock. */
export interface ClockStep<Event extends Dated = Dated> {
  readonly event: Event;
  readonly dueBefore: LocalDate | null;
  readonly due: LocalDate;
}

/** What each event did, oldest first. @throws LawRefused when they contradict each other */
export function listClockSteps<Event extends Dated>(running: Running<Event>): ClockStep<Event>[] {
  const events = running.clock.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const first = events.findIndex((event) => event.kind === "received");
  let dueBefore: LocalDate | null = null;
  return events.map((event, index) => {
    // What stands before the receipt of the same day is judged with it.
    const { due } = computeClock({ ...running, clock: events.slice(0, Math.max(index, first) + 1) });
    const step = { event, dueBefore, due };
    dueBefore = due;
    return step;
  });
}

function asEvent({ kind, on, length, ground }: Dated): ClockEvent {
  if (!isEventKind(kind)) throw new LawRefused("unknown-kind", { given: kind, accepted: "" });
  return { kind, on, length: length ?? undefined, ground: ground ?? undefined };
}
