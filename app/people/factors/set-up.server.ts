import type { Transaction } from "#app/platform/database/database.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { authorise } from "../authorise.ts";
import { requireOwnBrowser } from "../own-browser.server.ts";
import { type OpenSession, raiseSession } from "../sessions.server.ts";
import { requireFresh } from "../step-up.ts";
import { makeRecoveryCodes } from "./recovery-codes.server.ts";
import { rememberBrowser, type Showing, type Shown } from "./show-factor.server.ts";
import { tellOwner } from "./tell-owner.server.ts";

/** A factor is set up: as after showing it, and the codes on paper when these are the first. */
export interface SetUp extends Shown {
  readonly codes: readonly string[] | null;
}

/**
 * Who may set up or change a factor: whoever has none yet and must have one, and whoever showed one of late.
 * A resident's first one takes a browser of the resident's own: the mailbox alone makes no second factor.
 * @throws NotFound half-way in, with a factor to show; MailboxAlone; ProofNeeded
 */
export async function requireMaySetUp(portal: Portal, session: OpenSession): Promise<void> {
  if (session.lacks === "set-up") return;
  if (!session.actor) throw new NotFound("factor");
  authorise(session.actor, "factor.change", { ownerId: session.accountId });
  await requireOwnBrowser(portal.db, session.actor);
  requireFresh(session.actor, portal.time.now());
}

/**
 * The rest of every set-up, in its transaction: the first codes on paper, the letter, the better session, the ledger.
 * @throws Refused when the session has ended meanwhile
 */
export async function finishSetUp(
  portal: Portal,
  tx: Transaction,
  session: OpenSession,
  added: { by: "totp" | "passkey"; replaced: boolean; showing: Showing },
): Promise<SetUp> {
  const { accountId } = session;
  const left = await tx.recoveryCode.count({ where: { accountId, usedAt: null, revokedAt: null } });
  const codes = left === 0 ? await makeRecoveryCodes(portal, tx, accountId) : null;
  const browser = await rememberBrowser(portal, tx, { accountId, browser: added.showing.browser });
  const raised = await raiseSession(portal, tx, session.id, { by: added.by, assurance: 2 });
  if (!raised) throw new Refused("factors.sessionEnded", "You were signed out meanwhile. Sign in and begin again.");
  await tellOwner(portal, tx, accountId, "factor-added");
  await appendLedger(portal, tx, {
    actor: { kind: "account", id: accountId },
    act: "factor.added",
    thing: { type: "account", id: accountId },
    residentId: accountId,
    detail: { factor: added.by, replaced: added.replaced, codes: codes !== null },
  });
  return { session: raised, browser, codes };
}
