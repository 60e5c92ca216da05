/**
 * Which lines carry which signals. Pure: over what the reader of the lines sees of them, and counts of when a user is
 * usually at work. In one pass over the lines for each rule, sorted where order matters.
 */
import { findForbiddenPurpose } from "#app/law/forbidden-purposes.ts";
import type { LineFacts, Seen } from "./facts.ts";
import type { SignalId, SignalRule } from "./signal.ts";
import { namesCaseNumber, saysNothing } from "./vague-reasons.ts";
import { type LocalMoment, localMoments } from "./wall-clock.ts";

/** The signals of each line that has any, by event id, in the order of the rules. */
export type SignalsByLine = ReadonlyMap<string, readonly SignalId[]>;

interface Lines {
  readonly all: readonly LineFacts[];
  /** Day and hour on the agency's wall; null where the time is withheld. */
  readonly moment: (line: LineFacts) => LocalMoment | null;
}

type Finder = (lines: Lines, thresholds: SignalRule["thresholds"]) => Iterable<LineFacts>;

/** @param zone Of the agency: hours and weeks are those on its wall. */
export function evaluateSignals(
  lines: readonly LineFacts[],
  rules: readonly SignalRule[],
  zone: string,
): SignalsByLine {
  const moments = localMoments(zone);
  const known = new Map<LineFacts, LocalMoment>();
  const moment = (line: LineFacts): LocalMoment | null => {
    if (line.at === null) return null;
    const found = known.get(line) ?? moments(line.at);
    known.set(line, found);
    return found;
  };
  const signals = new Map<string, SignalId[]>();
  for (const rule of rules) {
    for (const line of FINDERS[rule.id]({ all: lines, moment }, rule.thresholds)) {
      const found = signals.get(line.eventId);
      if (found === undefined) signals.set(line.eventId, [rule.id]);
      else if (!found.includes(rule.id)) found.push(rule.id);
    }
  }
  return signals;
}

const FINDERS: Readonly<Record<SignalId, Finder>> = {
  "no-case-number": ({ all }) => all.filter(hasNoCaseNumber),
  "outside-usual-hours": outsideUsualHours,
  "repeated-over-weeks": repeatedOverWeeks,
  "many-systems": manySystems,
  "same-user-often": sameUserOften,
  "reason-says-nothing": ({ all }) => all.filter(hasNoReason),
  "purpose-not-permitted": ({ all }) => all.filter(isNotPermitted),
};

/** States in which a log has the column and nothing in it. What somebody hid, or a log without the column, is neither. */
function isBlank(seen: Exclude<Seen, null>): boolean {
  return "absent" in seen && (seen.absent === "empty" || seen.absent === "placeholder");
}

function hasNoCaseNumber({ caseNumber, purpose }: LineFacts): boolean {
  if (caseNumber === null || purpose === null || !isBlank(caseNumber)) return false;
  // What the vendor or the agency hid may be a number.
  if ("text" in purpose) return !namesCaseNumber(purpose.text);
  return isBlank(purpose) || purpose.absent === "not-exported";
}

function hasNoReason({ purpose, hasPurposeCode }: LineFacts): boolean {
  if (purpose === null || hasPurposeCode !== false) return false;
  return "text" in purpose ? saysNothing(purpose.text) : isBlank(purpose);
}

function isNotPermitted({ system, agency, purpose }: LineFacts): boolean {
  if (system === null || agency === null || purpose === null) return false;
  // A reason that somebody hid may be a definite one.
  if ("absent" in purpose && !isBlank(purpose) && purpose.absent !== "not-exported") return false;
  return findForbiddenPurpose({ system, agency: textOf(agency), purpose: textOf(purpose) }) !== null;
}

function textOf(seen: Exclude<Seen, null>): string | null {
  return "text" in seen ? seen.text : null;
}

