import { randomBytes } from "node:crypto";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { secretHash } from "../secret.ts";
import type { ProofKind } from "../session.ts";
import { beginSession, type OpenSession, raiseSession } from "../sessions.server.ts";
import { minutesAfter } from "../sign-in.ts";
import { type Factor, KNOWN_BROWSER_DAYS, lockedUntil } from "./factor.ts";
import { tellOwner } from "./tell-owner.server.ts";

/** What the browser brings along beside its session. */
export interface Showing {
  /** The secret that names a browser which has shown a factor before, from its cookie. */
  readonly browser: string | null;
  readonly device?: string | undefined;
}

/** A factor was shown: the session that goes on, and the secret by which this browser is known from now on. */
export interface Shown {
  readonly session: string;
  readonly browser: string;
}

/** Wrong, spent, locked: one sentence for all, so that a guesser learns nothing from it. */
export const notTaken = () =>
  new Refused(
    "factors.notTaken",
    "This was not taken. Wait for the next code and type it again, or choose another way; after some failures a way rests for fifteen minutes.",
  );

/**
 * Lets somebody show a factor, and counts.
 *
 * Five failures in fifteen minutes lock this factor of this account for fifteen minutes. Each browser that has shown a
 * factor before has its own counter, and all others share one: whoever has taken over a mailbox and guesses locks
 * himself out, wherever he begins anew, and not the owner at the owner's browser; and each factor has its own, so that
 * a passkey or a code on paper still opens.
 *
 * @param check looks at what was shown, inside the transaction, and takes it out of use; false when it does not fit
 * @throws Refused `factors.notTaken`
 */
export async function showFactor(
  portal: Portal,
  who: { accountId: string; factor: Factor; browser: string | null },
  check: (tx: Transaction) => Promise<boolean>,
  pass: (tx: Transaction) => Promise<string>,
): Promise<Shown> {
  const shown = await inTransaction(portal, async (tx) => {
    // One try at a time: many at once must not all be the fifth.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`factor:${who.accountId}:${who.factor}`}))`;
    const browserHash = await findKnownBrowser(portal, tx, who);
    const counter = { accountId: who.accountId, factor: who.factor, browserHash };
    const failures = await listFailures(portal, tx, counter);
    const now = portal.time.now();
    if (lockedUntil(failures, now)) return null;
    if (!(await check(tx))) {
      await tx.factorFailure.create({ data: { id: newId(), ...counter, at: now } });
      if (lockedUntil([...failures, now], now)) await noteLock(portal, tx, counter);
      return null;
    }
    const browser = await rememberBrowser(portal, tx, who);
    return { session: await pass(tx), browser };
  });
  // Thrown only now: inside the transaction it would take the counted failure back with it.
  if (!shown) throw notTaken();
  return shown;
}

/** What passing leads to for somebody who is signed in, or half-way in. */
export function goOn(portal: Portal, session: OpenSession, by: ProofKind): (tx: Transaction) => Promise<string> {
  return async (tx) => {
    const raised = await raiseSession(portal, tx, session.id, { by, assurance: 2 });
    if (!raised) throw notTaken();
    await appendLedger(portal, tx, {
      actor: { kind: "account", id: session.accountId },
      act: "factor.shown",
      thing: { type: "account", id: session.accountId },
      residentId: session.accountId,
      detail: { by },
    });
    return raised;
  };
}

/** What passing leads to for somebody who was nobody before. */
export function comeIn(portal: Portal, accountId: string, device: string | undefined) {
  return (tx: Transaction) => beginSession(portal, tx, { accountId, by: "passkey", assurance: 2, device });
}

async function listFailures(
  portal: Portal,
  tx: Transaction,
  counter: { accountId: string; factor: Factor; browserHash: string | null },
): Promise<Date[]> {
  const rows = await tx.factorFailure.findMany({
    where: { ...counter, at: { gt: minutesAfter(portal.time.now(), -24 * 60) } },
    select: { at: true },
  });
  return rows.map(({ at }) => at);
}

async function noteLock(
  portal: Portal,
  tx: Transaction,
  { accountId, factor, browserHash }: { accountId: string; factor: Factor; browserHash: string | null },
): Promise<void> {
  await tellOwner(portal, tx, accountId, "factor-locked");
  await appendLedger(portal, tx, {
    actor: { kind: "system", id: "sign-in" },
    act: "factor.locked",
    thing: { type: "account", id: accountId },
    residentId: accountId,
    detail: { factor, knownBrowser: browserHash !== null },
  });
}

async function findKnownBrowser(
  portal: Portal,
  tx: Transaction,
  who: { accountId: string; browser: string | null },
): Promise<string | null> {
  if (who.browser === null) return null;
  const hash = secretHash(who.browser);
  const known = await tx.knownBrowser.findFirst({
    where: { accountId: who.accountId, hash, expiresAt: { gt: portal.time.now() } },
  });
  return known?.hash ?? null;
}

/** From now on this browser has a counter of its own. @returns the secret for its cookie */
export async function rememberBrowser(
  portal: Portal,
  tx: Transaction,
  who: { accountId: string; browser: string | null },
): Promise<string> {
  const seenAt = portal.time.now();
  const expiresAt = minutesAfter(seenAt, KNOWN_BROWSER_DAYS * 24 * 60);
  const known = await findKnownBrowser(portal, tx, who);
  // Never under a secret that the browser brought along and we did not give: it could have been planted there.
  const browser = known !== null && who.browser !== null ? who.browser : randomBytes(32).toString("base64url");
  const named = { accountId: who.accountId, hash: secretHash(browser) };
  await tx.knownBrowser.upsert({
    where: { accountId_hash: named },
    create: { ...named, seenAt, expiresAt },
    update: { seenAt, expiresAt },
  });
  return browser;
}
