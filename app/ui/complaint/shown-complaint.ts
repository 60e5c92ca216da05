/** A complaint as pages are handed it: the law's steps already in the reader's language. */
import type { ComplaintSummary } from "#app/complaints/complaint-summary.ts";
import type { DeadlineStep } from "../deadline-card.tsx";

export type ShownNext =
  | { source: "law"; on: string; daysLeft: number; cite: string; steps: DeadlineStep[] }
  | { source: "portal"; on: string; daysLeft: number; since: string; days: number };

export interface ShownSummary extends Omit<ComplaintSummary, "next" | "disciplineLimit"> {
  next: ShownNext | null;
  limit: { on: string; passed: boolean; cite: string; steps: DeadlineStep[] } | null;
}
