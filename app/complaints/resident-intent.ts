/** What a resident may do on the page of a complaint: which button was pressed, and with what. */
import { z } from "zod";

const advocate = z.uuid({ error: "complaint.advocateMissing" });

/** Messages are keys of the pages' words. */
export const residentIntent = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("give"), advocate }),
  z.object({ intent: z.literal("revoke"), advocate }),
  z.object({
    intent: z.literal("withdraw"),
    confirm: z.tuple([z.literal("yes")], { error: "complaint.withdrawConfirmMissing" }),
  }),
]);
