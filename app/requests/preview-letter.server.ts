import type { Actor } from "#app/people/actor.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { draftQuestion } from "./ask-resident.server.ts";
import { type CaseFile, openCaseFile } from "./case-file.server.ts";
import { askedBy, type ClockAct } from "./clock-act.ts";
import type { ActForm } from "./clock-form.ts";
import { draftExtension } from "./extend-case.server.ts";
import { draftPause, draftResumption } from "./pause-case.server.ts";
import { draftArrival } from "./record-answer.server.ts";
import { draftDenial } from "./send-denial.server.ts";
import { draftDetermination } from "./send-determination.server.ts";
import type { Draft } from "./send-draft.server.ts";

/** An act, with what its form says. */
export type WantedAct = { readonly [Act in ClockAct]: { readonly act: Act; readonly form: ActForm<Act> } }[ClockAct];

/** The dates of a clock, as a preview sets them side by side. */
export interface Dates {
  readonly due: string;
  readonly latest: string;
  readonly noticeDue: string | null;
  readonly stopped: boolean;
}

export interface LetterPreview {
  readonly number: string;
  readonly agencyName: string;
  readonly locale: "en" | "es";
  /** Word for word what would be sent. */
  readonly subject: string;
  readonly text: string;
  /** Confirms these words and no others. */
  readonly digest: string;
  readonly before: Dates;
  readonly after: Dates;
}

/**
 * The letter that an act would send now, and what it would do to the dates. Nothing is kept of it.
 * @throws NotFound
 * @throws Refused with the sentence that says why the act is not possible
 */
export async function previewLetter(
  portal: Portal,
  actor: Actor,
  input: { readonly caseId: string; readonly wanted: WantedAct },
): Promise<LetterPreview> {
  const file = await openCaseFile(portal, actor, "case.run-clock", input.caseId);
  const { letter, digest, before, after } = await draftOf(portal, file, input.wanted);
  const { number, agency, locale } = file;
  return { number, agencyName: agency.name, locale, ...letter, digest, before: datesOf(before), after: datesOf(after) };
}

async function draftOf(portal: Portal, file: CaseFile, wanted: WantedAct): Promise<Draft> {
  switch (wanted.act) {
    case "extend":
      return draftExtension(portal, file, wanted.form);
    case "ask-identity":
      return draftQuestion(portal, file, { asked: "identity", form: wanted.form });
    case "ask-information":
      return draftQuestion(portal, file, { asked: "information", form: wanted.form });
    case "ask-fee":
      return draftQuestion(portal, file, { asked: "fee", form: wanted.form });
    case "record-identity":
    case "record-information":
    case "record-fee":
      return draftArrival(portal, file, { asked: askedBy(wanted.act), form: wanted.form });
    case "pause":
      return draftPause(portal, file, wanted.form);
    case "resume":
      return draftResumption(portal, file, wanted.form);
    case "determination":
      return draftDetermination(portal, file, wanted.form);
    case "denial":
      return draftDenial(portal, file, wanted.form);
  }
}

function datesOf(clock: Draft["after"]): Dates {
  const { due, latest, stoppedSince } = clock;
  // More time is taken once: after that there is no last day for it.
  const noticeDue = clock.extendedOn === null ? clock.noticeDue : null;
  return { due, latest, noticeDue, stopped: stoppedSince !== null };
}
