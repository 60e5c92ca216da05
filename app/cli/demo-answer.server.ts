/** An answer of the demonstration, from the checked plate to the complaint about one of its lines. */
import { fileDispute } from "#app/complaints/file-dispute.server.ts";
import { moveComplaint } from "#app/complaints/move-complaint.server.ts";
import { approveHistory } from "#app/histories/approve-history.server.ts";
import { decideLines, decideMatches } from "#app/histories/decide.server.ts";
import { findMatches } from "#app/histories/find-matches.server.ts";
import { type Desk, getDesk } from "#app/histories/get-desk.server.ts";
import { getProposal } from "#app/histories/get-proposal.server.ts";
import { historyJobs } from "#app/histories/jobs.server.ts";
import { lookAtLines } from "#app/histories/look-at-lines.server.ts";
import { proposeHistory } from "#app/histories/propose-history.server.ts";
import { listReleases } from "#app/histories/queries.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import type { Stage } from "#app/requests/case.ts";
import { checkIdentifier } from "#app/requests/check-identifier.server.ts";
import type { Scene } from "./demo-scene.ts";

/** Ours, and the same at every start: what was filed with them is filed no second time. */
const DISPUTE_FORM = "5b0c2f0e-6a55-4c0b-9a0f-0d1e6f3c7a01";
const RECEIPT_FORM = "5b0c2f0e-6a55-4c0b-9a0f-0d1e6f3c7a02";

/** The line after the newest: its log names an agency that takes part here. */
const DISPUTED_LINE = 2;

/** Clerk, supervisor, and the job that lets the answer out. @param stage where the case stands before */
export async function answerCase({ caseId, cast, on }: Scene, stage: Stage, daysAgo: number): Promise<void> {
  if (stage === "released") return;
  const prepared = stage === "proposed" || stage === "approved";
  if (!prepared) await prepare(on(daysAgo), cast, caseId);
  const next = on(daysAgo - 1);
  if (stage !== "approved") {
    const { digest, lines } = await getProposal(next, cast.supervisor, { caseId, locale: "en" });
    const looks = lines.map(({ eventId }) => ({ eventId, verdict: "agree", remark: null }) as const);
    if (looks.length > 0) await lookAtLines(next, cast.supervisor, { caseId, digest, looks });
    // In the story the supervisor has shown a code that day.
    const proof = { by: "totp", at: next.time.now(), assurance: 2, vouchedBy: null } as const;
    await approveHistory(next, { ...cast.supervisor, proof }, { caseId, digest });
  }
  // The worker would do it today; in the story it was done then. Done already, the job that waits does nothing.
  await historyJobs["make-release"]?.(next, { caseId, edition: "1" });
}

async function prepare(portal: Portal, { clerk }: Scene["cast"], caseId: string): Promise<void> {
  const open = (): Promise<Desk> => getDesk(portal, clerk, { caseId, locale: "en", page: 1, show: "all" });
  for (const { identifierId, claimedFrom, check } of (await open()).claims) {
    const shown = ["driver-licence", "registration-card"];
    const proved = { verdict: "verified", basis: "in-person", shown, validFrom: claimedFrom, validTo: null };
    if (check === null) await checkIdentifier(portal, clerk, { caseId, identifierId, ...proved });
  }
  await findMatches(portal, clerk, caseId);
  const found = await open();
  if (found.counts.unconfirmed > 0) {
    await decideMatches(portal, clerk, { caseId, events: "undecided", verdict: "accepted" });
  }
  const oldest = found.lines.at(-1);
  if (oldest?.decision === null) {
    const held = { outcome: "withhold", exemption: "ca.cpra.investigation", reviewOn: null } as const;
    const reason = "Part of an inquiry that is still open.";
    await decideLines(portal, clerk, { caseId, events: [oldest.eventId], ...held, reason });
  }
  if ((await open()).counts.undecided > 0) {
    const shown = { outcome: "disclose", exemption: null, reason: null, reviewOn: null } as const;
    await decideLines(portal, clerk, { caseId, events: "undecided", ...shown });
  }
  await proposeHistory(portal, clerk, caseId);
}

/** The resident's dispute with an advocate to follow it, and the receipt that the intake officer confirms. */
export async function disputeAnswer(
  { caseId, cast, on }: Scene,
  { daysAgo, wrong }: { readonly daysAgo: number; readonly wrong: string },
): Promise<void> {
  const portal = on(daysAgo);
  const release = (await listReleases(portal, caseId)).at(-1);
  if (!release) throw new Error("the demonstration's answer was not let out");
  const { complaintIds } = await fileDispute(portal, cast.resident, {
    formId: DISPUTE_FORM,
    releaseId: release.id,
    lines: [DISPUTED_LINE],
    words: { wrong, want: ["explanation"] },
    advocateId: cast.advocate.accountId,
  });
  const next = on(daysAgo - 1);
  const today = localDate(next.time.now(), "America/Los_Angeles");
  for (const complaintId of complaintIds) {
    const receipt = { complaintId, formId: RECEIPT_FORM, kind: "acknowledged", on: today } as const;
    await moveComplaint(next, cast.intake, receipt);
  }
}
