/** A case's clock, worked out from its dated events: now, and step by step. Pure. */
import type { Clock } from "#app/law/clock.ts";
import { type ClockEvent, isEventKind } from "#app/law/event.ts";
import type { Law } from "#app/law/law.ts";
import type { LocalDate } from "#app/law/local-date.ts";
import { LawRefused } from "#app/law/refusal.ts";
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
  readonly rule: string;
  readonly agency: Pick<Agency, "closures" | "calendar">;
  readonly law: Law;
  /** In the order of their days; of one day, as they were recorded. */
  readonly clock: readonly Event[];
}

/** When the answer is due, worked out from the dated events. @throws LawRefused when they contradict each other */
export function computeClock({ rule, agency, law, clock }: Running): Clock {
  const { closures, calendar } = agency;
  return law.compute(rule, clock.map(asEvent), { closures, calendar: calendar ?? undefined });
}

/** The clock before an event, and with it. @throws LawRefused when the law allows no such event */
export function previewEvent(running: Running, event: Dated): { readonly before: Clock; readonly after: Clock } {
  return {
    before: computeClock(running),
    after: computeClock({ ...running, clock: [...running.clock, event] }),
  };
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
