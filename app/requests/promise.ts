/**
 * The records that an agency promised when it told its decision (Gov. Code § 7922.535(a)): the clock is
 * answered then, and the case is worked on until they are out. Pure.
 */
import type { Clock } from "#app/law/clock.ts";
import type { LocalDate } from "#app/law/local-date.ts";

/** What a case still asks of its agency: an answer, the records that it promised, nothing. */
export type Phase = "open" | "promised" | "done";

interface Answering {
  readonly kind: string;
  readonly promisedFor: string | null;
}

/**
 * By when the records are promised that are not out yet, "YYYY-MM-DDTHH:MM" at the agency; null when none are.
 * @param isReleased whether an answer with records has gone out
 */
export function openPromise(events: readonly Answering[], isReleased: boolean): string | null {
  if (isReleased) return null;
  return events.find(({ kind }) => kind === "answered")?.promisedFor ?? null;
}

/** @param promised of `openPromise` */
export function phaseOf({ answeredOn }: Pick<Clock, "answeredOn">, promised: string | null): Phase {
  if (answeredOn === null) return "open";
  return promised === null ? "done" : "promised";
}

/** A promise names an hour, and is kept through its day. */
export function isPromiseBroken(promised: string, today: LocalDate): boolean {
  return today > promised.slice(0, 10);
}
