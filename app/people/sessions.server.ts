import { randomBytes } from "node:crypto";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type AccountActor, asLedgerActor, membershipFacts, membershipsIn } from "./actor.ts";
import { authorise } from "./authorise.ts";
import { secretHash } from "./secret.ts";
import { type Lack, lackOf, PROOFS, type Proof, type ProofKind } from "./session.ts";
import { minutesAfter, SESSION_HOURS, SESSION_IDLE_MINUTES } from "./sign-in.ts";
import { openAddresses } from "./staff-signs.server.ts";

/** A session that has not ended, and whose it is. */
export interface OpenSession {
  /** SHA-256 of the cookie's secret, as it is kept. */
  readonly id: string;
  readonly accountId: string;
  readonly demo: boolean;
  readonly proof: Proof;
  /** What must be done first. Until then nobody acts in this session. */
  readonly lacks: Lack;
  /** The roles that the account holds and this session may use. */
  readonly holdsRole: boolean;
  readonly actor: AccountActor | null;
}

interface SessionRow {
  readonly assurance: number;
  readonly provedBy: string;
  readonly provedAt: Date | null;
  readonly vouchedBy: string | null;
}

/** Who holds this session now, and may act; null as in `findSession`, and while a factor is missing. */
export async function findActor(portal: Portal, session: string): Promise<AccountActor | null> {
  return (await findSession(portal, session))?.actor ?? null;
}

/**
 * The session behind a cookie, or null: unknown, ended, idle too long, too old, account disabled.
 * @param browser The secret of the cookie that marks a resident's own browser.
 */
export async function findSession(
  portal: Portal,
  session: string,
  browser: string | null = null,
): Promise<OpenSession | null> {
  const now = portal.time.now();
  const row = await portal.db.session.findUnique({
    where: { id: secretHash(session) },
    include: {
      account: {
        include: {
          memberships: { where: { endedAt: null } },
          authenticators: { where: { confirmedAt: { not: null }, removedAt: null }, select: { id: true } },
          passkeys: { where: { removedAt: null }, select: { id: true } },
        },
      },
    },
  });
  const idleSince = minutesAfter(now, -SESSION_IDLE_MINUTES);
  if (!row || row.endedAt || row.account.disabledAt || row.expiresAt <= now || row.seenAt <= idleSince) return null;
  // Once a minute is exact enough for half an hour, and spares a write on every page.
  if (row.seenAt < minutesAfter(now, -1)) {
    await portal.db.session.updateMany({ where: { id: row.id }, data: { seenAt: now } });
  }
  const { account } = row;
  const proof = proofOf(row);
  const held = membershipFacts(account.memberships);
  const hasFactor = account.authenticators.length + account.passkeys.length > 0;
  // Whether two factors are due goes by every role, not only by those that count in this session.
  const lacks = lackOf({ proof, memberships: account.memberships, hasFactor });
  const actor: AccountActor | null =
    lacks !== "nothing"
      ? null
      : {
          kind: "account",
          accountId: account.id,
          name: await portal.vault.openText(
            account.keyId,
            { table: "account", column: "name_sealed", row: account.id },
            account.nameSealed,
          ),
          locale: account.locale === "es" ? "es" : "en",
          memberships: membershipsIn(proof, held),
          proof,
          browser: browser === null ? null : secretHash(browser),
          addresses: held.length === 0 ? [] : await openAddresses(portal, account.id),
        };
  const { id, accountId } = row;
  return { id, accountId, demo: account.demo, proof, lacks, holdsRole: account.memberships.length > 0, actor };
}

export interface Entering {
  readonly accountId: string;
  readonly by: ProofKind;
  readonly assurance: 1 | 2;
  readonly vouchedBy?: string | null;
  readonly device?: string | undefined;
}

