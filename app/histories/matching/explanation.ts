/** Why somebody in a log may be the one who asks: the score, taken apart. Stored sealed beside the match. Pure. */
import { z } from "zod";
import type { Subject } from "#app/feeds/subjects/subject.ts";
import { bandOf } from "./bands.ts";
import { compare } from "./compare.ts";
import { type Model, type Score, score } from "./model.ts";
import type { Traits } from "./traits.ts";

/** The fields that a name and a birth date have; a number and an address are compared elsewhere. */
export const NAME_FIELDS = ["given", "family", "birth", "suffix"] as const;

export const explanationSchema = z.strictObject({
  /** `ask`: the machine does not dare to propose it. */
  band: z.enum(["propose", "ask"]),
  /** That it is this person, from 0 to 1. */
  chance: z.number().min(0).max(1),
  /** Given and family names agree only the other way round. */
  crossed: z.boolean(),
  /** The log knows no birth date. */
  noBirth: z.boolean(),
  /** The event names a number of a kind that the resident has proved, and it is another one. */
  numberOther: z.boolean(),
  /** What each field says, in bits for (or against) its being this person. */
  parts: z.array(z.strictObject({ field: z.enum(NAME_FIELDS), level: z.string(), bits: z.number() })),
});
export type Explanation = z.infer<typeof explanationSchema>;

/**
 * Among so many people somebody is looked for. About as many as live in the middle one of California's counties: the
 * few that a log names are drawn from all of those, so a small log makes nobody likelier.
 */
const PEOPLE = 250_000;

/** The probability that a score is of one person, when nothing else is known. */
function chanceOf(bits: number): number {
  const odds = 2 ** bits / PEOPLE;
  return odds / (1 + odds);
}

/**
 * How well somebody in a log fits the best of a resident's names.
 * @returns null when it is left out: too improbable to ask anybody
 */
export function explain(model: Model, found: Subject, names: readonly Subject[]): Explanation | null {
  const event = traitsOf(found);
  const scores = names.map((name) => {
    const person = traitsOf(name);
    return score(model, compare(event, person), person);
  });
  const [first, ...others] = scores;
  if (first === undefined) return null;
  const best = others.reduce((one, other) => (other.bits > one.bits ? other : one), first);
  return explained(best, found);
}

function explained(best: Score, found: Subject): Explanation | null {
  const chance = chanceOf(best.bits);
  const band = bandOf(chance, best);
  if (band === "leave") return null;
  return {
    // A name is many people's, however rare it is in one log: without the birth date nothing is proposed.
    band: best.parts.some(agreesInBirth) ? band : "ask",
    chance: Math.round(chance * 1000) / 1000,
    crossed: best.crossed,
    noBirth: found.birth === null,
    numberOther: false,
    parts: best.parts.flatMap(({ field, level, bits }) => {
      const own = NAME_FIELDS.find((one) => one === field);
      return own === undefined ? [] : [{ field: own, level, bits: Math.round(bits * 10) / 10 }];
    }),
  };
}

function agreesInBirth({ field, level }: Score["parts"][number]): boolean {
  return field === "birth" && (level === "same" || level === "swapped");
}

function traitsOf({ name, birth }: Subject): Traits {
  return { name, birth, number: null, address: null };
}

/** The likelier of two reasons for one look-up: what is proposed comes before what is asked. */
export function stronger(one: Explanation, other: Explanation): Explanation {
  if (one.band !== other.band) return one.band === "propose" ? one : other;
  return other.chance > one.chance ? other : one;
}
