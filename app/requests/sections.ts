/** The pages of a request, in order. Small and without imports, because browsers load it too. */
export const SECTIONS = ["you", "identifiers", "agencies", "period", "contact"] as const;
export type Section = (typeof SECTIONS)[number];

/** The sections and, after them, the page on which the answers are checked and sent. */
export const STEPS = [...SECTIONS, "check"] as const;
export type Step = (typeof STEPS)[number];

/** More plates than one person is likely to have had. */
export const MAX_PLATES = 10;
/** Former names and other spellings, besides the resident's own. */
export const MAX_OTHER_NAMES = 3;

export function isSection(text: unknown): text is Section {
  return (SECTIONS as readonly unknown[]).includes(text);
}

export function isStep(text: unknown): text is Step {
  return (STEPS as readonly unknown[]).includes(text);
}

/** How many plates a form shows: those in its fields `plate0`, `plate1` ..., at least one. */
export function countRows(fields: Readonly<Record<string, string>>): number {
  const rows = Object.keys(fields).flatMap((name) => /^plate(\d{1,2})$/.exec(name)?.[1] ?? []);
  return Math.min(MAX_PLATES, Math.max(1, ...rows.map((row) => Number(row) + 1)));
}
