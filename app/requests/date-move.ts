/** What a change of closed days or of the law does to the dates of one case. Pure: two clocks are compared. */
import type { Clock } from "#app/law/clock.ts";
import type { LocalDate } from "#app/law/local-date.ts";

/** The dates of a case that people act by. */
export interface CaseDates {
  /** The safe date. */
  readonly due: LocalDate;
  /** After it the resident may complain, in any reading of the law. */
  readonly latest: LocalDate;
  /** By when the notice of an extension must be sent; null where the rule allows none. */
  readonly noticeDue: LocalDate | null;
  /** Late on that day, or once told to be. */
  readonly overdue: boolean;
}

export interface DateMove {
  readonly before: CaseDates;
  readonly after: CaseDates;
}

/** The move of one case's dates. */
export interface CaseMove extends DateMove {
  readonly caseId: string;
  /** WL-2026-00012-A */
  readonly number: string;
  /** The agency's name. */
  readonly agency: string;
}

/** How many cases of one agency move, for whoever may not know which. */
export interface MoveCount {
  readonly agency: string;
  readonly moved: number;
  /** On time before, and late by the new date. */
  readonly becomeLate: number;
}

/**
 * How the dates move; null when none does.
 * @param isLate whether a clock is late today, as the pages say it
 */
export function findMove(before: Clock, after: Clock, isLate: (clock: Clock) => boolean): DateMove | null {
  const same = before.due === after.due && before.latest === after.latest && before.noticeDue === after.noticeDue;
  return same ? null : { before: datesOf(before, isLate(before)), after: datesOf(after, isLate(after)) };
}

function datesOf({ due, latest, noticeDue }: Clock, overdue: boolean): CaseDates {
  return { due, latest, noticeDue, overdue };
}

/** Moves added up by agency, in the order of the agencies' names. */
export function countMoves(moves: readonly (DateMove & { readonly agency: string })[]): MoveCount[] {
  const byAgency = [...Map.groupBy(moves, (move) => move.agency)];
  return byAgency
    .map(([agency, own]) => ({
      agency,
      moved: own.length,
      becomeLate: own.filter(({ before, after }) => !before.overdue && after.overdue).length,
    }))
    .sort((a, b) => a.agency.localeCompare(b.agency));
}
