import type { ClaimKind } from "#app/feeds/identifier.ts";
import type { Actor } from "#app/people/actor.ts";
import { endFreeze, findFreeze } from "#app/people/freeze.server.ts";
import type { StandInFacts } from "#app/people/stand-in.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { isEnough } from "./identity-policy.ts";
import type { Proof } from "./proofs.server.ts";

interface Proved {
  readonly residentId: string;
  readonly agencyId: string;
  /** The id of what proved it, for the ledger. */
  readonly check: string;
}

/**
 * Ends a freeze when a clerk has verified an identifier on what was shown since the freeze began. What was shown
 * before it was the resident's, and says nothing of who holds the account now.
 */
export async function endFreezeByVerdict(
  portal: Portal,
  tx: Transaction,
  proved: Proved & {
    /** The clerk whose verdict it is. */
    readonly actor: Actor;
    readonly kind: ClaimKind;
    readonly proofs: readonly Proof[];
    readonly standIns: readonly StandInFacts[] | undefined;
  },
): Promise<void> {
  const { residentId, agencyId, check, kind, proofs, standIns, actor } = proved;
  const freeze = await findFreeze(portal, residentId, tx);
  if (!freeze) return;
  const since = proofs.filter(({ at }) => at >= freeze.from);
  if (isEnough(kind, new Set(since.map(({ basis }) => basis))))
    await endFreeze(portal, tx, actor, { residentId, agencyId, check, standIns });
}

/**
 * Ends a freeze when the code of a letter was typed that was sent to the address on record since it began: whoever
 * took the mailbox has not got the victim's post.
 */
export async function endFreezeByCode(
  portal: Portal,
  tx: Transaction,
  proved: Proved & { readonly sentAt: Date },
): Promise<void> {
  const { residentId, agencyId, check, sentAt } = proved;
  const freeze = await findFreeze(portal, residentId, tx);
  if (!freeze || sentAt < freeze.from) return;
  await endFreeze(portal, tx, { kind: "system", task: "code-letter" }, { residentId, agencyId, check });
}
