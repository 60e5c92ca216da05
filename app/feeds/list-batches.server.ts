import type { Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { isId } from "#app/platform/database/id.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { fromDbDate, type LocalDate } from "#app/platform/time/local-date.ts";
import { getPromises } from "#app/registry/promise.server.ts";
import { getAgencyById, getCustody } from "#app/registry/queries.server.ts";
import { listDeliveries } from "./coverage.server.ts";
import type { Period } from "./coverage.ts";
import { latenessOf } from "./coverage-gaps.ts";
import { type Contradiction, listContradictions, saidSchema } from "./delivery-facts.ts";
import { type Feed, openFeed } from "./feed.server.ts";
import type { Counts } from "./store-chunk.server.ts";

export interface BatchLine extends Counts {
  id: string;
  profile: string;
  profileVersion: number;
  receivedAt: Date;
  /** "unfinished": still arriving, or cut short; delivering the file again is safe. */
  state: "finished" | "unfinished" | "refused";
  /** Code for `refusalSentence` (problem.ts). */
  refusal: string | null;
  /** From its first to its last day with an entry. */
  firstOn: LocalDate | null;
  lastOn: LocalDate | null;
  bytes: number;
  /** Rows taken out of quarantine with a reason. */
  discarded: number;
  /** The way in: a WayIn (batch.ts). */
  via: string;
  /** The custodian's own number of it. */
  sequenceNo: number | null;
  /** The days that the custodian says it is complete for. */
  claimed: Period | null;
  /** What the file says of itself that is not so, or not what counts. */
  contradictions: Contradiction[];
  /** How many days late it was by the custodian's promise; null when it brought no new day. */
  lateBy: number | null;
}

interface FeedSlugs {
  agencySlug: string;
  systemSlug: string;
}

/** The deliveries of one log, newest first. @throws NotFound when it is not the actor's. */
export async function listBatches(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { limit?: number; skip?: number },
): Promise<BatchLine[]> {
  const feed = await openFeed(portal, actor, "feed.overview", input);
  const { agencyId, systemId } = feed.custody;
  const rows = await portal.db.batch.findMany({
    where: { agencyId, systemId },
    orderBy: [{ receivedAt: "desc" }, { id: "asc" }],
    skip: input.skip ?? 0,
    take: input.limit ?? 100,
  });
  const late = await listLateness(portal, feed);
  return rows.map((row) => toLine(row, late));
}

/** One delivery of a log. @throws NotFound when there is none, or it is not the actor's. */
export async function getBatch(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { batchId: string },
): Promise<BatchLine> {
  const feed = await openFeed(portal, actor, "feed.overview", input);
  const { agencyId, systemId } = feed.custody;
  if (!isId(input.batchId)) throw new NotFound("batch");
  const row = await portal.db.batch.findFirst({ where: { id: input.batchId, agencyId, systemId } });
  if (row === null) throw new NotFound("batch");
  return toLine(row, await listLateness(portal, feed));
}

/** Of which log a delivery is, for who may look into it. @throws NotFound for another custodian's as for none */
export async function getFeedOfBatch(portal: Portal, actor: Actor, batchId: string): Promise<FeedSlugs> {
  const row = isId(batchId) ? await portal.db.batch.findUnique({ where: { id: batchId } }) : null;
  authorise(actor, "feed.read", { agencyId: row?.agencyId });
  if (row === null) throw new NotFound("batch");
  const [agency, custody] = await Promise.all([
    getAgencyById(portal, row.agencyId),
    getCustody(portal, row.agencyId, row.systemId),
  ]);
  return { agencySlug: agency.slug, systemSlug: custody.system.slug };
}

/** How late each whole delivery of a log was, by its id. */
async function listLateness(portal: Portal, { agency, custody }: Feed): Promise<ReadonlyMap<string, number | null>> {
  const { agencyId, systemId } = custody;
  const [deliveries, { promises, since }] = await Promise.all([
    listDeliveries(portal, { agencyId, systemId, zone: agency.zone }),
    getPromises(portal, { agencyId, systemId }),
  ]);
  const late = latenessOf(deliveries, promises, since);
  return new Map(deliveries.map(({ batchId }, i) => [batchId, late[i] ?? null]));
}

type BatchRow = NonNullable<Awaited<ReturnType<Portal["db"]["batch"]["findFirst"]>>>;

function toLine(row: BatchRow, late: ReadonlyMap<string, number | null>): BatchLine {
  const { id, profile, profileVersion, receivedAt, refusal, via, sequenceNo, claimedFrom, claimedTo } = row;
  const { rows, stored, duplicates, quarantined, discarded } = row;
  const claimed = claimedFrom && claimedTo && { from: fromDbDate(claimedFrom), to: fromDbDate(claimedTo) };
  const said = row.said === null ? null : saidSchema.parse(row.said);
  return {
    ...{ id, profile, profileVersion, receivedAt, refusal, via, sequenceNo },
    ...{ rows, stored, duplicates, quarantined, discarded },
    state: refusal !== null ? "refused" : row.finishedAt !== null ? "finished" : "unfinished",
    firstOn: row.firstOn && fromDbDate(row.firstOn),
    lastOn: row.lastOn && fromDbDate(row.lastOn),
    claimed,
    contradictions: listContradictions(said, { sequenceNo, period: claimed, rows }),
    bytes: Number(row.bytes),
    lateBy: late.get(id) ?? null,
  };
}
