/** What an edition says that the one before it did not. Pure. */
import { FIELDS, type History, type Line } from "./history.ts";
import type { Redacted } from "./redact.ts";

/** The edition before: what it said, and which event stood behind which number. */
export interface Former {
  readonly history: History;
  readonly eventIds: ReadonlyMap<number, string>;
}

export type News = NonNullable<History["news"]>;

/**
 * By the numbers of the new edition: look-ups that it shows and the former did not, and look-ups of which it shows
 * something else. `gone`: how many the former showed and this one does not.
 */
export function newsOf(former: Former, now: Pick<Redacted, "lines" | "eventIds">): News {
  const was = new Map(former.history.lines.map((line) => [former.eventIds.get(line.number) ?? "", line]));
  const numbered = now.lines.map((line) => ({ line, eventId: now.eventIds.get(line.number) ?? "" }));
  const shown = new Set(numbered.map(({ eventId }) => eventId));
  return {
    edition: former.history.edition,
    releasedOn: former.history.answeredOn,
    lines: numbered.filter(({ eventId }) => !was.has(eventId)).map(({ line }) => line.number),
    changed: numbered.flatMap(({ line, eventId }) => {
      const before = was.get(eventId);
      return before && !saysTheSame(before, line) ? [line.number] : [];
    }),
    gone: [...was.keys()].filter((eventId) => !shown.has(eventId)).length,
  };
}

/** A day of the next look that moved is no news; a value that came or went is. */
function saysTheSame(one: Line, other: Line): boolean {
  return FIELDS.every((field) => {
    const [a, b] = [one.cells[field], other.cells[field]];
    if (a.kind === "shown" && b.kind === "shown") return a.text === b.text;
    if (a.kind === "withheld" && b.kind === "withheld") return a.ground === b.ground;
    return a.kind === b.kind;
  });
}

/** Numbers in order as runs: 1, 2, 3, 7 are [1, 3] and [7, 7]. */
export function runsOf(numbers: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && last[1] + 1 === number) last[1] = number;
    else runs.push([number, number]);
  }
  return runs;
}
