/** An agency's verdict on one identifier: by what it was proved, and for which days. */
import { z } from "zod";
import { isLocalDate, type LocalDate } from "#app/law/local-date.ts";
import { BASES, DOCUMENTS } from "./identity/identity-policy.ts";

export const VERDICTS = ["verified", "refused"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a clerk records: a verdict, or that something was shown which is not enough by itself. */
export const CHECK_OUTCOMES = ["verified", "noted", "refused"] as const;

/** Why an identifier cannot be accepted. */
export const REFUSALS = ["not-proved", "does-not-match", "not-theirs-then", "document-doubtful"] as const;
export type Refusal = (typeof REFUSALS)[number];

const day = z.string({ error: "request.checkFromNeeded" }).refine(isLocalDate, { error: "errors.dateNotReal" });

/**
 * A verdict as a clerk gives it. A verified identifier has a first day, because only look-ups inside its
 * period are matched; no last day means that it still is the resident's. Sentences are keys of words.
 */
export function identifierCheckSchema(today: LocalDate) {
  return z
    .object({
      verdict: z.enum(CHECK_OUTCOMES, { error: "errors.chooseOne" }),
      basis: z.enum(BASES, { error: "errors.chooseOne" }),
      shown: z.array(z.enum(DOCUMENTS, { error: "errors.chooseSome" })).default([]),
      reason: z
        .enum(REFUSALS, { error: "errors.chooseOne" })
        .nullish()
        .transform((code) => code ?? null),
      validFrom: day
        .refine((on) => on <= today, { error: "errors.dateInFuture" })
        .nullish()
        .transform((on) => on ?? null),
      validTo: day
        .refine((on) => on <= today, { error: "errors.dateInFuture" })
        .nullish()
        .transform((on) => on ?? null),
    })
    .refine((check) => check.verdict !== "verified" || check.validFrom !== null, {
      error: "request.checkFromNeeded",
      path: ["validFrom"],
    })
    .refine((check) => check.validFrom === null || check.validTo === null || check.validFrom <= check.validTo, {
      error: "request.toBeforeFrom",
      path: ["validTo"],
    });
}
