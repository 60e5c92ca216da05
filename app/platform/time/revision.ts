import type { LocalDate } from "./local-date.ts";

/** How a date that is worked out from facts came to be what it is. */
export interface Revision {
  /** How often it has moved: 0 for a date that still is the first one. */
  readonly sequence: number;
  /** The instant since which it is what it is. */
  readonly since: Date;
}

/** Once it was another date. */
export interface Move {
  readonly at: Date;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

export interface Course {
  /** The instant at which there first was a date. */
  readonly begun: Date;
  /** Oldest first. */
  readonly moves: readonly Move[];
}

/** The date as it was worked out from what was known at an instant; null: there was none. */
export interface PastDate {
  readonly at: Date;
  readonly date: LocalDate | null;
}

/**
 * Plays a date's history through again. A date that was taken away and came back the same has not moved.
 * @param past in any order
 * @throws RangeError when there never was a date
 */
export function replay(past: readonly PastDate[]): Course {
  const moves: Move[] = [];
  let begun: Date | null = null;
  let stands: LocalDate | null = null;
  for (const { at, date } of past.toSorted((one, other) => one.at.getTime() - other.at.getTime())) {
    if (date === null || date === stands) continue;
    if (stands === null) begun = at;
    else moves.push({ at, from: stands, to: date });
    stands = date;
  }
  if (begun === null) throw new RangeError("A date has no history before its first fact.");
  return { begun, moves };
}

/** @param unseen moves that are known of, and that the facts no longer show */
export function revisionOf({ begun, moves }: Course, unseen: readonly Pick<Move, "at">[] = []): Revision {
  const instants = [begun, ...moves.map(({ at }) => at), ...unseen.map(({ at }) => at)];
  return {
    sequence: moves.length + unseen.length,
    since: instants.reduce((latest, at) => (at > latest ? at : latest)),
  };
}
