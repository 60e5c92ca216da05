import type { LoaderFunctionArgs } from "@remix-run/node";
import { getDeclaration } from "#app/requests/identity/my-identity.server.ts";
import { attachment } from "./attachment.server.ts";
import { answering, requireActor } from "./respond.server.ts";

/** A statement to print and sign, in the language of the page. */
export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const { id: requestId = "", caseId = "" } = args.params;
  const sheet = await answering(() => getDeclaration(portal, actor, { requestId, caseId, locale }));
  return attachment("application/pdf", sheet);
}
