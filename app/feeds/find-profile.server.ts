/** The profiles that an agency can use: those that this edition ships, and those that its clerks made. */
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type Profile, profileSchema } from "./profile.ts";
import { PROFILES } from "./profiles.ts";

/** The newest version of a profile, shipped or of this agency's own; null when it has none of that id. */
export async function findProfile(portal: Pick<Portal, "db">, agencyId: string, id: string): Promise<Profile | null> {
  const shipped = PROFILES.find((profile) => profile.id === id);
  if (shipped !== undefined) return shipped;
  const row = await portal.db.storedProfile.findFirst({
    where: { agencyId, profile: id },
    orderBy: { version: "desc" },
  });
  return row && profileSchema.parse(row.body);
}

/** @throws Refused naming the profiles that the agency has. */
export async function getProfileOf(portal: Pick<Portal, "db">, agencyId: string, id: string): Promise<Profile> {
  const found = await findProfile(portal, agencyId, id);
  if (found !== null) return found;
  const own = await listOwnProfiles(portal, agencyId);
  const accepted = [...PROFILES, ...own].map((profile) => profile.id).join(", ");
  throw new Refused("feed-unknown-profile", `There is no such profile; there are: ${accepted}.`, { accepted });
}

/** The newest version of each profile that an agency's clerks made. */
export async function listOwnProfiles(portal: Pick<Portal, "db">, agencyId: string): Promise<Profile[]> {
  const rows = await portal.db.storedProfile.findMany({
    where: { agencyId },
    orderBy: [{ profile: "asc" }, { version: "desc" }],
    distinct: ["profile"],
  });
  return rows.map((row) => profileSchema.parse(row.body));
}
