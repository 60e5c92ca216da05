import { listPauseGrounds } from "#app/law/rule.ts";
import type { Actor } from "#app/people/actor.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type CaseFile, openCaseFile } from "./case-file.server.ts";
import { findOpen } from "./clock-act.ts";
import type { ActForm } from "./clock-form.ts";
import { sayPerson } from "./letter.ts";
import { sayDates, sayWords } from "./letter-sentences.ts";
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

/**
 * Stops the clock for an event that the law itself names, from the day of that event.
 * @throws NotFound
 * @throws Refused when the law names no such event, once the time is over, or when the letter is not the one read
 */
export async function pauseCase(
  portal: Portal,
  actor: Actor,
  input: Confirmed & { readonly form: ActForm<"pause"> },
): Promise<void> {
  const file = await openCaseFile(portal, actor, "case.run-clock", input.caseId);
  await inTransaction(portal, async (tx) => {
    const draft = await draftPause(portal, await lockCaseFile(portal, tx, file.id), input.form);
    await sendDraft(portal, tx, actor, draft, { digest: input.digest, act: "clock.paused" });
  });
}

/**
 * Lets a clock run on that such an event had stopped.
 * @throws NotFound
 * @throws Refused when it does not stand still, for a day that cannot be, or when the letter is not the one read
 */
export async function resumeCase(
  portal: Portal,
  actor: Actor,
  input: Confirmed & { readonly form: ActForm<"resume"> },
): Promise<void> {
  const file = await openCaseFile(portal, actor, "case.run-clock", input.caseId);
  await inTransaction(portal, async (tx) => {
    const draft = await draftResumption(portal, await lockCaseFile(portal, tx, file.id), input.form);
    await sendDraft(portal, tx, actor, draft, { digest: input.digest, act: "clock.resumed" });
  });
}

/** Callers authorise. @throws Refused */
export async function draftPause(portal: Portal, file: CaseFile, form: ActForm<"pause">): Promise<Draft> {
  const open = requirePossible(portal, file, "pause");
  const ground = listPauseGrounds(open.rule, file.receivedOn).find((one) => one.id === form.ground);
  if (!ground) throw new Refused("letters.groundMissing", "Choose one of the law's grounds.", { field: "ground" });
  requireDay(open, form.on, file.receivedOn);
  const tried = tryEvent(open, "pause", { on: form.on, ground: ground.id });
  const voice = await voiceOf(portal, file);
  const { cite } = open.rule.stops.ground;
  const stops = tried.after.stoppedSince !== null;
  return draftLetter(portal, tried, "pause", {
    cite,
    ground: ground.words[file.locale],
    since: voice.day(form.on),
    words: sayWords(voice, form.words),
    effect: stops
      ? voice.phrase("effect-pauses", { cite })
      : voice.phrase("effect-none", { due: voice.day(tried.after.due), cite }),
    signer: sayPerson(form.signer),
  });
}

/** Callers authorise. @throws Refused */
export async function draftResumption(portal: Portal, file: CaseFile, form: ActForm<"resume">): Promise<Draft> {
  const open = requirePossible(portal, file, "resume");
  requireDay(open, form.on, findOpen(file.clock, "ground") ?? file.receivedOn);
  const tried = tryEvent(open, "resume", { on: form.on });
  const voice = await voiceOf(portal, file);
  return draftLetter(portal, tried, "resumption", {
    cite: open.rule.stops.ground.cite,
    on: voice.day(form.on),
    effect: sayDates(voice, tried.before, tried.after),
  });
}

function requireDay({ today }: OpenClock, on: string, first: string): void {
  if (on > today) throw new Refused("letters.onFuture", "The day lies in the future.", { field: "on" });
  if (on < first) {
    throw new Refused("letters.onBefore", "The day lies before the one that it follows.", { field: "on", date: first });
  }
}
