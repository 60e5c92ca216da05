import type { LoaderFunctionArgs } from "@remix-run/node";
import { signOut } from "#app/people/sessions.server.ts";
import { findSession } from "./http/session-cookie.server.ts";

/**
 * The quick exit: a neutral site, the session ends, and nothing of ours stays in the browser. Personal pages are never
 * cached, and clearing the cache can hold a browser up for seconds: so that is not asked for.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const session = findSession(context.portal.config, request);
  if (session) await signOut(context.portal, session);
  return new Response(null, {
    status: 303,
    headers: {
      Location: context.portal.config.exitUrl,
      "Clear-Site-Data": '"cookies", "storage"',
      "Cache-Control": "no-store",
      "Referrer-Policy": "no-referrer",
    },
  });
}
