/** What the pages about deliveries gather from the feeds of one clerk's agencies. */
import { type Coverage, coverage } from "#app/feeds/coverage.server.ts";
import { type BatchLine, listBatches } from "#app/feeds/list-batches.server.ts";
import { listQuarantine } from "#app/feeds/list-quarantine.server.ts";
import { addPeriod } from "#app/law/local-date.ts";
import { type AccountActor, agenciesOf } from "#app/people/actor.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import type { Agency, Custody } from "#app/registry/agency.ts";
import { getAgencyById, listCustodies } from "#app/registry/queries.server.ts";
import { MOST_ROWS } from "./desk.feeds.states.ts";

/** One log that the actor's agency keeps. */
export interface OwnFeed {
  readonly agency: Agency;
  readonly custody: Custody;
  readonly agencySlug: string;
  readonly systemSlug: string;
}

/** The logs of the agencies in which the actor is a clerk or a supervisor. @throws NotFound when in none */
export async function listOwnFeeds(portal: Portal, actor: AccountActor): Promise<OwnFeed[]> {
  const agencyIds = agenciesOf(actor, ["clerk", "supervisor"]);
  if (agencyIds.length === 0) throw new NotFound("feeds");
  const feeds: OwnFeed[] = [];
  for (const agencyId of agencyIds) {
    const agency = await getAgencyById(portal, agencyId);
    for (const custody of await listCustodies(portal, agencyId)) {
      feeds.push({ agency, custody, agencySlug: agency.slug, systemSlug: custody.system.slug });
    }
  }
  return feeds;
}

export interface FeedOverview {
  readonly feed: OwnFeed;
  readonly batches: readonly BatchLine[];
  readonly asked: { readonly from: LocalDate; readonly to: LocalDate };
  readonly coverage: Coverage;
}

/** Each log with its newest deliveries and what it covers of the last twelve months. */
export async function listFeedOverviews(portal: Portal, actor: AccountActor): Promise<FeedOverview[]> {
  const feeds = await listOwnFeeds(portal, actor);
  return Promise.all(
    feeds.map(async (feed) => {
      const { agency, custody } = feed;
      const batches = await listBatches(portal, actor, { ...feed, limit: 20 });
      const today = localDate(portal.time.now(), agency.zone);
      const asked = { from: addPeriod(today, -1, "years"), to: today };
      const where = { agencyId: agency.id, systemId: custody.systemId, period: asked, zone: agency.zone };
      return { feed, batches, asked, coverage: await coverage(portal, where) };
    }),
  );
}

/** More deliveries than a custodian makes in years. */
const MOST_BATCHES = 5_000;

/** One delivery with its rows that wait. @throws NotFound for another custodian's as for none */
export async function getOwnBatch(portal: Portal, actor: AccountActor, batchId: string) {
  for (const feed of await listOwnFeeds(portal, actor)) {
    const batch = (await listBatches(portal, actor, { ...feed, limit: MOST_BATCHES })).find(
      (each) => each.id === batchId,
    );
    if (!batch) continue;
    const waiting = await listQuarantine(portal, actor, { ...feed, limit: MOST_BATCHES });
    return { feed, batch, quarantine: waiting.filter((row) => row.batchId === batchId).slice(0, MOST_ROWS) };
  }
  throw new NotFound("batch");
}
