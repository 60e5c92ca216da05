import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { beginAtAgency } from "#app/people/agency-sign-in/sign-in-at-agency.server.ts";
import { findWanted } from "./back.ts";
import { tokenCookie } from "./http/session-cookie.server.ts";
import { attempt } from "./refusal.ts";

/** On the way to the agency's own page. Nothing is done here: a cookie, and an address elsewhere. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { portal, session } = context;
  const { slug = "" } = params;
  const asked = new URL(request.url).searchParams;
  const draft = asked.get("again");
  const to = draft === null ? (findWanted(asked.get("to")) ?? "/home") : `/step-up/${encodeURIComponent(draft)}`;
  const again = draft === null ? null : session;
  const { value, refused } = await attempt(() => beginAtAgency(portal, { slug, to, session: again }));
  if (refused)
    return redirect(`/sign-in/agency/${encodeURIComponent(slug)}/back?failed=${refused.code.slice("factors.".length)}`);
  return redirect(value.url, { headers: tokenCookie(portal.config, "agency", value.token) });
}
