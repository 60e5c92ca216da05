import { firstComplaintDay } from "#app/law/clock.ts";
import type { Law } from "#app/law/law.ts";
import { sayStep } from "#app/law/step.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { computeClock } from "./case-clock.ts";
import { numbered } from "./letter.ts";
import { recordTold, storeLetter } from "./send-draft.server.ts";
import { type Addressed, voiceOf, writeCaseLetter } from "./write-letter.server.ts";

/** A case that is being opened. */
export interface OpenedCase extends Addressed {
  readonly id: string;
  /** Id of the rule that binds it. */
  readonly rule: string;
  /** The request's data key. */
  readonly keyId: string;
  /** The event that started its clock. */
  readonly eventId: string;
}

/**
 * The first letter of a case: that the request is in, by which law and which day the agency must act, and how
 * that day was worked out. It is kept with the case, inside the caller's transaction; no mail carries it.
 * @returns its id
 */
export async function sendAcknowledgement(
  portal: Portal,
  tx: Transaction,
  opened: OpenedCase,
  law: Law,
): Promise<string> {
  const { agency, receivedOn, locale } = opened;
  const clock = computeClock({ rule: opened.rule, agency, law, clock: [{ kind: "received", on: receivedOn }] });
  const rule = law.getRule(opened.rule, receivedOn);
  const duty = law.dutyOf(agency.kind, "copy-of-access-log", receivedOn);
  const voice = await voiceOf(portal, opened);
  const { silence } = rule;
  const letter = await writeCaseLetter(portal, opened, "acknowledgement", {
    law: rule.title[locale],
    cite: clock.cite,
    act: rule.act[locale],
    due: voice.day(clock.due),
    complainFrom: voice.day(firstComplaintDay(clock)),
    steps: numbered(clock.steps.map((step) => `${sayStep(step, locale)} (${step.cite})`)),
    reason: `${duty.reason[locale]} (${duty.cite})`,
    gives: duty.gives[locale],
    silence: silence ? voice.phrase("silence", { silence: silence.words[locale], cite: silence.cite }) : "",
  });
  const { id: caseId, eventId } = opened;
  const letterId = await storeLetter(portal, tx, opened, { template: "acknowledgement", letter, eventId, by: null });
  await recordTold(portal, tx, { caseId, kind: "acknowledged", eventId, due: clock.due });
  return letterId;
}
