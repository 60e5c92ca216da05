/**
 * Whom a resident's walls bind. What the resident typed is kept sealed; which accounts it means stands in the table
 * `wall`, worked out when somebody is named and again whenever an account becomes staff, is renamed or declares a
 * badge: so every list can leave a request out by one condition, without opening anything.
 */
import type { Database, Transaction } from "#app/platform/database/database.server.ts";
import type { Prisma } from "#app/platform/database/generated/client.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueue } from "#app/platform/queue/queue.server.ts";
import { normaliseEmail } from "./account.ts";
import type { Actor } from "./actor.ts";
import { walledAccount } from "./authorise.ts";
import { keysOfName } from "./name-match.ts";
import { mayBe, type NamedPersonFacts, namedPerson, normaliseSign, type StaffFacts } from "./named-person.ts";

/** The job that looks whether every case still has somebody who may work on it (requests/check-handlers). */
export const HANDLERS_TASK = "check-handlers";

/** The requests that no wall hides from the actor, by the rule of `may`: what every list of them begins with. */
export function notWalled(actor: Actor): Prisma.RequestWhereInput {
  const accountId = walledAccount(actor);
  return accountId === null ? {} : { walls: { none: { accountId } } };
}

const place = (row: string) => ({ table: "named_person", column: "person_sealed", row });

/** A request whose resident names somebody. */
export interface WalledRequest {
  readonly id: string;
  readonly residentId: string;
  readonly keyId: string;
}

/** Keeps a name, and binds everyone who is or may be that person. How many it binds nobody is told. */
export async function saveNamed(
  portal: Portal,
  tx: Transaction,
  request: WalledRequest,
  person: NamedPersonFacts,
  source: "resident" | "dispute" = "resident",
): Promise<string> {
  await holdStill(tx);
  const id = newId();
  const [emailTag, nameTag, signTag] = await Promise.all([
    portal.vault.indexer("email"),
    portal.vault.indexer("name"),
    portal.vault.indexer("sign"),
  ]);
  const { name, badge, userId, email } = person;
  await tx.namedPerson.create({
    data: {
      id,
      requestId: request.id,
      residentId: request.residentId,
      keyId: request.keyId,
      source,
      personSealed: await portal.vault.seal(request.keyId, place(id), JSON.stringify(person)),
      emailTag: email === null ? null : emailTag(normaliseEmail(email)),
      badgeTag: badge === null ? null : signTag(normaliseSign(badge)),
      userIdTag: userId === null ? null : signTag(normaliseSign(userId)),
      nameTags: name === null ? [] : keysOfName(name).map((key) => nameTag(key)),
      at: portal.time.now(),
    },
  });
  // Every member of staff is opened, whoever was named: how long it takes tells nothing of whether there is such a one.
  const accounts = await tx.account.findMany({ where: { memberships: { some: {} } }, select: { id: true } });
  for (const account of accounts) {
    if (mayBe(person, await openStaff(portal, tx, account.id)))
      await bind(portal, tx, { ...request, requestId: request.id, namedId: id }, account.id);
  }
  await enqueue(tx, HANDLERS_TASK, {}, { key: HANDLERS_TASK });
  return id;
}

/**
 * Takes a name back. Whom it alone has bound may see the request again, but for those in `aside`.
 * @returns false when it was not there, or not this request's, or taken back already
 */
export async function liftNamed(
  portal: Pick<Portal, "time">,
  tx: Transaction,
  input: { readonly requestId: string; readonly namedId: string; readonly aside: readonly string[] },
): Promise<boolean> {
  await holdStill(tx);
  const { requestId, namedId } = input;
  const { count } = await tx.namedPerson.updateMany({
    where: { id: namedId, requestId, source: "resident", liftedAt: null },
    data: { liftedAt: portal.time.now() },
  });
  if (count === 0) return false;
  const bound = await tx.namedBinding.findMany({ where: { namedId }, select: { accountId: true } });
  const others = await tx.namedBinding.findMany({
    where: { named: { requestId, liftedAt: null } },
    select: { accountId: true },
  });
  const kept = new Set([...others.map(({ accountId }) => accountId), ...input.aside]);
  const free = bound.map(({ accountId }) => accountId).filter((accountId) => !kept.has(accountId));
  await tx.wall.deleteMany({ where: { requestId, accountId: { in: free } } });
  await enqueue(tx, HANDLERS_TASK, {}, { key: HANDLERS_TASK });
  return true;
}

export interface Named {
  readonly id: string;
  readonly person: NamedPersonFacts;
}

