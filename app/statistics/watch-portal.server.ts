import { countUnattended } from "#app/complaints/count-unattended.server.ts";
import { type DoorLine, listDoors } from "#app/feeds/pull/doors.server.ts";
import type { Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { type CheckpointPlace, listCheckpointPlaces } from "#app/platform/ledger/checkpoint-places.server.ts";
import { findLastVerification, type LastVerification } from "#app/platform/ledger/last-verification.server.ts";
import { isLedgerApart } from "#app/platform/ledger/ledger-guard.server.ts";
import { findNewestCheckpoint } from "#app/platform/ledger/sign-checkpoint.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { getQueueState, type QueueState } from "#app/platform/queue/queue-state.server.ts";
import { listAgencies } from "#app/registry/queries.server.ts";
import { listStalledCases, type StalledCase } from "#app/requests/list-stalled.server.ts";
import { getPortalFigures, type PortalFigures } from "./agency-figures.server.ts";

/** What an operator must see to know that the portal works; counts and codes, nobody's data. */
export interface PortalState {
  /** What the hourly walk found; null: it has not run yet. */
  readonly ledger: LastVerification | null;
  /** Whether the portal's own role can do nothing to the ledger, and what is handed outside of it. */
  readonly outside: {
    readonly apart: boolean;
    /** Number of the newest checkpoint; 0: none was signed yet. */
    readonly newest: number;
    readonly places: readonly CheckpointPlace[];
  };
  readonly mail: { readonly waiting: number; readonly sent: number; readonly failing: number };
  readonly jobs: QueueState;
  /** Open complaints at agencies where nobody works complaints. */
  readonly unattended: number;
  /** Open cases in which walls leave a duty to nobody. */
  readonly stalled: readonly StalledCase[];
  /** How the agencies keep their dates. */
  readonly figures: PortalFigures;
  /** Folders that are watched and servers that are asked, and what is wrong with them. */
  readonly doors: readonly {
    readonly id: string;
    readonly agency: string;
    readonly system: string;
    readonly zone: string;
    readonly kind: DoorLine["kind"];
    readonly lookedAt: Date | null;
    /** Code for `faultSentence` (feeds/pull/door.ts). */
    readonly fault: string | null;
  }[];
  readonly deliveries: readonly {
    readonly agency: string;
    readonly batches: number;
    readonly rows: number;
    readonly refused: number;
    readonly unfinished: number;
    readonly quarantined: number;
  }[];
}

/** @throws NotFound unless the actor is an operator */
export async function watchPortal(portal: Portal, actor: Actor): Promise<PortalState> {
  authorise(actor, "portal.watch");
  const [ledger, apart, newest, places, mail, jobs, unattended, stalled, figures, doors, deliveries] =
    await Promise.all([
      findLastVerification(portal),
      isLedgerApart(portal),
      findNewestCheckpoint(portal),
      listCheckpointPlaces(portal),
      countMail(portal),
      getQueueState(portal),
      countUnattended(portal, actor),
      listStalledCases(portal, actor),
      getPortalFigures(portal, actor),
      listDoors(portal, actor),
      listDeliveries(portal),
    ]);
  const outside = { apart, newest, places };
  return { ledger, outside, mail, jobs, unattended, stalled, figures, doors: doors.map(toDoor), deliveries };
}

function toDoor({ id, agency, custody, kind, lookedAt, fault }: DoorLine): PortalState["doors"][number] {
  return { ...{ id, kind, lookedAt, fault }, agency: agency.name, system: custody.system.name, zone: agency.zone };
}

async function countMail(portal: Portal): Promise<PortalState["mail"]> {
  const hasSent = { events: { some: { kind: "sent" } } };
  const hasFailed = { events: { some: { kind: "failed" } } };
  const [all, sent, failing] = await Promise.all([
    portal.db.outboxMail.count(),
    portal.db.outboxMail.count({ where: hasSent }),
    portal.db.outboxMail.count({ where: { AND: [hasFailed, { NOT: hasSent }] } }),
  ]);
  return { waiting: all - sent - failing, sent, failing };
}

async function listDeliveries(portal: Portal): Promise<PortalState["deliveries"]> {
  const batches = await portal.db.batch.findMany({
    select: { agencyId: true, rows: true, quarantined: true, refusal: true, finishedAt: true },
  });
  return (await listAgencies(portal)).map((agency) => {
    const own = batches.filter((batch) => batch.agencyId === agency.id);
    return {
      agency: agency.name,
      batches: own.length,
      rows: own.reduce((sum, batch) => sum + batch.rows, 0),
      refused: own.filter((batch) => batch.refusal !== null).length,
      unfinished: own.filter((batch) => batch.refusal === null && batch.finishedAt === null).length,
      quarantined: own.reduce((sum, batch) => sum + batch.quarantined, 0),
    };
  });
}
