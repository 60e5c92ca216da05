import type { Actor } from "#app/people/actor.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { openFeed } from "./feed.server.ts";
import { findProfile, listOwnProfiles } from "./find-profile.server.ts";
import { CODED_FIELDS, type Profile } from "./profile.ts";

/** By which profile a log's deliveries are read, and those that the agency's clerks made. @throws NotFound */
export async function getProfileState(
  portal: Portal,
  actor: Actor,
  slugs: { agencySlug: string; systemSlug: string },
): Promise<{ current: Profile | null; own: Profile[]; hasCodes: boolean }> {
  const { custody } = await openFeed(portal, actor, "feed.mend", slugs);
  const { agencyId, profile } = custody;
  const current = await findProfile(portal, agencyId, profile);
  const hasCodes = CODED_FIELDS.some((field) => current?.fields[field] !== undefined);
  return { current, own: await listOwnProfiles(portal, agencyId), hasCodes };
}
