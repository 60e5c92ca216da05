import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { ProofNeeded } from "#app/people/step-up.ts";
import { keepDraft } from "#app/people/step-up-drafts.server.ts";
import { ownPath, requireActor } from "./respond.server.ts";

/**
 * Runs a use case that may ask for a fresh proof. If it does, what was typed is kept, sealed, and the page that asks
 * comes in between; afterwards it all goes on from there.
 * @param form null for a page that is only opened
 */
export async function askingAgain<T>(
  args: LoaderFunctionArgs | ActionFunctionArgs,
  form: FormData | null,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProofNeeded)) throw error;
    const fields = form && [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
    const draft = { path: ownPath(args.request.url), fields: fields as [string, string][] | null };
    throw redirect(`/step-up/${await keepDraft(args.context.portal, requireActor(args), draft)}`);
  }
}
