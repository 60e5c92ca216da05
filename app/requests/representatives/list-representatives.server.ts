import type { AccountActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { holds, type RepresentativeKind, SCOPES, type Scope } from "#app/people/representative.ts";
import { NotFound } from "#app/platform/failure.ts";
import { listLedgerOfResident } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { fromDbDate, type LocalDate } from "#app/platform/time/local-date.ts";
import { openOwnRequest } from "../draft.server.ts";
import { recordOwnRead } from "../my-requests.server.ts";
import { partiesPlace, sealedParties } from "./parties.ts";

export type RepresentationState = "invited" | "acting" | "over" | "revoked";

/** Somebody who may act, might have, or could. */
export interface ListedRepresentation {
  readonly id: string;
  readonly kind: RepresentativeKind;
  readonly basis: "declaration" | "court-paper";
  readonly scopes: readonly Scope[];
  readonly name: string;
  readonly email: string | null;
  readonly endsOn: LocalDate;
  readonly state: RepresentationState;
}

/** One thing that a representative did. */
export interface RepresentativeAct {
  /** ISO instant. */
  readonly at: string;
  /** The ledger's code. */
  readonly act: string;
}

const ACTS_SHOWN = 50;

/** Who acts for the resident in a request, and what they did, newest first. For the resident alone. @throws NotFound */
export async function listRepresentatives(
  portal: Portal,
  actor: AccountActor,
  requestId: string,
): Promise<{
  readonly number: string;
  readonly listed: readonly ListedRepresentation[];
  readonly acts: readonly RepresentativeAct[];
}> {
  const request = await openOwnRequest(portal, actor, "request.represent", requestId);
  if (request.number === null) throw new NotFound("request");
  const rows = await portal.db.representation.findMany({
    where: { requestId: request.id },
    orderBy: { appointedAt: "desc" },
  });
  const now = portal.time.now();
  const listed = await Promise.all(
    rows.map(async (row): Promise<ListedRepresentation> => {
      const sealed = await portal.vault.openText(row.keyId, partiesPlace(row.id), row.partiesSealed);
      const { name, email } = sealedParties.parse(JSON.parse(sealed));
      return {
        id: row.id,
        kind: row.kind as RepresentativeKind,
        basis: row.basis === "court-paper" ? "court-paper" : "declaration",
        scopes: SCOPES.filter((scope) => row.scopes.includes(scope)),
        ...{ name, email },
        endsOn: fromDbDate(row.endsOn),
        state: stateOf(row, now),
      };
    }),
  );
  const entries = await listLedgerOfResident(portal, request.residentId, { requestId: request.id });
  const acts = entries
    .filter(({ actor: by }) => by.role === "representative" && by.id !== request.residentId)
    .slice(0, ACTS_SHOWN);
  await recordOwnRead(portal, actor, request, "representatives.read");
  return { number: request.number, listed, acts: acts.map(({ at, act }) => ({ at, act })) };
}

function stateOf(
  row: {
    readonly accountId: string | null;
    readonly scopes: readonly string[];
    readonly acceptedAt: Date | null;
    readonly revokedAt: Date | null;
    readonly endsAt: Date;
    readonly inviteExpiresAt: Date | null;
  },
  now: Date,
): RepresentationState {
  if (row.revokedAt !== null) return "revoked";
  if (holds(row, now)) return "acting";
  const isOver = now >= row.endsAt || (row.inviteExpiresAt !== null && now >= row.inviteExpiresAt);
  return isOver ? "over" : "invited";
}

/** A request in which somebody acts for its resident. */
export interface ActedFor {
  readonly requestId: string;
  readonly number: string;
  readonly kind: RepresentativeKind;
  readonly scopes: readonly Scope[];
  readonly endsOn: LocalDate;
}

/** The requests in which the one who asks may act for another now, newest first. */
export async function listActedFor(portal: Portal, actor: AccountActor): Promise<ActedFor[]> {
  authorise(actor, "representation.accept");
  const rows = await portal.db.representation.findMany({
    where: {
      ...{ accountId: actor.accountId, basis: "declaration" },
      request: { walls: { none: { accountId: actor.accountId } } },
    },
    include: { request: { select: { number: true } } },
    orderBy: { appointedAt: "desc" },
  });
  const now = portal.time.now();
  return rows.flatMap((row) => {
    if (!holds(row, now) || row.request.number === null) return [];
    return {
      requestId: row.requestId,
      number: row.request.number,
      kind: row.kind as RepresentativeKind,
      scopes: SCOPES.filter((scope) => row.scopes.includes(scope)),
      endsOn: fromDbDate(row.endsOn),
    };
  });
}
