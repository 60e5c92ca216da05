import type { Actor } from "#app/people/actor.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { appendCaseLedger, openCaseFile } from "#app/requests/case-file.server.ts";
import { listIdentifierClaims } from "#app/requests/identifiers.server.ts";
import { tellStaff } from "#app/requests/tell-staff.server.ts";
import { undecided } from "./decision.ts";
import { countChanges } from "./find-matches.server.ts";
import { accepted, addStep, digestOf, loadMatter, lockCase, type Matter } from "./matter.server.ts";
import { contentNow, keepProposal } from "./proposed-content.server.ts";
import { mayPropose } from "./step.ts";

/** What still keeps an answer from being proposed; all zero and false when nothing does. */
export interface Missing {
  /** Identifiers without a verdict. */
  readonly unchecked: number;
  /** Look-ups in the logs that the last search did not find yet, or matches that no longer hold. */
  readonly unsearched: number;
  /** Matches of which nobody has said whether they are this person. */
  readonly unconfirmed: number;
  /** Lines without a decision. */
  readonly undecided: number;
}

/** Empty answers too are proposed only after everything was checked: then there is nothing missing. */
export async function findMissing(portal: Portal, matter: Matter): Promise<Missing> {
  const claims = await listIdentifierClaims(portal, matter.file);
  return {
    unchecked: claims.filter((claim) => claim.check === null).length,
    unsearched: await countChanges(portal, matter.file, matter.matches),
    unconfirmed: matter.matches.filter((match) => match.verdict === null).length,
    undecided: undecided(
      accepted(matter).map((match) => match.eventId),
      matter.effectiveOf,
    ).length,
  };
}

export function isComplete(missing: Missing): boolean {
  return missing.unchecked + missing.unsearched + missing.unconfirmed + missing.undecided === 0;
}

/**
 * Hands the decided answer to a supervisor. What is proposed is fixed by a digest: whatever is decided
 * afterwards must be proposed again.
 * @throws NotFound; Refused when something is missing or nothing has changed since the last edition
 */
export async function proposeHistory(portal: Portal, actor: Actor, caseId: string): Promise<void> {
  const file = await openCaseFile(portal, actor, "case.propose", caseId);
  if (actor.kind !== "account") throw new NotFound();
  await inTransaction(portal, async (tx) => {
    await lockCase(tx, file.id);
    const matter = await loadMatter(portal, file, tx);
    if (!mayPropose(matter.road)) {
      throw new Refused(
        "desk.refusedReleasing",
        "The answer is approved and is being made; nothing can be changed until it is out.",
      );
    }
    if (!isComplete(await findMissing(portal, matter))) {
      throw new Refused("desk.refusedIncomplete", "Something is still missing; the page says what.");
    }
    const digest = digestOf(matter);
    if (matter.road.stage === "proposed" && matter.road.proposal?.digest === digest) {
      throw new Refused("desk.refusedSame", "Exactly this answer is proposed already and waits for a supervisor.");
    }
    const { edition } = matter.road;
    const stepId = await addStep(portal, tx, file, { edition, kind: "proposed", by: actor.accountId, digest });
    await keepProposal(tx, { stepId, caseId: file.id, content: await contentNow(portal, matter) });
    await tellStaff(portal, tx, file, { duties: ["supervisor"] });
    await appendCaseLedger(portal, tx, actor, file, {
      act: "history.proposed",
      detail: { edition, digest, lines: accepted(matter).length },
    });
  });
}
