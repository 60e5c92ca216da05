/**
 * What a custodian promises of one log, what it had promised before, and whom to remind. People (and so
 * authorise) live on the floor above: the caller has authorised "feed.promise" and hands in how the ledger
 * names the actor.
 */
import type { Transaction } from "#app/platform/database/database.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { appendLedger, type LedgerActor } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { addDays, fromDbDate, type LocalDate, localDate, toDbDate } from "#app/platform/time/local-date.ts";
import type { DatedPromise, FeedContact, FeedPromise } from "./agency.ts";

/** One agency's log of one system. */
export interface CustodyKey {
  readonly agencyId: string;
  readonly systemId: string;
}

export interface PromiseHistory {
  /** Since when the custodian delivers here. */
  readonly since: LocalDate;
  /** In order of time; the last one holds now. */
  readonly promises: readonly DatedPromise[];
}

/** @throws NotFound when the agency does not keep this system's log. */
export async function getPromises(
  portal: Pick<Portal, "db">,
  { agencyId, systemId }: CustodyKey,
): Promise<PromiseHistory> {
  const row = await portal.db.custody.findUnique({
    where: { agencyId_systemId: { agencyId, systemId } },
    include: { agency: { select: { createdAt: true, zone: true } }, formerPromises: { orderBy: { until: "asc" } } },
  });
  if (!row) throw new NotFound("log");
  const { agency, formerPromises } = row;
  const stages = [...formerPromises, row];
  return {
    since: row.since ? fromDbDate(row.since) : localDate(agency.createdAt, agency.zone),
    promises: stages.map(({ rhythmDays, keptDays }, i) => {
      const before = formerPromises[i - 1];
      return { rhythmDays, keptDays, from: before ? addDays(fromDbDate(before.until), 1) : null };
    }),
  };
}

/** Where reminders of one log go; null: to the agency's own address. @throws NotFound */
export async function findContact(
  portal: Pick<Portal, "db" | "vault">,
  { agencyId, systemId }: CustodyKey,
): Promise<FeedContact | null> {
  const key = { agencyId, systemId };
  const row = await portal.db.custody.findUnique({ where: { agencyId_systemId: key } });
  if (!row) throw new NotFound("log");
  if (row.contactKeyId === null || row.contactSealed === null) return null;
  return JSON.parse(await portal.vault.openText(row.contactKeyId, contactPlace(key), row.contactSealed));
}

/** Until the caller's transaction ends nobody else changes this log's promise, or reminds of its gaps. */
export async function lockCustody(tx: Transaction, { agencyId, systemId }: CustodyKey): Promise<void> {
  await tx.$executeRaw`
    SELECT 1 FROM custody WHERE agency_id = ${agencyId}::uuid AND system_id = ${systemId}::uuid FOR NO KEY UPDATE`;
}

/**
 * Changes the promise from today on, inside the caller's transaction and under `lockCustody`; what had been
 * promised until yesterday is kept. Changes nothing when it is the same.
 * @throws NotFound when the agency does not keep this system's log.
 */
export async function changePromise(
  portal: Portal,
  tx: Transaction,
  by: LedgerActor,
  { agencyId, systemId, rhythmDays, keptDays }: CustodyKey & FeedPromise,
): Promise<void> {
  const key = { agencyId, systemId };
  const row = await tx.custody.findUnique({
    where: { agencyId_systemId: key },
    include: { agency: { select: { zone: true } }, formerPromises: true },
  });
  if (!row) throw new NotFound("log");
  if (row.rhythmDays === rhythmDays && row.keptDays === keptDays) return;
  const at = portal.time.now();
  const until = addDays(localDate(at, row.agency.zone), -1);
  // One that was made today has held on no whole day: the ledger alone keeps it.
  if (!row.formerPromises.some((former) => fromDbDate(former.until) === until)) {
    const before = { rhythmDays: row.rhythmDays, keptDays: row.keptDays };
    const account = by.kind === "account" ? by.id : null;
    await tx.formerPromise.create({ data: { ...key, ...before, until: toDbDate(until), by: account, at } });
  }
  await tx.custody.update({ where: { agencyId_systemId: key }, data: { rhythmDays, keptDays } });
  await record(portal, tx, by, key, "custody.promised", {
    rhythmDays,
    keptDays,
    rhythmDaysBefore: row.rhythmDays,
    keptDaysBefore: row.keptDays,
  });
}

/**
 * Sets where reminders go, inside the caller's transaction and under `lockCustody`; null: to the agency's own
 * address. The ledger learns that it changed, never the address. Changes nothing when it is the same.
 */
export async function changeContact(
  portal: Portal,
  tx: Transaction,
  by: LedgerActor,
  { contact, ...log }: CustodyKey & { readonly contact: FeedContact | null },
): Promise<void> {
  const key = { agencyId: log.agencyId, systemId: log.systemId };
  const before = await findContact(portal, key);
  if (before?.email === contact?.email && before?.locale === contact?.locale) return;
  const { contactKeyId: spent } = await tx.custody.findUniqueOrThrow({ where: { agencyId_systemId: key } });
  await tx.custody.update({ where: { agencyId_systemId: key }, data: await sealContact(portal, tx, key, contact) });
  // Deleting the key shreds the address that stood there.
  if (spent !== null) await tx.dataKey.delete({ where: { id: spent } });
  await record(portal, tx, by, key, "custody.contact-set", { own: contact !== null });
}

async function sealContact(portal: Portal, tx: Transaction, key: CustodyKey, contact: FeedContact | null) {
  if (contact === null) return { contactKeyId: null, contactSealed: null };
  const contactKeyId = await portal.vault.createKey(tx, "custody");
  const contactSealed = await portal.vault.seal(contactKeyId, contactPlace(key), JSON.stringify(contact));
  return { contactKeyId, contactSealed };
}

function contactPlace({ agencyId, systemId }: CustodyKey) {
  return { table: "custody", column: "contact_sealed", row: `${agencyId} ${systemId}` };
}

function record(
  portal: Portal,
  tx: Transaction,
  actor: LedgerActor,
  { agencyId, systemId }: CustodyKey,
  act: string,
  detail: Readonly<Record<string, string | number | boolean | null>>,
): Promise<void> {
  return appendLedger(portal, tx, { actor, act, thing: { type: "system", id: systemId }, agencyId, detail });
}
