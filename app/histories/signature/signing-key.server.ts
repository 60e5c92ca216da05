/** The key pair with which this portal signs releases: made at the first, sealed, and replaced by an operator. */
import { createHash } from "node:crypto";
import { type Actor, asLedgerActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type KeyPair, makeKeyPair } from "./certificate.server.ts";

export interface SigningKey extends KeyPair {
  /** Of the certificate, hex. */
  readonly sha256: string;
}

export interface SigningCertificate {
  readonly sha256: string;
  readonly origin: "made" | "brought";
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
  /** X.509, DER. */
  readonly certificate: Uint8Array;
}

/** What signs now; made when there is none yet. */
export async function getSigningKey(portal: Portal): Promise<SigningKey> {
  const found = await findSigningKey(portal, portal.db);
  if (found) return found;
  const made = await makeKeyPair(new URL(portal.config.url).host, portal.time.now());
  return inTransaction(portal, async (tx) => {
    await lock(tx);
    // Two that ask at once, when there is none, must not make two.
    return (await findSigningKey(portal, tx)) ?? store(portal, tx, "made", made);
  });
}

/** Every certificate with which this portal has ever signed, the one that signs now first. Public. */
export async function listSigningCertificates(portal: Pick<Portal, "db">): Promise<SigningCertificate[]> {
  const rows = await portal.db.signingKey.findMany({
    orderBy: [{ retiredAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }],
  });
  return rows.map(({ sha256, origin, createdAt, retiredAt, certificate }) => ({
    sha256,
    origin: origin === "brought" ? "brought" : "made",
    createdAt,
    retiredAt,
    certificate,
  }));
}

/**
 * Signs with another key from now on: one that was brought, or a new one of the portal's own. The former key is
 * forgotten; its certificate stays, and what it has signed stays known.
 * @returns SHA-256 of the new certificate
 * @throws NotFound for anyone but an operator; Refused when that certificate has signed before
 */
export async function replaceSigningKey(portal: Portal, actor: Actor, brought: KeyPair | null): Promise<string> {
  authorise(actor, "keys.rotate");
  const now = portal.time.now();
  const keys = brought ?? (await makeKeyPair(new URL(portal.config.url).host, now));
  return inTransaction(portal, async (tx) => {
    await lock(tx);
    const sha256 = digestOf(keys);
    if ((await tx.signingKey.count({ where: { sha256 } })) > 0) {
      throw new Refused(
        "signing-key.known",
        "The portal has this certificate already. A key that was replaced is gone: bring a new certificate.",
      );
    }
    await tx.signingKey.updateMany({ where: { retiredAt: null }, data: { retiredAt: now, privateSealed: null } });
    await store(portal, tx, brought ? "brought" : "made", keys);
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor),
      act: "signing-key.replaced",
      thing: { type: "signing-key", id: sha256 },
      detail: { sha256, origin: brought ? "brought" : "made" },
    });
    return sha256;
  });
}

async function findSigningKey(portal: Portal, db: Pick<Transaction, "signingKey">): Promise<SigningKey | null> {
  const row = await db.signingKey.findFirst({ where: { retiredAt: null } });
  if (!row?.privateSealed) return null;
  const privateKey = await portal.vault.open(row.keyId, place(row.id), row.privateSealed);
  return { sha256: row.sha256, certificate: Buffer.from(row.certificate), privateKey };
}

async function store(
  portal: Portal,
  tx: Transaction,
  origin: SigningCertificate["origin"],
  keys: KeyPair,
): Promise<SigningKey> {
  const id = newId();
  const sha256 = digestOf(keys);
  const keyId = await portal.vault.createKey(tx, "signing");
  const privateSealed = await portal.vault.seal(keyId, place(id), keys.privateKey);
  const { certificate } = keys;
  await tx.signingKey.create({
    data: { id, origin, certificate, sha256, keyId, privateSealed, createdAt: portal.time.now() },
  });
  return { ...keys, sha256 };
}

function digestOf({ certificate }: KeyPair): string {
  return createHash("sha256").update(certificate).digest("hex");
}

const place = (row: string) => ({ table: "signing_key", column: "private_sealed", row });

async function lock(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('signing_key'))`;
}