/** Whom a request names, opened, in the order in which they were named. Callers authorise: for the resident alone. */
export async function listNamed(
  portal: Pick<Portal, "vault">,
  db: Database | Transaction,
  requestId: string,
): Promise<Named[]> {
  const rows = await db.namedPerson.findMany({
    where: { requestId, source: "resident", liftedAt: null },
    orderBy: { at: "asc" },
  });
  return Promise.all(rows.map(async (row) => ({ id: row.id, person: await openPerson(portal, row) })));
}

/**
 * Holds one account against every name there is. Whoever gives somebody a role, renames an account or notes a badge
 * calls it in the same transaction. @returns how many requests it is newly kept from
 */
export async function bindAccount(portal: Portal, tx: Transaction, accountId: string): Promise<number> {
  await holdStill(tx);
  const staff = await openStaff(portal, tx, accountId);
  const [nameTag, signTag] = await Promise.all([portal.vault.indexer("name"), portal.vault.indexer("sign")]);
  const { emailTag } = await tx.account.findUniqueOrThrow({ where: { id: accountId }, select: { emailTag: true } });
  const mailbox = staff.email.split("@")[0] ?? "";
  const signs = [...staff.badges, ...staff.userIds, mailbox].map((sign) => signTag(normaliseSign(sign)));
  const rows = await tx.namedPerson.findMany({
    where: {
      liftedAt: null,
      residentId: { not: accountId },
      bindings: { none: { accountId } },
      OR: [
        { emailTag },
        { badgeTag: { in: signs } },
        { userIdTag: { in: signs } },
        { nameTags: { hasSome: keysOfName(staff.name).map((key) => nameTag(key)) } },
      ],
    },
  });
  let bound = 0;
  for (const row of rows) {
    if (!mayBe(await openPerson(portal, row), staff)) continue;
    await bind(portal, tx, { requestId: row.requestId, residentId: row.residentId, namedId: row.id }, accountId);
    bound += 1;
  }
  if (bound > 0) await enqueue(tx, HANDLERS_TASK, {}, { key: HANDLERS_TASK });
  return bound;
}

/** Every member of staff once more, one by one: for accounts that came in by some way that forgot to ask. */
export async function bindEveryone(portal: Portal): Promise<void> {
  const accounts = await portal.db.account.findMany({ where: { memberships: { some: {} } }, select: { id: true } });
  for (const { id } of accounts) await inTransaction(portal, (tx) => bindAccount(portal, tx, id));
}

/** Somebody who is named while his account is being made must not slip through between the two. */
async function holdStill(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('walls'))`;
}

async function bind(
  portal: Pick<Portal, "time">,
  tx: Transaction,
  wall: { readonly requestId: string; readonly residentId: string; readonly namedId: string },
  accountId: string,
): Promise<void> {
  // Nobody is kept from his own request, whatever name he gives.
  if (accountId === wall.residentId) return;
  const at = portal.time.now();
  const { requestId, namedId } = wall;
  await tx.namedBinding.createMany({ data: { namedId, accountId, at }, skipDuplicates: true });
  await tx.wall.createMany({ data: { requestId, accountId, at }, skipDuplicates: true });
}

async function openPerson(
  portal: Pick<Portal, "vault">,
  row: { readonly id: string; readonly keyId: string; readonly personSealed: Uint8Array },
): Promise<NamedPersonFacts> {
  return namedPerson.parse(JSON.parse(await portal.vault.openText(row.keyId, place(row.id), row.personSealed)));
}

async function openStaff(portal: Pick<Portal, "vault">, tx: Transaction, accountId: string): Promise<StaffFacts> {
  const account = await tx.account.findUniqueOrThrow({ where: { id: accountId } });
  const signs = await tx.staffSign.findMany({ where: { accountId, kind: { in: ["badge", "user-id"] } } });
  const of = (column: string) => ({ table: "account", column, row: accountId });
  const values = await Promise.all(
    signs.map((sign) =>
      portal.vault.openText(
        sign.keyId,
        { table: "staff_sign", column: "value_sealed", row: sign.id },
        sign.valueSealed,
      ),
    ),
  );
  const ofKind = (kind: string) => values.filter((_, index) => signs[index]?.kind === kind);
  return {
    name: await portal.vault.openText(account.keyId, of("name_sealed"), account.nameSealed),
    email: await portal.vault.openText(account.keyId, of("email_sealed"), account.emailSealed),
    badges: ofKind("badge"),
    userIds: ofKind("user-id"),
  };
}
