/** What the rules propose in a case, of the lines that are this person's. Callers authorise. */
import type { Portal } from "#app/platform/portal.server.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import type { MatchedEvent } from "../cells.ts";
import { accepted, type Matter } from "../matter.server.ts";
import { openProposals, type Proposal, type ProposalFacts, proposalsFor } from "./proposal.ts";
import { PROPOSAL_RULES } from "./rules.ts";

/** @param events Opened; those that nobody has accepted are left out. */
export function proposalsIn(
  portal: Pick<Portal, "time">,
  matter: Matter,
  events: readonly MatchedEvent[],
): readonly Proposal[] {
  const { file, reading } = matter;
  const facts: ProposalFacts = {
    bound: { custodian: file.agency.kind, rule: file.rule },
    today: localDate(portal.time.now(), file.agency.zone),
    reading,
    residentName: file.residentName,
  };
  const confirmed = new Set(accepted(matter).map(({ eventId }) => eventId));
  return events.flatMap((matched) => {
    if (!confirmed.has(matched.eventId)) return [];
    return openProposals(proposalsFor(matched, facts, PROPOSAL_RULES), matter.effectiveOf(matched.eventId));
  });
}
