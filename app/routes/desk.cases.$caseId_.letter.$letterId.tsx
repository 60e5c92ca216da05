import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { NotFound } from "#app/platform/failure.ts";
import { printCodeLetter } from "#app/requests/identity/code-letter.server.ts";
import { getIdentityDesk } from "#app/requests/identity/identity-desk.server.ts";
import { attachment } from "./attachment.server.ts";
import { answering, requireActor } from "./respond.server.ts";

/** Opened as an address it prints nothing: it leads to the page that has the button. */
export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { caseId = "", letterId = "" } = args.params;
  await answering(async () => {
    const { letters, mayCheck } = await getIdentityDesk(args.context.portal, actor, caseId);
    if (!mayCheck || !letters.some(({ id }) => id === letterId)) throw new NotFound("letter");
  });
  return redirect(`/desk/cases/${caseId}/identity`);
}

/** The sheet with the code, once. */
export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const { caseId = "", letterId = "" } = args.params;
  const sheet = await answering(() => printCodeLetter(args.context.portal, actor, { caseId, letterId }));
  return attachment("application/pdf", sheet);
}
