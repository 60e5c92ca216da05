import type { Actor } from "#app/people/actor.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type CaseFile, openCaseFile } from "./case-file.server.ts";
import { isOwnRecords } from "./clock-act.ts";
import type { ActForm } from "./clock-form.ts";
import { bulleted, sayPerson } from "./letter.ts";
import { requireExemptions, sayExemptions, sayReviews } from "./letter-sentences.ts";
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

/**
 * Refuses the whole request in writing: by which law, who is responsible and how to have it reviewed (Gov.
 * Code § 7922.540); under the Information Practices Act with the statement of Civ. Code § 1798.41(a). It is
 * the answer of the case's clock.
 * @throws NotFound
 * @throws Refused under another law, after an answer, or when the letter is not the one that was read
 */
export async function sendDenial(
  portal: Portal,
  actor: Actor,
  input: Confirmed & { readonly form: ActForm<"denial"> },
): Promise<void> {
  const file = await openCaseFile(portal, actor, "case.run-clock", input.caseId);
  const { digest, form } = input;
  await inTransaction(portal, async (tx) => {
    const draft = await draftDenial(portal, await lockCaseFile(portal, tx, file.id), form);
    await sendDraft(portal, tx, actor, draft, {
      digest,
      act: "denial.sent",
      detail: { exemptions: form.exemptions.join(" ") },
    });
  });
}

/** Callers authorise. @throws Refused */
export async function draftDenial(portal: Portal, file: CaseFile, form: ActForm<"denial">): Promise<Draft> {
  const open = requirePossible(portal, file, "denial");
  const exemptions = requireExemptions(open, form.exemptions, "line");
  const tried = tryEvent(open, "denial", { on: open.today });
  const voice = await voiceOf(portal, file);
  return draftLetter(portal, tried, isOwnRecords(open.rule) ? "denial-of-own-records" : "denial", {
    cite: open.clock.cite,
    words: form.words,
    exemptions: sayExemptions(voice, exemptions),
    people: bulleted(form.people.map(sayPerson)),
    reviews: sayReviews(voice, { ...open, law: file.law }),
  });
}
