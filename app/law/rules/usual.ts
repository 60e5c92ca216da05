/** What most rules have in common, so that a rule says only what is its own. */
import type { LocalDate } from "../local-date.ts";
import type { Extension, Ground, InForce, Saying } from "../rule.ts";
import type { Evidence, Words } from "../words.ts";

export const ALWAYS: InForce = { from: null, to: null };

export function since(from: LocalDate): InForce {
  return { from, to: null };
}

/** An agency must act, the day of the trigger is day 0, and the last day stays where it falls. */
export const USUAL = {
  formerCite: null,
  inForce: ALWAYS,
  who: "agency",
  duty: "act-by",
  firstDay: "not-counted",
  countedFrom: "trigger",
  rolling: null,
  extension: null,
  silence: null,
  answerMustSay: [],
  mayRefuse: [],
  fee: null,
  retention: null,
  caveat: null,
  reviews: [],
} as const;

/** A last day for the resident. It is never rolled: whoever acts by the earliest reading comes too late in none. */
export const RESIDENT = { ...USUAL, who: "resident" } as const;

/** Something is kept through the last day. */
export const KEPT = { ...USUAL, duty: "keep-through" } as const;

export const CONTROLLER: Words = {
  en: "the organisation that was asked",
  es: "la organización a la que se pidió",
};

export function ground(id: string, words: Words, evidence: Evidence = "V", inForce: InForce = ALWAYS): Ground {
  return { id, words, inForce, evidence };
}

export function saying(words: Words, cite: string, evidence: Evidence = "V"): Saying {
  return { words, cite, evidence };
}

/** "Two further months", as the European laws give them: months are counted from the original start. */
export function twoFurtherMonths(cite: string, grounds: readonly Ground[], evidence: Evidence = "V"): Extension {
  return {
    max: { length: 2, unit: "months" },
    who: CONTROLLER,
    noticeMustSay: {
      en: "Within the first month: that more time is needed, and the reasons.",
      es: "Dentro del primer mes: que hace falta más tiempo y los motivos.",
    },
    grounds,
    cite,
    evidence,
  };
}
