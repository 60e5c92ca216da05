/** What the complaints' pages are handed: codes turned into words where the words are the law's. */
import { z } from "zod";
import type { ComplaintSummary } from "#app/complaints/complaint-summary.ts";
import type { OfferedVenue } from "#app/complaints/disputed-lines.server.ts";
import { getGround } from "#app/histories/ground.ts";
import type { Line } from "#app/histories/history.ts";
import type { Clock } from "#app/law/clock.ts";
import { getRule } from "#app/law/law.ts";
import { sayStep } from "#app/law/step.ts";
import { findVenue } from "#app/law/venues.ts";
import { Refused } from "#app/platform/failure.ts";
import { daysBetween } from "#app/platform/time/local-date.ts";
import { sayMoveParams } from "#app/ui/complaint/complaint-words.ts";
import type { ShownVenue } from "#app/ui/complaint/dispute-parts.tsx";
import type { ShownSummary } from "#app/ui/complaint/shown-complaint.ts";
import type { DeadlineStep } from "#app/ui/deadline-card.tsx";
import { type RejectedForm, readForm } from "#app/ui/form.ts";
import { formatDate } from "#app/ui/format.ts";
import type { Locale } from "#app/ui/locale.ts";
import { getWords, isWordKey, type Message, type WordKey } from "#app/ui/words/words.ts";

export function shownSummary(summary: ComplaintSummary, locale: Locale): ShownSummary & { venueName: string } {
  const { next, disciplineLimit, ...rest } = summary;
  return {
    ...rest,
    venueName: findVenue(summary.venue)?.name[locale] ?? summary.venue,
    next: next && {
      ...(next.source === "law"
        ? { source: next.source, cite: next.clock.cite, steps: stepsOf(next.clock, locale) }
        : { source: next.source, since: next.since, days: next.days }),
      on: next.on,
      daysLeft: daysBetween(summary.today, next.on),
    },
    limit: disciplineLimit && {
      on: disciplineLimit.due,
      passed: disciplineLimit.due < summary.today,
      cite: disciplineLimit.cite,
      steps: stepsOf(disciplineLimit, locale),
    },
  };
}

export function shownVenues(offered: readonly OfferedVenue[], locale: Locale): ShownVenue[] {
  return offered.flatMap(({ id, dates }) => {
    const venue = findVenue(id);
    if (!venue) return [];
    return {
      id,
      name: venue.name[locale],
      accepts: venue.accepts[locale],
      cite: venue.cite,
      deadline: venue.residentDeadline[locale],
      dates: dates.map(({ rule, on, passed }) => {
        const { title, cite, evidence } = getRule(rule);
        return { title: title[locale], on, passed, cite, checked: evidence === "V" };
      }),
      enclose: venue.enclose.map((thing) => thing[locale]),
      clock: venue.bodyClockWords[locale],
      ifOfficerLeft: venue.ifOfficerLeft[locale],
      cannotDo: venue.cannotDo[locale],
      weak: venue.weak && { text: venue.weak.words[locale], cite: venue.weak.cite },
      checked: venue.evidence === "V",
    };
  });
}

/** A released line with each ground in plain words. */
export function shownLine(line: Line, locale: Locale): Line {
  const cells = Object.entries(line.cells).map(([field, cell]) => [
    field,
    cell.kind === "withheld" ? { ...cell, ground: getGround(cell.ground).words[locale] } : cell,
  ]);
  return { ...line, cells: Object.fromEntries(cells) };
}

/** What a use case gave, or the sentence with which it refused. Everything else passes. */
export type Refusable<T> = { value: T; refused: null } | { value: null; refused: Message };

export async function refusable<T>(locale: Locale, work: () => Promise<T>): Promise<Refusable<T>> {
  try {
    return { value: await work(), refused: null };
  } catch (error) {
    if (error instanceof Refused && isWordKey(error.code))
      return { value: null, refused: sentenceOf(error.code, error.params, locale) };
    throw error;
  }
}

function sentenceOf(key: WordKey, params: Refused["params"], locale: Locale): Message {
  if (key === "complaint.refusedMove") return { key, params: sayMoveParams(params, getWords(locale)) };
  const said = Object.entries(params).map(([name, value]) => [
    name,
    name === "today" || name === "since" ? formatDate(String(value), locale) : value,
  ]);
  return { key, params: Object.fromEntries(said) };
}

/** A form as it was sent, with what a use case said of it. */
export function rejected(formData: FormData, issues: Record<string, Message>): RejectedForm {
  const typed = readForm(z.never(), formData);
  return { issues, typed: typed.ok ? {} : typed.typed };
}

function stepsOf(clock: Clock, locale: Locale): DeadlineStep[] {
  return clock.steps.map((step) => ({ text: sayStep(step, locale), cite: step.cite }));
}

/** The look-ups that an address asks for: `?line=3&line=7`. What is not a number asks for none. */
export function linesAsked(address: string): number[] {
  const asked = new URL(address).searchParams.getAll("line").map(Number);
  return asked.every((line) => Number.isSafeInteger(line) && line > 0) ? asked : [];
}
