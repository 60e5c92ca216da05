import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import type { AccountActor } from "#app/people/actor.ts";
import { StepAsideAsked } from "#app/people/conflict.ts";
import type { OpenSession } from "#app/people/sessions.server.ts";
import { ProofNeeded } from "#app/people/step-up.ts";
import { NotFound, Refused, TooOften } from "#app/platform/failure.ts";

type Args = LoaderFunctionArgs | ActionFunctionArgs;

/** Who is signed in. @throws a redirect to the sign-in page, which leads back here afterwards. */
export function requireActor({ context, request }: Args): AccountActor {
  if (context.actor?.kind === "account") return context.actor;
  throw redirect(`${context.session ? "/sign-in/factor" : "/sign-in"}?to=${encodeURIComponent(wantedPath(request))}`);
}

/** The open session, of who is half-way in too. @throws a redirect to the sign-in page */
export function requireSession({ context, request }: Args): OpenSession {
  if (context.session) return context.session;
  throw redirect(`/sign-in?to=${encodeURIComponent(wantedPath(request))}`);
}

const wantedPath = (request: Request) => (request.method === "GET" ? ownPath(request.url) : "/my");

/**
 * Runs a use case. What is not there, or not for this person, becomes the same 404; what was done too often
 * a 429 that says when to try again; what else cannot be done now, and that the page itself did not foresee, a
 * page that says so (409).
 */
export async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotFound) throw Response.json(null, { status: 404 });
    // Where no page asks again (asking-again.server.ts), it is refused like anything that cannot be done now.
    if (error instanceof ProofNeeded) throw Response.json({ code: "factors.againLead", params: {} }, { status: 409 });
    if (error instanceof TooOften) {
      const headers = { "Retry-After": String(error.seconds) };
      throw Response.json({ code: error.code, params: error.params }, { status: 429, headers });
    }
    if (error instanceof StepAsideAsked) throw redirect(`/desk/cases/${error.caseId}/conflict`);
    if (error instanceof Refused) throw Response.json({ code: error.code, params: error.params }, { status: 409 });
    throw error;
  }
}

/**
 * A loader's or an action's value, with headers of its own. Remix hands the page the value alone, which its types do
 * not know: they show the envelope.
 */
export function withHeaders<T>(value: T, headers: [string, string][]): T {
  return data(value, { headers }) as unknown as T;
}

/** The address of a request as a person would type it: Remix asks for a page's data under `.data`. */
export function ownPath(address: string): string {
  const url = new URL(address);
  url.searchParams.delete("_routes");
  const path = url.pathname.replace(/(\/_root)?\.data$/, "") || "/";
  return `${path}${url.search}`;
}
