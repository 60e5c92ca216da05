import type { AccountActor } from "#app/people/actor.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { askCodeLetter } from "#app/requests/identity/code-letter.server.ts";
import { codeLetterSchema } from "#app/requests/identity/code-letter.ts";
import { confirmOverlap } from "#app/requests/identity/overlap.server.ts";
import { checkAuthority } from "#app/requests/representatives/court-authority.server.ts";
import { readForm } from "#app/ui/form.ts";
import { check, orRejected, type Rejected } from "../desk.cases.$caseId/carry-out.server.ts";

/** Does what the pressed button says, by one use case. Null when it is done. @throws NotFound */
export async function actOnIdentity(
  portal: Portal,
  actor: AccountActor,
  caseId: string,
  form: FormData,
): Promise<Rejected | null> {
  const chosen = (name: string) => String(form.get(name) ?? "");
  switch (chosen("intent")) {
    case "check":
      return check(portal, actor, caseId, form);
    case "letter":
      return letter(portal, actor, caseId, form);
    case "confirm-overlap":
      return orRejected(() => confirmOverlap(portal, actor, { caseId, identifierId: chosen("identifier") }), form);
    case "accept-authority":
    case "refuse-authority": {
      const verdict = chosen("intent") === "accept-authority" ? "accepted" : "refused";
      const representationId = chosen("representation");
      return orRejected(() => checkAuthority(portal, actor, { caseId, representationId, verdict }), form);
    }
    default:
      return { issues: { form: { key: "errors.notUnderstood" } }, typed: {} };
  }
}

async function letter(portal: Portal, actor: AccountActor, caseId: string, form: FormData): Promise<Rejected | null> {
  const read = readForm(codeLetterSchema, form);
  if (!read.ok) return read;
  const rejected = await orRejected(() => askCodeLetter(portal, actor, { caseId, form: read.value }), form);
  const issue = rejected?.issues["form"];
  const field = issue?.params?.["field"];
  return rejected && issue && typeof field === "string" ? { ...rejected, issues: { [field]: issue } } : rejected;
}
