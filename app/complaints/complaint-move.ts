/** The form by which an intake officer records a step. */
import { z } from "zod";
import { isLocalDate } from "#app/law/local-date.ts";
import { EVENT_KINDS, FINDINGS } from "./complaint.ts";

const NOTE_LONGEST = 4000;

/** Messages are keys of the pages' words. Whether the step may be taken now is judged by `checkMove`. */
export const complaintMove = z
  .object({
    /** One submit of one form is one step. */
    formId: z.uuid(),
    kind: z.enum(EVENT_KINDS, { error: "complaint.moveMissing" }),
    finding: z.enum(FINDINGS).optional(),
    on: z.string({ error: "complaint.dayMissing" }).refine(isLocalDate, { error: "errors.dateNotReal" }),
    note: z.string().max(NOTE_LONGEST).optional(),
  })
  .refine((move) => move.kind !== "finding" || move.finding !== undefined, {
    error: "complaint.findingMissing",
    path: ["finding"],
  })
  .refine((move) => move.kind !== "note" || move.note !== undefined, {
    error: "complaint.noteMissing",
    path: ["note"],
  });
export type ComplaintMove = z.infer<typeof complaintMove>;
