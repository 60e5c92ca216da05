/**
 * What a resident answers before filing, and the rules by which an answer is whole.
 *
 * A rule's message is the key of the sentence that the page says; a whole answer parses by its schema
 * now, so an answer that was whole last week and is not any more (an agency left) is asked for again.
 */
import { z } from "zod";
import { findIdentifier, type IndexedKind, isPartial } from "#app/feeds/identifier.ts";
import { addPeriod, isLocalDate, type LocalDate } from "#app/law/local-date.ts";
import { contactSchema } from "./contact.ts";
import { MAX_OTHER_NAMES, MAX_PLATES, SECTIONS, type Section, STEPS, type Step } from "./sections.ts";

/** What answers are judged against. */
export interface Circumstances {
  /** No day of the resident's may lie after it. */
  readonly today: LocalDate;
  /** The agencies that can be asked. */
  readonly offered: readonly string[];
}

export const FIRST_BIRTH: LocalDate = "1900-01-01";
/** No log that is delivered here goes further back. */
export const FIRST_PERIOD: LocalDate = "2000-01-01";
const PERIOD_YEARS = 3;

const text = (maximum: number, missing: string) =>
  z
    .string({ error: missing })
    .trim()
    .min(1, { error: missing })
    .max(maximum, { error: "errors.tooLong" })
    .refine((value) => !/[\p{Cc}\u2028\u2029]/u.test(value), { error: "errors.oneLine" });

const day = (missing: string) =>
  z.string({ error: missing }).refine(isLocalDate, { error: "errors.dateNotReal", abort: true });

const pastDay = (missing: string, today: LocalDate, first: LocalDate, tooEarly: string) =>
  day(missing)
    .refine((on) => on >= first, { error: tooEarly })
    .refine((on) => on <= today, { error: "errors.dateInFuture" });

function youSchema({ today }: Circumstances) {
  return z.object({
    name: text(120, "request.nameNeeded"),
    birthDate: pastDay("request.birthNeeded", today, FIRST_BIRTH, "request.birthTooEarly"),
  });
}

const identifierValue = (kind: IndexedKind, wrong: string) =>
  z
    .string({ error: wrong })
    .max(60, { error: wrong, abort: true })
    .transform((typed, check) => {
      const value = isPartial(typed) ? null : findIdentifier(kind, typed);
      if (value !== null) return value;
      check.issues.push({ code: "custom", message: wrong, input: typed });
      return z.NEVER;
    });

/** A plate as typed, from when to when it was the resident's own; `to` null: it still is. */
export function plateClaim({ today }: Circumstances) {
  return z
    .object({
      value: identifierValue("plate", "request.plateWrong"),
      from: pastDay("request.plateFromNeeded", today, FIRST_BIRTH, "request.dateTooEarly"),
      to: pastDay("errors.missing", today, FIRST_BIRTH, "request.dateTooEarly").nullable(),
    })
    .refine((claim) => claim.to === null || claim.to >= claim.from, { error: "request.toBeforeFrom", path: ["to"] });
}

/** The number of a vehicle's frame, with the days on which the vehicle was the resident's own. */
export function vinClaim({ today }: Circumstances) {
  return z
    .object({
      value: identifierValue("vin", "identity.vinWrong"),
      from: pastDay("identity.vinFromNeeded", today, FIRST_BIRTH, "request.dateTooEarly"),
      to: pastDay("errors.missing", today, FIRST_BIRTH, "request.dateTooEarly").nullable(),
    })
    .refine((claim) => claim.to === null || claim.to >= claim.from, { error: "request.toBeforeFrom", path: ["to"] });
}

/** Absent in answers that were given before it could be asked for. */
const givenOrNot = <T extends z.ZodType>(schema: T) => schema.nullish().transform((given) => given ?? null);

/** Nine digits that were never issued (area 000, 666, 900 up; group 00; serial 0000) are a slip of the finger. */
const ssn = identifierValue("ssn", "identity.ssnWrong").refine(
  (value) => /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(value),
  { error: "identity.ssnWrong" },
);

/** Whether the logs are to be searched by name and birth date too, and by which other names. */
const byName = z.object({
  otherNames: z.array(text(120, "errors.missing")).max(MAX_OTHER_NAMES, { error: "match.tooManyNames" }),
});

