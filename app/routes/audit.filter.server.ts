import { z } from "zod";
import { isLocalDate } from "#app/law/local-date.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { ACT_CODE, type AuditFilter, PERSON_CODE } from "#app/statistics/audit.ts";
import { type AuditScope, listAuditScopes } from "#app/statistics/audit-ledger.server.ts";
import { type ReadForm, readForm } from "#app/ui/form.ts";
import { key } from "#app/ui/words/words.ts";

const day = z
  .string()
  .refine(isLocalDate, { error: key("audit.dayWrong") })
  .optional();

const filterForm = z
  .object({
    person: z
      .string()
      .regex(PERSON_CODE, { error: key("audit.choiceWrong") })
      .optional(),
    act: z
      .string()
      .regex(ACT_CODE, { error: key("audit.choiceWrong") })
      .optional(),
    from: day,
    to: day,
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    error: key("audit.dayOrder"),
    path: ["to"],
  })
  .transform(
    ({ person, act, from, to }): AuditFilter => ({
      person: person ?? null,
      act: act ?? null,
      from: from ?? null,
      to: to ?? null,
    }),
  );

/** What an address asks for; a filter that is wrong is handed back with what was typed. */
export function readFilter(searchParams: URLSearchParams): ReadForm<AuditFilter> {
  const form = new FormData();
  for (const [name, value] of searchParams) form.append(name, value);
  return readForm(filterForm, form);
}

/** The scope that an address names, or else the first. @throws NotFound for none that the actor may read */
export async function findScope(
  portal: Portal,
  actor: AccountActor,
  slug: string | null,
): Promise<{ scope: AuditScope; scopes: AuditScope[] }> {
  const scopes = await listAuditScopes(portal, actor);
  const scope = slug === null ? scopes[0] : scopes.find(({ agency }) => (agency?.slug ?? "all") === slug);
  if (!scope) throw new NotFound("ledger");
  return { scope, scopes };
}
