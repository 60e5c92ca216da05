import type { Actor } from "#app/people/actor.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type CaseFile, openCaseFile } from "./case-file.server.ts";
import type { Asked } from "./clock-act.ts";
import type { ActForm } from "./clock-form.ts";
import { sayDollars, sayPerson, type Voice } from "./letter.ts";
import { sayWords } from "./letter-sentences.ts";
import {
  type Confirmed,
  type Draft,
  draftLetter,
  lockCaseFile,
  type OpenClock,
  requirePossible,
  sendDraft,
  type TriedEvent,
  tryEvent,
} from "./send-draft.server.ts";
import { voiceOf } from "./write-letter.server.ts";

/** A question to the resident; a fee has its amount. */
export type Question =
  | { readonly asked: "identity" | "information"; readonly form: ActForm<"ask-identity"> }
  | { readonly asked: "fee"; readonly form: ActForm<"ask-fee"> };

/**
 * Asks the resident for proof of identity, for something more precise, or for a fee. The letter says what
 * that does to the clock, which is the law's to say: often nothing.
 * @throws NotFound
 * @throws Refused while the same is asked already, after the answer, or when the letter is not the one read
 */
export async function askResident(portal: Portal, actor: Actor, input: Confirmed & Question): Promise<void> {
  const file = await openCaseFile(portal, actor, "case.run-clock", input.caseId);
  await inTransaction(portal, async (tx) => {
    const draft = await draftQuestion(portal, await lockCaseFile(portal, tx, file.id), input);
    await sendDraft(portal, tx, actor, draft, { digest: input.digest, act: "resident.asked" });
  });
}

/** Callers authorise. @throws Refused */
export async function draftQuestion(portal: Portal, file: CaseFile, question: Question): Promise<Draft> {
  const { asked, form } = question;
  const open = requirePossible(portal, file, `ask-${asked}`);
  const tried = tryEvent(open, `ask-${asked}`, { on: open.today });
  const voice = await voiceOf(portal, file);
  return draftLetter(portal, tried, "question", {
    cite: open.clock.cite,
    asks: sayQuestion(voice, open, question),
    words: sayWords(voice, form.words),
    effect: sayStop(voice, open, asked, tried),
    signer: sayPerson(form.signer),
  });
}

function sayQuestion(voice: Voice, { file, rule }: OpenClock, question: Question): string {
  switch (question.asked) {
    case "identity": {
      const office = [file.agency.unit, ...file.agency.address].join(", ");
      return voice.phrase("asks-identity", { office });
    }
    case "information":
      return voice.phrase("asks-information", {});
    case "fee": {
      const amount = sayDollars(question.form.amount, voice.locale);
      const fee = rule.fee ? `${rule.fee.words[voice.locale]} (${rule.fee.cite})` : "";
      return voice.phrase("asks-fee", { amount, fee });
    }
  }
}

/** What asking does to this clock, now. */
function sayStop(voice: Voice, { rule }: OpenClock, asked: Asked, { before, after }: TriedEvent): string {
  const { effect, cite } = rule.stops[asked];
  const stops = after.stoppedSince !== null && (before.stoppedSince === null || effect.does !== "nothing");
  if (!stops || effect.does === "nothing") {
    return voice.phrase("effect-none", { due: voice.day(after.due.slice(0, 10)), cite });
  }
  return voice.phrase(`effect-${effect.does}`, { cite });
}
