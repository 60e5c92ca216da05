/** What the pages about deliveries gather from the feeds of one clerk's agencies. */
import { findProfile } from "#app/feeds/find-profile.server.ts";
import { getBatch, getFeedOfBatch } from "#app/feeds/list-batches.server.ts";
import { listQuarantine } from "#app/feeds/list-quarantine.server.ts";
import { type AccountActor, agenciesOf } from "#app/people/actor.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { Agency, Custody } from "#app/registry/agency.ts";
import { getAgency, getAgencyById, getCustody, getSystem, listCustodies } from "#app/registry/queries.server.ts";
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

/** One delivery with its rows that wait. @throws NotFound for another custodian's as for none */
export async function getOwnBatch(portal: Portal, actor: AccountActor, batchId: string) {
  const slugs = await getFeedOfBatch(portal, actor, batchId);
  const [batch, quarantine, agency, system] = await Promise.all([
    getBatch(portal, actor, { ...slugs, batchId }),
    listQuarantine(portal, actor, { ...slugs, batchId, limit: MOST_ROWS }),
    getAgency(portal, slugs.agencySlug),
    getSystem(portal, slugs.systemSlug),
  ]);
  const [custody, profile] = await Promise.all([
    getCustody(portal, agency.id, system.id),
    findProfile(portal, agency.id, batch.profile),
  ]);
  return { slugs, agency, custody, profile, batch, quarantine };
}
