import { type Actor, asLedgerActor, hasRole } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { requireFresh } from "#app/people/step-up.ts";
import { isId, newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger, type LedgerActor } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { addDays, type LocalDate, startOfDay } from "#app/platform/time/local-date.ts";
import type { Agency } from "#app/registry/agency.ts";
import { getAgency } from "#app/registry/queries.server.ts";
import { type FeedKey, fingerprintOf, type KeyState, keyStateOf, readPublicKey } from "./feed-key.ts";

export interface NewFeedKey {
  agencySlug: string;
  /** PEM. */
  publicKey: string;
  /** First and last local day on which it is good; from now on, and until it is revoked, unless given. */
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
}

/**
 * Registers a custodian's public key beside those it has: while one replaces another, both are good.
 *
 * @throws NotFound, ProofNeeded, Refused `feed-key-wrong`, `feed-key-private`, `feed-key-known`, `feed-key-days`.
 */
export async function addFeedKey(portal: Portal, actor: Actor, input: NewFeedKey): Promise<FeedKey> {
  const agency = await getAgency(portal, input.agencySlug);
  authorise(actor, "feed.keys", { agencyId: agency.id });
  // First of all: a private key is refused before what was typed is kept for later.
  const publicKey = readPublicKey(input.publicKey);
  const now = portal.time.now();
  const validFrom = input.from === undefined ? now : startOfDay(input.from, agency.zone);
  const validTo = input.to === undefined ? null : startOfDay(addDays(input.to, 1), agency.zone);
  if (validTo !== null && validTo <= validFrom) {
    throw new Refused("feed-key-days", "The key's last day lies before its first; --to takes the last day.");
  }
  requireFresh(actor, now);
  const key: FeedKey = { id: newId(), agencyId: agency.id, publicKey, validFrom, validTo, revokedAt: null };
  await inTransaction(portal, async (tx) => {
    // The same key for two owners would let one speak for the other.
    const added = await tx.feedKey.createMany({ data: [{ ...key, createdAt: now }], skipDuplicates: true });
    if (added.count === 0) {
      throw new Refused(
        "feed-key-known",
        "This key is registered already. Each custodian, and each time, takes a new one.",
      );
    }
    await appendLedger(portal, tx, {
      actor: ledgerActorOf(actor, agency.id),
      act: "feed.key-added",
      thing: { type: "feed-key", id: key.id },
      agencyId: agency.id,
      detail: { from: validFrom.toISOString(), to: validTo?.toISOString() ?? null },
    });
  });
  return key;
}

/** The keys of one custodian, the newest first, revoked ones too. @throws NotFound */
export async function listFeedKeys(portal: Portal, actor: Actor, agencySlug: string): Promise<FeedKey[]> {
  const agency = await getAgency(portal, agencySlug);
  authorise(actor, "feed.keys", { agencyId: agency.id });
  return portal.db.feedKey.findMany({
    where: { agencyId: agency.id },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
}

/** A key as its custodian's supervisor sees it. */
export interface FeedKeyLine extends FeedKey {
  readonly state: KeyState;
  /** SHA-256 (hex) of its DER. */
  readonly fingerprint: string;
  /** When a delivery that it signed was accepted last; null when none was. */
  readonly lastUsedAt: Date | null;
}

/** The keys of one custodian with what is known of their use, the newest first. @throws NotFound */
export async function listFeedKeyLines(
  portal: Portal,
  actor: Actor,
  agencySlug: string,
): Promise<{ agency: Agency; keys: FeedKeyLine[] }> {
  const agency = await getAgency(portal, agencySlug);
  const keys = await listFeedKeys(portal, actor, agencySlug);
  const used = await portal.db.delivery.groupBy({
    by: ["byId"],
    where: { via: "push", byId: { in: keys.map(({ id }) => id) }, acceptedAt: { not: null } },
    _max: { acceptedAt: true },
  });
  const last = new Map(used.map(({ byId, _max }) => [byId, _max.acceptedAt]));
  const now = portal.time.now();
  return {
    agency,
    keys: keys.map((key) => ({
      ...key,
      state: keyStateOf(key, now),
      fingerprint: fingerprintOf(key),
      lastUsedAt: last.get(key.id) ?? null,
    })),
  };
}

/** From now on nothing that this key signs is taken. Twice is once. @throws NotFound, ProofNeeded */
export async function revokeFeedKey(portal: Portal, actor: Actor, keyId: string): Promise<FeedKey> {
  const key = await findFeedKey(portal, keyId);
  if (!key) throw new NotFound("key");
  authorise(actor, "feed.keys", { agencyId: key.agencyId });
  requireFresh(actor, portal.time.now());
  const revokedAt = portal.time.now();
  await inTransaction(portal, async (tx) => {
    const { count } = await tx.feedKey.updateMany({ where: { id: key.id, revokedAt: null }, data: { revokedAt } });
    if (count === 0) return;
    await appendLedger(portal, tx, {
      actor: ledgerActorOf(actor, key.agencyId),
      act: "feed.key-revoked",
      thing: { type: "feed-key", id: key.id },
      agencyId: key.agencyId,
    });
  });
  return { ...key, revokedAt: key.revokedAt ?? revokedAt };
}

/** The key of a keyid, whatever its state; null for one that never was. */
export async function findFeedKey(portal: Pick<Portal, "db">, keyId: string): Promise<FeedKey | null> {
  return isId(keyId) ? portal.db.feedKey.findUnique({ where: { id: keyId } }) : null;
}

function ledgerActorOf(actor: Actor, agencyId: string): LedgerActor {
  return asLedgerActor(actor, hasRole(actor, "supervisor", agencyId) ? "supervisor" : undefined);
}
