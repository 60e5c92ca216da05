import type { Actor } from "#app/people/actor.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { openCaseFile } from "#app/requests/case-file.server.ts";
import { decideFields, decideLines } from "../decide.server.ts";
import { type FieldOutcome, LINE, type LineOutcome } from "../decision.ts";
import { accepted, loadMatter, openMatched } from "../matter.server.ts";
import { proposalsIn } from "./list-proposals.server.ts";
import { groupProposals, type ProposalGroup } from "./proposal.ts";

/**
 * A clerk takes over what a rule proposes: for one line, or for every line for which the same is proposed. What is
 * recorded is the clerk's own decision, by the same way and under the same rules as any other; that it rests on this
 * version of this rule is kept with it.
 * @param input.key of the proposal that the clerk had before him (proposalKey)
 * @param input.eventId of the one line; null: all
 * @throws NotFound; Refused when it is proposed no more, or needs a person's judgement and is asked for many at once
 */
export async function acceptProposals(
  portal: Portal,
  actor: Actor,
  input: { caseId: string; key: string; eventId: string | null },
): Promise<{ decided: number }> {
  const { caseId, key } = input;
  const file = await openCaseFile(portal, actor, "case.decide", caseId);
  if (actor.kind !== "account") throw new NotFound();
  const matter = await loadMatter(portal, file);
  const lines = accepted(matter).filter(({ eventId }) => input.eventId === null || eventId === input.eventId);
  const proposed = proposalsIn(portal, matter, await openMatched(portal, matter, lines));
  const group = groupProposals(proposed).find((one) => one.key === key);
  if (group === undefined) {
    throw new Refused("proposals.refusedGone", "This is not proposed any more; look at what is proposed now.");
  }
  refuseUnweighed(group);
  const { field, exemption, reviewOn, rule, version, eventIds } = group;
  // The reason is the agency's own to read, and so in its reader's language.
  const reason = exemption === null ? null : group.why[actor.locale];
  const asked = { caseId, exemption, reason, reviewOn, rests: { rule, version } };
  if (field === LINE) {
    return decideLines(portal, actor, { ...asked, events: eventIds, outcome: group.outcome as LineOutcome });
  }
  return decideFields(portal, actor, { ...asked, events: eventIds, field, outcome: group.outcome as FieldOutcome });
}

/** An exemption that a person must weigh is not applied to many lines in one go. */
function refuseUnweighed({ needsJudgement, eventIds }: ProposalGroup): void {
  if (!needsJudgement || eventIds.length < 2) return;
  throw new Refused(
    "proposals.refusedJudgement",
    "A person must weigh this line by line: accept it for one at a time.",
  );
}
