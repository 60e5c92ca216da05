import type { ActionFunctionArgs } from "@remix-run/node";
import { showCode } from "#app/people/factors/authenticators.server.ts";
import { showPasskey } from "#app/people/factors/passkeys.server.ts";
import { showRecoveryCode } from "#app/people/factors/recovery-codes.server.ts";
import type { Shown } from "#app/people/factors/show-factor.server.ts";
import type { OpenSession } from "#app/people/sessions.server.ts";
import type { RejectedForm } from "#app/ui/form.ts";
import { showingOf } from "./http/session-cookie.server.ts";
import { attempt, refusalMessage } from "./refusal.ts";

/** A factor was shown and taken, or what the page says instead. What was typed as a code is not said back. */
export type Showed =
  | { readonly shown: Shown; readonly rejected: null }
  | { readonly shown: null; readonly rejected: RejectedForm };

const NEEDED = { code: "factors.codeNeeded", recovery: "factors.recoveryNeeded" } as const;

/** Carries out one of the forms of `FactorWays`. */
export async function showWay(args: ActionFunctionArgs, session: OpenSession, form: FormData): Promise<Showed> {
  const { portal } = args.context;
  const showing = showingOf(portal.config, args.request);
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const intent = form.get("intent");
  const field = intent === "passkey" ? "passkey" : intent === "recovery" ? "recovery" : "code";
  if (field !== "passkey" && text(field) === "") return refuse(field, { key: NEEDED[field] });
  const { value, refused } = await attempt(() => {
    if (field === "passkey") return showPasskey(portal, session, { ...showing, answer: text("answer") });
    if (field === "recovery") return showRecoveryCode(portal, session, { ...showing, code: text("recovery") });
    return showCode(portal, session, { ...showing, code: text("code") });
  });
  return refused ? refuse(field, refusalMessage(refused)) : { shown: value, rejected: null };
}

function refuse(field: string, message: RejectedForm["issues"][string]): Showed {
  return { shown: null, rejected: { issues: { [field === "passkey" ? "form" : field]: message }, typed: {} } };
}
