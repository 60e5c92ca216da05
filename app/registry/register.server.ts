/**
 * Who takes part. People (and so authorise) live on the floor above: the caller has authorised
 * "registry.change" and hands in how the ledger names the actor.
 */
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { appendLedger, type LedgerActor } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { localDate, toDbDate } from "#app/platform/time/local-date.ts";
import { type Agency, type Custody, custodianKind } from "./agency.ts";

export type NewAgency = Pick<
  Agency,
  "slug" | "name" | "kind" | "unit" | "address" | "email" | "zone" | "aliases" | "demo"
>;

/** Registers an agency, or returns the id of the one that has this slug already. */
export async function registerAgency(portal: Portal, by: LedgerActor, agency: NewAgency): Promise<string> {
  return inTransaction(portal, async (tx) => {
    const known = await tx.agency.findUnique({ where: { slug: agency.slug } });
    if (known) return known.id;
    const id = newId();
    const { slug, name, unit, email, zone, demo } = agency;
    await tx.agency.create({
      data: {
        id,
        slug,
        name,
        unit,
        email,
        zone,
        demo,
        kind: custodianKind.parse(agency.kind),
        address: [...agency.address],
        aliases: [...agency.aliases],
        createdAt: portal.time.now(),
      },
    });
    await record(portal, tx, by, "agency.registered", id);
    return id;
  });
}

export async function registerSystem(
  portal: Portal,
  by: LedgerActor,
  system: { slug: string; name: string; about: { en: string; es: string } },
): Promise<string> {
  return inTransaction(portal, async (tx) => {
    const known = await tx.system.findUnique({ where: { slug: system.slug } });
    if (known) return known.id;
    const id = newId();
    await tx.system.create({ data: { id, slug: system.slug, name: system.name, about: system.about } });
    await appendLedger(portal, tx, { actor: by, act: "system.registered", thing: { type: "system", id } });
    return id;
  });
}

export async function registerCustody(
  portal: Portal,
  by: LedgerActor,
  custody: Omit<Custody, "system">,
): Promise<void> {
  const { agencyId, systemId } = custody;
  await inTransaction(portal, async (tx) => {
    const known = await tx.custody.findUnique({ where: { agencyId_systemId: { agencyId, systemId } } });
    if (known) return;
    const { zone } = await tx.agency.findUniqueOrThrow({ where: { id: agencyId }, select: { zone: true } });
    await tx.custody.create({ data: { ...custody, since: toDbDate(localDate(portal.time.now(), zone)) } });
    await record(portal, tx, by, "custody.registered", agencyId);
  });
}

/** Notes a name under which logs know an agency. @throws Refused when another agency has the name */
export async function nameAlias(portal: Portal, by: LedgerActor, agencyId: string, alias: string): Promise<void> {
  await inTransaction(portal, async (tx) => {
    const holder = await tx.agency.findFirst({ where: { OR: [{ name: alias }, { aliases: { has: alias } }] } });
    if (holder?.id === agencyId) return;
    if (holder) throw new Refused("agency.alias-taken", `Another agency is known by that name: ${holder.slug}.`);
    await tx.agency.update({ where: { id: agencyId }, data: { aliases: { push: alias } } });
    await record(portal, tx, by, "agency.alias-named", agencyId);
  });
}

function record(portal: Portal, tx: Transaction, by: LedgerActor, act: string, agencyId: string): Promise<void> {
  return appendLedger(portal, tx, { actor: by, act, thing: { type: "agency", id: agencyId }, agencyId });
}
