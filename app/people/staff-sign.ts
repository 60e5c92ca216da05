/** By what a member of staff is known at an agency besides the name. Pure. */
import { z } from "zod";
import { normaliseSign } from "./named-person.ts";

/** The address serves to see a conflict, and nothing else. */
export const SIGN_KINDS = ["badge", "user-id", "address"] as const;
export type SignKind = (typeof SIGN_KINDS)[number];

/** Over all agencies of one person. */
export const MAX_SIGNS = 40;

export interface StaffSign {
  readonly id: string;
  readonly agencyId: string;
  readonly kind: SignKind;
  readonly value: string;
}

export const staffSign = z.object({
  kind: z.enum(SIGN_KINDS, { error: "errors.chooseOne" }),
  value: z
    .string({ error: "walls.signNeeded" })
    .trim()
    .min(1, { error: "walls.signNeeded" })
    .max(120, { error: "errors.tooLong" })
    .refine((value) => !/[\p{Cc}\u2028\u2029]/u.test(value), { error: "errors.oneLine" })
    .refine((value) => normaliseSign(value) !== "", { error: "walls.signNeeded" }),
});
