import { z } from "zod";
import { type Chosen, decideFields, decideLines, decideMatches } from "#app/histories/decide.server.ts";
import { isField } from "#app/histories/decision.ts";
import { undoAct } from "#app/histories/desk-act.server.ts";
import type { LineFilter } from "#app/histories/facets.ts";
import { findMatches } from "#app/histories/find-matches.server.ts";
import { acceptProposals } from "#app/histories/proposals/accept-proposals.server.ts";
import { proposeHistory } from "#app/histories/propose-history.server.ts";
import { isLocalDate } from "#app/law/local-date.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import { checkIdentifier } from "#app/requests/check-identifier.server.ts";
import { identifierCheckSchema } from "#app/requests/identifier-check.ts";
import { type RejectedForm, readForm } from "#app/ui/form.ts";
import { key } from "#app/ui/words/words.ts";
import { refusalMessage } from "../refusal.ts";

/** A form that was not carried out; `claim` says which identifier's it was. */
export interface Rejected extends RejectedForm {
  claim?: string;
}

/** What a form about withholding says, in the page's words; the rules themselves stand in histories/decision.ts. */
export const holdForm = z.object({
  event: z.array(z.string()).default([]),
  /** The newest act that the page showed; without it nothing is decided. */
  seen: z.coerce.number().int().nonnegative().optional(),
  choice: z.enum(["picked", "shown"]).default("picked"),
  field: z.string().optional(),
  act: z.coerce.number().int().positive().optional(),
  ground: z.string().optional(),
  reason: z.string().optional(),
  reviewOn: z
    .string()
    .refine(isLocalDate, { error: key("errors.dateNotReal") })
    .optional(),
});

/** Does what the pressed button says, by one use case. Null when it is done. @throws NotFound */
export async function carryOut(
  portal: Portal,
  actor: AccountActor,
  caseId: string,
  { form, filter }: { readonly form: FormData; readonly filter: LineFilter },
): Promise<Rejected | null> {
  const intent = String(form.get("intent") ?? "");
  if (intent === "check") return check(portal, actor, caseId, form);
  if (intent === "accept-proposal") return orRejected(() => acceptProposal(portal, actor, caseId, form), form);
  if (intent === "search") return orRejected(() => findMatches(portal, actor, caseId), form);
  if (intent === "propose") return orRejected(() => proposeHistory(portal, actor, caseId), form);
  const read = readForm(holdForm, form);
  if (!read.ok) return read;
  const { act } = read.value;
  if (intent === "undo") {
    if (act === undefined) return notUnderstood(form);
    return orRejected(() => undoAct(portal, actor, { caseId, act }), form);
  }
  const work = decisionOf(portal, actor, caseId, { intent, filter, held: read.value });
  return work === null ? notUnderstood(form) : orRejected(work, form);
}

/** A form that says too little for anybody to have sent it from the page; what was typed in it is kept. */
function notUnderstood(form: FormData): Rejected {
  const read = readForm(z.never(), form);
  return { issues: { form: { key: "errors.notUnderstood" } }, typed: read.ok ? {} : read.typed };
}

interface Pressed {
  readonly intent: string;
  readonly filter: LineFilter;
  readonly held: z.output<typeof holdForm>;
}

function decisionOf(
  portal: Portal,
  actor: AccountActor,
  caseId: string,
  { intent, filter, held }: Pressed,
): (() => Promise<unknown>) | null {
  const { seen, ground, reason, reviewOn, field = "" } = held;
  if (seen === undefined) return null;
  const picked: Chosen = held.choice === "shown" ? filter : held.event;
  const shown = { caseId, seen, exemption: null, reason: null, reviewOn: null };
  const kept = { caseId, seen, exemption: ground ?? null, reason: reason ?? null, reviewOn: reviewOn ?? null };
  const verdict = { caseId, seen };
  switch (intent) {
    case "accept-all":
      return () => decideMatches(portal, actor, { ...verdict, events: "undecided", verdict: "accepted" });
    case "accept-picked":
      return () => decideMatches(portal, actor, { ...verdict, events: picked, verdict: "accepted" });
    case "reject-picked":
      return () => decideMatches(portal, actor, { ...verdict, events: picked, verdict: "rejected" });
    case "disclose-all":
      return () => decideLines(portal, actor, { ...shown, events: "undecided", outcome: "disclose" });
    case "disclose-picked":
      return () => decideLines(portal, actor, { ...shown, events: picked, outcome: "disclose" });
    case "withhold-picked":
      return () => decideLines(portal, actor, { ...kept, events: picked, outcome: "withhold" });
    case "defer-picked":
      return () => decideLines(portal, actor, { ...kept, events: picked, outcome: "defer" });
    case "redact-picked":
      return () => {
        if (!isField(field)) throw new Refused("workspace.refusedField", "Choose the field.", { field: "field" });
        return decideFields(portal, actor, { ...kept, events: picked, field, outcome: "redact" });
      };
    default:
      return null;
  }
}

/** The pressed button names the line, or none, and after a stroke what is proposed. */
function acceptProposal(portal: Portal, actor: AccountActor, caseId: string, form: FormData) {
  const [eventId = "", ...key] = String(form.get("proposal") ?? "").split("|");
  return acceptProposals(portal, actor, { caseId, key: key.join("|"), eventId: eventId === "" ? null : eventId });
}

/** A verdict on one identifier, or something that was shown for it. Null when it is done. @throws NotFound */
export async function check(
  portal: Portal,
  actor: AccountActor,
  caseId: string,
  form: FormData,
): Promise<Rejected | null> {
  const claim = String(form.get("claim") ?? "");
  // Fields carry the identifier's id, since several of these forms stand on one page.
  const own = new FormData();
  for (const [name, value] of form) own.append(name.replace(`-${claim}`, ""), value);
  // Never before the agency's own day; the use case knows that one, and has the last word.
  const today = localDate(portal.time.now(), "UTC");
  const read = readForm(identifierCheckSchema(today), own);
  if (!read.ok) return { ...suffixed(read, claim), claim };
  const given = { caseId, identifierId: claim, ...read.value };
  const rejected = await orRejected(() => checkIdentifier(portal, actor, given), form);
  return rejected && { ...rejected, issues: fieldIssue(rejected.issues, claim), claim };
}

/** A refusal that speaks of one field stands at that field of this identifier's form. */
function fieldIssue(issues: RejectedForm["issues"], claim: string): RejectedForm["issues"] {
  const { form } = issues;
  const field = form?.params?.["field"];
  return form && typeof field === "string" ? { [`${field}-${claim}`]: form } : issues;
}

function suffixed({ issues, typed }: RejectedForm, claim: string): RejectedForm {
  const rename = <T>(record: Record<string, T>) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [`${name}-${claim}`, value]));
  return { issues: rename(issues), typed: rename(typed) };
}

export async function orRejected(act: () => Promise<unknown>, form: FormData): Promise<Rejected | null> {
  try {
    await act();
    return null;
  } catch (error) {
    const message = refusalMessage(error);
    const read = readForm(z.never(), form);
    return { issues: { form: message }, typed: read.ok ? {} : read.typed };
  }
}
