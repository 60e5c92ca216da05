import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { homeOf } from "#app/ui/navigation.ts";
import { requireActor } from "./respond.server.ts";

/** Where someone belongs who has just signed in, by what he is here. */
export function loader(args: LoaderFunctionArgs) {
  return redirect(homeOf(requireActor(args).memberships.map((held) => held.role)));
}
