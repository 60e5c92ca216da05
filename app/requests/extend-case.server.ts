import { listGrounds } from "#app/law/rule.ts";
import { sayLength } from "#app/law/step.ts";
import type { Actor } from "#app/people/actor.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { LocalDate } from "#app/platform/time/local-date.ts";
import { type CaseFile, openCaseFile } from "./case-file.server.ts";
import type { ActForm } from "./clock-form.ts";
import { sayPerson } from "./letter.ts";
import { sayWords } from "./letter-sentences.ts";
import {
  type Confirmed,
  type Draft,
  draftLetter,
  lockCaseFile,
  type OpenClock,
  requirePossible,
  sendDraft,
  tryEvent,
} from "./send-draft.server.ts";
import { voiceOf } from "./write-letter.server.ts";

export interface ExtendCase extends Confirmed {
  readonly form: ActForm<"extend">;
  /** Extensions confirmed in one go share this. */
  readonly groupId?: string;
}

/**
 * Takes more time, once, on a ground of the law, and tells the resident why and by when (Gov. Code
 * § 7922.535(b)). It comes before the last day for its notice or not at all: the law refuses it after.
 * @throws NotFound
 * @throws Refused when the law allows no such extension today, or the letter is not the one that was read
 */
export async function extendCase(portal: Portal, actor: Actor, input: ExtendCase): Promise<void> {
  const file = await openCaseFile(portal, actor, "case.run-clock", input.caseId);
  await inTransaction(portal, async (tx) => {
    const draft = await draftExtension(portal, await lockCaseFile(portal, tx, file.id), input.form);
    const { digest, groupId } = input;
    await sendDraft(portal, tx, actor, draft, { digest, groupId, act: "case.extended" });
  });
}

/** Callers authorise. @throws Refused */
export async function draftExtension(portal: Portal, file: CaseFile, form: ActForm<"extend">): Promise<Draft> {
  const open = requirePossible(portal, file, "extend");
  const ground = requireGround(open, form);
  const { length } = form;
  const tried = tryEvent(open, "extend", { on: open.today, length, ...(ground && { ground: ground.id }) });
  const { before, after } = tried;
  const expected = form.expectedOn ?? after.due;
  requireExpected(open, expected, after.due);
  const voice = await voiceOf(portal, file);
  const { locale } = file;
  const unit = open.rule.extension?.max.unit ?? "days";
  return draftLetter(portal, tried, "extension", {
    cite: open.rule.extension?.cite ?? after.cite,
    ground: ground?.words[locale] ?? "",
    words: sayWords(voice, form.words),
    length: sayLength(length, unit, locale),
    dueBefore: voice.day(before.due),
    due: voice.day(after.due),
    expected: voice.day(expected),
    signer: sayPerson(form.signer),
  });
}

/** A ground of the law's list; null where the law has no list and asks for good cause, in words. */
function requireGround({ rule, clock }: OpenClock, form: ActForm<"extend">) {
  const grounds = listGrounds(rule, clock.receivedOn);
  if (grounds.length === 0 && form.words === undefined) {
    throw new Refused("letters.causeMissing", "Say the good cause for taking longer.", { field: "words" });
  }
  if (grounds.length === 0) return null;
  const ground = grounds.find((one) => one.id === form.ground);
  if (!ground) throw new Refused("letters.groundMissing", "Choose one of the law's grounds.", { field: "ground" });
  return ground;
}

/** The date that the letter names lies within the extension (Gov. Code § 7922.535(b)). */
function requireExpected({ today }: OpenClock, expected: LocalDate, due: LocalDate): void {
  if (expected >= today && expected <= due) return;
  throw new Refused("letters.expectedOutside", "Name a day from today to the new last day.", {
    field: "expectedOn",
    from: today,
    to: due,
  });
}
