/** Look-ups as a log has them, and what becomes of them. Every name and plate is invented. */
import { type AccessEvent, accessEventSchema } from "#app/feeds/access-event.ts";
import type { UserHours } from "#app/feeds/user-hours.ts";
import { cellsOf, type MatchedEvent, type Reading } from "#app/histories/cells.ts";
import { type Decision, LINE, type Target } from "#app/histories/decision.ts";
import { evaluateSignals } from "#app/histories/signals/evaluate.ts";
import { factsOf } from "#app/histories/signals/facts.ts";
import { SIGNALS, type SignalId } from "#app/histories/signals/signal.ts";

export const PLATE = "9ZQX417";
export const ZONE = "America/Los_Angeles";
export const READING: Reading = {
  locale: "en",
  zone: ZONE,
  own: [{ identifierId: "i1", kind: "plate", value: PLATE, from: "2020-01-01", to: null }],
};

export const value = (text: string) => ({ state: "value", value: text }) as const;
export const EMPTY = { state: "empty" } as const;

/** One look-up with nothing to ask about. */
export function eventOf(changes: Partial<AccessEvent> = {}): AccessEvent {
  return accessEventSchema.parse({
    sourceId: value("s-1"),
    at: "2025-06-18T18:00:00.000Z",
    zone: "UTC",
    timeAsLogged: "06/18/2025, 06:00:00 PM UTC",
    org: value("Alder Creek PD"),
    user: value("u-1017"),
    searchedBy: [{ kind: "plate", ...value(PLATE) }],
    purpose: value("Stolen vehicle"),
    caseNumber: value("25-02183"),
    scope: { networks: EMPTY, devices: EMPTY, timeFrame: EMPTY, searchType: EMPTY, filters: EMPTY },
    textPrompt: EMPTY,
    moderation: EMPTY,
    ...changes,
  });
}

/** A look-up in a log, and what is known of its user besides. */
export interface GivenLine {
  readonly id: string;
  readonly system?: string;
  readonly hours?: UserHours | null;
  readonly event?: Partial<AccessEvent>;
}

export function matchedOf({ id, system = "alpr", event }: GivenLine): MatchedEvent {
  return { eventId: id, systemName: `System ${system}`, event: eventOf(event) };
}

/** The signals of each line, all rules switched on, as the agency sees them. */
export function signalsOf(lines: readonly GivenLine[]): Record<string, readonly SignalId[]> {
  const facts = lines.map((line) => {
    const matched = matchedOf(line);
    return factsOf(cellsOf(matched, READING), { matched, system: line.system ?? "alpr", hours: line.hours ?? null });
  });
  return Object.fromEntries(evaluateSignals(facts, SIGNALS, ZONE));
}

/** Works from 8 to 17, and was once seen at 3 in the morning. */
export function dayWorker(changes: Partial<UserHours> = {}): UserHours {
  const hours = Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 17 ? 20 : hour === 3 ? 1 : 0));
  return { lookUps: 181, days: 60, hours, ...changes };
}

let clock = 0;
export function decided(eventId: string, field: Target, outcome: Decision["outcome"]): Decision {
  clock += 1;
  const exemption = outcome === "disclose" ? null : "ca.cpra.privacy";
  const [reason, reviewOn, by] = [null, outcome === "defer" ? "2027-01-01" : null, "clerk"];
  return { id: `d${clock}`, eventId, field, outcome, exemption, reason, reviewOn, by, at: new Date(clock) };
}

export const disclosed = (ids: readonly string[]): Decision[] => ids.map((id) => decided(id, LINE, "disclose"));
