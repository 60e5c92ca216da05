/**
 * Learns a model from the records alone, without anybody having said which of them are one person's. Pure.
 *
 * u comes from pairs of people who are known to be strangers: the people among themselves. m comes by expectation and
 * maximisation over the candidates: each record is about one person of the list or about nobody in it, so how probable
 * one person is depends on how well the others fit. What no key brought together counts as strangers.
 */
import { type Agreement, type Comparison, compare, FIELDS, type Field, LEVELS } from "./compare.ts";
import { DEFAULT_MODEL, M, U } from "./default-model.ts";
import { frequencies } from "./frequencies.ts";
import { type Chances, type Model, type Score, score } from "./model.ts";
import type { Traits } from "./traits.ts";

export interface Learnt {
  readonly model: Model;
  /** The share of the records that are about somebody in the list. */
  readonly known: number;
}

const STRANGERS = 200_000;
const ROUNDS = 25;
/** How many records the default's belief weighs. Small: twenty real ones outweigh it. */
const BELIEF_M = 20;
const BELIEF_U = 20_000;
/** Fewer people than this teach less than the default knows. */
const FEWEST = 200;

/** One of the people whom a record's keys found, compared with it. */
export interface Candidate {
  readonly person: number;
  readonly comparison: Comparison;
}

/**
 * @param candidates For each record, those whom its keys found.
 * @param random 0 to below 1, such as a seeded generator's: what is learnt from the same records is the same.
 */
export function learn(
  people: readonly Traits[],
  candidates: readonly (readonly Candidate[])[],
  random: () => number,
): Learnt {
  const enough = people.length >= FEWEST;
  const u = enough ? learnStrangers(people, random) : U;
  const frequency = enough ? frequencies(people) : DEFAULT_MODEL.frequency;
  let learnt: Learnt = { model: { ...DEFAULT_MODEL, u, frequency }, known: 0.5 };
  if (!enough || candidates.length < FEWEST) return learnt;
  for (let round = 0; round < ROUNDS; round++) learnt = oneRound(learnt, people, candidates);
  return learnt;
}

/**
 * For each of a record's candidates the probability that the record is about that person.
 * @param known The share of records that are about somebody among `count` people.
 */
export function chances(scores: readonly Score[], known: number, count: number): number[] {
  const prior = known / count;
  const odds = scores.map(({ bits }) => prior * 2 ** bits);
  const all = odds.reduce((sum, one) => sum + one, 1 - known);
  return odds.map((one) => one / all);
}

function oneRound(
  { model, known }: Learnt,
  people: readonly Traits[],
  candidates: readonly (readonly Candidate[])[],
): Learnt {
  const tally = newTally();
  let matched = 0;
  let crossed = 0;
  for (const found of candidates) {
    const scores = found.map(({ person, comparison }) => score(model, comparison, people[person] as Traits));
    for (const [k, chance] of chances(scores, known, people.length).entries()) {
      matched += chance;
      const { parts, crossed: turned } = scores[k] as Score;
      if (turned) crossed += chance;
      for (const { field, level } of parts) add(tally, field, level, chance);
    }
  }
  const share = (value: number) => Math.min(0.999, Math.max(0.001, value));
  return {
    model: { ...model, m: toChances(tally, M, BELIEF_M), crossed: share((crossed + 0.5) / (matched + 10)) },
    known: share(matched / candidates.length),
  };
}

function learnStrangers(people: readonly Traits[], random: () => number): Chances {
  const tally = newTally();
  const draw = () => Math.floor(random() * people.length);
  for (let i = 0; i < STRANGERS; i++) {
    const [one, other] = [draw(), draw()];
    if (one === other) continue;
    count(tally, compare(people[one] as Traits, people[other] as Traits).straight);
  }
  return toChances(tally, U, BELIEF_U);
}

type Tally = Record<Field, Record<string, number>>;

function newTally(): Tally {
  return Object.fromEntries(
    FIELDS.map((field) => [field, Object.fromEntries(LEVELS[field].map((level) => [level, 0]))]),
  ) as Tally;
}

function add(tally: Tally, field: Field, level: string, weight: number): void {
  tally[field][level] = (tally[field][level] ?? 0) + weight;
}

function count(tally: Tally, agreement: Agreement): void {
  for (const field of FIELDS) {
    const level = agreement[field];
    if (level !== null) add(tally, field, level, 1);
  }
}

function toChances(tally: Tally, belief: Chances, weight: number): Chances {
  return Object.fromEntries(
    FIELDS.map((field) => {
      const total = Object.values(tally[field]).reduce((sum, one) => sum + one, 0);
      const levels = LEVELS[field].map((level) => {
        const believed = belief[field][level] ?? 0;
        return [level, ((tally[field][level] ?? 0) + weight * believed) / (total + weight)];
      });
      return [field, Object.fromEntries(levels)];
    }),
  ) as Chances;
}
