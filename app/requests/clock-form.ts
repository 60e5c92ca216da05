/**
 * What a clerk writes when acting on a clock. A rule's message is the key of the sentence that the page
 * says. What needs the case's own facts (its grounds, its days) is judged where the letter is drafted.
 */
import { z } from "zod";
import { isLocalDate } from "#app/law/local-date.ts";
import type { ClockAct } from "./clock-act.ts";

export const WORDS_LENGTH = 2000;
const PERSON_LENGTH = 160;
const MOST_PEOPLE = 10;

/** A name and what the person is there. */
export interface Person {
  readonly name: string;
  readonly title: string;
}

const LINE_BREAKS = /\r\n?|[\u0085\u2028\u2029]/g;
/** Everything that is no text: a letter must read the same to whoever looks at it. */
const CONTROL = /[^\P{C}\n\u200c\u200d]/u;

/** Several lines of the clerk's own words, without characters that cannot be seen. */
const words = z
  .string({ error: "letters.wordsMissing" })
  .transform((text) => text.replace(LINE_BREAKS, "\n").replaceAll("\t", " ").trim())
  .pipe(
    z
      .string()
      .min(1, { error: "letters.wordsMissing" })
      .max(WORDS_LENGTH, { error: "errors.tooLong" })
      .refine((text) => !CONTROL.test(text), { error: "letters.wordsHidden" }),
  );

const day = (missing: string) =>
  z.string({ error: missing }).refine(isLocalDate, { error: "errors.dateNotReal", abort: true });

/** "Rosa Mata, Records Supervisor": the first comma parts the name from the title. */
function readPerson(line: string): Person | null {
  const [name = "", ...rest] = line.split(",");
  const title = rest.join(",").trim();
  return name.trim() === "" || title === "" || CONTROL.test(line) ? null : { name: name.trim(), title };
}

function readPeople(text: string): Person[] | null {
  const lines = text.replace(LINE_BREAKS, "\n").split("\n");
  const written = lines.map((line) => line.trim()).filter((line) => line !== "");
  const people = written.map(readPerson).filter((person) => person !== null);
  return people.length === written.length && people.length > 0 ? people : null;
}

const people = z
  .string({ error: "letters.peopleMissing" })
  .max(MOST_PEOPLE * PERSON_LENGTH, { error: "errors.tooLong", abort: true })
  .transform((text, check) => {
    const read = readPeople(text);
    if (read !== null && read.length <= MOST_PEOPLE) return read;
    check.issues.push({ code: "custom", message: "letters.peopleWrong", input: text });
    return z.NEVER;
  });

const signer = z
  .string({ error: "letters.signerMissing" })
  .max(PERSON_LENGTH, { error: "errors.tooLong", abort: true })
  .transform((text, check) => {
    const person = readPerson(text);
    if (person !== null) return person;
    check.issues.push({ code: "custom", message: "letters.signerWrong", input: text });
    return z.NEVER;
  });

const exemptions = z.array(z.string().max(120), { error: "letters.exemptionMissing" });

/** Hours of a working day at which records can be fetched, as "HH:MM". */
export const HOURS = [
  ...["08:00", "09:00", "10:00", "11:00", "12:00"],
  ...["13:00", "14:00", "15:00", "16:00", "17:00"],
] as const;

export const extendForm = z.object({
  ground: z.string().max(60).optional(),
  /** In the unit of the law's extension. */
  length: z
    .string({ error: "letters.lengthMissing" })
    .regex(/^[1-9]\d{0,2}$/, { error: "letters.lengthWrong" })
    .transform(Number),
  /** When the decision is expected; left out: on the new last day. */
  expectedOn: z.string().refine(isLocalDate, { error: "errors.dateNotReal" }).optional(),
  words: words.optional(),
  signer,
});

export const askForm = z.object({ words, signer });
/** A fee has an amount, in dollars and cents. */
export const askFeeForm = z.object({
  words,
  signer,
  amount: z.string({ error: "letters.amountMissing" }).regex(/^\d{1,5}(\.\d{2})?$/, { error: "letters.amountWrong" }),
});
export const recordForm = z.object({ on: day("letters.cameMissing") });
export const pauseForm = z.object({
  ground: z.string({ error: "letters.groundMissing" }).max(60),
  on: day("letters.pausedMissing"),
  words: words.optional(),
  signer,
});
export const resumeForm = z.object({ on: day("letters.resumedMissing") });

export const determinationForm = z
  .object({
    outcome: z.enum(["whole", "part"], { error: "errors.chooseOne" }),
    availableOn: day("letters.availableMissing"),
    availableAt: z.enum(HOURS, { error: "letters.availableHour" }),
    words,
    exemptions: exemptions.default([]),
    people,
  })
  .refine(({ outcome, exemptions: cited }) => outcome === "whole" || cited.length > 0, {
    error: "letters.exemptionMissing",
    path: ["exemptions"],
  })
  .refine(({ outcome, exemptions: cited }) => outcome === "part" || cited.length === 0, {
    error: "letters.exemptionOfWhole",
    path: ["exemptions"],
  });

export const denialForm = z.object({
  words,
  exemptions: exemptions.min(1, { error: "letters.exemptionMissing" }),
  people,
});

/** What each act is told by its form. */
export const ACT_FORMS = {
  extend: extendForm,
  "ask-identity": askForm,
  "ask-information": askForm,
  "ask-fee": askFeeForm,
  "record-identity": recordForm,
  "record-information": recordForm,
  "record-fee": recordForm,
  pause: pauseForm,
  resume: resumeForm,
  determination: determinationForm,
  denial: denialForm,
} as const satisfies Record<ClockAct, z.ZodType>;

export type ActForm<Act extends ClockAct> = z.output<(typeof ACT_FORMS)[Act]>;
