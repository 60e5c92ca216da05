/** Badge numbers and user ids of staff, and an address for conflicts: sealed, and found again by a blind index. */
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type AccountActor, type Actor, asLedgerActor } from "./actor.ts";
import { authorise } from "./authorise.ts";
import { normaliseSign } from "./named-person.ts";
import { MAX_SIGNS, SIGN_KINDS, type SignKind, type StaffSign, staffSign } from "./staff-sign.ts";
import { bindAccount } from "./walls.server.ts";

const place = (row: string) => ({ table: "staff_sign", column: "value_sealed", row });

/** What the actor has declared. */
export async function listOwnSigns(portal: Portal, actor: AccountActor): Promise<StaffSign[]> {
  return openSigns(portal, actor.accountId);
}

async function openSigns(portal: Pick<Portal, "vault" | "db">, accountId: string): Promise<StaffSign[]> {
  return openRows(portal, await portal.db.staffSign.findMany({ where: { accountId }, orderBy: { at: "asc" } }));
}

/** The postal addresses that a member of staff has declared: for seeing a conflict, and nothing else. */
export async function openAddresses(portal: Portal, accountId: string): Promise<string[]> {
  const rows = await portal.db.staffSign.findMany({ where: { accountId, kind: "address" } });
  return (await openRows(portal, rows)).map((sign) => sign.value);
}

async function openRows(
  portal: Pick<Portal, "vault">,
  rows: readonly { id: string; agencyId: string; kind: string; keyId: string; valueSealed: Uint8Array }[],
): Promise<StaffSign[]> {
  return Promise.all(
    rows.flatMap((row) => {
      const kind = SIGN_KINDS.find((one) => one === row.kind);
      if (!kind) return [];
      const value = portal.vault.openText(row.keyId, place(row.id), row.valueSealed);
      return [value.then((opened): StaffSign => ({ id: row.id, agencyId: row.agencyId, kind, value: opened }))];
    }),
  );
}

/**
 * Declares a badge number, a user id or an address at an agency: one's own, or as the agency's admin somebody
 * else's. From this commit on the walls that name it hold. Twice changes nothing.
 * @throws NotFound, Refused `walls.tooManySigns`
 */
export async function declareSign(
  portal: Portal,
  actor: Actor,
  input: { accountId: string; agencyId: string; kind: SignKind; value: string },
): Promise<void> {
  authorise(actor, "staff.sign", { ownerId: input.accountId, agencyId: input.agencyId });
  const { value } = staffSign.parse({ kind: input.kind, value: input.value });
  const { accountId, agencyId, kind } = input;
  const tagOf = await portal.vault.indexer("sign");
  const tag = tagOf(normaliseSign(value));
  await inTransaction(portal, async (tx) => {
    await tx.$executeRaw`SELECT id FROM account WHERE id = ${accountId}::uuid FOR UPDATE`;
    const held = await tx.staffSign.findMany({
      where: { accountId },
      select: { agencyId: true, kind: true, tag: true },
    });
    if (held.some((one) => one.agencyId === agencyId && one.kind === kind && one.tag === tag)) return;
    if (held.length >= MAX_SIGNS) {
      throw new Refused("walls.tooManySigns", `At most ${MAX_SIGNS} can be kept. Take one away first.`, {
        maximum: MAX_SIGNS,
      });
    }
    const id = newId();
    const { keyId } = await tx.account.findUniqueOrThrow({ where: { id: accountId } });
    const valueSealed = await portal.vault.seal(keyId, place(id), value);
    const by = actor.kind === "account" ? actor.accountId : accountId;
    await tx.staffSign.create({
      data: { id, accountId, agencyId, kind, keyId, valueSealed, tag, by, at: portal.time.now() },
    });
    await bindAccount(portal, tx, accountId);
    await record(portal, tx, actor, { act: "sign.declared", accountId, agencyId, kind });
  });
}

/** Takes one away. What it has bound stays bound: a badge that was handed back was the same officer's. @throws NotFound */
export async function removeSign(portal: Portal, actor: Actor, input: { accountId: string; signId: string }) {
  await inTransaction(portal, async (tx) => {
    const row = await tx.staffSign.findFirst({ where: { id: input.signId, accountId: input.accountId } });
    authorise(actor, "staff.sign", { ownerId: row?.accountId ?? "", agencyId: row?.agencyId });
    if (!row) return;
    await tx.staffSign.delete({ where: { id: row.id } });
    await record(portal, tx, actor, { act: "sign.removed", ...row });
  });
}

async function record(
  portal: Portal,
  tx: Transaction,
  actor: Actor,
  { act, accountId, agencyId, kind }: { act: string; accountId: string; agencyId: string; kind: string },
) {
  await appendLedger(portal, tx, {
    actor: asLedgerActor(actor),
    act,
    thing: { type: "account", id: accountId },
    agencyId,
    detail: { kind },
  });
}
