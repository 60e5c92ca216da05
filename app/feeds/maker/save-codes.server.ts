/**
 * The code tables of the profile by which a log is read, changed without a sample: what a message key of a journal
 * means, and what a search with it is by, is each agency's to say.
 */
import type { Actor } from "#app/people/actor.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type Feed, openFeed } from "../feed.server.ts";
import { findProfile } from "../find-profile.server.ts";
import { CODED_FIELDS, type CodedField, type Profile, withCodes } from "../profile.ts";
import { lockProfiles, staleVersion, storeVersion } from "./store-version.server.ts";

interface FeedSlugs {
  agencySlug: string;
  systemSlug: string;
}

export interface OpenCodes {
  /** Whose tables are shown. */
  profile: Profile;
  /** The fields of it that are codes. */
  fields: CodedField[];
  /** The version that saving makes. */
  next: number;
}

/** @throws NotFound when the log has no profile that is known, or none of its fields is a code */
export async function openCodes(portal: Portal, actor: Actor, slugs: FeedSlugs): Promise<OpenCodes> {
  return codesOf(portal, await openFeed(portal, actor, "feed.mend", slugs));
}

async function codesOf(portal: Portal, { custody }: Feed): Promise<OpenCodes> {
  const { agencyId, profile: id } = custody;
  const own = isOwn(id) ? null : await findProfile(portal, agencyId, ownCopy(id));
  const profile = own ?? (await findProfile(portal, agencyId, id));
  if (profile === null) throw new NotFound("profile");
  const fields = CODED_FIELDS.filter((field) => profile.fields[field] !== undefined);
  if (fields.length === 0) throw new NotFound("codes");
  return { profile, fields, next: isOwn(profile.id) ? profile.version + 1 : 1 };
}

function isOwn(id: string): boolean {
  return id.startsWith("own-");
}

function ownCopy(id: string): string {
  return `own-${id}`.slice(0, 41);
}

/**
 * Saves the tables as the next version of the agency's profile; of a shipped profile as the first of its own.
 * @param input.version What `openCodes` said would be next.
 * @throws NotFound; Refused `feedsProfile.refusedStale`, `feedsCodes.unchanged`
 */
export async function saveCodes(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { codes: Profile["codes"]; version: number },
): Promise<Profile> {
  const feed = await openFeed(portal, actor, "feed.mend", input);
  return inTransaction(portal, async (tx) => {
    await lockProfiles(tx, feed.custody.agencyId);
    const { profile, next } = await codesOf(portal, feed);
    if (next !== input.version) throw staleVersion();
    const made = ownVersion(profile, input.codes, next);
    if (JSON.stringify(made.codes) === JSON.stringify(profile.codes)) {
      throw new Refused("feedsCodes.unchanged", "The tables are as they were; nothing was saved.");
    }
    await storeVersion(portal, tx, feed, made);
    return made;
  });
}

function ownVersion(profile: Profile, codes: Profile["codes"], version: number): Profile {
  if (isOwn(profile.id)) return { ...withCodes(profile, profile.id, codes), version };
  const { en, es } = profile.about;
  const about = { en: `${en} (with the agency's own codes)`, es: `${es} (con los códigos propios de la agencia)` };
  return { ...withCodes(profile, ownCopy(profile.id), codes), version, about };
}
