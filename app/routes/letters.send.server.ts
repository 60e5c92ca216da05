/** From a form to an act on a clock: read it, show the letter, or send it. */
import type { z } from "zod";
import type { AccountActor } from "#app/people/actor.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { askResident } from "#app/requests/ask-resident.server.ts";
import { askedBy, type ClockAct } from "#app/requests/clock-act.ts";
import { ACT_FORMS } from "#app/requests/clock-form.ts";
import { extendCase } from "#app/requests/extend-case.server.ts";
import { pauseCase, resumeCase } from "#app/requests/pause-case.server.ts";
import type { WantedAct } from "#app/requests/preview-letter.server.ts";
import { recordAnswer } from "#app/requests/record-answer.server.ts";
import { sendDenial } from "#app/requests/send-denial.server.ts";
import { sendDetermination } from "#app/requests/send-determination.server.ts";
import type { Confirmed } from "#app/requests/send-draft.server.ts";
import { type RejectedForm, readForm } from "#app/ui/form.ts";

/** What an act's form says, or what is wrong with it. */
export function readWanted(
  act: ClockAct,
  form: FormData,
): { ok: true; wanted: WantedAct } | ({ ok: false } & RejectedForm) {
  const schema: z.ZodType = ACT_FORMS[act];
  const read = readForm(schema, form);
  // The act and the schema of its form go together in ACT_FORMS; the compiler loses that over the union.
  return read.ok ? { ok: true, wanted: { act, form: read.value } as WantedAct } : read;
}

/** Sends the letter that was read, by the act's own use case. @throws NotFound, Refused */
export async function sendWanted(
  portal: Portal,
  actor: AccountActor,
  confirmed: Confirmed,
  wanted: WantedAct,
): Promise<void> {
  switch (wanted.act) {
    case "extend":
      return extendCase(portal, actor, { ...confirmed, form: wanted.form });
    case "ask-identity":
      return askResident(portal, actor, { ...confirmed, asked: "identity", form: wanted.form });
    case "ask-information":
      return askResident(portal, actor, { ...confirmed, asked: "information", form: wanted.form });
    case "ask-fee":
      return askResident(portal, actor, { ...confirmed, asked: "fee", form: wanted.form });
    case "record-identity":
    case "record-information":
    case "record-fee":
      return recordAnswer(portal, actor, { ...confirmed, asked: askedBy(wanted.act), form: wanted.form });
    case "pause":
      return pauseCase(portal, actor, { ...confirmed, form: wanted.form });
    case "resume":
      return resumeCase(portal, actor, { ...confirmed, form: wanted.form });
    case "determination":
      return sendDetermination(portal, actor, { ...confirmed, form: wanted.form });
    case "denial":
      return sendDenial(portal, actor, { ...confirmed, form: wanted.form });
  }
}
