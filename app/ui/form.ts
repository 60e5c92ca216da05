/**
 * A form that works without scripts: read it, and when something is wrong hand back what was typed
 * with one sentence for each field, so that the same page can be drawn again.
 *
 * Names of fields: `plate` is one text, `agencies[]` a list, `born.year`, `born.month`, `born.day` one day
 * (`born`, as YYYY-MM-DD). A blank field counts as not given: it is undefined.
 */
import type { z } from "zod";
import { isWordKey, type Message, type WordKey } from "./words/words.ts";

/** What was typed, and what is wrong with it, by field. */
export interface RejectedForm {
  issues: Record<string, Message>;
  /** As typed, for drawing again. A list's values are joined by line breaks: `listTyped` takes them apart. */
  typed: Record<string, string>;
}

/** A form as read: its value, or why not. */
export type ReadForm<T> = { ok: true; value: T } | ({ ok: false } & RejectedForm);

/** What a field component needs, from `fieldsOf`. */
export interface FieldState {
  name: string;
  value: string;
  error: Message | undefined;
}

const DATE_PARTS = ["year", "month", "day"] as const;
const DATE_PART = /^(.+)\.(year|month|day)$/;

/**
 * Reads a form by its schema. Texts are trimmed and in Unicode's composed form; uploads are not read here.
 * A schema's messages are word keys (see `key()`); a limit's number is handed on as `minimum` or `maximum`.
 */
export function readForm<S extends z.ZodType>(schema: S, formData: FormData): ReadForm<z.output<S>> {
  const result = schema.safeParse(valuesOf(formData));
  if (result.success) return { ok: true, value: result.data };
  const issues = new Map<string, Message>();
  for (const issue of result.error.issues) {
    const field = String(issue.path[0] ?? "form");
    // The first thing wrong with a field is the one to say: the rest often follow from it.
    if (!issues.has(field)) issues.set(field, sentenceFor(issue));
  }
  return { ok: false, issues: Object.fromEntries(issues), typed: typedIn(formData) };
}

/**
 * The sentence for a field left blank: `z.string(whenMissing("request.plateNeeded")).max(8, key("request.plateLong"))`.
 * A bare `error` on the schema would also speak for each of its checks, and call a long text a missing one.
 */
export function whenMissing(wordKey: WordKey): { error: (issue: { input?: unknown }) => string | undefined } {
  return { error: (issue) => (issue.input === undefined ? wordKey : undefined) };
}

/** Binds fields to a rejected form, or else to what is saved: `<TextInput label="…" {...field("plate")} />`. */
export function fieldsOf(form: RejectedForm | undefined, saved: Readonly<Record<string, string>> = {}) {
  return (name: string): FieldState => ({
    name,
    value: typedOr(form?.typed, saved, name),
    error: form && Object.hasOwn(form.issues, name) ? form.issues[name] : undefined,
  });
}

/** The values of a list field, from what `FieldState.value` holds. */
export function listTyped(value: string): string[] {
  return value === "" ? [] : value.split("\n");
}

/** Takes a date field's value apart: "2026-03-04", or as typed "2026-3-". */
export function datePartsTyped(value: string): { year: string; month: string; day: string } {
  const [year = "", month = "", day = ""] = value.split("-");
  return { year, month, day };
}

function typedOr(
  typed: Readonly<Record<string, string>> | undefined,
  saved: Readonly<Record<string, string>>,
  name: string,
): string {
  const source = typed ?? saved;
  return Object.hasOwn(source, name) ? (source[name] ?? "") : "";
}

function valuesOf(formData: FormData): Record<string, unknown> {
  const values = new Map<string, unknown>();
  for (const name of new Set(formData.keys())) {
    const texts = textsOf(formData, name).map((text) => text.trim().normalize("NFC"));
    const datePart = DATE_PART.exec(name);
    if (datePart?.[1]) values.set(datePart[1], dateIn(formData, datePart[1]));
    else if (name.endsWith("[]")) values.set(name.slice(0, -2), texts);
    else values.set(name, texts[0] || undefined);
  }
  return Object.fromEntries(values);
}

function typedIn(formData: FormData): Record<string, string> {
  const typed = new Map<string, string>();
  for (const name of new Set(formData.keys())) {
    const datePart = DATE_PART.exec(name);
    if (datePart?.[1])
      typed.set(datePart[1], DATE_PARTS.map((part) => textOf(formData, `${datePart[1]}.${part}`)).join("-"));
    else if (name.endsWith("[]")) typed.set(name.slice(0, -2), textsOf(formData, name).join("\n"));
    else typed.set(name, textOf(formData, name));
  }
  return Object.fromEntries(typed);
}

/** The three boxes of a date as YYYY-MM-DD; whatever else was typed stays unlike a date, and the schema refuses it. */
function dateIn(formData: FormData, name: string): string | undefined {
  const [year = "", month = "", day = ""] = DATE_PARTS.map((part) => textOf(formData, `${name}.${part}`).trim());
  if (year === "" && month === "" && day === "") return undefined;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

function textOf(formData: FormData, name: string): string {
  return textsOf(formData, name)[0] ?? "";
}

function textsOf(formData: FormData, name: string): string[] {
  return formData.getAll(name).filter((entry) => typeof entry === "string");
}

function sentenceFor(issue: z.core.$ZodIssue): Message {
  const params = limitsOf(issue);
  if (isWordKey(issue.message)) return { key: issue.message, params };
  if (issue.code === "too_big") return { key: "errors.tooLong", params };
  if (issue.code === "too_small") return { key: "errors.tooShort", params };
  if (issue.code === "invalid_type" && issue.input === undefined) return { key: "errors.missing" };
  return { key: "errors.notUnderstood" };
}

function limitsOf(issue: z.core.$ZodIssue): Record<string, number> {
  if (issue.code === "too_big") return { maximum: Number(issue.maximum), count: Number(issue.maximum) };
  if (issue.code === "too_small") return { minimum: Number(issue.minimum), count: Number(issue.minimum) };
  return {};
}
