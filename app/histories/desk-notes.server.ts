/** What stands beside the lines on a clerk's desk: neutral signals, and what rules propose. Callers authorise. */
import type { Portal } from "#app/platform/portal.server.ts";
import type { LocalDate } from "#app/platform/time/local-date.ts";
import type { MatchedEvent } from "./cells.ts";
import type { Outcome, Target } from "./decision.ts";
import { type Matter, openMatched } from "./matter.server.ts";
import { proposalsIn } from "./proposals/list-proposals.server.ts";
import { groupProposals, type Proposal, proposalKey } from "./proposals/proposal.ts";
import { type SignalView, signalsForDesk } from "./signals/case-signals.server.ts";

/** A proposed decision as a clerk reads it. */
export interface ProposalView {
  readonly key: string;
  readonly name: string;
  readonly why: string;
  readonly rule: string;
  readonly version: number;
  readonly field: Target;
  readonly outcome: Outcome;
  readonly cite: string | null;
  readonly reviewOn: LocalDate | null;
  readonly needsJudgement: boolean;
}

/** The same proposal for several lines. */
export interface ProposalGroupView extends ProposalView {
  readonly lines: number;
}

export interface LineNotes {
  readonly signals: readonly SignalView[];
  readonly proposals: readonly ProposalView[];
}

export interface DeskNotes {
  readonly of: (eventId: string) => LineNotes;
  readonly groups: readonly ProposalGroupView[];
}

/** Signals look at the whole case, so all of its look-ups are opened that nobody has said to be somebody else's. */
export async function deskNotes(portal: Portal, matter: Matter, opened?: readonly MatchedEvent[]): Promise<DeskNotes> {
  const kept = matter.matches.filter(({ verdict }) => verdict !== "rejected");
  const events = opened ?? (await openMatched(portal, matter, kept));
  const signalsOf = await signalsForDesk(portal, matter, events);
  const proposals = proposalsIn(portal, matter, events);
  const byLine = Map.groupBy(proposals, ({ eventId }) => eventId);
  const { locale } = matter.reading;
  return {
    of: (eventId) => ({
      signals: signalsOf(eventId),
      proposals: (byLine.get(eventId) ?? []).map((proposal) => viewOf(proposal, locale)),
    }),
    groups: groupProposals(proposals).map((group) => ({ ...viewOf(group, locale), lines: group.eventIds.length })),
  };
}

function viewOf(proposal: Omit<Proposal, "eventId">, locale: "en" | "es"): ProposalView {
  const { rule, version, field, outcome, cite, reviewOn, needsJudgement, name, why } = proposal;
  const said = { name: name[locale], why: why[locale] };
  return { key: proposalKey(proposal), ...said, rule, version, field, outcome, cite, reviewOn, needsJudgement };
}
