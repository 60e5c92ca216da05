/**
 * A complaint as it is stored, opened far enough to judge who may do what with it. Nothing here
 * authorises: every caller does, with the facts that it is handed.
 */
import type { Actor } from "#app/people/actor.ts";
import type { Facts } from "#app/people/authorise.ts";
import type { Holding } from "#app/people/representative.ts";
import { notWalled } from "#app/people/walls.server.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import type { Prisma } from "#app/platform/database/generated/client.ts";
import { isId } from "#app/platform/database/id.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { fromDbDate, type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import type { Agency } from "#app/registry/agency.ts";
import { listAgencies } from "#app/registry/queries.server.ts";
import { type ComplaintEvent, EVENT_KINDS, type EventKind, FINDINGS, type Finding } from "./complaint.ts";
import { type SealedDispute, sealedDispute } from "./dispute.ts";

/** An event with what only its own agency may read. */
export interface StoredEvent extends ComplaintEvent {
  readonly id: string;
  readonly by: string | null;
  readonly recordedAt: Date;
  readonly keyId: string;
  readonly noteSealed: Uint8Array | null;
}

export interface StoredConsent {
  readonly advocateId: string;
  readonly givenAt: Date;
}

export interface StoredComplaint {
  readonly id: string;
  readonly number: string;
  readonly venue: string;
  readonly agency: Agency;
  readonly residentId: string;
  readonly requestId: string;
  readonly caseId: string;
  readonly releaseId: string;
  readonly edition: number;
  readonly dispute: { readonly id: string; readonly keyId: string; readonly wordsSealed: Uint8Array };
  readonly pins: ReadonlyMap<number, string>;
  readonly events: readonly StoredEvent[];
  /** Consents that hold now. */
  readonly consents: readonly StoredConsent[];
  readonly walledIds: readonly string[];
  readonly askedFrom: readonly string[];
  /** Who acts, or once acted, for the resident. */
  readonly representations: readonly Holding[];
}

// The walls are the request's: whoever may not see it may not see what became of it.
const WHOLE = {
  events: { orderBy: { recordedAt: "asc" } },
  consents: { where: { revokedAt: null }, orderBy: { givenAt: "asc" } },
  dispute: {
    include: {
      lines: true,
      release: {
        select: {
          id: true,
          caseId: true,
          edition: true,
          case: {
            select: {
              requestId: true,
              request: { select: { walls: { select: { accountId: true } }, representations: true, ownBrowsers: true } },
            },
          },
        },
      },
    },
  },
} as const satisfies Prisma.ComplaintInclude;

type Row = Prisma.ComplaintGetPayload<{ include: typeof WHOLE }>;

/** @throws NotFound */
export async function getStoredComplaint(portal: Pick<Portal, "db">, id: string): Promise<StoredComplaint> {
  if (!isId(id)) throw new NotFound("complaint");
  const row = await portal.db.complaint.findUnique({
    where: { id, dispute: { release: { case: { request: { purgedAt: null } } } } },
    include: WHOLE,
  });
  if (!row) throw new NotFound("complaint");
  return toStored(row, await agenciesById(portal));
}

/** Reads it again inside a transaction, and keeps everyone else from moving it until the commit. */
export async function lockComplaint(tx: Transaction, found: StoredComplaint): Promise<StoredComplaint> {
  const { id, agency } = found;
  await tx.$queryRaw`SELECT id FROM complaint WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.complaint.findUniqueOrThrow({ where: { id }, include: WHOLE });
  return toStored(row, new Map([[agency.id, agency]]));
}

/** The complaints about whose request no wall keeps the actor in the dark: what every list of them begins with. */
export function seenBy(actor: Actor): Prisma.ComplaintWhereInput {
  return { dispute: { release: { case: { request: notWalled(actor) } } } };
}

export async function listStoredComplaints(
  portal: Pick<Portal, "db">,
  where: Prisma.ComplaintWhereInput,
): Promise<StoredComplaint[]> {
  const rows = await portal.db.complaint.findMany({ where, include: WHOLE, orderBy: { number: "asc" } });
  const agencies = await agenciesById(portal);
  return rows.map((row) => toStored(row, agencies));
}

/** What the resident's rules look at. */
export const residentFacts = (complaint: StoredComplaint): Facts => ({
  residentId: complaint.residentId,
  walledIds: complaint.walledIds,
  askedFrom: complaint.askedFrom,
});

/** What the intake officers' rules look at. */
export const intakeFacts = (complaint: StoredComplaint): Facts => ({
  agencyId: complaint.agency.id,
  residentId: complaint.residentId,
  walledIds: complaint.walledIds,
  // Without a scope they may do nothing more by it; but nobody works on what he has taken sides in.
  representatives: complaint.representations.flatMap(({ accountId }) =>
    accountId === null ? [] : [{ accountId, scopes: [] }],
  ),
});

/** What the advocates' rules look at: without a consent that holds there is nothing to see. */
export const advocateFacts = (complaint: StoredComplaint): Facts => ({
  advocateIds: complaint.consents.map((consent) => consent.advocateId),
  walledIds: complaint.walledIds,
});

/** Today, where the agency is. */
export function todayAt(portal: Pick<Portal, "time">, complaint: Pick<StoredComplaint, "agency">): LocalDate {
  return localDate(portal.time.now(), complaint.agency.zone);
}

/** The resident's words and the lines that this complaint is about. */
export async function openDispute(portal: Pick<Portal, "vault">, complaint: StoredComplaint): Promise<SealedDispute> {
  const { id, keyId, wordsSealed } = complaint.dispute;
  return sealedDispute.parse(JSON.parse(await portal.vault.openText(keyId, disputePlace(id), wordsSealed)));
}

export const disputePlace = (row: string) => ({ table: "dispute", column: "words_sealed", row });
export const notePlace = (row: string) => ({ table: "complaint_event", column: "note_sealed", row });

async function agenciesById(portal: Pick<Portal, "db">): Promise<ReadonlyMap<string, Agency>> {
  return new Map((await listAgencies(portal)).map((agency) => [agency.id, agency]));
}

function toStored(row: Row, agencies: ReadonlyMap<string, Agency>): StoredComplaint {
  const agency = agencies.get(row.agencyId);
  if (!agency) throw new Error("a complaint names an agency that is not there");
  const { release } = row.dispute;
  return {
    id: row.id,
    number: row.number,
    venue: row.venue,
    agency,
    residentId: row.residentId,
    requestId: release.case.requestId,
    caseId: release.caseId,
    releaseId: release.id,
    edition: release.edition,
    dispute: row.dispute,
    pins: new Map(row.dispute.lines.map((line) => [line.line, line.sha256])),
    events: row.events.map(toEvent),
    consents: row.consents,
    walledIds: release.case.request.walls.map((wall) => wall.accountId),
    askedFrom: release.case.request.ownBrowsers.map(({ hash }) => hash),
    representations: release.case.request.representations,
  };
}

function toEvent(row: Row["events"][number]): StoredEvent {
  return { ...row, kind: kindOf(row.kind), detail: detailOf(row.detail), on: fromDbDate(row.on) };
}

function kindOf(text: string): EventKind {
  const kind = EVENT_KINDS.find((known) => known === text);
  if (!kind) throw new Error(`a complaint has an event of the unknown kind ${text}`);
  return kind;
}

function detailOf(text: string | null): Finding | null {
  return FINDINGS.find((known) => known === text) ?? null;
}
