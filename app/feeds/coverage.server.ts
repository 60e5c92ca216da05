import type { Portal } from "#app/platform/portal.server.ts";
import { addDays, fromDbDate, type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import { getPromises, type PromiseHistory } from "#app/registry/promise.server.ts";
import { listBusyDays } from "./busy-days.server.ts";
import { type CoverageFacts, coverPeriod, type Delivery, joinPeriods, type Period } from "./coverage.ts";
import { type DayRun, dayRuns } from "./coverage-calendar.ts";
import {
  type Gap,
  listGaps,
  type NextDelivery,
  nextDelivery,
  periodOf,
  type SourceLog,
  type Standing,
  sourceLog,
} from "./coverage-gaps.ts";

export interface Coverage {
  /** What of the period the delivered logs really contain. Empty: nothing arrived. */
  held: Period[];
  missing: Period[];
  /** Why, in order of time. Missing days that are not due yet are no gap. */
  gaps: Gap[];
  /** Rows of this log that wait in quarantine, whatever their time. */
  unread: number;
  /** The local day since which the oldest of them waits. */
  unreadSince: LocalDate | null;
  /** The last day with a delivered entry, in or after the period; null when nothing ever arrived. */
  latest: LocalDate | null;
  /** Finished deliveries of this log. */
  batches: number;
  /** The delivery that is due next, whatever the period. */
  next: NextDelivery;
  /** What the custodian still has of the missing days; null when nobody knows when it purges its log. */
  source: SourceLog | null;
}

/** One log, and the local days asked about. */
export interface CoverageQuery {
  agencyId: string;
  systemId: string;
  period: Period;
  zone: string;
}

/**
 * What one custodian's log of one system holds of a period: the days for which its deliveries say that they are
 * complete, and of the others those that they span, less silences longer than the custodian's promised rhythm.
 *
 * @throws NotFound when the agency does not keep this system's log.
 */
export async function coverage(portal: Portal, query: CoverageQuery): Promise<Coverage> {
  const { agencyId, systemId, period, zone } = query;
  const { facts, standing, keptDays, lastEntry } = await loadFacts(portal, query);
  const waiting = { agencyId, systemId, discardedAt: null };
  const [unread, oldest] = await Promise.all([
    portal.db.quarantine.count({ where: waiting }),
    portal.db.quarantine.findFirst({ where: waiting, orderBy: { at: "asc" }, select: { at: true } }),
  ]);
  const { held, missing } = coverPeriod(period, facts);
  return {
    held,
    missing,
    gaps: listGaps(period, facts, standing),
    unread,
    unreadSince: oldest && localDate(oldest.at, zone),
    latest: lastEntry,
    batches: facts.deliveries.length,
    next: nextDelivery(facts, standing),
    source: keptDays === null ? null : sourceLog(missing, keptDays, standing.today),
  };
}

/**
 * The state of every day of a period, as runs in order of time.
 * @throws NotFound when the agency does not keep this system's log.
 */
export async function coverageCalendar(portal: Portal, query: CoverageQuery): Promise<DayRun[]> {
  const { facts, standing, waiting } = await loadFacts(portal, query);
  return dayRuns(query.period, facts, waiting, standing);
}

/** The first day that any delivery holds; null when nothing has arrived. */
export async function findFirstHeld(
  portal: Pick<Portal, "db">,
  log: Omit<CoverageQuery, "period">,
): Promise<LocalDate | null> {
  const deliveries = await listDeliveries(portal, log);
  return joinPeriods(deliveries.flatMap((delivery) => periodOf(delivery) ?? []))[0]?.from ?? null;
}

interface LoadedFacts {
  facts: CoverageFacts;
  standing: Standing;
  keptDays: number | null;
  lastEntry: LocalDate | null;
  /** The days of deliveries of which rows wait in quarantine. */
  waiting: Period[];
}

async function loadFacts(portal: Portal, query: CoverageQuery): Promise<LoadedFacts> {
  const { agencyId, systemId, zone } = query;
  const { promises, since }: PromiseHistory = await getPromises(portal, { agencyId, systemId });
  const deliveries = await listDeliveries(portal, query);
  const facts = { deliveries, promises, busyDays: await busyDaysAround(portal, query, deliveries) };
  return {
    facts,
    standing: { today: localDate(portal.time.now(), zone), since },
    keptDays: promises.at(-1)?.keptDays ?? null,
    lastEntry: deliveries.reduce<LocalDate | null>((last, { span }) => latest(last, span?.to ?? null), null),
    waiting: deliveries.flatMap((delivery) => (delivery.waiting > 0 ? (periodOf(delivery) ?? []) : [])),
  };
}

/** A delivery, and how many of its rows wait in quarantine. */
export interface KnownDelivery extends Delivery {
  batchId: string;
  waiting: number;
}

/** The deliveries of one log that arrived whole, in the order in which they arrived. */
export async function listDeliveries(
  portal: Pick<Portal, "db">,
  { agencyId, systemId, zone }: Omit<CoverageQuery, "period">,
): Promise<KnownDelivery[]> {
  const rows = await portal.db.batch.findMany({
    where: { agencyId, systemId, finishedAt: { not: null }, refusal: null },
    select: {
      id: true,
      firstOn: true,
      lastOn: true,
      claimedFrom: true,
      claimedTo: true,
      sequenceNo: true,
      receivedAt: true,
      quarantined: true,
    },
    orderBy: [{ receivedAt: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({
    batchId: row.id,
    receivedOn: localDate(row.receivedAt, zone),
    number: row.sequenceNo,
    claimed: periodBetween(row.claimedFrom, row.claimedTo),
    span: periodBetween(row.firstOn, row.lastOn),
    waiting: row.quarantined,
  }));
}

function periodBetween(from: Date | null, to: Date | null): Period | null {
  return from === null || to === null ? null : { from: fromDbDate(from), to: fromDbDate(to) };
}

function latest(one: LocalDate | null, other: LocalDate | null): LocalDate | null {
  return one === null || (other !== null && other > one) ? other : one;
}

/**
 * A silence is judged by the busy day before it and the one after it, and these may lie up to a year outside the
 * period. Asked only where a delivery says nothing of itself: what is claimed is held without an entry.
 */
async function busyDaysAround(
  portal: Portal,
  { agencyId, systemId, period }: CoverageQuery,
  deliveries: readonly Delivery[],
): Promise<LocalDate[]> {
  if (!deliveries.some(({ claimed, span }) => claimed === null && span !== null)) return [];
  const around = { from: addDays(period.from, -366), to: addDays(period.to, 366) };
  return listBusyDays(portal, { agencyId, systemId, period: around });
}
