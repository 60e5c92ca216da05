/**
 * How well the matching does on records of which somebody knows whose they are. Pure.
 *
 * The truth is looked at for counting alone: what the model knows, it learns without it.
 */
import { blockingKeys } from "#app/feeds/names/blocking-keys.ts";
import { bandOf } from "./bands.ts";
import { compare } from "./compare.ts";
import { type Candidate, chances, learn } from "./learn.ts";
import { type Score, score } from "./model.ts";
import type { Traits } from "./traits.ts";

/** A record, and the number of the person whose it is in truth. */
export interface KnownRecord {
  readonly person: string;
  readonly traits: Traits;
}

export interface Quality {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface Evaluation {
  /** Of the pairs that the machine proposes. */
  readonly proposing: Quality;
  /** Of the pairs that it proposes or puts before a human. */
  readonly asking: Quality;
  /** People that a record's keys find, on average over the records of the people file. */
  readonly candidatesPerPerson: number;
}

export function evaluate(events: readonly KnownRecord[], people: readonly KnownRecord[]): Evaluation {
  const known = people.map(({ traits }) => traits);
  const candidates = findCandidates(events, people).map((found, i): Candidate[] =>
    found.map((person) => ({
      person,
      comparison: compare((events[i] as KnownRecord).traits, known[person] as Traits),
    })),
  );
  const learnt = learn(known, candidates, seeded());
  const proposed = newCount();
  const asked = newCount();
  for (const [i, event] of events.entries()) {
    const found = candidates[i] ?? [];
    const scores = found.map(({ person, comparison }) => score(learnt.model, comparison, known[person] as Traits));
    for (const [k, chance] of chances(scores, learnt.known, people.length).entries()) {
      const band = bandOf(chance, scores[k] as Score);
      const isTrue = people[(found[k] as Candidate).person]?.person === event.person;
      if (band === "propose") add(proposed, isTrue);
      if (band !== "leave") add(asked, isTrue);
    }
  }
  const truth = countTrue(events, people);
  const pairs = candidates.reduce((sum, found) => sum + found.length, 0);
  return {
    proposing: qualityOf(proposed, truth),
    asking: qualityOf(asked, truth),
    candidatesPerPerson: people.length === 0 ? 0 : pairs / people.length,
  };
}

/** For each event, which of the people share a key with it. */
export function findCandidates(events: readonly KnownRecord[], people: readonly KnownRecord[]): number[][] {
  const byKey = new Map<string, number[]>();
  for (const [i, { traits }] of people.entries()) {
    for (const key of keysOf(traits)) {
      const found = byKey.get(key);
      if (found) found.push(i);
      else byKey.set(key, [i]);
    }
  }
  return events.map(({ traits }) => [...new Set(keysOf(traits).flatMap((key) => byKey.get(key) ?? []))]);
}

function keysOf(traits: Traits): string[] {
  const { number, address } = traits;
  const keys = blockingKeys(traits);
  if (number !== null) keys.push(`number:${number}`);
  if (address !== null && address.street !== "") {
    if (address.number !== "") keys.push(`house:${address.number}|${address.street}`);
    if (address.postcode !== "") keys.push(`street:${address.postcode}|${address.street}`);
  }
  return keys;
}

interface Count {
  all: number;
  right: number;
}

const newCount = (): Count => ({ all: 0, right: 0 });

function add(count: Count, isTrue: boolean): void {
  count.all += 1;
  if (isTrue) count.right += 1;
}

function countTrue(events: readonly KnownRecord[], people: readonly KnownRecord[]): number {
  const records = new Map<string, number>();
  for (const { person } of people) records.set(person, (records.get(person) ?? 0) + 1);
  return events.reduce((sum, { person }) => sum + (records.get(person) ?? 0), 0);
}

/** Where nothing was said, nothing said was wrong; where there is nothing to find, nothing was missed. */
function qualityOf({ all, right }: Count, truth: number): Quality {
  const precision = all === 0 ? 1 : right / all;
  const recall = truth === 0 ? 1 : right / truth;
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

/** Drawn alike each time, so that the same files give the same figures (mulberry32). */
function seeded(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
