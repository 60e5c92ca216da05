/**
 * A value that is withheld in its own column may stand a second time in another one: "ask Deputy
 * Castellane", "castellane@alder-creek". It is taken out there as well.
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

/** Takes out of a text what must not stand in it, each with one mark. */
export interface Hiding {
  hideIn(eventId: string, text: string, mark: string): string;
}

/**
 * Which values must not stand in the texts of an event: those withheld in this event itself, always;
 * those withheld in another one, unless they are disclosed in their own column somewhere.
 */
export function hidingOf(events: readonly MatchedEvent[], effectiveOf: (eventId: string) => Effective): Hiding {
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
  const hidden = [...new Set([...hiddenBy.values()].flat())];
  const everywhere = hidden.filter((value) => !shown.has(value.toLowerCase())).map(patternOf);
  // Of thousands of values hardly one stands in a text, and the same text stands in many events.
  const inText = new Map<string, readonly Pattern[]>();
  const presentIn = (text: string): readonly Pattern[] => {
    const found = inText.get(text) ?? standingIn(text, everywhere);
    inText.set(text, found);
    return found;
  };
  return {
    hideIn: (eventId, text, mark) => {
      const own = (hiddenBy.get(eventId) ?? []).map(patternOf);
      return hide(text, [...presentIn(text), ...standingIn(text, own)], mark);
    },
  };
}

interface Pattern {
  readonly length: number;
  /** Folded, without blanks: a text whose own core does not hold it cannot hold the value. */
  readonly core: string;
  readonly regexp: RegExp;
}

/** The patterns that may stand in a text; the others certainly do not. */
function standingIn(text: string, patterns: readonly Pattern[]): Pattern[] {
  const core = coreOf(text);
  return patterns.filter((pattern) => core.includes(pattern.core));
}

/** The text with every given value replaced by one mark, in any spelling of capitals and blanks. */
function hide(text: string, patterns: readonly Pattern[], mark: string): string {
  const longestFirst = [...patterns].sort((a, b) => b.length - a.length);
  return longestFirst.reduce((left, { regexp }) => left.replace(regexp, () => mark), text);
}

/** In capitals first, because some small letters have one capital between them. */
function coreOf(text: string): string {
  return text.toUpperCase().toLowerCase().replace(/\s+/g, "");
}

function patternOf(value: string): Pattern {
  const words = value.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
  const body = words.join("\\s+");
  // Four characters or fewer are found as a word alone: "lee" must not eat into "fleet".
  const regexp =
    value.length < 5 ? new RegExp(`(?<![\\p{L}\\p{N}])${body}(?![\\p{L}\\p{N}])`, "giu") : new RegExp(body, "giu");
  return { length: value.length, core: coreOf(value), regexp };
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
