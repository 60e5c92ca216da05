import type { AccountActor } from "#app/people/actor.ts";
import { type LedgerEntry, listLedgerOfResident } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { listAgencies } from "#app/registry/queries.server.ts";
import { openOwnRequest } from "./draft.server.ts";
import { recordOwnRead } from "./my-requests.server.ts";

/** One act on a request, or one look at it. */
export interface Reading {
  /** ISO instant. */
  readonly at: string;
  /** resident, clerk, supervisor, intake, advocate, operator, system. */
  readonly role: string;
  /** A code such as "case.read". */
  readonly act: string;
  readonly agencyId: string | null;
  readonly actorId: string;
}

/** More than any honest file gathers; the newest are kept. */
const MOST = 5_000;

async function listReadings(portal: Portal, requestId: string): Promise<Reading[]> {
  const request = await portal.db.request.findUniqueOrThrow({ where: { id: requestId }, select: { residentId: true } });
  const entries = await listLedgerOfResident(portal, request.residentId, { requestId, limit: MOST });
  return entries.map(readingOf);
}

function readingOf(entry: LedgerEntry): Reading {
  const isResident = entry.actor.kind === "account" && entry.actor.id === entry.resident;
  const role = isResident
    ? "resident"
    : (entry.actor.role ?? (entry.actor.kind === "account" ? "other" : entry.actor.kind));
  return { at: entry.at, role, act: entry.act, agencyId: entry.agency ?? null, actorId: entry.actor.id };
}

/** What people other than the resident did with a request, newest first. Callers authorise. */
export async function listReaders(portal: Portal, requestId: string): Promise<Reading[]> {
  const readings = await listReadings(portal, requestId);
  return readings.filter((reading) => reading.role !== "resident" && reading.role !== "system");
}

/** A reading as its resident is told of it. */
export interface ToldReading extends Omit<Reading, "actorId"> {
  readonly agencyName: string | null;
  readonly agencyZone: string;
}

/**
 * Everything that was done with a request, by anyone, newest first: the resident's own acts, the
 * portal's and the operators' included. Asking for it stands there too, the next time.
 * @throws NotFound for another's request as for none
 */
export async function listReadersForResident(
  portal: Portal,
  actor: AccountActor,
  requestId: string,
): Promise<{ number: string | null; readings: ToldReading[] }> {
  const request = await openOwnRequest(portal, actor, "request.read", requestId);
  const agencies = new Map((await listAgencies(portal)).map((agency) => [agency.id, agency]));
  const zone = [...agencies.values()][0]?.zone ?? "UTC";
  const readings = (await listReadings(portal, request.id)).map(({ at, role, act, agencyId }) => {
    const agency = agencyId === null ? undefined : agencies.get(agencyId);
    return { at, role, act, agencyId, agencyName: agency?.name ?? null, agencyZone: agency?.zone ?? zone };
  });
  await recordOwnRead(portal, actor, request.id, "readers.read");
  return { number: request.number, readings };
}
