/** How common names are among the people in one agency's logs: two Garcias say less than two Pfefferkorns. Pure. */
import { z } from "zod";
import type { Subject } from "./subject.ts";

const FIELDS = ["given", "family"] as const;
export type NameField = (typeof FIELDS)[number];

const counts = z.record(z.string(), z.int().positive());
export const nameCountsSchema = z.strictObject({
  people: z.int().positive(),
  given: counts,
  family: counts,
});
export type NameCounts = z.infer<typeof nameCountsSchema>;

/** Fewer people than this say nothing of how common a name is. */
export const FEWEST_PEOPLE = 200;
/** A name that fewer have is nobody's business: it is not kept, and counts as any name does. */
const FEWEST_BEARERS = 3;
/** So many of the commonest names are kept, of each field. */
const MOST_NAMES = 5_000;

export interface NameCounter {
  add(subject: Subject): void;
  /** Null while there are too few people. */
  result(): NameCounts | null;
}

export function countNames(): NameCounter {
  const tally = { given: new Map<string, number>(), family: new Map<string, number>() };
  let people = 0;
  return {
    add: ({ name }) => {
      people += 1;
      for (const field of FIELDS) {
        const value = nameValue(field, { name });
        if (value !== "") tally[field].set(value, (tally[field].get(value) ?? 0) + 1);
      }
    },
    result: () => {
      if (people < FEWEST_PEOPLE) return null;
      return { people, given: commonest(tally.given), family: commonest(tally.family) };
    },
  };
}

function commonest(tally: ReadonlyMap<string, number>): Record<string, number> {
  const common = [...tally].filter(([, count]) => count >= FEWEST_BEARERS);
  common.sort(([one, n], [other, m]) => m - n || (one < other ? -1 : 1));
  return Object.fromEntries(common.slice(0, MOST_NAMES));
}

/** The share of people who have somebody's name, or null where it is not among the common ones. */
export function shareOf(known: NameCounts, field: NameField, subject: Pick<Subject, "name">): number | null {
  const value = nameValue(field, subject);
  // "constructor" is nobody's name here.
  const count = Object.hasOwn(known[field], value) ? known[field][value] : undefined;
  return count === undefined ? null : count / known.people;
}

function nameValue(field: NameField, { name }: Pick<Subject, "name">): string {
  return [...name[field]].sort().join(" ");
}
