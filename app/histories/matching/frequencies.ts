/** How common a value is among the people that are compared: two Smiths say less than two Pfefferkorns. Pure. */
import type { Field } from "./compare.ts";
import type { Traits } from "./traits.ts";

/** A value that one person has may be another's tomorrow: it counts as half a person more. */
const UNSEEN = 0.5;

/** @returns for a person's own value, the share of other people who have it; null for fields that have no such value */
export function frequencies(people: readonly Traits[]): (field: Field, person: Traits) => number | null {
  const counts = new Map<string, number>();
  for (const person of people) {
    for (const field of COUNTED) {
      const value = valueIn(field, person);
      if (value !== null) counts.set(`${field}:${value}`, (counts.get(`${field}:${value}`) ?? 0) + 1);
    }
  }
  return (field, person) => {
    const value = valueIn(field, person);
    if (value === null) return null;
    const others = Math.max(0, (counts.get(`${field}:${value}`) ?? 0) - 1);
    return (others + UNSEEN) / people.length;
  };
}

const COUNTED = ["given", "family", "locality"] as const satisfies readonly Field[];

function valueIn(field: Field, { name, address }: Traits): string | null {
  if (field === "given") return [...name.given].sort().join(" ");
  if (field === "family") return [...name.family].sort().join(" ");
  if (field === "locality") return address && `${address.locality}|${address.postcode}`;
  return null;
}
