import type { ClockEvent } from "#app/law/event.ts";
import { LawRefused } from "#app/law/refusal.ts";

/** One event a text: "received 2026-10-02", "paused 2026-10-02 criminal-case". */
export function events(...texts: string[]): ClockEvent[] {
  return texts.map((text) => {
    const [kind, on, ground] = text.split(" ");
    return { kind, on, ...(ground && { ground }) } as ClockEvent;
  });
}

/** @throws {Error} when nothing is refused */
export function refusalOf(work: () => unknown): LawRefused {
  try {
    work();
  } catch (error) {
    if (error instanceof LawRefused) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}
