/**
 * What a delivered file says of itself (its number, the days it is complete for, how many rows it has), and what
 * counts when the sender said something else beside it. Pure.
 */
import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { addDays, type LocalDate, localDate, startOfDay } from "#app/platform/time/local-date.ts";
import type { BatchClaim } from "./batch.ts";
import type { Period } from "./coverage.ts";
import type { BatchFacts } from "./formats/json-rows.ts";
import { readLogTime } from "./log-time.ts";

/** What could be understood of it. */
export const saidSchema = z.strictObject({
  rows: z.int().nonnegative().nullable(),
  sequenceNo: z.int().nonnegative().nullable(),
  period: z.strictObject({ from: z.iso.date(), to: z.iso.date() }).nullable(),
});
export type Said = z.infer<typeof saidSchema>;

/** The largest number that a delivery may have. */
const MOST = 2_147_483_647;

/** @returns null when the file says nothing that could be understood */
export function readFacts(facts: BatchFacts | null, zone: string): Said | null {
  if (facts === null) return null;
  const within = (number: number | null) => (number !== null && number <= MOST ? number : null);
  const said = {
    rows: within(facts.rows),
    sequenceNo: within(facts.sequenceNo),
    period: periodOf(facts, zone),
  };
  return Object.values(said).every((one) => one === null) ? null : said;
}

/** Both ends, or no period: a delivery that says from when on and not until when is complete for no day. */
function periodOf({ from, to }: BatchFacts, zone: string): Period | null {
  const first = from === null ? null : dayFrom(from, zone);
  const last = to === null ? null : dayTo(to, zone);
  return first !== null && last !== null && first <= last ? { from: first, to: last } : null;
}

/** The first whole local day from a day or an instant on. */
function dayFrom(text: string, zone: string): LocalDate | null {
  const read = dayOrInstant(text, zone);
  if (read === null || "day" in read) return read?.day ?? null;
  const day = localDate(read.instant, zone);
  return startOfDay(day, zone).getTime() === read.instant.getTime() ? day : addDays(day, 1);
}

/** The last local day that is whole by then. 23:59:59 is the end of its day. */
function dayTo(text: string, zone: string): LocalDate | null {
  const read = dayOrInstant(text, zone);
  if (read === null || "day" in read) return read?.day ?? null;
  return addDays(localDate(new Date(read.instant.getTime() + 1_000), zone), -1);
}

function dayOrInstant(text: string, zone: string): { day: LocalDate } | { instant: Date } | null {
  const trimmed = text.trim();
  if (/^\d{4}-\d{2}-\d{2}$/.test(trimmed)) return isDay(trimmed) ? { day: trimmed } : null;
  const read = readLogTime(trimmed, { formats: ["iso"], zone });
  return typeof read === "string" ? null : { instant: new Date(read.instant) };
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What the sender said beside the file counts; the file, or an earlier word, speaks where the sender said nothing. */
export function decideClaim(said: BatchClaim | null, claim: BatchClaim | undefined): BatchClaim {
  return {
    sequenceNo: claim?.sequenceNo ?? said?.sequenceNo ?? null,
    period: claim?.period ?? said?.period ?? null,
  };
}

/** What of a file's own word does not agree with what counts, or with what was found in it. */
export type Contradiction =
  | { about: "rows"; said: number; counts: number }
  | { about: "sequenceNo"; said: number; counts: number }
  | { about: "period"; said: Period; counts: Period };

export function listContradictions(said: Said | null, counts: BatchClaim & { rows: number }): Contradiction[] {
  if (said === null) return [];
  const found: Contradiction[] = [];
  const { rows, sequenceNo, period } = said;
  if (rows !== null && rows !== counts.rows) found.push({ about: "rows", said: rows, counts: counts.rows });
  if (sequenceNo !== null && counts.sequenceNo !== null && sequenceNo !== counts.sequenceNo) {
    found.push({ about: "sequenceNo", said: sequenceNo, counts: counts.sequenceNo });
  }
  const same = period?.from === counts.period?.from && period?.to === counts.period?.to;
  if (period !== null && counts.period !== null && !same) {
    found.push({ about: "period", said: period, counts: counts.period });
  }
  return found;
}

/** Hears what a file says while it is read. */
export interface FactsHeard {
  readonly onFacts: (facts: BatchFacts) => void;
  /** What was said last. */
  readonly facts: () => BatchFacts | null;
}

export function hearFacts(): FactsHeard {
  let heard: BatchFacts | null = null;
  return {
    onFacts: (facts) => {
      heard = facts;
    },
    facts: () => heard,
  };
}
