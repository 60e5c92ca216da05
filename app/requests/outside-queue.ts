/**
 * Who opens many files beyond those that he works on. Pure.
 *
 * A file counts as opened outside the queue on a day when somebody read it that day and has done nothing else with
 * it until then (of late: `lookBackDays`). Reading ahead, helping a colleague or learning look the same: a high
 * number is a question to ask, and never an answer.
 */
import { addDays, type LocalDate } from "#app/platform/time/local-date.ts";

export const OUTSIDE_RULE = {
  /** Fewer files than this on one day are never shown. */
  least: 10,
  /** Nor what is less than so many times the person's own median day. */
  timesUsual: 3,
  /** The days before, of which the median is taken: those on which the person opened any file. */
  usualDays: 28,
  /** How far back an act still says that the person works on a file. */
  lookBackDays: 60,
  /** The days that are shown. */
  shownDays: 30,
} as const;

/** Something done with a case's file, or a look at it. */
export interface FileAct {
  readonly accountId: string;
  readonly caseId: string;
  /** At the agency. */
  readonly day: LocalDate;
  /** It was read, and nothing else. */
  readonly isRead: boolean;
}

/** A day on which somebody opened more files outside the queue than the rule lets pass. */
export interface OutsideDay {
  readonly accountId: string;
  readonly day: LocalDate;
  readonly files: number;
  /** The person's own median of the days before; 0 when there were none. */
  readonly usual: number;
}

/** @param today The days shown end with it. */
export function listOutsideDays(acts: readonly FileAct[], today: LocalDate): OutsideDay[] {
  const since = addDays(today, 1 - OUTSIDE_RULE.shownDays);
  const people = new Set(acts.map(({ accountId }) => accountId));
  const days = [...people].flatMap((accountId) => {
    const counts = countByDay(acts.filter((act) => act.accountId === accountId));
    return counts.flatMap(({ day, files }): OutsideDay[] => {
      const usual = medianOf(
        counts
          .filter((other) => other.day < day && other.day >= addDays(day, -OUTSIDE_RULE.usualDays))
          .map((other) => other.files),
      );
      const isShown = files >= OUTSIDE_RULE.least && files >= OUTSIDE_RULE.timesUsual * usual;
      return isShown && day >= since && day <= today ? [{ accountId, day, files, usual }] : [];
    });
  });
  return days.sort((a, b) => b.day.localeCompare(a.day) || b.files - a.files);
}

/** The files that one person opened outside the queue on one day. */
export function outsideFiles(acts: readonly FileAct[], accountId: string, day: LocalDate): string[] {
  const own = acts.filter((act) => act.accountId === accountId && act.day <= day);
  const worked = new Set(own.filter(({ isRead }) => !isRead).map(({ caseId }) => caseId));
  const opened = own.filter((act) => act.isRead && act.day === day).map(({ caseId }) => caseId);
  return [...new Set(opened)].filter((caseId) => !worked.has(caseId));
}

/** One person's acts: how many files outside the queue on each day with any act, in order. */
function countByDay(own: readonly FileAct[]): { day: LocalDate; files: number }[] {
  const byDay = Map.groupBy(own, ({ day }) => day);
  const worked = new Set<string>();
  return [...byDay]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([day, acts]) => {
      for (const { caseId, isRead } of acts) if (!isRead) worked.add(caseId);
      const outside = new Set(acts.map(({ caseId }) => caseId).filter((caseId) => !worked.has(caseId)));
      return { day, files: outside.size };
    });
}

function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  if (sorted.length % 2 === 1) return sorted[middle] ?? 0;
  return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
