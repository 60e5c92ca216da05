import type { Actor } from "#app/people/actor.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { LocalDate } from "#app/platform/time/local-date.ts";
import { type CaseFile, computeClock } from "../case-file.server.ts";
import { findOpen } from "../clock-act.ts";
import { draftArrival } from "../record-answer.server.ts";
import { sendDraft } from "../send-draft.server.ts";

/**
 * Ends the wait for proof of identity, if the agency waits for it: the clock starts or goes on as its rule says
 * (law/stops.ts), and the resident gets the letter that says so. The day that counts is the one on which the proof
 * was there, not the one on which somebody looked at it: an agency wins no time by leaving it (Civ. Code § 1798.34
 * counts from a request with proper identification).
 * @param provedOn at the agency
 */
export async function endIdentityStop(
  portal: Portal,
  tx: Transaction,
  actor: Actor,
  file: CaseFile,
  provedOn: LocalDate,
): Promise<void> {
  const since = findOpen(file.clock, "identity");
  if (since === null || computeClock(file).answeredOn !== null) return;
  // What was there before it was asked for was there on the day on which it was asked for.
  const on = provedOn < since ? since : provedOn;
  const draft = await draftArrival(portal, file, { asked: "identity", form: { on } });
  await sendDraft(portal, tx, actor, draft, { digest: draft.digest, act: "resident.answered" });
}
