/** An agency's verdict on one identifier: by what it was proved, and for which days. */
import { z } from "zod";
import { isLocalDate, type LocalDate } from "#app/law/local-date.ts";

export const VERDICTS = ["verified", "refused"] as const;
export type Verdict = (typeof VERDICTS)[number];

export const BASES = ["in-person", "registration-on-file", "mailed-code", "sworn-statement"] as const;
export type Basis = (typeof BASES)[number];

const day = z.string({ error: "request.checkFromNeeded" }).refine(isLocalDate, { error: "errors.dateNotReal" });

/**
 * A verdict as a clerk gives it. A verified identifier has a first day, because only look-ups inside its
 * period are matched; no last day means that it still is the resident's. Sentences are keys of words.
 */
export function identifierCheckSchema(today: LocalDate) {
  return z
    .object({
      verdict: z.enum(VERDICTS, { error: "errors.chooseOne" }),
      basis: z.enum(BASES, { error: "errors.chooseOne" }),
      validFrom: day
        .refine((on) => on <= today, { error: "errors.dateInFuture" })
        .nullish()
        .transform((on) => on ?? null),
      validTo: day
        .refine((on) => on <= today, { error: "errors.dateInFuture" })
        .nullish()
        .transform((on) => on ?? null),
    })
    .refine((check) => check.verdict === "refused" || check.validFrom !== null, {
      error: "request.checkFromNeeded",
      path: ["validFrom"],
    })
    .refine((check) => check.validFrom === null || check.validTo === null || check.validFrom <= check.validTo, {
      error: "request.toBeforeFrom",
      path: ["validTo"],
    });
}
