import type { Actor } from "#app/people/actor.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type CaseFile, openCaseFile } from "./case-file.server.ts";
import type { ActForm } from "./clock-form.ts";
import { bulleted, sayHour, sayPerson } from "./letter.ts";
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
 * Tells the decision on a public-records request: what will be released, when it will be available, and why
 * (Gov. Code § 7922.535(a)); of a part that is held back also by which law and who is responsible
 * (§§ 7922.540, 7922.000). This answers the clock; the case stays at work until the records are out.
 * @throws NotFound
 * @throws Refused under another law, after an answer, or when the letter is not the one that was read
 */
export async function sendDetermination(
  portal: Portal,
  actor: Actor,
  input: Confirmed & { readonly form: ActForm<"determination"> },
): Promise<void> {
  const file = await openCaseFile(portal, actor, "case.run-clock", input.caseId);
  const { digest, form } = input;
  await inTransaction(portal, async (tx) => {
    const draft = await draftDetermination(portal, await lockCaseFile(portal, tx, file.id), form);
    await sendDraft(portal, tx, actor, draft, {
      digest,
      act: "determination.sent",
      detail: { outcome: form.outcome, exemptions: form.exemptions.join(" ") },
    });
  });
}

/** Callers authorise. @throws Refused */
export async function draftDetermination(
  portal: Portal,
  file: CaseFile,
  form: ActForm<"determination">,
): Promise<Draft> {
  const open = requirePossible(portal, file, "determination");
  if (form.availableOn < open.today) {
    throw new Refused("letters.availablePast", "Name today or a later day.", { field: "availableOn" });
  }
  const promisedFor = `${form.availableOn}T${form.availableAt}`;
  const tried = tryEvent(open, "determination", { on: open.today, promisedFor });
  const voice = await voiceOf(portal, file);
  const { locale } = voice;
  const exemptions = requireExemptions(open, form.exemptions, "any");
  const { fee } = open.rule;
  return draftLetter(portal, tried, "determination", {
    cite: open.clock.cite,
    decision: voice.phrase(`decision-${form.outcome}`, {}),
    available: `${voice.day(form.availableOn)}, ${sayHour(form.availableAt, locale)}`,
    words: form.words,
    withheld: form.outcome === "part" ? voice.phrase("withheld", { exemptions: sayExemptions(voice, exemptions) }) : "",
    people: bulleted(form.people.map(sayPerson)),
    reviews: sayReviews(voice, { ...open, law: file.law }),
    fee: fee ? voice.phrase("fee", { fee: fee.words[locale], cite: fee.cite }) : "",
  });
}
