/** The parts of a letter that depend on the law and on the clock, in words. Pure. */
import type { Clock } from "#app/law/clock.ts";
import { type Citation, citationsOf, listExemptions } from "#app/law/exemptions.ts";
import type { Law } from "#app/law/law.ts";
import type { LocalDate } from "#app/law/local-date.ts";
import { listReviews } from "#app/law/reviews.ts";
import type { Rule } from "#app/law/rule.ts";
import { sayLength } from "#app/law/step.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Agency } from "#app/registry/agency.ts";
import { bulleted, type Voice } from "./letter.ts";

/** The clerk's own words, introduced as such; nothing where there are none. */
export function sayWords(voice: Voice, words: string | undefined): string {
  return words === undefined ? "" : voice.phrase("words", { words });
}

/** What the new date is, or that it stays. */
export function sayDates(voice: Voice, before: Pick<Clock, "due">, after: Pick<Clock, "due">): string {
  const due = voice.day(after.due);
  if (before.due === after.due) return voice.phrase("effect-same", { due });
  return voice.phrase("effect-moved", { dueBefore: voice.day(before.due), due });
}

interface Bound {
  readonly file: { readonly agency: Pick<Agency, "kind"> };
  readonly rule: Pick<Rule, "id">;
}

/** The laws on which this case may be refused, or a part of it. */
export function listCitations({ file, rule }: Bound): Citation[] {
  return listExemptions({ custodian: file.agency.kind, rule: rule.id }).flatMap(citationsOf);
}

/**
 * @param covers "line": the whole is refused, and a law that covers single fields alone does not bear that
 * @throws Refused when one of them is no law for it
 */
export function requireExemptions(bound: Bound, ids: readonly string[], covers: "line" | "any"): Citation[] {
  const citations = listCitations(bound).filter((one) => covers === "any" || one.covers.includes(covers));
  return [...new Set(ids)].map((id) => {
    const citation = citations.find((one) => one.id === id);
    if (citation) return citation;
    throw new Refused("letters.exemptionUnknown", "Choose among the laws of this case.", { field: "exemptions" });
  });
}

export function sayExemptions({ locale }: Voice, exemptions: readonly Citation[]): string {
  return bulleted(exemptions.map(({ words, cite }) => `${words[locale]} (${cite})`));
}

/** How to have an answer of this day reviewed, each way with its clock. */
export function sayReviews(
  voice: Voice,
  answer: { readonly rule: Rule; readonly law: Law; readonly today: LocalDate },
): string {
  const reviews = listReviews(answer.rule).map(({ words, cite, clock }) => {
    const said = `${words[voice.locale]} (${cite})`;
    const time = clock === null ? null : sayReviewTime(voice, clock, answer);
    return time === null ? said : `${said}\n${time}`;
  });
  return bulleted(reviews);
}

/** The last day on which the resident may go there, or the time that the body has. */
function sayReviewTime(
  voice: Voice,
  clock: string,
  { law, today }: { readonly law: Law; readonly today: LocalDate },
): string | null {
  const rule = law.findRule(clock, today);
  if (!rule) return null;
  if (rule.who === "resident") {
    const { due } = law.compute(clock, [{ kind: "received", on: today }]);
    return voice.phrase("review-resident", { due: voice.day(due.slice(0, 10)) });
  }
  const { length, unit } = rule.period;
  const { locale } = voice;
  return voice.phrase("review-agency", { length: sayLength(length, unit, locale), trigger: rule.trigger[locale] });
}
