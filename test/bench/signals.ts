import { type AccessEvent, accessEventSchema } from "#app/feeds/access-event.ts";
import { packEvent, unpackEvent } from "#app/feeds/store/event-payload.ts";
import { cellsOf, type MatchedEvent, type Reading } from "#app/histories/cells.ts";
import { type ProposalFacts, proposalsFor } from "#app/histories/proposals/proposal.ts";
import { PROPOSAL_RULES } from "#app/histories/proposals/rules.ts";
import { evaluateSignals } from "#app/histories/signals/evaluate.ts";
import { factsOf } from "#app/histories/signals/facts.ts";
import { SIGNALS } from "#app/histories/signals/signal.ts";
import { type BenchOptions, type Measured, rateOf } from "./bench.ts";

const TURNS = 5;
const ZONE = "America/Los_Angeles";
const PLATE = "9ZQX417";
const READING: Reading = {
  locale: "en",
  zone: ZONE,
  own: [{ identifierId: "own", kind: "plate", value: PLATE, from: "2020-01-01", to: null }],
};
const FACTS: ProposalFacts = {
  bound: { custodian: "local-agency", rule: "ca.cpra.determination" },
  today: "2026-03-02",
  reading: READING,
  residentName: "Ana Reyes",
};

/** All signals and all proposals of one large case, against reading its events once they are decrypted. */
export async function signalsBench({ rows = 5_000 }: BenchOptions): Promise<Measured[]> {
  const events = Array.from({ length: rows }, (_, n) => eventOf(n));
  const texts = events.map(packEvent);
  const matched = events.map((event, n): MatchedEvent => ({ eventId: String(n), systemName: "Plate readers", event }));
  const hours = { lookUps: 200, days: 60, hours: Array.from({ length: 24 }, (_, hour) => (hour < 6 ? 0 : 11)) };
  const [signals, proposals, read]: [number[], number[], number[]] = [[], [], []];
  for (let turn = 0; turn < TURNS; turn += 1) {
    read.push(await rateOf(rows, () => void texts.map(unpackEvent)));
    signals.push(
      await rateOf(rows, () => {
        const lines = matched.map((one, n) =>
          factsOf(cellsOf(one, READING), { matched: one, system: `s${n % 4}`, hours }),
        );
        if (evaluateSignals(lines, SIGNALS, ZONE).size === 0) throw new Error("no line carries a signal");
      }),
    );
    proposals.push(
      await rateOf(rows, () => {
        const found = matched.flatMap((one) => proposalsFor(one, FACTS, PROPOSAL_RULES));
        if (found.length === 0) throw new Error("nothing is proposed");
      }),
    );
  }
  const against = { name: "read the same events from their sealed texts, once open", values: read };
  return [
    { name: "signals.case", unit: "lines/s", values: signals, against, goal: { atLeast: 0.4 } },
    { name: "signals.proposals", unit: "lines/s", values: proposals, against, goal: { atLeast: 1 } },
  ];
}

function eventOf(n: number): AccessEvent {
  const value = (text: string) => ({ state: "value", value: text }) as const;
  const empty = { state: "empty" } as const;
  const other = n % 50 === 0 ? [{ kind: "plate", ...value("5KRW903") } as const] : [];
  return accessEventSchema.parse({
    sourceId: value(`s-${n}`),
    at: new Date(Date.UTC(2025, 0, 1) + n * 47 * 60_000).toISOString(),
    zone: "UTC",
    timeAsLogged: `entry ${n}`,
    org: value(`Agency ${n % 7}`),
    user: value(`u-${n % 40}`),
    searchedBy: [{ kind: "plate", ...value(PLATE) }, ...other],
    purpose: value(n % 2 === 0 ? "investigation" : `burglary on ${n} Mill Street`),
    caseNumber: n % 3 === 0 ? empty : value(`25-${10_000 + n}`),
    scope: { networks: empty, devices: empty, timeFrame: empty, searchType: value("lookup"), filters: empty },
    textPrompt: empty,
    moderation: empty,
    ...(n % 90 === 0 && { sealed: true, hiddenReason: value("Investigation open") }),
  });
}
