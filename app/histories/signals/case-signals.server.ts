/** The signals of a case's lines: for those who decide them, and as they go out with an answer. Callers authorise. */
import { listEventUsers } from "#app/feeds/user-hours.server.ts";
import type { Locale } from "#app/law/words.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { listCustodies } from "#app/registry/queries.server.ts";
import { cellsOf, type MatchedEvent } from "../cells.ts";
import type { History, Line } from "../history.ts";
import type { Matter } from "../matter.server.ts";
import type { Redacted } from "../redact.ts";
import { evaluateSignals, type SignalsByLine } from "./evaluate.ts";
import { factsOf, type LineOrigin } from "./facts.ts";
import type { SignalRule } from "./signal.ts";
import { listSignalsOn } from "./switches.server.ts";

/** A signal in the words of whoever decides about the line. */
export interface SignalView {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly text: string;
}

/** @param events Those of the case that nobody has rejected, opened. */
export async function signalsForDesk(
  portal: Portal,
  matter: Matter,
  events: readonly MatchedEvent[],
): Promise<(eventId: string) => readonly SignalView[]> {
  const rules = await listSignalsOn(portal, matter.file.agency.id);
  const found = await signalsIn(portal, matter, events, rules);
  const { locale } = matter.reading;
  const viewOf = new Map(
    rules.map(({ id, version, name, clerk }) => [id, { id, version, name: name[locale], text: clerk[locale] }]),
  );
  return (eventId) => (found.get(eventId) ?? []).flatMap((id) => viewOf.get(id) ?? []);
}

/** What the rules find in a case as its agency sees it, whether they are switched on or not. */
export async function signalsIn(
  portal: Portal,
  matter: Matter,
  events: readonly MatchedEvent[],
  rules: readonly SignalRule[],
): Promise<SignalsByLine> {
  if (rules.length === 0 || events.length === 0) return new Map();
  const originOf = await originsOf(portal, matter, events, rules);
  const lines = events.map((matched) => factsOf(cellsOf(matched, matter.reading), originOf(matched)));
  return evaluateSignals(lines, rules, matter.file.agency.zone);
}

/** What an answer says of signals: which line carries which, and each in words once. */
export interface ReleasedSignals {
  readonly mark: (line: Line) => Line;
  readonly signals: NonNullable<History["signals"]>;
}

/**
 * Found in the redacted lines alone, as their reader sees them: neither a withheld field nor a withheld line can make
 * a signal appear or go.
 */
export async function signalsForRelease(
  portal: Portal,
  matter: Matter,
  events: readonly MatchedEvent[],
  redacted: Redacted,
): Promise<ReleasedSignals> {
  const rules = await listSignalsOn(portal, matter.file.agency.id);
  const shown = new Set(redacted.lines.map((line) => redacted.eventIds.get(line.number)));
  const disclosed = events.filter(({ eventId }) => shown.has(eventId));
  const originOf = rules.length === 0 ? null : await originsOf(portal, matter, disclosed, rules);
  if (originOf === null) return { mark: (line) => line, signals: [] };
  return markLines({ disclosed, redacted, originOf, rules, zone: matter.file.agency.zone, locale: matter.file.locale });
}

/** The pure part of signalsForRelease. */
export function markLines(answer: {
  readonly disclosed: readonly MatchedEvent[];
  readonly redacted: Pick<Redacted, "lines" | "eventIds">;
  readonly originOf: (matched: MatchedEvent) => LineOrigin;
  readonly rules: readonly SignalRule[];
  readonly zone: string;
  readonly locale: Locale;
}): ReleasedSignals {
  const { redacted, originOf, rules, zone, locale } = answer;
  const byId = new Map(answer.disclosed.map((matched) => [matched.eventId, matched]));
  const lines = redacted.lines.flatMap(({ number, cells }) => {
    const matched = byId.get(redacted.eventIds.get(number) ?? "");
    return matched ? [factsOf(cells, originOf(matched))] : [];
  });
  const found = evaluateSignals(lines, rules, zone);
  const used = new Set([...found.values()].flat());
  return {
    mark: (line) => {
      const ids = found.get(redacted.eventIds.get(line.number) ?? "");
      return ids === undefined ? line : { ...line, signals: [...ids] };
    },
    signals: rules.filter(({ id }) => used.has(id)).map((rule) => wordsOf(rule, locale)),
  };
}

function wordsOf({ id, version, name, resident, source }: SignalRule, locale: Locale) {
  return { id, version, name: name[locale], plain: resident[locale], source: source[locale] };
}

async function originsOf(
  portal: Portal,
  { file, matches }: Matter,
  events: readonly MatchedEvent[],
  rules: readonly SignalRule[],
): Promise<(matched: MatchedEvent) => LineOrigin> {
  const { agency } = file;
  const wanted = new Set(events.map(({ eventId }) => eventId));
  const refs = matches.flatMap(({ eventId, eventAt }) => (wanted.has(eventId) ? [{ eventId, at: eventAt }] : []));
  const withHours = rules.some(({ id }) => id === "outside-usual-hours");
  const users = await listEventUsers(portal, { agencyId: agency.id, zone: agency.zone, events: refs, withHours });
  const slugOf = new Map(
    (await listCustodies(portal, agency.id)).map(({ systemId, system }) => [systemId, system.slug]),
  );
  return (matched) => {
    const user = users.get(matched.eventId);
    return { matched, system: slugOf.get(user?.systemId ?? "") ?? "", hours: user?.hours ?? null };
  };
}