/**
 * `leastLookUps` and `leastDays`: fewer say nothing about somebody's habits. `around`: hours on either side that count
 * as the same. `mostPercent`: what share of the user's look-ups may lie there at most.
 */
function* outsideUsualHours({ all, moment }: Lines, thresholds: SignalRule["thresholds"]): Iterable<LineFacts> {
  const { leastLookUps = 0, leastDays = 0, around = 0, mostPercent = 0 } = thresholds;
  for (const line of all) {
    const at = moment(line);
    const { hours } = line;
    if (line.isAutomatic || at === null || hours === null) continue;
    if (hours.lookUps < leastLookUps || hours.days < leastDays) continue;
    let near = 0;
    for (let away = -around; away <= around; away++) near += hours.hours[(at.hour + away + 24) % 24] ?? 0;
    if (near * 100 <= hours.lookUps * mostPercent) yield line;
  }
}

/** `weeks` different calendar weeks (from Monday) with a look-up by one user, inside `within` weeks. */
function* repeatedOverWeeks({ all, moment }: Lines, thresholds: SignalRule["thresholds"]): Iterable<LineFacts> {
  const { weeks = 0, within = 0 } = thresholds;
  for (const lines of byUser(all)) {
    const byWeek = Map.groupBy(
      lines.filter((line) => line.at !== null),
      (line) => moment(line)?.week ?? 0,
    );
    const seen = [...byWeek.keys()].sort((a, b) => a - b);
    const carrying = new Set<number>();
    for (let first = 0; first + weeks <= seen.length; first++) {
      const stretch = seen.slice(first, first + weeks);
      if ((stretch.at(-1) ?? 0) - (stretch[0] ?? 0) >= within) continue;
      for (const week of stretch) carrying.add(week);
    }
    for (const week of carrying) yield* byWeek.get(week) ?? [];
  }
}

/** `systems` different ones searched by one agency inside `minutes`. */
function* manySystems({ all }: Lines, thresholds: SignalRule["thresholds"]): Iterable<LineFacts> {
  const { systems = 0, minutes = 0 } = thresholds;
  const known = all.filter((line) => line.at !== null && line.system !== null && agencyOf(line) !== null);
  for (const lines of Map.groupBy(known, agencyOf).values()) {
    const inTime = [...lines].sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
    const inside = new Map<string, number>();
    // How far the lines that carry it are given out already: a long run is not gone through again for each of its lines.
    let given = 0;
    let first = 0;
    for (const [last, line] of inTime.entries()) {
      count(inside, line.system, 1);
      while (millisecondsBetween(inTime[first], line) > minutes * 60_000) {
        count(inside, inTime[first]?.system ?? null, -1);
        first += 1;
      }
      if (inside.size < systems) continue;
      for (given = Math.max(given, first); given <= last; given++) {
        const carrying = inTime[given];
        if (carrying) yield carrying;
      }
    }
  }
}

function millisecondsBetween(first: LineFacts | undefined, last: LineFacts): number {
  return (last.at ?? 0) - (first?.at ?? 0);
}

function count(inside: Map<string, number>, system: string | null, by: 1 | -1): void {
  if (system === null) return;
  const left = (inside.get(system) ?? 0) + by;
  if (left === 0) inside.delete(system);
  else inside.set(system, left);
}

function agencyOf({ agency }: LineFacts): string | null {
  return agency !== null && "text" in agency ? agency.text.trim().toLowerCase() : null;
}

/** At least `lookUps` by one user. */
function* sameUserOften({ all }: Lines, thresholds: SignalRule["thresholds"]): Iterable<LineFacts> {
  for (const lines of byUser(all)) if (lines.length >= (thresholds["lookUps"] ?? 0)) yield* lines;
}

/** The lines whose user the reader knows, and who pressed a key for them. */
function byUser(all: readonly LineFacts[]): Iterable<LineFacts[]> {
  const known = all.filter((line) => line.user !== null && !line.isAutomatic);
  return Map.groupBy(known, (line) => line.user).values();
}
