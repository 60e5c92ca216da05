import { randomBytes } from "node:crypto";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import { listAgencies } from "#app/registry/queries.server.ts";
import { type AccountActor, type Actor, asLedgerActor, membershipFacts } from "./actor.ts";
import { authorise, may } from "./authorise.ts";
import { isSecretShaped } from "./calendar-feed.ts";
import { takeTurns } from "./limits.server.ts";
import { secretHash } from "./secret.ts";

/** Since which day the actor has a secret address, or null. @throws NotFound for whoever may have none */
export async function findCalendarFeed(portal: Portal, actor: Actor): Promise<{ readonly since: LocalDate } | null> {
  const { accountId, memberships } = authoriseReader(actor);
  const feed = await portal.db.calendarFeed.findFirst({ where: { accountId, revokedAt: null } });
  if (!feed) return null;
  const agencies = await listAgencies(portal);
  // An advocate belongs to no agency: the day is one of where the agencies are.
  const own = agencies.find(({ id }) => memberships.some((held) => held.agencyId === id)) ?? agencies[0];
  return { since: localDate(feed.createdAt, own?.zone ?? "UTC") };
}

/**
 * Makes a secret address; the one before it is dead at once.
 * @returns the secret, which stands nowhere afterwards: only its hash is kept
 * @throws NotFound for whoever may have none
 */
export async function makeCalendarFeed(portal: Portal, actor: Actor): Promise<{ readonly secret: string }> {
  const { accountId } = authoriseReader(actor);
  const secret = randomBytes(32).toString("base64url");
  await inTransaction(portal, async (tx) => {
    // One at a time: two presses at once must not leave two addresses alive.
    await tx.$executeRaw`SELECT id FROM account WHERE id = ${accountId}::uuid FOR UPDATE`;
    const now = portal.time.now();
    const { count } = await tx.calendarFeed.updateMany({
      where: { accountId, revokedAt: null },
      data: { revokedAt: now },
    });
    await tx.calendarFeed.create({ data: { id: newId(), accountId, secretHash: secretHash(secret), createdAt: now } });
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor),
      act: "calendar.made",
      thing: { type: "account", id: accountId },
      detail: { replaced: count > 0 },
    });
  });
  return { secret };
}

/** The address is dead at once. Without one nothing happens. @throws NotFound for whoever may have none */
export async function revokeCalendarFeed(portal: Portal, actor: Actor): Promise<void> {
  const { accountId } = authoriseReader(actor);
  await inTransaction(portal, async (tx) => {
    const { count } = await tx.calendarFeed.updateMany({
      where: { accountId, revokedAt: null },
      data: { revokedAt: portal.time.now() },
    });
    if (count === 0) return;
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor),
      act: "calendar.revoked",
      thing: { type: "account", id: accountId },
    });
  });
}

/**
 * Who stands behind a secret address, with the roles held at this moment. A calendar program asks many times
 * a day, whether anybody looks or not: an entry in the ledger for each would bury what people really read, and
 * the feed shows numbers and days, nothing of a resident's. The ledger holds who made the address, and when.
 * @throws NotFound for a secret that never was, is revoked, or whose account is disabled or holds no role now
 * @throws TooOften
 */
export async function openCalendarFeed(portal: Portal, secret: string): Promise<AccountActor> {
  if (!isSecretShaped(secret)) throw new NotFound("calendar");
  const feed = await portal.db.calendarFeed.findFirst({
    where: { secretHash: secretHash(secret), revokedAt: null, account: { disabledAt: null } },
    include: { account: { include: { memberships: { where: { endedAt: null } } } } },
  });
  if (!feed) throw new NotFound("calendar");
  const { account } = feed;
  const actor: AccountActor = {
    kind: "account",
    accountId: account.id,
    // Nothing in a calendar names its reader: the name stays sealed.
    name: "",
    locale: account.locale === "es" ? "es" : "en",
    memberships: membershipFacts(account.memberships),
  };
  authorise(actor, "calendar.subscribe");
  await takeTurns(portal, [["calendar.feed", feed.id]]);
  return actor;
}

function authoriseReader(actor: Actor): AccountActor {
  if (actor.kind !== "account" || !may(actor, "calendar.subscribe")) throw new NotFound("calendar");
  return actor;
}
