/** The profiles that this edition ships. */
import { Refused } from "#app/platform/failure.ts";
import type { Profile } from "./profile.ts";
import { alprNetworkAudit } from "./profiles/alpr-network-audit.ts";
import { canonical } from "./profiles/canonical.ts";

export const PROFILES: readonly Profile[] = [alprNetworkAudit, canonical];

/** @throws Refused naming the profiles that exist. */
export function getProfile(id: string): Profile {
  const found = PROFILES.find((profile) => profile.id === id);
  if (found !== undefined) return found;
  const accepted = PROFILES.map((profile) => profile.id).join(", ");
  throw new Refused("feed-unknown-profile", `There is no such profile; there are: ${accepted}.`, { accepted });
}
