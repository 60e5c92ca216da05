import { z } from "zod";

/** Who acts, as the resident wrote it, sealed in the representation. */
export const sealedParties = z.object({ name: z.string(), email: z.string().nullable(), signature: z.string() });
export type SealedParties = z.output<typeof sealedParties>;

export const partiesPlace = (row: string) => ({ table: "representation", column: "parties_sealed", row });
