/**
 * What a clerk decides about a matched event, line by line and field by field.
 *
 * Decisions are an append-only list; the newest for an event and a field counts. Nothing is disclosed
 * by default: a line without a decision keeps the whole answer from being proposed.
 */
import { Refused } from "#app/platform/failure.ts";
import type { LocalDate } from "#app/platform/time/local-date.ts";
import { type Bound, findGround } from "./ground.ts";
import { FIELDS, type Field } from "./history.ts";

/** The whole line, where a field's name would stand. */
export const LINE = "*";
export type Target = Field | typeof LINE;

export const LINE_OUTCOMES = ["disclose", "withhold", "defer"] as const;
export type LineOutcome = (typeof LINE_OUTCOMES)[number];
export const FIELD_OUTCOMES = ["disclose", "redact"] as const;
export type FieldOutcome = (typeof FIELD_OUTCOMES)[number];
export type Outcome = LineOutcome | FieldOutcome;

/** Recorded where an act is undone before which nothing was decided: it is open again. */
export const REOPENED = "reopened";

export interface Decision {
  readonly id: string;
  readonly eventId: string;
  readonly field: Target;
  readonly outcome: Outcome;
  /** Id of a ground (ground.ts); null for a disclosure. */
  readonly exemption: string | null;
  /** The clerk's own words, for the supervisor. They never leave the agency. */
  readonly reason: string | null;
  readonly reviewOn: LocalDate | null;
  readonly by: string;
  readonly at: Date;
  /** The rule that proposed it (proposals/), and its version; none where the clerk decided without one. */
  readonly rule?: string | null;
  readonly ruleVersion?: number | null;
  /** The day of the next look has come, and was noticed. */
  readonly returned?: boolean;
}

/** A decision as it stands in the record, or that one was taken back. */
export type RecordedDecision = Omit<Decision, "outcome"> & {
  readonly outcome: Outcome | typeof REOPENED;
  /** The act that it belongs to; null: one from before acts were counted. */
  readonly actNo: number | null;
};

/** The decisions that count for one event. */
export interface Effective {
  /** On the whole line; null while nobody has decided it. */
  readonly line: Decision | null;
  /** On single fields. They count only while the line itself is disclosed. */
  readonly fields: ReadonlyMap<Field, Decision>;
}

const UNDECIDED: Effective = { line: null, fields: new Map() };

/** What counts, by event: of several decisions on one target the newest; no two of a case bear the same instant. */
export function effectiveDecisions(
  decisions: readonly (Decision | RecordedDecision)[],
): (eventId: string) => Effective {
  const found = new Map<string, { line: Decision | null; fields: Map<Field, Decision> }>();
  const inOrder = [...decisions].sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const recorded of inOrder) {
    const entry = found.get(recorded.eventId) ?? { line: null, fields: new Map<Field, Decision>() };
    const decision = stands(recorded) ? recorded : null;
    if (recorded.field === LINE) entry.line = decision;
    else if (decision === null) entry.fields.delete(recorded.field);
    else entry.fields.set(recorded.field, decision);
    found.set(recorded.eventId, entry);
  }
  return (eventId) => found.get(eventId) ?? UNDECIDED;
}

/** An undone decision stands no more. */
export function stands(recorded: Decision | RecordedDecision): recorded is Decision {
  return recorded.outcome !== REOPENED;
}

/** The decision that hides a whole line, or null when the line is disclosed or undecided. */
export function hidesLine(effective: Effective): Decision | null {
  return effective.line && effective.line.outcome !== "disclose" ? effective.line : null;
}

/** The decision that hides a field of a disclosed line, or null. */
export function hidesField(effective: Effective, field: Field): Decision | null {
  const decision = effective.fields.get(field);
  return decision?.outcome === "redact" ? decision : null;
}

/**
 * The decisions by which a line is held back, in whole or in part, until a day that has come: they hold on until a new
 * one is taken, and nothing goes out before that.
 */
export function returnedOf({ line, fields }: Effective): Decision[] {
  if (line === null) return [];
  const holding = line.outcome === "disclose" ? [...fields.values()].filter((one) => one.outcome === "redact") : [line];
  return holding.filter((decision) => decision.returned);
}

/** Nobody has decided it, or what was decided has come back. */
export function isUndecided(effective: Effective): boolean {
  return effective.line === null || returnedOf(effective).length > 0;
}

/** Everything that keeps the decisions from being proposed: the events that nobody has decided, or not anew. */
export function undecided(eventIds: readonly string[], effectiveOf: (eventId: string) => Effective): string[] {
  return eventIds.filter((id) => isUndecided(effectiveOf(id)));
}

/** A decision as a clerk asks for it, before the rules have seen it. */
export interface Asked {
  readonly field: Target;
  readonly outcome: Outcome;
  readonly exemption: string | null;
  readonly reason: string | null;
  readonly reviewOn: LocalDate | null;
}

/** The longest reason that a clerk may write, in characters. */
export const REASON_LENGTH = 2_000;

/**
 * A decision as it may be recorded. A disclosure carries no exemption; whatever holds something back
 * carries an exemption that binds this custodian and a reason; a deferral also the day on which the
 * line comes back.
 * @throws Refused with one sentence that says what is missing
 */
export function checkDecision(asked: Asked, facts: Bound & { today: LocalDate }): Asked {
  checkOutcome(asked);
  if (asked.outcome === "disclose") return { ...asked, exemption: null, reviewOn: null };
  checkGround(asked, facts);
  if (asked.reason === null || asked.reason.trim() === "") {
    throw new Refused("desk.refusedReason", "Say in a sentence why this is held back; only your supervisor reads it.");
  }
  if (asked.reason.length > REASON_LENGTH) {
    throw new Refused("desk.refusedReasonLong", "Say the reason in 2,000 characters or fewer.");
  }
  if (asked.outcome === "defer" && asked.reviewOn === null) {
    throw new Refused("desk.refusedReview", "A deferred line needs the day on which you will look at it again.");
  }
  if (asked.reviewOn !== null && asked.reviewOn <= facts.today) {
    throw new Refused("desk.refusedReviewPast", "The day of the next look must lie after today.");
  }
  return asked;
}

function checkOutcome({ field, outcome }: Asked): void {
  const accepted: readonly Outcome[] = field === LINE ? LINE_OUTCOMES : FIELD_OUTCOMES;
  if (accepted.includes(outcome)) return;
  if (field === LINE) throw new Refused("desk.refusedLineOutcome", "A whole line is disclosed, withheld or deferred.");
  throw new Refused("desk.refusedFieldOutcome", "A single field is disclosed or redacted.");
}

function checkGround({ exemption, field }: Asked, bound: Bound): void {
  if (exemption === null) {
    throw new Refused("desk.refusedGround", "Choose the law that allows you to hold this back.");
  }
  const ground = findGround(exemption, bound);
  if (!ground) {
    throw new Refused("desk.refusedGroundUnknown", "Choose one of the listed laws; no other one binds this case.");
  }
  if (!ground.covers.includes(field === LINE ? "line" : "field")) {
    throw new Refused(
      "desk.refusedGroundScope",
      "This law covers single fields, not a whole line; choose another, or redact the field.",
    );
  }
}

export function isField(text: string): text is Field {
  return (FIELDS as readonly string[]).includes(text);
}