/** Begins a session. @returns its secret, for the cookie; only its hash is kept */
export async function beginSession(portal: Portal, tx: Transaction, entering: Entering): Promise<string> {
  const now = portal.time.now();
  const session = newSecret();
  await tx.session.create({
    data: {
      id: secretHash(session),
      accountId: entering.accountId,
      createdAt: now,
      seenAt: now,
      expiresAt: minutesAfter(now, SESSION_HOURS * 60),
      assurance: entering.assurance,
      provedBy: entering.by,
      // A printed link is no proof of the moment: what asks again asks in the demonstration too.
      provedAt: entering.by === "demo" ? null : now,
      vouchedBy: entering.vouchedBy ?? null,
      device: entering.device ?? null,
    },
  });
  await appendLedger(portal, tx, {
    actor: { kind: "account", id: entering.accountId },
    act: "account.signed-in",
    thing: { type: "account", id: entering.accountId },
    residentId: entering.accountId,
    detail: { by: entering.by },
  });
  return session;
}

/**
 * Goes on in a new session, better proved; the old one ends, and with it whatever somebody else knew of it (session
 * fixation). Its twelve hours go on.
 * @returns the new secret, or null when the old session has ended meanwhile
 */
export async function raiseSession(
  portal: Portal,
  tx: Transaction,
  sessionId: string,
  proved: { readonly by: ProofKind; readonly assurance: 1 | 2 },
): Promise<string | null> {
  const now = portal.time.now();
  const { count } = await tx.session.updateMany({
    where: { id: sessionId, endedAt: null },
    data: { endedAt: now },
  });
  if (count !== 1) return null;
  const old = await tx.session.findUniqueOrThrow({ where: { id: sessionId } });
  const session = newSecret();
  await tx.session.create({
    data: {
      ...old,
      id: secretHash(session),
      endedAt: null,
      seenAt: now,
      assurance: Math.max(old.assurance, proved.assurance),
      provedBy: proved.by,
      provedAt: now,
    },
  });
  return session;
}

export async function signOut(portal: Portal, session: string): Promise<void> {
  await portal.db.session.updateMany({
    where: { id: secretHash(session), endedAt: null },
    data: { endedAt: portal.time.now() },
  });
}

export interface ListedSession {
  readonly since: Date;
  readonly seenAt: Date;
  readonly by: ProofKind;
  readonly device: string | null;
  readonly here: boolean;
}

/** Where somebody is signed in now, this place first. @throws NotFound */
export async function listSessions(portal: Portal, actor: AccountActor, sessionId: string): Promise<ListedSession[]> {
  authorise(actor, "session.list", { ownerId: actor.accountId });
  const now = portal.time.now();
  const rows = await portal.db.session.findMany({
    where: {
      accountId: actor.accountId,
      endedAt: null,
      expiresAt: { gt: now },
      seenAt: { gt: minutesAfter(now, -SESSION_IDLE_MINUTES) },
    },
    orderBy: { seenAt: "desc" },
  });
  const listed = rows.map((row) => ({
    since: row.createdAt,
    seenAt: row.seenAt,
    by: proofOf(row).by,
    device: row.device,
    here: row.id === sessionId,
  }));
  return [...listed.filter(({ here }) => here), ...listed.filter(({ here }) => !here)];
}

/** Signs out everywhere but here. @returns how many sessions ended. @throws NotFound */
export async function endOtherSessions(portal: Portal, actor: AccountActor, sessionId: string): Promise<number> {
  authorise(actor, "session.list", { ownerId: actor.accountId });
  return inTransaction(portal, async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { accountId: actor.accountId, endedAt: null, NOT: { id: sessionId } },
      data: { endedAt: portal.time.now() },
    });
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor),
      act: "session.others-ended",
      thing: { type: "account", id: actor.accountId },
      residentId: actor.accountId,
      detail: { count },
    });
    return count;
  });
}

const newSecret = () => randomBytes(32).toString("base64url");

/** What stands there and is none of ours proves nothing. */
function proofOf({ assurance, provedBy, provedAt, vouchedBy }: SessionRow): Proof {
  const by = PROOFS.find((known) => known === provedBy);
  return { by: by ?? "mail", at: by ? provedAt : null, assurance: by && assurance === 2 ? 2 : 1, vouchedBy };
}
