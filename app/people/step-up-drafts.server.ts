import { z } from "zod";
import { isId, newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { AccountActor } from "./actor.ts";
import { authorise } from "./authorise.ts";
import { minutesAfter } from "./sign-in.ts";
import { STEP_UP_MINUTES } from "./step-up.ts";

/** What somebody was about to do: open a page, or send a form with these fields. */
const shape = z.object({
  path: z.string(),
  fields: z.array(z.tuple([z.string(), z.string()])).nullable(),
});
export type StepUpDraft = z.infer<typeof shape>;

const place = (row: string) => ({ table: "step_up", column: "draft_sealed", row });

/** Keeps what was typed, sealed with a key of its own, until its writer has shown a factor. @returns its id */
export async function keepDraft(portal: Portal, actor: AccountActor, draft: StepUpDraft): Promise<string> {
  authorise(actor, "factor.change", { ownerId: actor.accountId });
  const id = newId();
  const createdAt = portal.time.now();
  await inTransaction(portal, async (tx) => {
    const keyId = await portal.vault.createKey(tx, "step-up");
    await tx.stepUp.create({
      data: {
        id,
        accountId: actor.accountId,
        keyId,
        draftSealed: await portal.vault.seal(keyId, place(id), JSON.stringify(draft)),
        createdAt,
        expiresAt: minutesAfter(createdAt, STEP_UP_MINUTES),
      },
    });
  });
  return id;
}

/** @throws NotFound for another's, and when it has waited too long */
export async function getDraft(portal: Portal, actor: AccountActor, id: string): Promise<StepUpDraft> {
  const row = isId(id) ? await portal.db.stepUp.findUnique({ where: { id } }) : null;
  if (!row || row.expiresAt <= portal.time.now()) throw new NotFound("draft");
  authorise(actor, "factor.change", { ownerId: row.accountId });
  return shape.parse(JSON.parse(await portal.vault.openText(row.keyId, place(id), row.draftSealed)));
}
