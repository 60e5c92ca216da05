import type { LoaderFunctionArgs } from "@remix-run/node";
import { signOut } from "#app/people/sessions.server.ts";
import { findSession, forgottenCookies } from "./http/session-cookie.server.ts";

/**
 * The quick exit: a neutral site, the session ends, and nothing that names anybody stays in the browser. Personal pages are never
 * cached, and clearing the cache can hold a browser up for seconds: so that is not asked for.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const session = findSession(context.portal.config, request);
  if (session) await signOut(context.portal, session);
  const headers = new Headers(forgottenCookies(context.portal.config));
  headers.set("Location", context.portal.config.exitUrl);
  headers.set("Clear-Site-Data", '"storage"');
  headers.set("Cache-Control", "no-store");
  headers.set("Referrer-Policy", "no-referrer");
  return new Response(null, { status: 303, headers });
}
