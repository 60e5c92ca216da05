import type { Actor } from "#app/people/actor.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import { appendCaseLedger, openCaseFile } from "#app/requests/case-file.server.ts";
import { type Asked, checkDecision, LINE } from "../decision.ts";
import { refuseWhileReleasing } from "../find-matches.server.ts";
import { accepted, addDecisions, loadMatter, lockCase, openMatched } from "../matter.server.ts";
import { proposalsIn } from "./list-proposals.server.ts";
import { groupProposals, type ProposalGroup } from "./proposal.ts";

/**
 * A clerk takes over what a rule proposes: for one line, or for every line for which the same is proposed. What is
 * recorded is the clerk's own decision; that it rests on this version of this rule is kept with it.
 * @param input.key of the proposal that the clerk had before him (proposalKey)
 * @param input.eventId of the one line; null: all
 * @throws NotFound; Refused when it is proposed no more, or needs a person's judgement and is asked for many at once
 */
export async function acceptProposals(
  portal: Portal,
  actor: Actor,
  input: { caseId: string; key: string; eventId: string | null },
): Promise<{ decided: number }> {
  const file = await openCaseFile(portal, actor, "case.decide", input.caseId);
  if (actor.kind !== "account") throw new NotFound();
  return inTransaction(portal, async (tx) => {
    await lockCase(tx, file.id);
    await refuseWhileReleasing(tx, file);
    const matter = await loadMatter(portal, file, tx);
    const lines = accepted(matter).filter(({ eventId }) => input.eventId === null || eventId === input.eventId);
    const proposed = proposalsIn(portal, matter, await openMatched(portal, matter, lines));
    const group = groupProposals(proposed).find(({ key }) => key === input.key);
    if (group === undefined) {
      throw new Refused("proposals.refusedGone", "This is not proposed any more; look at what is proposed now.");
    }
    refuseUnweighed(group);
    const { field, outcome, exemption, reviewOn, rule, version, eventIds } = group;
    // The reason is the agency's own to read, and so in its reader's language.
    const reason = exemption === null ? null : group.why[actor.locale];
    const today = localDate(portal.time.now(), file.agency.zone);
    const wanted: Asked = { field, outcome, exemption, reason, reviewOn };
    const asked = checkDecision(wanted, { today, custodian: file.agency.kind, rule: file.rule });
    await addDecisions(portal, tx, file, { eventIds, asked, by: actor.accountId, rests: { rule, version } });
    await appendCaseLedger(portal, tx, actor, file, {
      act: field === LINE ? "line.decided" : "field.decided",
      detail: { lines: eventIds.length, field, outcome, exemption: asked.exemption, rule, version },
    });
    return { decided: eventIds.length };
  });
}

/** An exemption that a person must weigh is not applied to many lines in one go. */
function refuseUnweighed({ needsJudgement, eventIds }: ProposalGroup): void {
  if (!needsJudgement || eventIds.length < 2) return;
  throw new Refused(
    "proposals.refusedJudgement",
    "A person must weigh this line by line: accept it for one at a time.",
  );
}
