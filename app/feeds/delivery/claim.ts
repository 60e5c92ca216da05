/** What a custodian may say of one delivery beside the file itself. */
import { z } from "zod";
import type { Period } from "../coverage.ts";

export interface Claim {
  /** Its own number of the delivery, counted up by one: a number that is missing is a gap. */
  readonly sequenceNo: number | null;
  /** Local days, both included, of which the delivery holds every look-up. */
  readonly period: Period | null;
}

const MOST = 2_147_483_647;

/** As texts, from an address or a command line. */
export const claimSchema = z
  .strictObject({
    sequence: z
      .string()
      .regex(/^\d{1,10}$/, { error: "sequence takes a whole number from 0" })
      .transform(Number)
      .refine((number) => number <= MOST, { error: `sequence takes a number up to ${MOST}` })
      .optional(),
    from: z.iso.date({ error: "from takes a day, such as 2026-10-01" }).optional(),
    to: z.iso.date({ error: "to takes a day, such as 2026-10-31" }).optional(),
  })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), {
    error: "from and to belong together: the first and the last day",
    path: ["from"],
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    error: "from is the first day and to the last: to cannot be the earlier",
    path: ["to"],
  })
  .transform(
    ({ sequence, from, to }): Claim => ({
      sequenceNo: sequence ?? null,
      period: from !== undefined && to !== undefined ? { from, to } : null,
    }),
  );
