/** What was proposed, as it is kept: which look-ups, what was said and decided of each, and why one must be looked at. */
import { z } from "zod";
import { isCertain } from "./certain.ts";
import { type Decision, type Effective, hidesLine } from "./decision.ts";
import { FIELDS, type Field } from "./history.ts";

/** Why a line is looked at whatever the sample is. */
export const ALWAYS = ["withheld", "deferred", "redacted", "asked", "secret"] as const;
export type Always = (typeof ALWAYS)[number];

const lineSchema = z.strictObject({
  eventId: z.string(),
  /** ISO instant of the look-up. */
  when: z.string(),
  verdict: z.enum(["accepted", "rejected"]).nullable(),
  /** Who gave the verdict, and when (ISO instant). */
  by: z.string().nullable(),
  at: z.string().nullable(),
  /** Ids of the decisions that count: decisions never change, so their ids stand for them. */
  line: z.string().nullable(),
  fields: z.partialRecord(z.enum(FIELDS), z.string()),
  always: z.array(z.enum(ALWAYS)),
});
export type ProposedContentLine = z.infer<typeof lineSchema>;

export const contentSchema = z.strictObject({ lines: z.array(lineSchema) });
export type ProposedContent = z.infer<typeof contentSchema>;

interface Proposable {
  readonly matches: readonly {
    readonly eventId: string;
    readonly eventAt: Date;
    readonly evidence: readonly string[];
    readonly verdict: "accepted" | "rejected" | null;
    readonly decidedBy: string | null;
    readonly decidedAt: Date | null;
  }[];
  readonly effectiveOf: (eventId: string) => Effective;
}

/** @param secret ids of the look-ups that their log marks as kept from the person searched for */
export function contentOf({ matches, effectiveOf }: Proposable, secret: ReadonlySet<string>): ProposedContent {
  const lines = matches.map((match) => {
    const { eventId, verdict } = match;
    const effective = effectiveOf(eventId);
    const fields = Object.fromEntries([...effective.fields].map(([field, { id }]) => [field, id]));
    return {
      eventId,
      when: match.eventAt.toISOString(),
      verdict,
      by: match.decidedBy,
      at: match.decidedAt?.toISOString() ?? null,
      line: effective.line?.id ?? null,
      fields,
      always: verdict === "accepted" ? reasonsToLook(effective, match.evidence, secret.has(eventId)) : [],
    };
  });
  return { lines };
}

function reasonsToLook(effective: Effective, evidence: readonly string[], isSecret: boolean): Always[] {
  const hidden = hidesLine(effective);
  const always: Always[] = [];
  if (hidden !== null) always.push(hidden.outcome === "defer" ? "deferred" : "withheld");
  if (hidden === null && [...effective.fields.values()].some(({ outcome }) => outcome === "redact"))
    always.push("redacted");
  if (!isCertain(evidence)) always.push("asked");
  if (isSecret && hidden === null) always.push("secret");
  return always;
}

/** The lines of the answer itself: those that were found to be this person's. */
export function answerLines(content: ProposedContent): ProposedContentLine[] {
  return content.lines.filter((line) => line.verdict === "accepted");
}

/** One thing said of a look-up that is not as it was: whether it is this person's, the line, or a field of it. */
export interface Turn {
  readonly target: "match" | "line" | Field;
  /** What it was: a verdict or a decision's id; null when nothing was said of it. */
  readonly from: string | null;
  readonly to: string | null;
}

export interface Change {
  readonly eventId: string;
  readonly when: string;
  readonly kind: "added" | "dropped" | "changed";
  /** Of a look-up that was added or dropped, only its decision on the line. */
  readonly turns: readonly Turn[];
  /** The line as it stood before and after; null where it was not part of the answer. */
  readonly before: ProposedContentLine | null;
  readonly after: ProposedContentLine | null;
}

/**
 * What differs between two answers, newest look-up first: lines that came in, lines that fell out (no longer found, or
 * no longer this person's), and lines of which something else was decided.
 */
export function changesBetween(before: ProposedContent, after: ProposedContent): Change[] {
  const was = new Map(before.lines.map((line) => [line.eventId, line]));
  const is = new Map(after.lines.map((line) => [line.eventId, line]));
  const changes = [...new Set([...was.keys(), ...is.keys()])].flatMap((eventId): Change[] => {
    const [old, now] = [was.get(eventId) ?? null, is.get(eventId) ?? null];
    const when = (now ?? old)?.when ?? "";
    const [inside, stays] = [old?.verdict === "accepted", now?.verdict === "accepted"];
    const turns = turnsOf(old, now);
    if (inside && !stays) return [{ eventId, when, kind: "dropped", turns, before: old, after: now }];
    if (!inside && stays) return [{ eventId, when, kind: "added", turns, before: old, after: now }];
    return turns.length === 0 ? [] : [{ eventId, when, kind: "changed", turns, before: old, after: now }];
  });
  return changes.sort((a, b) => (a.when < b.when ? 1 : a.when > b.when ? -1 : a.eventId < b.eventId ? -1 : 1));
}

function turnsOf(old: ProposedContentLine | null, now: ProposedContentLine | null): Turn[] {
  const turn = (target: Turn["target"], from: string | null, to: string | null): Turn[] =>
    from === to ? [] : [{ target, from, to }];
  return [
    ...turn("match", old?.verdict ?? null, now?.verdict ?? null),
    ...turn("line", old?.line ?? null, now?.line ?? null),
    ...FIELDS.flatMap((field) => turn(field, old?.fields[field] ?? null, now?.fields[field] ?? null)),
  ];
}

/** The decision of a turn's one end, or null: a verdict is none. */
export function decisionOf(id: string | null, decisions: ReadonlyMap<string, Decision>): Decision | null {
  return id === null ? null : (decisions.get(id) ?? null);
}
