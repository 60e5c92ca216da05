import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type Agency, type Custody, custodianKind, type System } from "./agency.ts";

type Read = Pick<Portal, "db">;

/** The agency of a slug such as "demo-sheriff". @throws NotFound */
export async function getAgency(portal: Read, slug: string): Promise<Agency> {
  const row = await portal.db.agency.findUnique({ where: { slug }, include: { closures: true } });
  if (!row) throw new NotFound("agency");
  return toAgency(row);
}

/** @throws NotFound */
export async function getAgencyById(portal: Read, id: string): Promise<Agency> {
  const row = await portal.db.agency.findUnique({ where: { id }, include: { closures: true } });
  if (!row) throw new NotFound("agency");
  return toAgency(row);
}

export async function listAgencies(portal: Read): Promise<Agency[]> {
  const rows = await portal.db.agency.findMany({ include: { closures: true }, orderBy: { name: "asc" } });
  return rows.map(toAgency);
}

export async function hasAgencies(portal: Read): Promise<boolean> {
  return (await portal.db.agency.count()) > 0;
}

/** The agency that a log means by a name, its own or an alias; null when it takes no part here. */
export async function findAgencyNamed(portal: Read, name: string): Promise<Agency | null> {
  const row = await portal.db.agency.findFirst({
    where: { OR: [{ name }, { aliases: { has: name } }] },
    include: { closures: true },
  });
  return row && toAgency(row);
}

/** The system of a slug such as "alpr". @throws NotFound */
export async function getSystem(portal: Read, slug: string): Promise<System> {
  const row = await portal.db.system.findUnique({ where: { slug } });
  if (!row) throw new NotFound("system");
  return toSystem(row);
}

export async function listSystems(portal: Read): Promise<System[]> {
  return (await portal.db.system.findMany({ orderBy: { name: "asc" } })).map(toSystem);
}

/** What this agency promised of that system's log. @throws NotFound when it does not keep it. */
export async function getCustody(portal: Read, agencyId: string, systemId: string): Promise<Custody> {
  const row = await portal.db.custody.findUnique({
    where: { agencyId_systemId: { agencyId, systemId } },
    include: { system: true },
  });
  if (!row) throw new NotFound("log");
  return toCustody(row);
}

/** The logs that an agency keeps; of all agencies when none is named. */
export async function listCustodies(portal: Read, agencyId?: string): Promise<Custody[]> {
  const rows = await portal.db.custody.findMany({
    where: agencyId === undefined ? {} : { agencyId },
    include: { system: true },
    orderBy: { system: { name: "asc" } },
  });
  return rows.map(toCustody);
}

/** The promise's history is promise.server.ts's, and so is where its reminders go. */
function toCustody(row: Omit<Custody, "system"> & { system: Parameters<typeof toSystem>[0] }): Custody {
  const { agencyId, systemId, profile, rhythmDays, keptDays, retentionDays = null, system } = row;
  return { agencyId, systemId, profile, rhythmDays, keptDays, retentionDays, system: toSystem(system) };
}

type AgencyRow = Omit<Agency, "kind" | "closures"> & { kind: string; closures: { on: Date }[] };

function toAgency(row: AgencyRow): Agency {
  return {
    ...row,
    kind: custodianKind.parse(row.kind),
    closures: row.closures.map((closure) => closure.on.toISOString().slice(0, 10)),
  };
}

function toSystem(row: { id: string; slug: string; name: string; about: unknown }): System {
  return { ...row, about: row.about as System["about"] };
}
