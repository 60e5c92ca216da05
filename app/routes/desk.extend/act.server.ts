import { z } from "zod";
import type { AccountActor } from "#app/people/actor.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { ActForm } from "#app/requests/clock-form.ts";
import { extendCases } from "#app/requests/extend-cases.server.ts";
import { previewLetter } from "#app/requests/preview-letter.server.ts";
import { type RejectedForm, readForm } from "#app/ui/form.ts";
import type { ShownPreview } from "#app/ui/letter/letter-preview.tsx";
import type { Locale } from "#app/ui/locale.ts";
import { issueOf } from "../letters.refusal.server.ts";
import { readWanted } from "../letters.send.server.ts";

/** What the page shows after its form was sent and not everything was done. */
export interface Answered extends RejectedForm {
  previews: (ShownPreview & { caseId: string; digest: string })[];
  /** What was typed, as hidden fields carry it from the letters to their sending. */
  carried: [string, string][];
  /** How many were extended, where others were refused. */
  extended: number;
}

interface Asked {
  readonly portal: Portal;
  readonly actor: AccountActor;
  readonly caseIds: readonly string[];
  readonly form: FormData;
  readonly locale: Locale;
}

interface Taken {
  readonly caseId: string;
  readonly form: ActForm<"extend">;
}

/** Shows the letters of the ticked cases, or sends those that were read. @returns how many were extended, when all were */
export async function act(asked: Asked): Promise<Answered | number> {
  const { form } = asked;
  if (form.get("intent") === "change") return answered(form, {});
  const { taken, issues } = readTaken(asked);
  if (Object.keys(issues).length > 0) return answered(form, issues);
  return form.get("intent") === "send" ? send(asked, taken) : show(asked, taken);
}

/** The ticked cases, each with what its own fields say. */
function readTaken({ caseIds, form }: Asked): { taken: Taken[]; issues: RejectedForm["issues"] } {
  const ticked = caseIds.filter((caseId) => form.has(`take-${caseId}[]`));
  if (ticked.length === 0) return { taken: [], issues: { form: { key: "letters.extendNothing" } } };
  const issues = new Map<string, RejectedForm["issues"][string]>();
  const taken = ticked.flatMap((caseId): Taken[] => {
    const read = readWanted("extend", formOf(form, caseId));
    if (read.ok) return read.wanted.act === "extend" ? [{ caseId, form: read.wanted.form }] : [];
    for (const [field, message] of Object.entries(read.issues)) issues.set(nameOf(field, caseId), message);
    return [];
  });
  return { taken, issues: Object.fromEntries(issues) };
}

async function show({ portal, actor, form, locale }: Asked, taken: readonly Taken[]): Promise<Answered> {
  const previews: Answered["previews"] = [];
  const issues = new Map<string, RejectedForm["issues"][string]>();
  for (const { caseId, form: own } of taken) {
    try {
      const wanted = { act: "extend", form: own } as const;
      previews.push({ caseId, ...(await previewLetter(portal, actor, { caseId, wanted })) });
    } catch (error) {
      const { field, message } = issueOf(error, locale);
      issues.set(nameOf(field, caseId), message);
    }
  }
  // All letters are read before any goes: one that cannot be written holds the others back.
  return issues.size > 0 ? answered(form, Object.fromEntries(issues)) : { ...answered(form, {}), previews };
}

async function send({ portal, actor, form, locale }: Asked, taken: readonly Taken[]): Promise<Answered | number> {
  const confirmed = taken.map((one) => ({ ...one, digest: String(form.get(`digest-${one.caseId}`) ?? "") }));
  const outcomes = await extendCases(portal, actor, confirmed);
  const refused = outcomes.flatMap(({ caseId, refused: error }) => (error ? [{ caseId, error }] : []));
  const extended = outcomes.length - refused.length;
  if (refused.length === 0) return extended;
  const issues = refused.map(({ caseId, error }) => {
    const { field, message } = issueOf(error, locale);
    return [nameOf(field, caseId), message];
  });
  return { ...answered(form, Object.fromEntries(issues)), extended };
}

/** Who signs is the same for all; the rest of a case's fields carries the case's id. */
const SHARED = ["signer"];

export function nameOf(field: string, caseId: string): string {
  if (SHARED.includes(field)) return field;
  return `${field === "form" ? "take" : field}-${caseId}`;
}

function formOf(form: FormData, caseId: string): FormData {
  const own = new FormData();
  for (const [name, value] of form) {
    if (SHARED.includes(name)) own.append(name, value);
    else if (name.endsWith(`-${caseId}`)) own.append(name.slice(0, -caseId.length - 1), value);
  }
  return own;
}

function answered(form: FormData, issues: RejectedForm["issues"]): Answered {
  const typed = readForm(z.never(), form);
  const carried = [...form].flatMap(([name, value]): [string, string][] =>
    name === "intent" || name.startsWith("digest-") || typeof value !== "string" ? [] : [[name, value]],
  );
  return { issues, typed: typed.ok ? {} : typed.typed, previews: [], carried, extended: 0 };
}
