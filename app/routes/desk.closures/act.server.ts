import { z } from "zod";
import type { Locale } from "#app/law/words.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import {
  type AgencyClosing,
  type ClosurePreview,
  closeOffice,
  listOffices,
  previewClosing,
  previewReopening,
  reopenOffice,
  setTarget,
} from "#app/requests/change-closures.server.ts";
import { type RejectedForm, readForm, whenMissing } from "#app/ui/form.ts";
import { type ShownPreview, shownPreview } from "../moves.shown.ts";
import { attempt, refusalMessage } from "../refusal.ts";

/** What would happen, shown to be confirmed. */
export interface Looking {
  readonly intent: "close" | "reopen";
  readonly agency: string;
  readonly days: readonly string[];
  readonly why: string | null;
  readonly idle: readonly { readonly on: string; readonly why: string }[];
  readonly preview: ShownPreview;
  /** It is not what was looked at before. */
  readonly stale: boolean;
  /** What the confirmation sends once more. */
  readonly fields: Readonly<Record<string, string>>;
}

/** The page after a form was sent: what would happen, or the form again. */
interface Outcome {
  readonly looking: Looking | null;
  readonly rejected: RejectedForm | null;
}

export type Done = "closed" | "reopened" | "target";
interface IsDone {
  readonly done: Done;
  /** Slug of the agency. */
  readonly office: string;
}

const closingForm = z.object({
  from: z.string(whenMissing("closures.fromNeeded")),
  to: z.string().optional(),
  emergency: z.array(z.string()).default([]),
  why: z.string().default(""),
});

interface Sent {
  readonly portal: Portal;
  readonly actor: AccountActor;
  readonly locale: Locale;
  readonly form: FormData;
  readonly office: { readonly agencyId: string; readonly slug: string; readonly name: string };
}

/** Does what the pressed button says, by one use case. @throws NotFound for whoever does not supervise that office */
export async function carryOut(
  portal: Portal,
  actor: AccountActor,
  locale: Locale,
  form: FormData,
): Promise<Outcome | IsDone> {
  const offices = await listOffices(portal, actor);
  const office = offices.find(({ agencyId }) => agencyId === form.get("agency"));
  if (!office) throw new NotFound("office");
  const sent: Sent = { portal, actor, locale, form, office };
  const intent = String(form.get("intent") ?? "");
  if (intent === "look-close" || intent === "close") return close(sent, intent === "close");
  if (intent === "look-reopen" || intent === "reopen") return reopen(sent, intent === "reopen");
  if (intent === "target") return target(sent);
  // "Change what I entered", and whatever no button says.
  return rejectedWith({ issues: {}, typed: typedIn(form) });
}

async function close(sent: Sent, confirmed: boolean): Promise<Outcome | IsDone> {
  const { portal, actor, form, office } = sent;
  const read = readForm(closingForm, form);
  if (!read.ok) return rejectedWith(read);
  const { from, to = from, why } = read.value;
  const closing: AgencyClosing = {
    agencyId: office.agencyId,
    from,
    to,
    why,
    emergency: read.value.emergency.length > 0,
  };
  const outcome = await actOrLook(sent, confirmed, {
    act: (digest) => closeOffice(portal, actor, { ...closing, digest }),
    look: () => previewClosing(portal, actor, closing),
  });
  if (outcome === null) return { done: "closed", office: office.slug };
  if ("rejected" in outcome) return rejectedWith(outcome.rejected);
  const fields = { from, to: read.value.to ?? "", why, ...(closing.emergency && { "emergency[]": "yes" }) };
  return { looking: shown(sent, outcome, { intent: "close", why, fields }), rejected: null };
}

async function reopen(sent: Sent, confirmed: boolean): Promise<Outcome | IsDone> {
  const { portal, actor, form, office } = sent;
  const reopening = { agencyId: office.agencyId, on: String(form.get("on") ?? "") };
  const outcome = await actOrLook(sent, confirmed, {
    act: (digest) => reopenOffice(portal, actor, { ...reopening, digest }),
    look: () => previewReopening(portal, actor, reopening),
  });
  if (outcome === null) return { done: "reopened", office: office.slug };
  if ("rejected" in outcome) return rejectedWith(outcome.rejected);
  return {
    looking: shown(sent, outcome, { intent: "reopen", why: null, fields: { on: reopening.on } }),
    rejected: null,
  };
}

async function target({ portal, actor, form, office }: Sent): Promise<Outcome | IsDone> {
  const days = String(form.get("target") ?? "");
  const { refused } = await attempt(() => setTarget(portal, actor, { agencyId: office.agencyId, days }));
  return refused ? rejectedWith(rejectedBy(refused, form)) : { done: "target", office: office.slug };
}

interface Looked {
  readonly preview: ClosurePreview;
  readonly stale: boolean;
}

/** Acts when confirmed: null. When something else would happen by now, that is shown in place of acting. */
async function actOrLook(
  { form }: Sent,
  confirmed: boolean,
  { act, look }: { act: (digest: string) => Promise<unknown>; look: () => Promise<ClosurePreview> },
): Promise<Looked | { rejected: RejectedForm } | null> {
  let stale = false;
  if (confirmed) {
    const { refused } = await attempt(() => act(String(form.get("digest") ?? "")));
    if (!refused) return null;
    if (refused.code !== "closures.refusedStale") return { rejected: rejectedBy(refused, form) };
    stale = true;
  }
  const { value: preview, refused } = await attempt(look);
  return refused ? { rejected: rejectedBy(refused, form) } : { preview, stale };
}

function shown(
  { locale, office }: Sent,
  { preview, stale }: Looked,
  about: Pick<Looking, "intent" | "why" | "fields">,
): Looking {
  return {
    ...about,
    agency: office.name,
    days: preview.days,
    idle: preview.idle.map(({ on, words }) => ({ on, why: words[locale] })),
    preview: shownPreview(preview),
    stale,
    fields: { agency: office.agencyId, ...about.fields },
  };
}

function rejectedWith(rejected: RejectedForm): Outcome {
  return { looking: null, rejected };
}

/** Beside which field a refusal is said; the others stand above the form. */
const FIELD_OF: Readonly<Record<string, string>> = {
  "closures.refusedFrom": "from",
  "closures.refusedPast": "from",
  "closures.refusedAhead": "from",
  "closures.refusedEmergencyAhead": "from",
  "closures.refusedBack": "from",
  "closures.refusedKnown": "from",
  "closures.refusedTo": "to",
  "closures.refusedOrder": "to",
  "closures.refusedLong": "to",
  "closures.refusedWhy": "why",
  "closures.refusedWhyLong": "why",
  "closures.refusedWhyLine": "why",
  "closures.refusedWhyPersonal": "why",
  "closures.refusedTarget": "target",
};

function rejectedBy(refused: Error & { readonly code: string }, form: FormData): RejectedForm {
  return { issues: { [FIELD_OF[refused.code] ?? "form"]: refusalMessage(refused) }, typed: typedIn(form) };
}

function typedIn(form: FormData): Record<string, string> {
  const read = readForm(z.never(), form);
  return read.ok ? {} : read.typed;
}
