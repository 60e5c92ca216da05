import type { Actor } from "#app/people/actor.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { appendCaseLedger, openCaseFile } from "#app/requests/case-file.server.ts";
import { answeringProposal } from "./approve-history.server.ts";
import { type AskedLook, checkLook, standingLooks } from "./look.ts";
import { accepted, digestOf } from "./matter.server.ts";
import { addLooks, listLooks } from "./proposed-content.server.ts";

/**
 * A supervisor says of lines of a proposal that he agrees, or what should be changed. It changes nothing but what he
 * may do next: approve once the sample is looked at, or send back with the remarks.
 * @param input.digest of the proposal that he had before him
 * @throws NotFound, also for a line of another case; Refused for a proposal that is not the one any more
 */
export async function lookAtLines(
  portal: Portal,
  actor: Actor,
  input: { caseId: string; digest: string; looks: readonly AskedLook[] },
): Promise<void> {
  const file = await openCaseFile(portal, actor, "case.send-back", input.caseId);
  const looks = input.looks.map(checkLook);
  if (looks.length === 0)
    throw new Refused("approval.refusedNothing", "Say of at least one line what you think of it.");
  await answeringProposal(portal, actor, file, async (tx, matter, by) => {
    const { proposal } = matter.road;
    const digest = digestOf(matter);
    if (proposal === null || proposal.digest !== digest || input.digest !== digest) {
      throw new Refused(
        "desk.refusedChanged",
        "Something was changed after this was proposed; the clerk must propose it again.",
      );
    }
    const lines = new Set(accepted(matter).map(({ eventId }) => eventId));
    if (!looks.every(({ eventId }) => lines.has(eventId))) throw new NotFound("line");
    const standing = standingLooks(await listLooks(portal, file, proposal, tx));
    const said = looks.filter(({ eventId, verdict, remark }) => {
      const before = standing.get(eventId);
      return before?.by !== by || before.verdict !== verdict || before.remark !== remark;
    });
    if (said.length === 0) return;
    await addLooks(portal, tx, file, { step: proposal, looks: said, by });
    const back = said.filter(({ verdict }) => verdict === "back").length;
    await appendCaseLedger(portal, tx, actor, file, {
      act: "proposal.looked",
      detail: { edition: matter.road.edition, lines: said.length, back },
    });
  });
}
