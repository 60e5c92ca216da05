import type { AccountActor } from "#app/people/actor.ts";
import { hasMailboxAlone, MailboxAlone } from "#app/people/own-browser.ts";
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

/** Nobody may push an entry out of the list by adding others: far more than a file can gather in its life. */
const MOST = 1_000_000;

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
  return readings.filter(isOthers);
}

/** A reading as its resident is told of it. */
export interface ToldReading extends Omit<Reading, "actorId"> {
  readonly agencyName: string | null;
  readonly agencyZone: string;
}

/** One page of readings, newest first. */
export interface ReadingsPage {
  readonly readings: readonly ToldReading[];
  readonly count: number;
  readonly page: number;
  readonly pages: number;
}

const READINGS_ON_A_PAGE = 100;

/**
 * Everything that was done with a request, page by page: by other people, operators included, and apart
 * from it by the resident and the portal itself. Asking for it stands there too, the next time.
 * @throws NotFound for another's request as for none
 */
export async function listReadersForResident(
  portal: Portal,
  actor: AccountActor,
  requestId: string,
  pages: { readonly others?: number; readonly own?: number } = {},
): Promise<{ number: string | null; others: ReadingsPage; own: ReadingsPage }> {
  const request = await openOwnRequest(portal, actor, "request.read", requestId);
  // What a clerk decided, and how often, tells of look-ups.
  if (hasMailboxAlone(actor, request)) throw new MailboxAlone();
  const agencies = new Map((await listAgencies(portal)).map((agency) => [agency.id, agency]));
  const zone = [...agencies.values()][0]?.zone ?? "UTC";
  const told = ({ at, role, act, agencyId }: Reading): ToldReading => {
    const agency = agencyId === null ? undefined : agencies.get(agencyId);
    return { at, role, act, agencyId, agencyName: agency?.name ?? null, agencyZone: agency?.zone ?? zone };
  };
  const all = await listReadings(portal, request.id);
  const others = pageOf(all.filter(isOthers), pages.others);
  const own = pageOf(
    all.filter((reading) => !isOthers(reading)),
    pages.own,
  );
  await recordOwnRead(portal, actor, request, "readers.read");
  return {
    number: request.number,
    others: { ...others, readings: others.readings.map(told) },
    own: { ...own, readings: own.readings.map(told) },
  };
}

function isOthers({ role }: Reading): boolean {
  return role !== "resident" && role !== "system";
}

function pageOf(all: readonly Reading[], asked = 1) {
  const pages = Math.max(1, Math.ceil(all.length / READINGS_ON_A_PAGE));
  const page = Math.min(Math.max(1, Math.trunc(asked) || 1), pages);
  const readings = all.slice((page - 1) * READINGS_ON_A_PAGE, page * READINGS_ON_A_PAGE);
  return { readings, count: all.length, page, pages };
}
