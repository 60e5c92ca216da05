/** The dated legal events that make up a clock. Append-only: a fact is added, never changed. */
import { z } from "zod";
import type { LocalDate } from "./local-date.ts";
import type { Stop } from "./rule.ts";

export const EVENT_KINDS = [
  "received",
  "extended",
  "identity-asked",
  "identity-received",
  "information-asked",
  "information-received",
  "fee-asked",
  "fee-paid",
  "paused",
  "resumed",
  "answered",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export interface ClockEvent {
  /** "received" is the trigger of the rule, whatever the rule calls it. */
  readonly kind: EventKind;
  /** Local date in the agency's zone; the trigger of a rule in hours is "YYYY-MM-DDTHH:MM". */
  readonly on: LocalDate;
  /** For "extended": how long, in the unit of the extension; left out: the longest allowed. */
  readonly length?: number | undefined;
  /** For "extended" and "paused": the id of the ground taken. */
  readonly ground?: string | undefined;
}

/** The shape of an event from outside. Kinds and days are judged by `compute`, which says what it accepts. */
export const eventSchema = z.object({
  kind: z.string(),
  on: z.string(),
  length: z.number().optional(),
  ground: z.string().optional(),
});

/** Which stop an event begins, and which it ends. */
export const BEGINS: Partial<Record<EventKind, Stop>> = {
  "identity-asked": "identity",
  "information-asked": "information",
  "fee-asked": "fee",
  paused: "ground",
};
export const ENDS: Partial<Record<EventKind, Stop>> = {
  "identity-received": "identity",
  "information-received": "information",
  "fee-paid": "fee",
  resumed: "ground",
};
export const KINDS_OF_STOP: Record<Stop, { readonly begins: EventKind; readonly ends: EventKind }> = {
  identity: { begins: "identity-asked", ends: "identity-received" },
  information: { begins: "information-asked", ends: "information-received" },
  fee: { begins: "fee-asked", ends: "fee-paid" },
  ground: { begins: "paused", ends: "resumed" },
};

export function isEventKind(kind: string): kind is EventKind {
  return (EVENT_KINDS as readonly string[]).includes(kind);
}
