/**
 * A value that is withheld in its own column may stand a second time in a text that somebody typed:
 * "ask Deputy Castellane". It is taken out there as well.
 */
import type { AccessEvent } from "#app/feeds/access-event.ts";
import { loggedValue, type MatchedEvent } from "./cells.ts";
import { type Effective, hidesField, hidesLine } from "./decision.ts";

/** Columns whose values name somebody or something, with the least length worth looking for. */
const NAMING = [
  { field: "agency", least: 3, of: (event: AccessEvent) => loggedValue(event.org) },
  { field: "user", least: 3, of: (event: AccessEvent) => loggedValue(event.user) },
  { field: "caseNumber", least: 3, of: (event: AccessEvent) => loggedValue(event.caseNumber) },
  // Short reasons are words of everyday ("investigation"): taking them out of other texts would say what was withheld.
  { field: "purpose", least: 12, of: (event: AccessEvent) => loggedValue(event.purpose) },
] as const;

/**
 * Which values must not stand in the texts of an event: those withheld in this event itself, always;
 * those withheld in another one, unless they are disclosed in their own column somewhere.
 */
export function openValues(
  events: readonly MatchedEvent[],
  effectiveOf: (eventId: string) => Effective,
): { hiddenFrom(eventId: string): readonly string[] } {
  const shown = new Set<string>();
  const hiddenBy = new Map<string, string[]>();
  for (const { eventId, event } of events) {
    const effective = effectiveOf(eventId);
    for (const { field, least, of } of NAMING) {
      const value = of(event)?.trim();
      if (value === undefined || value.length < least) continue;
      const hides = hidesLine(effective) ?? hidesField(effective, field);
      if (hides) hiddenBy.set(eventId, [...(hiddenBy.get(eventId) ?? []), value]);
      else shown.add(value.toLowerCase());
    }
  }
  const everywhere = new Set([...hiddenBy.values()].flat().filter((value) => !shown.has(value.toLowerCase())));
  return { hiddenFrom: (eventId) => [...new Set([...everywhere, ...(hiddenBy.get(eventId) ?? [])])] };
}

/** The text with every given value replaced by one mark, in any spelling of capitals and blanks. */
export function hideValues(text: string, values: readonly string[], mark: string): string {
  const longestFirst = [...values].sort((a, b) => b.length - a.length);
  return longestFirst.reduce((left, value) => left.replace(patternOf(value), () => mark), text);
}

function patternOf(value: string): RegExp {
  const words = value
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
  const body = words.join("\\s+");
  // Four characters or fewer are found as a word alone: "lee" must not eat into "fleet".
  return value.length < 5 ? new RegExp(`(?<![\\p{L}\\p{N}])${body}(?![\\p{L}\\p{N}])`, "giu") : new RegExp(body, "giu");
}

const DATES = [
  /\d{4}-\d{2}-\d{2}(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?/g,
  /\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b/g,
  /\b\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]\.?M\.?)?/gi,
  /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?\b/gi,
];

/** The text without calendar days and clock times, for a line whose own time is withheld. */
export function hideDates(text: string, mark: string): string {
  return DATES.reduce((left, pattern) => left.replace(pattern, () => mark), text);
}
