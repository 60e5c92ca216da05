import type { Portal } from "#app/platform/portal.server.ts";
import { type ContactAnswer, contactSchema } from "./contact.ts";

export const choicePlace = (row: string) => ({ table: "contact_choice", column: "choice_sealed", row });

/** @param request with its newest choice, if there is one, as `contacts` */
export async function openContact(
  portal: Pick<Portal, "vault">,
  request: { readonly keyId: string; readonly contacts: readonly { id: string; choiceSealed: Uint8Array }[] },
  filed: ContactAnswer,
): Promise<ContactAnswer> {
  const [newest] = request.contacts;
  if (!newest) return filed;
  const text = await portal.vault.openText(request.keyId, choicePlace(newest.id), newest.choiceSealed);
  return contactSchema().parse(JSON.parse(text));
}
