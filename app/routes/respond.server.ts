import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import type { AccountActor } from "#app/people/actor.ts";
import { StepAsideAsked } from "#app/people/conflict.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";

type Args = LoaderFunctionArgs | ActionFunctionArgs;

/** Who is signed in. @throws a redirect to the sign-in page, which leads back here afterwards. */
export function requireActor({ context, request }: Args): AccountActor {
  if (context.actor?.kind === "account") return context.actor;
  const to = request.method === "GET" ? ownPath(request.url) : "/my";
  throw redirect(`/sign-in?to=${encodeURIComponent(to)}`);
}

/**
 * Runs a use case. What is not there, or not for this person, becomes the same 404; what cannot be
 * done now, and that the page itself did not foresee, a page that says so (409).
 */
export async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotFound) throw Response.json(null, { status: 404 });
    if (error instanceof StepAsideAsked) throw redirect(`/desk/cases/${error.caseId}/conflict`);
    if (error instanceof Refused) throw Response.json({ code: error.code, params: error.params }, { status: 409 });
    throw error;
  }
}

/** The address of a request as a person would type it: Remix asks for a page's data under `.data`. */
function ownPath(address: string): string {
  const url = new URL(address);
  url.searchParams.delete("_routes");
  const path = url.pathname.replace(/(\/_root)?\.data$/, "") || "/";
  return `${path}${url.search}`;
}
