import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { Transaction } from "../database/database.server.ts";
import { newId } from "../database/id.ts";
import { inTransaction } from "../database/transaction.server.ts";
import { Refused } from "../failure.ts";
import type { Portal } from "../portal.server.ts";
import { enqueue } from "../queue/queue.server.ts";
import { chainPending } from "./chain-pending.server.ts";
import {
  hashOfStatement,
  NO_STATEMENT,
  publicKeyText,
  type Statement,
  signStatement,
  signSuccession,
  statementBytes,
} from "./checkpoint.ts";
import type { LedgerActor } from "./entry.ts";
import { appendLedger } from "./ledger.server.ts";

const PORTAL_ID = "portal-id";
/** A ledger that stands still is signed once a day all the same: silence would look like a portal that hides something. */
const STILL_MS = 24 * 60 * 60_000;

interface SigningKey {
  readonly id: string;
  /** Of the vault. */
  readonly keyId: string;
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

/** The public key by which a checkpoint of this installation is known, as base64url. Made when there is none yet. */
export async function getCheckpointKey(portal: Portal): Promise<string> {
  return (await inTransaction(portal, (tx) => getSigningKey(portal, tx))).publicKey;
}

/**
 * Signs how long the ledger is now and what its hash is, and asks for it to be handed to every place. Does nothing
 * while the ledger is empty, or stands where it stood at the last checkpoint less than a day ago.
 *
 * @param again Sign also when nothing has changed.
 * @returns the statement, or null
 */
export async function signCheckpoint(portal: Portal, again = false): Promise<Statement | null> {
  await chainPending(portal.db);
  return inTransaction(portal, async (tx) =>
    sign(portal, tx, { again, by: await getSigningKey(portal, tx), after: null }),
  );
}

/**
 * Replaces the key that signs. The first checkpoint by the new one is signed at once and carries the former key's word
 * that this one follows; the former private key is shredded. The caller has authorised.
 * @returns the new public key
 * @throws Refused while the ledger is empty: there is nothing yet by which the new key could be told
 */
export async function replaceCheckpointKey(portal: Portal, by: LedgerActor): Promise<string> {
  await chainPending(portal.db);
  return inTransaction(portal, async (tx) => {
    const former = await getSigningKey(portal, tx);
    const made = await makeSigningKey(portal, tx);
    const statement = await sign(portal, tx, { again: true, by: made, after: former });
    if (statement === null) throw new Refused("ledger.empty", "The ledger is empty still: nothing is signed yet.");
    await tx.checkpointKey.delete({ where: { id: former.id } });
    await tx.dataKey.delete({ where: { id: former.keyId } });
    await appendLedger(portal, tx, {
      actor: by,
      act: "ledger.key-replaced",
      thing: { type: "checkpoint-key", id: made.id },
      detail: { former: former.publicKey, key: made.publicKey, no: statement.no },
    });
    return made.publicKey;
  });
}

async function sign(
  portal: Portal,
  tx: Transaction,
  { again, by: key, after }: { again: boolean; by: SigningKey; after: SigningKey | null },
): Promise<Statement | null> {
  // The chain's lock: what was chained before is on the disk when this commit is, and nothing comes in between.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(72707370)`;
  const [head] = await tx.$queryRaw<{ seq: bigint; hash: Uint8Array }[]>`
      SELECT seq, hash FROM ledger.entry ORDER BY seq DESC LIMIT 1`;
  const [last] = await tx.$queryRaw<{ no: bigint; seq: bigint; at: Date; body: string }[]>`
      SELECT no, seq, at, body FROM ledger.checkpoint ORDER BY no DESC LIMIT 1`;
  const now = portal.time.now();
  if (!head) return null;
  if (!again && last && last.seq === head.seq && now.getTime() - last.at.getTime() < STILL_MS) return null;
  const named = { portal: await getPortalId(tx), no: Number(last?.no ?? 0n) + 1, key: key.publicKey };
  const statement: Statement = {
    version: 1,
    ...named,
    seq: Number(head.seq),
    hash: Buffer.from(head.hash).toString("hex"),
    at: now.toISOString(),
    previous: last ? hashOfStatement(JSON.parse(last.body) as Statement) : NO_STATEMENT,
    ...(after && { succeeds: signSuccession(named, after) }),
  };
  const signature = signStatement(statement, key.privateKey);
  await tx.$executeRaw`
      INSERT INTO ledger.checkpoint (no, seq, at, body, signature)
      VALUES (${statement.no}, ${statement.seq}, ${statement.at}::timestamptz, ${statementBytes(statement)}, ${signature})`;
  for (const { id } of await tx.checkpointPlace.findMany({ select: { id: true } })) await askToHandOut(tx, id);
  return statement;
}

/** Number of the newest checkpoint; 0 when none was signed yet. */
export async function findNewestCheckpoint(portal: Pick<Portal, "db">): Promise<number> {
  const [row] = await portal.db.$queryRaw<{ no: bigint | null }[]>`SELECT max(no) AS no FROM ledger.checkpoint`;
  return Number(row?.no ?? 0n);
}

/** One job for each place: one that is away does not keep the others waiting. */
export async function askToHandOut(tx: Transaction, placeId: string): Promise<void> {
  await enqueue(
    tx,
    "hand-out-checkpoints",
    { placeId },
    { key: `hand-out:${placeId}`, queue: `checkpoint:${placeId}` },
  );
}

async function getPortalId(tx: Transaction): Promise<string> {
  await tx.setting.createMany({ data: [{ name: PORTAL_ID, value: newId() }], skipDuplicates: true });
  return (await tx.setting.findUniqueOrThrow({ where: { name: PORTAL_ID } })).value;
}

async function getSigningKey(portal: Portal, tx: Transaction): Promise<SigningKey> {
  // Two that ask at once, when there is none, must not make two.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('checkpoint_key'))`;
  const stored = await tx.checkpointKey.findFirst({ orderBy: { createdAt: "desc" } });
  if (!stored) return makeSigningKey(portal, tx);
  const { id, keyId, publicKey } = stored;
  const key = await portal.vault.open(keyId, place(id), stored.privateSealed);
  return { id, keyId, publicKey, privateKey: createPrivateKey({ key, format: "der", type: "pkcs8" }) };
}

const place = (row: string) => ({ table: "checkpoint_key", column: "private_sealed", row });

async function makeSigningKey(portal: Portal, tx: Transaction): Promise<SigningKey> {
  const made = generateKeyPairSync("ed25519");
  const id = newId();
  const keyId = await portal.vault.createKey(tx, "checkpoint");
  const publicKey = publicKeyText(made.publicKey);
  const bytes = made.privateKey.export({ type: "pkcs8", format: "der" });
  const privateSealed = await portal.vault.seal(keyId, place(id), bytes);
  await tx.checkpointKey.create({ data: { id, publicKey, keyId, privateSealed, createdAt: portal.time.now() } });
  return { id, keyId, publicKey, privateKey: made.privateKey };
}
