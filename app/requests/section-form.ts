/** Between a section's form, which is flat texts by field name, and its answer. */
import { z } from "zod";
import type { LocalDate } from "#app/law/local-date.ts";
import { contactFields } from "./contact.ts";
import {
  type AnswerOf,
  type Answers,
  answerSchema,
  type Circumstances,
  defaultPeriod,
  plateClaim,
  type Typed,
} from "./request.ts";
import { MAX_OTHER_NAMES, MAX_PLATES, type Section } from "./sections.ts";

/** A field longer than this is nobody's answer; it is said, not cut off. */
const MAX_TYPED = 1_000;

/** Reads a section's form into its answer; an issue's path begins with the name of the field. */
export function sectionForm(section: Section, circumstances: Circumstances): z.ZodType {
  return section === "identifiers" ? identifiersForm(circumstances) : answerSchema(section, circumstances);
}

/**
 * Plates stand in fields `plate0`, `plateFrom0`, `plateTo0`, `plate1` ...; a row without a plate is left
 * out, so blanking one removes it. A vehicle's number stands in `vin`, `vinFrom`, `vinTo`; `licence`, `stateId` and
 * `ssn` stand alone. `byName` is "yes" where names are searched for too, `otherName0` ... are the further ones.
 */
function identifiersForm(circumstances: Circumstances) {
  return z.record(z.string(), z.unknown()).transform((fields, check) => {
    const plates: unknown[] = [];
    for (const row of filledRows(fields)) {
      const claim = plateClaim(circumstances).safeParse(rowOf(fields, row));
      if (claim.success) plates.push(claim.data);
      for (const issue of claim.error?.issues ?? []) {
        check.issues.push({
          code: "custom",
          message: issue.message,
          path: [fieldOf(issue.path[0], row)],
          input: fields,
        });
      }
    }
    if (check.issues.length > 0) return z.NEVER;
    const { licence = null, stateId = null, ssn = null } = fields;
    const vin = { value: fields["vin"], from: fields["vinFrom"], to: fields["vinTo"] ?? null };
    const answer = answerSchema("identifiers", circumstances).safeParse({
      ...{ plates, licence, stateId, ssn },
      vin: Object.values(vin).some((part) => part !== undefined && part !== null) ? vin : null,
      byName: fields["byName"] === "yes" ? { otherNames: otherNamesIn(fields) } : null,
    });
    if (answer.success) return answer.data;
    for (const issue of answer.error.issues) {
      const field = fieldOfIssue(issue.path);
      check.issues.push({ code: "custom", message: issue.message, path: [field], input: fields });
    }
    return z.NEVER;
  });
}

function otherNamesIn(fields: Readonly<Record<string, unknown>>): unknown[] {
  return Array.from({ length: MAX_OTHER_NAMES }, (_, row) => fields[`otherName${row}`]).filter(
    (name) => name !== undefined && name !== null,
  );
}

function fieldOfIssue([first, second, third]: readonly PropertyKey[]): string {
  if (first === undefined || first === "plates") return "plate0";
  if (first === "byName") return third === undefined ? "byName" : `otherName${String(third)}`;
  if (first !== "vin") return String(first);
  return { from: "vinFrom", to: "vinTo" }[String(second)] ?? "vin";
}

const FIELDS = { value: "plate", from: "plateFrom", to: "plateTo" } as const;

function fieldOf(part: unknown, row: number): string {
  return `${FIELDS[part as keyof typeof FIELDS] ?? "plate"}${row}`;
}

function rowOf(fields: Readonly<Record<string, unknown>>, row: number) {
  return { value: fields[`plate${row}`], from: fields[`plateFrom${row}`], to: fields[`plateTo${row}`] ?? null };
}

/** Rows in which anything stands. One more than allowed is read too, so that the rule can say so. */
function filledRows(fields: Readonly<Record<string, unknown>>): number[] {
  const rows = Array.from({ length: MAX_PLATES + 1 }, (_, row) => row);
  return rows.filter((row) => Object.values(rowOf(fields, row)).some((part) => part !== undefined && part !== null));
}

/** What was typed, kept for later as it is. @throws ZodError when a field is longer than any answer. */
export const typedSchema = z
  .record(z.string().max(40), z.string().max(MAX_TYPED))
  .refine((typed) => Object.keys(typed).length <= 60);

/** What a section's fields show: what was typed last, else the answer, else what most people mean. */
export function fieldsOfSection(
  section: Section,
  answers: Answers,
  given: { today: LocalDate; locale: "en" | "es" },
): Typed {
  return answers.unfinished[section] ?? FIELDS_OF[section](answers, given);
}

type Fields = (answers: Answers, given: { today: LocalDate; locale: "en" | "es" }) => Typed;

const FIELDS_OF: Readonly<Record<Section, Fields>> = {
  you: ({ whole }) => ({ ...whole.you }),
  identifiers: ({ whole }) => identifierFields(whole.identifiers),
  agencies: ({ whole }) => ({ agencies: whole.agencies?.agencies.join("\n") ?? "" }),
  period: ({ whole }, { today }) => ({ ...(whole.period ?? defaultPeriod(today)) }),
  contact: ({ whole }, { locale }) => contactFields(whole.contact ?? { mode: "", locale }),
};

function identifierFields(answer: AnswerOf<"identifiers"> | undefined): Typed {
  const rows = (answer?.plates ?? []).flatMap((plate, row) => [
    [`plate${row}`, plate.value],
    [`plateFrom${row}`, plate.from],
    [`plateTo${row}`, plate.to ?? ""],
  ]);
  const { vin } = answer ?? {};
  return {
    ...Object.fromEntries(rows),
    licence: answer?.licence ?? "",
    ...(vin && { vin: vin.value, vinFrom: vin.from, vinTo: vin.to ?? "" }),
    stateId: answer?.stateId ?? "",
    ssn: answer?.ssn ?? "",
    // Most logs of people's records are searched by name, so most people mean it.
    byName: answer === undefined || answer.byName ? "yes" : "no",
    ...Object.fromEntries((answer?.byName?.otherNames ?? []).map((name, row) => [`otherName${row}`, name])),
  };
}