function identifiersSchema(circumstances: Circumstances) {
  return z
    .object({
      plates: z.array(plateClaim(circumstances)).max(MAX_PLATES, { error: "request.tooManyPlates" }),
      licence: identifierValue("licence", "request.licenceWrong").nullable(),
      vin: givenOrNot(vinClaim(circumstances)),
      stateId: givenOrNot(identifierValue("state-id", "identity.stateIdWrong")),
      ssn: givenOrNot(ssn),
      byName: givenOrNot(byName),
    })
    .refine(
      ({ plates, licence, vin, stateId, ssn, byName: person }) =>
        plates.length > 0 || [licence, vin, stateId, ssn, person].some(Boolean),
      {
        error: "request.identifierNeeded",
        path: ["plate0"],
      },
    )
    .refine(
      (answer) => new Set(answer.plates.map((plate) => `${plate.value} ${plate.from}`)).size === answer.plates.length,
      {
        error: "request.plateTwice",
        path: ["plate0"],
      },
    );
}

function agenciesSchema({ offered }: Circumstances) {
  return z.object({
    agencies: z
      .array(z.string(), { error: "errors.chooseSome" })
      .min(1, { error: "errors.chooseSome" })
      .refine((ids) => ids.every((id) => offered.includes(id)), { error: "request.agencyGone" })
      .transform((ids) => [...new Set(ids)]),
  });
}

function periodSchema({ today }: Circumstances) {
  return z
    .object({
      from: pastDay("request.periodFromNeeded", today, FIRST_PERIOD, "request.periodTooEarly"),
      to: pastDay("request.periodToNeeded", today, FIRST_PERIOD, "request.periodTooEarly"),
    })
    .refine((period) => period.from <= period.to, { error: "request.toBeforeFrom", path: ["to"] });
}

const SCHEMAS = {
  you: youSchema,
  identifiers: identifiersSchema,
  agencies: agenciesSchema,
  period: periodSchema,
  contact: contactSchema,
} as const satisfies Record<Section, (circumstances: Circumstances) => z.ZodType>;

/** One section's whole answer. */
export type AnswerOf<S extends Section> = z.output<ReturnType<(typeof SCHEMAS)[S]>>;
export type WholeAnswers = { readonly [S in Section]: AnswerOf<S> };
export type Period = AnswerOf<"period">;

/** What was typed in a section that is not whole yet, field by field. */
export type Typed = Readonly<Record<string, string>>;

/** The answers so far, as they stand sealed in the request. */
export interface Answers {
  readonly whole: Partial<WholeAnswers>;
  readonly unfinished: Partial<Record<Section, Typed>>;
}

export const NO_ANSWERS: Answers = { whole: {}, unfinished: {} };

export function answerSchema(section: Section, circumstances: Circumstances): z.ZodType {
  return SCHEMAS[section](circumstances);
}

/** Is this section answered, by the rules of today? */
export function isComplete(section: Section, answers: Answers, circumstances: Circumstances): boolean {
  if (answers.unfinished[section] !== undefined) return false;
  return answerSchema(section, circumstances).safeParse(answers.whole[section]).success;
}

/** The first page that still needs an answer; the check page when none does. */
export function nextStep(answers: Answers, circumstances: Circumstances): Step {
  return SECTIONS.find((section) => !isComplete(section, answers, circumstances)) ?? "check";
}

/** A page is shown only when every page before it is answered. */
export function mayVisit(step: Step, answers: Answers, circumstances: Circumstances): boolean {
  return STEPS.indexOf(step) <= STEPS.indexOf(nextStep(answers, circumstances));
}

/** Every answer, whole; null while something is missing. */
export function findWhole(answers: Answers, circumstances: Circumstances): WholeAnswers | null {
  if (nextStep(answers, circumstances) !== "check") return null;
  const parsed = SECTIONS.map((section) => [
    section,
    answerSchema(section, circumstances).parse(answers.whole[section]),
  ]);
  return Object.fromEntries(parsed) as WholeAnswers;
}

/** The three years before today: how long the law makes agencies keep such records (Civ. Code 1798.27). */
export function defaultPeriod(today: LocalDate): Period {
  return { from: addPeriod(today, -PERIOD_YEARS, "years"), to: today };
}
