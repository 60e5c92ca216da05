import type { CaseDates, CaseMove } from "#app/requests/date-move.ts";
import type { Preview } from "#app/requests/preview-change.server.ts";

/** The cases that a change moves, as a command answers: each date as [before, after]. */
export function movesJson({ moves }: Pick<Preview, "moves">) {
  return moves.map((move) => {
    const both = <K extends keyof CaseDates>(key: K) => [move.before[key], move.after[key]] as const;
    return {
      case: move.number,
      agency: move.agency,
      due: both("due"),
      latest: both("latest"),
      noticeDue: both("noticeDue"),
      overdue: both("overdue"),
    };
  });
}

/** The same for a reader; `done` false: nothing was changed. */
export function movesLines({ moves }: Pick<Preview, "moves">, done: boolean): string[] {
  const count = `${moves.length} open ${moves.length === 1 ? "case" : "cases"}`;
  if (moves.length === 0) return [`No open case ${done ? "has moved" : "would move"}.`];
  return [`${count} ${done ? "moved" : "would move"}:`, ...moves.map(lineOf)];
}

function lineOf({ number, agency, before, after }: CaseMove): string {
  const dates = [
    change("due", before.due, after.due),
    change("latest", before.latest, after.latest),
    change("notice of an extension by", before.noticeDue, after.noticeDue),
  ].filter((text) => text !== null);
  const late = before.overdue === after.overdue ? "" : after.overdue ? ", now late" : ", not late any more";
  return `  ${number} (${agency}): ${dates.join(", ")}${late}`;
}

function change(what: string, before: string | null, after: string | null): string | null {
  return before === after ? null : `${what} ${before ?? "none"} -> ${after ?? "none"}`;
}
