/** How the portal may write to a resident. Pure. */
import { z } from "zod";
import { emailAddress } from "#app/people/account.ts";

/**
 * mail: ordinary letters by mail. neutral: letters that say neither what this is nor who writes, without a link.
 * post: printed by the agency's clerk and posted, nothing by mail. counter: kept at the agency's counter, nothing by
 * mail. representative: to somebody else whom the resident names. none: nothing at all; the page has everything.
 */
export const CONTACT_MODES = ["mail", "neutral", "post", "counter", "representative", "none"] as const;
export type ContactMode = (typeof CONTACT_MODES)[number];

const ADDRESS_LENGTH = 400;

/** The answer of the section "contact". What another way would need, and this one does not, is not kept. */
export function contactSchema() {
  return z
    .object({
      mode: z.enum(CONTACT_MODES, { error: "errors.chooseOne" }),
      locale: z.enum(["en", "es"], { error: "errors.chooseOne" }),
      address: z.string().trim().max(ADDRESS_LENGTH, { error: "errors.tooLong" }).optional(),
      representative: z.string().trim().max(254, { error: "errors.tooLong" }).optional(),
    })
    .refine(({ mode, address }) => mode !== "post" || (address ?? "") !== "", {
      error: "reach.addressNeeded",
      path: ["address"],
    })
    .refine(({ mode, representative }) => mode !== "representative" || (representative ?? "") !== "", {
      error: "reach.representativeNeeded",
      path: ["representative"],
    })
    .refine(({ mode, representative }) => mode !== "representative" || emailAddress.safeParse(representative).success, {
      error: "errors.email",
      path: ["representative"],
    })
    .transform(({ mode, locale, address, representative }): ContactAnswer => {
      if (mode === "post") return { mode, locale, address };
      return mode === "representative" ? { mode, locale, representative } : { mode, locale };
    });
}

export interface ContactAnswer {
  readonly mode: ContactMode;
  readonly locale: "en" | "es";
  /** Of post: as it stands on the envelope, lines and all. */
  readonly address?: string | undefined;
  /** Of representative: the mail address of the one who is written to. */
  readonly representative?: string | undefined;
}

export type Contact = Omit<ContactAnswer, "locale">;

/** As a form shows it. */
export function contactFields(contact: Omit<ContactAnswer, "mode"> & { mode: string }): Record<string, string> {
  const { mode, locale, address = "", representative = "" } = contact;
  return { mode, locale, address, representative };
}
