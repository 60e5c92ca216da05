/** What every fact of the law is said in, and how sure we are of it. */

export type Locale = "en" | "es";

/** One text in every language of the portal. */
export interface Words {
  readonly en: string;
  readonly es: string;
}

/**
 * How sure a fact is: V the text of the law was read, S a secondary source was read, B general
 * knowledge not confirmed against a source, B- weak general knowledge, ? an open question.
 */
export type Evidence = "V" | "S" | "B" | "B-" | "?";
