import { z } from "zod";
import type { Locale } from "#app/law/words.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { Preview } from "#app/requests/preview-change.server.ts";
import { listLaw, previewSwitch, switchLaw } from "#app/requests/switch-law.server.ts";
import { type RejectedForm, readForm, whenMissing } from "#app/ui/form.ts";
import { type ShownPreview, shownPreview } from "../moves.shown.ts";
import { attempt, refusalMessage } from "../refusal.ts";

/** What would happen, shown to be confirmed. */
export interface Looking {
  readonly intent: "on" | "off";
  readonly change: string;
  readonly title: string;
  readonly from: string | null;
  readonly detail: string | null;
  /** Cases received since that day come under another law, not under other days of the same. */
  readonly bindsAnew: boolean;
  readonly preview: ShownPreview;
  /** It is not what was looked at before. */
  readonly stale: boolean;
}

/** The page after a form was sent: what would happen, or the form of that change again. */
interface Outcome {
  readonly looking: Looking | null;
  readonly rejected: RejectedForm | null;
}

const switchForm = z.object({
  from: z.string(whenMissing("changes.fromNeeded")),
  detail: z.string().optional(),
});

/** Does what the pressed button says, by one use case; null: it is switched. @throws NotFound */
export async function carryOut(
  portal: Portal,
  actor: AccountActor,
  locale: Locale,
  form: FormData,
): Promise<Outcome | null> {
  const { changes } = await listLaw(portal, actor);
  const change = changes.find(({ id }) => id === form.get("change"));
  if (!change) throw new NotFound("change");
  const intent = String(form.get("intent") ?? "");
  const confirmed = intent === "on" || intent === "off";
  const off = intent === "off" || intent === "look-off";
  if (!confirmed && !off && intent !== "look-on") return rejectedWith({ issues: {}, typed: typedIn(form) });
  const read = off ? null : readForm(switchForm, form);
  if (read && !read.ok) return rejectedWith(read);
  const asked = { change: change.id, from: read?.value.from ?? null, detail: read?.value.detail ?? null };
  const digest = String(form.get("digest") ?? "");
  const act = confirmed ? () => switchLaw(portal, actor, { ...asked, digest }) : null;
  const outcome = await actOrLook(form, act, () => previewSwitch(portal, actor, asked));
  if (outcome === null) return null;
  if ("rejected" in outcome) return rejectedWith(outcome.rejected);
  const looking: Looking = {
    ...asked,
    intent: off ? "off" : "on",
    title: change.title[locale],
    bindsAnew: Object.keys(change.duties).length > 0,
    preview: shownPreview(outcome.preview),
    stale: outcome.stale,
  };
  return { looking, rejected: null };
}

/** Acts where there is something to do: null. When something else would happen by now, that is shown in its place. */
async function actOrLook(
  form: FormData,
  act: (() => Promise<unknown>) | null,
  look: () => Promise<Preview>,
): Promise<{ preview: Preview; stale: boolean } | { rejected: RejectedForm } | null> {
  let stale = false;
  if (act) {
    const { refused } = await attempt(act);
    if (!refused) return null;
    if (refused.code !== "changes.refusedStale") return { rejected: rejectedBy(refused, form) };
    stale = true;
  }
  const { value: preview, refused } = await attempt(look);
  return refused ? { rejected: rejectedBy(refused, form) } : { preview, stale };
}

function rejectedWith(rejected: RejectedForm): Outcome {
  return { looking: null, rejected };
}

/** Beside which field a refusal is said; the others stand above the form. */
const FIELD_OF: Readonly<Record<string, string>> = {
  "changes.refusedDay": "from",
  "changes.refusedSame": "from",
  "changes.refusedDetail": "detail",
};

function rejectedBy(refused: Error & { readonly code: string }, form: FormData): RejectedForm {
  return { issues: { [FIELD_OF[refused.code] ?? "form"]: refusalMessage(refused) }, typed: typedIn(form) };
}

function typedIn(form: FormData): Record<string, string> {
  const read = readForm(z.never(), form);
  return read.ok ? {} : read.typed;
}
