import type { Line } from "#app/histories/history.ts";
import { getReleaseForResident, listLineOrigins } from "#app/histories/queries.server.ts";
import type { Law } from "#app/law/law.ts";
import type { SystemKind, Venue } from "#app/law/venue.ts";
import { type FilingDate, filingDates, listVenues, venuesFor } from "#app/law/venues.ts";
import type { Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import { getLaw } from "#app/registry/law-in-force.server.ts";
import { findAgencyNamed, listAgencies, listSystems } from "#app/registry/queries.server.ts";
import { type CaseFile, getCaseFile } from "#app/requests/case-file.server.ts";
import { type Basis, type LineOrigin, type Route, routeLines, shownEmployer } from "./dispute.ts";
import { type AdvocateChoice, listAdvocates } from "./get-complaint.server.ts";

/** Chosen lines of a release, and where a complaint about them goes. */
export interface DisputedLines {
  readonly released: "en" | "es";
  readonly file: CaseFile;
  readonly origins: readonly LineOrigin[];
  readonly routes: readonly Route[];
}

/** A body that takes complaints about these lines. */
export interface OfferedVenue {
  /** Of law/venues.ts. */
  readonly id: string;
  /** Its last days, counted from the oldest of the lines whose day the answer shows. */
  readonly dates: readonly FilingDate[];
}

/** What the resident sees before writing a dispute. */
export interface DisputeDraft {
  /** Case number, such as WL-2026-00012-A. */
  readonly reference: string;
  /** In which language the lines were released. */
  readonly released: "en" | "es";
  readonly lines: readonly Line[];
  readonly routes: readonly { readonly agency: string; readonly lines: readonly { line: number; basis: Basis }[] }[];
  /** In order. */
  readonly venues: readonly OfferedVenue[];
  readonly advocates: readonly AdvocateChoice[];
}

/**
 * The lines with those numbers, each once, in order.
 * @throws NotFound when the release is not the resident's; Refused when a number is not a line of it
 */
export async function getDisputedLines(
  portal: Portal,
  actor: Actor,
  input: { releaseId: string; lines: readonly number[] },
): Promise<DisputedLines> {
  const { history, release } = await getReleaseForResident(portal, actor, input.releaseId);
  const file = await getCaseFile(portal, release.caseId);
  authorise(actor, "dispute.file", file.facts);
  const numbers = [...new Set(input.lines)].sort((a, b) => a - b);
  checkNumbers(
    numbers,
    history.lines.map((line) => line.number),
  );
  const origins = await listLineOrigins(portal, input.releaseId, numbers);
  return {
    released: history.locale,
    file,
    origins,
    routes: routeLines(origins, await agenciesNamed(portal, origins), file.agency.id),
  };
}

/** @throws NotFound, Refused as `getDisputedLines` */
export async function getDisputeDraft(
  portal: Portal,
  actor: Actor,
  input: { releaseId: string; lines: readonly number[] },
): Promise<DisputeDraft> {
  const { released, file, origins, routes } = await getDisputedLines(portal, actor, input);
  const agencies = await listAgencies(portal);
  const named = routes.map(({ agencyId, lines }) => ({
    agency: agencies.find((agency) => agency.id === agencyId)?.name ?? "",
    lines,
  }));
  return {
    reference: file.number,
    released,
    lines: origins.map((origin) => origin.model),
    routes: named,
    venues: await offerVenues(portal, origins, localDate(portal.time.now(), file.agency.zone)),
    advocates: await listAdvocates(portal, file.facts),
  };
}

function checkNumbers(numbers: readonly number[], released: readonly number[]): void {
  if (numbers.length === 0) {
    throw new Refused("complaint.refusedNoLines", "Choose at least one look-up of the answer.");
  }
  const unknown = numbers.find((number) => !released.includes(number));
  if (unknown === undefined) return;
  throw new Refused(
    "complaint.refusedLine",
    `Look-up ${unknown} is not in this answer; choose from the look-ups that it lists.`,
    { line: unknown },
  );
}

async function agenciesNamed(portal: Portal, origins: readonly LineOrigin[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const name of new Set(origins.map(shownEmployer))) {
    const agency = name === null ? null : await findAgencyNamed(portal, name);
    if (name !== null && agency) found.set(name, agency.id);
  }
  return found;
}

/** Systems that have venues of their own; any other is the agency's own records. */
const SYSTEM_KINDS: Readonly<Record<string, SystemKind>> = { clets: "clets", alpr: "alpr", dmv: "dmv" };

async function offerVenues(portal: Portal, origins: readonly LineOrigin[], today: LocalDate): Promise<OfferedVenue[]> {
  const [systems, law] = await Promise.all([listSystems(portal), getLaw(portal)]);
  const lookUps = origins.map(({ model }) => {
    const cell = model.cells.system;
    const slug = cell.kind === "shown" ? systems.find((system) => system.name === cell.text)?.slug : undefined;
    return { system: SYSTEM_KINDS[slug ?? ""] ?? ("records-management" as const), on: model.on };
  });
  const offered = new Set(lookUps.flatMap(({ system }) => venuesFor({ system }).map((venue) => venue.id)));
  return listVenues()
    .filter((venue) => offered.has(venue.id))
    .map((venue) => ({ id: venue.id, dates: earliestDates(venue, lookUps, today, law) }));
}

/** Of several look-ups the earliest day of each way, so that keeping it is in time for all of them. */
function earliestDates(
  venue: Venue,
  lookUps: readonly { readonly system: SystemKind; readonly on: LocalDate | null }[],
  today: LocalDate,
  law: Law,
): FilingDate[] {
  const dates = lookUps
    .flatMap(({ system, on }) => (on === null ? [] : filingDates(venue, { system, on }, today, law)))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return dates.filter((date, index) => dates.findIndex((other) => other.rule === date.rule) === index);
}
