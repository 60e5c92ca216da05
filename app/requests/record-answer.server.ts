import type { Actor } from "#app/people/actor.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type CaseFile, openCaseFile } from "./case-file.server.ts";
import { type Asked, findOpen } from "./clock-act.ts";
import type { ActForm } from "./clock-form.ts";
import { sayDates } from "./letter-sentences.ts";
import {
  type Confirmed,
  type Draft,
  draftLetter,
  lockCaseFile,
  requirePossible,
  sendDraft,
  tryEvent,
} from "./send-draft.server.ts";
import { voiceOf } from "./write-letter.server.ts";

/** What came of that which was asked for, and when. */
export interface Arrival {
  readonly asked: Asked;
  readonly form: ActForm<"record-identity">;
}

/**
 * Records that the resident's answer came, on the day it came, and tells the resident what the clock does now.
 * @throws NotFound
 * @throws Refused when nothing of the kind was asked, for a day before it was asked or in the future, or when
 *   the letter is not the one that was read
 */
export async function recordAnswer(portal: Portal, actor: Actor, input: Confirmed & Arrival): Promise<void> {
  const file = await openCaseFile(portal, actor, "case.run-clock", input.caseId);
  await inTransaction(portal, async (tx) => {
    const draft = await draftArrival(portal, await lockCaseFile(portal, tx, file.id), input);
    await sendDraft(portal, tx, actor, draft, { digest: input.digest, act: "resident.answered" });
  });
}

/** Callers authorise. @throws Refused */
export async function draftArrival(portal: Portal, file: CaseFile, { asked, form }: Arrival): Promise<Draft> {
  const open = requirePossible(portal, file, `record-${asked}`);
  if (form.on > open.today) {
    throw new Refused("letters.onFuture", "The day lies in the future.", { field: "on" });
  }
  const since = findOpen(file.clock, asked) ?? file.receivedOn;
  if (form.on < since) {
    throw new Refused("letters.cameBefore", "It came before it was asked for.", { field: "on", date: since });
  }
  const tried = tryEvent(open, `record-${asked}`, { on: form.on });
  const voice = await voiceOf(portal, file);
  return draftLetter(portal, tried, "arrival", {
    cite: open.clock.cite,
    came: voice.phrase(`came-${asked}`, { on: voice.day(form.on) }),
    effect: sayDates(voice, tried.before, tried.after),
  });
}
