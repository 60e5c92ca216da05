/** A supervisor's two answers to a proposal: send it back with a remark, or approve it. */
import type { Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { requireFresh } from "#app/people/step-up.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueue } from "#app/platform/queue/queue.server.ts";
import { appendCaseLedger, type CaseFile, openCaseFile } from "#app/requests/case-file.server.ts";
import { tellStaff } from "#app/requests/tell-staff.server.ts";
import { REASON_LENGTH } from "./decision.ts";
import { type Look, linesToSendBack, notLookedAt } from "./look.ts";
import { addStep, digestOf, loadMatter, lockCase, type Matter } from "./matter.server.ts";
import { contentNow, findProposal, listLooks } from "./proposed-content.server.ts";
import { listReviewerIds } from "./reviewers.ts";
import { drawSample, type Sample } from "./sample.ts";

/**
 * Approves exactly what was proposed, by a sample that is recorded; a job then makes the release.
 * @param input.digest of the proposal that the supervisor had before him
 * @param input.size how many lines of those that are not always looked at (sample.ts); the least without it
 * @throws NotFound for anyone who took part in making the answer, as for a stranger; ProofNeeded when the
 *   supervisor's last proof is too old; Refused when nothing is proposed, what was proposed has changed since,
 *   the sample is not looked at, or a remark stands
 */
export async function approveHistory(
  portal: Portal,
  actor: Actor,
  input: { caseId: string; digest: string; size?: number },
): Promise<void> {
  // Who took part is known only under the lock; whoever may answer no proposal at all finds nothing before it.
  const file = await openCaseFile(portal, actor, "case.send-back", input.caseId);
  await answeringProposal(portal, actor, file, async (tx, matter, by) => {
    authorise(actor, "case.approve", { ...file.facts, reviewerIds: await reviewerIdsOf(portal, matter) });
    const { edition, proposal } = matter.road;
    const digest = digestOf(matter);
    if (proposal?.digest !== digest || input.digest !== digest) {
      throw new Refused(
        "desk.refusedChanged",
        "Something was changed after this was proposed; the clerk must propose it again.",
      );
    }
    const content = (await findProposal(portal, proposal, tx)) ?? (await contentNow(portal, matter));
    const sample = drawSample(content, digest, input.size);
    const looks = await listLooks(portal, file, proposal, tx);
    expectLookedAt(sample, looks, by);
    // Last: nobody shows a factor for what is refused anyhow.
    requireFresh(actor, portal.time.now());
    const looked = new Set(looks.filter((look) => look.by === by).map(({ eventId }) => eventId)).size;
    const approvedId = await addStep(portal, tx, file, { edition, kind: "approved", by, digest });
    const drawn = { always: sample.always.size, drawn: sample.drawn.size, drawnFrom: sample.drawnFrom, looked };
    await tx.approvalSample.create({
      data: { stepId: approvedId, proposalId: proposal.id, lines: sample.lines, seed: sample.seed, ...drawn },
    });
    await enqueue(
      tx,
      "make-release",
      { caseId: file.id, edition: String(edition) },
      { key: `make-release:${file.id}:${edition}` },
    );
    await appendCaseLedger(portal, tx, actor, file, {
      act: "history.approved",
      detail: { edition, digest, lines: sample.lines, ...drawn },
    });
  });
}

/** @throws Refused */
function expectLookedAt(sample: Sample, looks: readonly Look[], accountId: string): void {
  const left = notLookedAt(sample, looks, accountId).length;
  if (left > 0) {
    throw new Refused("approval.refusedSample", "Look at every line of the sample first.", { count: left });
  }
  const back = linesToSendBack(looks).length;
  if (back > 0) {
    throw new Refused("approval.refusedBack", "A line has a remark: send it back, or agree with the line.", {
      count: back,
    });
  }
}

/**
 * Gives a proposal back to the clerk. The remarks on its lines go with it; where there are none, one on the whole must
 * say what is to be changed. Only the agency reads them.
 * @throws NotFound, Refused
 */
export async function sendBack(portal: Portal, actor: Actor, input: { caseId: string; remark: string }): Promise<void> {
  const file = await openCaseFile(portal, actor, "case.send-back", input.caseId);
  const remark = input.remark.trim();
  await answeringProposal(portal, actor, file, async (tx, matter, by) => {
    const lines = linesToSendBack(await listLooks(portal, file, matter.road.proposal, tx)).length;
    if ((remark === "" && lines === 0) || remark.length > REASON_LENGTH) {
      throw new Refused("desk.refusedRemark", "Say in up to 2,000 characters what should be changed.");
    }
    const note = remark === "" ? {} : { note: remark };
    await addStep(portal, tx, file, { edition: matter.road.edition, kind: "sent-back", by, ...note });
    await tellStaff(portal, tx, file, { duties: ["clerk"] });
    await appendCaseLedger(portal, tx, actor, file, {
      act: "history.sent-back",
      detail: { edition: matter.road.edition, lines },
    });
  });
}

/** Everyone who had a hand in the answer of this case. */
export async function reviewerIdsOf(portal: Portal, matter: Matter): Promise<string[]> {
  return listReviewerIds({ ...matter, ledger: await listLedgerOfCase(portal, matter.file.id) });
}

/** Under the lock, as long as something is proposed. @throws NotFound, Refused */
export async function answeringProposal(
  portal: Portal,
  actor: Actor,
  file: CaseFile,
  work: (tx: Transaction, matter: Matter, by: string) => Promise<void>,
): Promise<void> {
  if (actor.kind !== "account") throw new NotFound();
  await inTransaction(portal, async (tx) => {
    await lockCase(tx, file.id);
    const matter = await loadMatter(portal, file, tx);
    if (matter.road.stage !== "proposed") {
      throw new Refused("desk.refusedNotProposed", "Nothing is proposed here now.");
    }
    await work(tx, matter, actor.accountId);
  });
}
