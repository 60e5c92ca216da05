/** The dated legal events that make up a clock. Append-only: a fact is added, never changed. */
import { z } from "zod";
import type { LocalDate } from "./local-date.ts";
import type { Question } from "./rule.ts";

export const EVENT_KINDS = [
  "received",
  "extended",
  "identity-asked",
  "identity-received",
  "information-asked",
  "information-received",
  "fee-asked",
  "fee-paid",
  "answered",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export interface ClockEvent {
  /** "received" is the trigger of the rule, whatever the rule calls it. */
  readonly kind: EventKind;
  /** Local date in the agency's zone. */
  readonly on: LocalDate;
  /** For "extended": how long, in the unit of the extension; left out: the longest allowed. */
  readonly length?: number | undefined;
  /** For "extended": the id of the ground taken. */
  readonly ground?: string | undefined;
}

/** The shape of an event from outside. Kinds and days are judged by `compute`, which says what it accepts. */
export const eventSchema = z.object({
  kind: z.string(),
  on: z.string(),
  length: z.number().optional(),
  ground: z.string().optional(),
});

/** Which question an event asks or answers. */
export const ASKED: Partial<Record<EventKind, Question>> = {
  "identity-asked": "identity",
  "information-asked": "information",
  "fee-asked": "fee",
};
export const ANSWERED: Partial<Record<EventKind, Question>> = {
  "identity-received": "identity",
  "information-received": "information",
  "fee-paid": "fee",
};
export const ASKING: Record<Question, { asked: EventKind; answered: EventKind }> = {
  identity: { asked: "identity-asked", answered: "identity-received" },
  information: { asked: "information-asked", answered: "information-received" },
  fee: { asked: "fee-asked", answered: "fee-paid" },
};

export function isEventKind(kind: string): kind is EventKind {
  return (EVENT_KINDS as readonly string[]).includes(kind);
}
