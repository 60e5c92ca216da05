/**
 * What agreement is worth: the model of Fellegi and Sunter ("A Theory for Record Linkage", 1969). For each field and
 * level it holds how often records of one person agree so (m), and how often records of two strangers do (u); the
 * weight is log2(m / u). A rare name that agrees is worth more than a common one. Pure.
 */
import { type Agreement, type Comparison, FIELDS, type Field } from "./compare.ts";
import type { Traits } from "./traits.ts";

export type Chances = { readonly [F in Field]: Readonly<Record<string, number>> };

export interface Model {
  readonly m: Chances;
  readonly u: Chances;
  /** How often a record has given and family names the other way round. */
  readonly crossed: number;
  /** Of one value of a field: which share of people have it; null where that is not known. */
  frequency(field: Field, traits: Traits): number | null;
}

/** Weights in bits, one for each field that speaks; they add up to the score's. */
export interface Score {
  readonly bits: number;
  readonly crossed: boolean;
  readonly parts: readonly { readonly field: Field; readonly level: string; readonly bits: number }[];
}

/** The better of both orders of the name, each with what that order costs. */
export function score(model: Model, { straight, crossed }: Comparison, person: Traits): Score {
  const usual = weigh(model, straight, person, Math.log2(1 - model.crossed), false);
  const turned = weigh(model, crossed, person, Math.log2(model.crossed), true);
  return turned.bits > usual.bits ? turned : usual;
}

function weigh(model: Model, agreement: Agreement, person: Traits, order: number, crossed: boolean): Score {
  const parts: Score["parts"][number][] = [];
  let bits = order;
  for (const field of FIELDS) {
    const level = agreement[field];
    if (level === null) continue;
    const weight = Math.log2(chance(model.m, field, level) / unlikely(model, field, level, person));
    parts.push({ field, level, bits: weight });
    bits += weight;
  }
  return { bits, crossed, parts };
}

export function chance(chances: Chances, field: Field, level: string): number {
  const value = chances[field][level];
  if (value === undefined) throw new Error(`the model knows no level ${level} of ${field}`);
  return value;
}

/** How often a stranger agrees so: for a value that agrees wholly, how common that value is. */
function unlikely(model: Model, field: Field, level: string, person: Traits): number {
  const average = chance(model.u, field, level);
  return level === "same" ? (model.frequency(field, person) ?? average) : average;
}
