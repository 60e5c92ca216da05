import { z } from "zod";
import type { AccountActor } from "#app/people/actor.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { CLOCK_ACTS, type ClockAct } from "#app/requests/clock-act.ts";
import { previewLetter } from "#app/requests/preview-letter.server.ts";
import { type RejectedForm, readForm } from "#app/ui/form.ts";
import type { ShownPreview } from "#app/ui/letter/letter-preview.tsx";
import type { Locale } from "#app/ui/locale.ts";
import { issueOf } from "../letters.refusal.server.ts";
import { readWanted, sendWanted } from "../letters.send.server.ts";

/** What the page shows after a form was sent and nothing was done yet. */
export interface Answered extends RejectedForm {
  act: ClockAct | null;
  preview: (ShownPreview & { digest: string }) | null;
  /** What was typed, as hidden fields carry it from the letter to its sending. */
  carried: [string, string][];
}

/** Shows the letter that a form asks for, or sends the one that was read. Null when it is sent. @throws NotFound */
export async function act(
  portal: Portal,
  actor: AccountActor,
  input: { readonly caseId: string; readonly form: FormData; readonly locale: Locale },
): Promise<Answered | null> {
  const { caseId, form, locale } = input;
  const intent = form.get("intent");
  const chosen = CLOCK_ACTS.find((one) => one === form.get("act"));
  if (!chosen) return answered(form, null, { form: { key: "errors.notUnderstood" } });
  if (intent === "change") return answered(form, chosen, {});
  const read = readWanted(chosen, form);
  if (!read.ok) return answered(form, chosen, read.issues);
  try {
    if (intent !== "send") {
      return {
        ...answered(form, chosen, {}),
        preview: await previewLetter(portal, actor, { caseId, wanted: read.wanted }),
      };
    }
    await sendWanted(portal, actor, { caseId, digest: String(form.get("digest") ?? "") }, read.wanted);
    return null;
  } catch (error) {
    const { field, message } = issueOf(error, locale);
    return answered(form, chosen, { [field]: message });
  }
}

/** Names of the form's own workings, which are not what somebody typed. */
const OWN = ["intent", "act", "digest"];

function answered(form: FormData, chosen: ClockAct | null, issues: RejectedForm["issues"]): Answered {
  const typed = readForm(z.never(), form);
  const carried = [...form].flatMap(([name, value]): [string, string][] =>
    OWN.includes(name) || typeof value !== "string" ? [] : [[name, value]],
  );
  return { act: chosen, issues, typed: typed.ok ? {} : typed.typed, preview: null, carried };
}
