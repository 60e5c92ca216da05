/**
 * What the model believes before it has seen any records: what it starts to learn from, and what it uses where there
 * are too few people to learn from.
 */
import { type NameCounts, shareOf } from "#app/feeds/subjects/name-counts.ts";
import type { Chances, Model } from "./model.ts";

/** Of records of one person: how often a field agrees at each level. */
export const M: Chances = {
  given: { same: 0.72, part: 0.05, "short-form": 0.04, initial: 0.02, close: 0.09, alike: 0.03, other: 0.05 },
  family: { same: 0.74, part: 0.05, close: 0.11, alike: 0.04, other: 0.06 },
  birth: { same: 0.9, swapped: 0.01, typo: 0.04, "two-parts": 0.02, year: 0.01, other: 0.02 },
  number: { same: 0.92, typo: 0.05, other: 0.03 },
  street: { same: 0.6, street: 0.2, close: 0.08, number: 0.06, other: 0.06 },
  locality: { same: 0.75, one: 0.15, close: 0.03, other: 0.07 },
  suffix: { same: 0.95, other: 0.05 },
};

/** Of records of two strangers. */
export const U: Chances = {
  given: { same: 0.008, part: 0.002, "short-form": 0.003, initial: 0.004, close: 0.003, alike: 0.006, other: 0.974 },
  family: { same: 0.001, part: 0.0005, close: 0.001, alike: 0.003, other: 0.9945 },
  birth: { same: 0.00004, swapped: 0.00002, typo: 0.0009, "two-parts": 0.005, year: 0.012, other: 0.98204 },
  number: { same: 0.000001, typo: 0.00001, other: 0.999989 },
  street: { same: 0.000001, street: 0.001, close: 0.001, number: 0.01, other: 0.987999 },
  locality: { same: 0.001, one: 0.002, close: 0.01, other: 0.987 },
  suffix: { same: 0.5, other: 0.5 },
};

export const DEFAULT_MODEL: Model = { m: M, u: U, crossed: 0.03, frequency: () => null };

/** The default with what an agency's own logs say of how common names are, where they say it. */
export function modelFor(counts: NameCounts | null): Model {
  if (counts === null) return DEFAULT_MODEL;
  return {
    ...DEFAULT_MODEL,
    frequency: (field, person) => (field === "given" || field === "family" ? shareOf(counts, field, person) : null),
  };
}
