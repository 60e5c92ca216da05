import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { signOut } from "#app/people/sessions.server.ts";
import { findSession, leftHeaders } from "./http/session-cookie.server.ts";

export function loader() {
  return redirect("/");
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { config } = context.portal;
  const session = findSession(config, request);
  if (session) await signOut(context.portal, session);
  return redirect("/sign-in?left", { headers: leftHeaders(config) });
}
