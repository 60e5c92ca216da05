/** The profiles that this edition ships. */
import { Refused } from "#app/platform/failure.ts";
import type { Profile } from "./profile.ts";
import { alprNetworkAudit } from "./profiles/alpr-network-audit.ts";
import { alprPortal } from "./profiles/alpr-portal.ts";
import { canonical } from "./profiles/canonical.ts";
import { canonicalJsonl } from "./profiles/canonical-jsonl.ts";
import { cletsJournal } from "./profiles/clets-journal.ts";
import { ecs } from "./profiles/ecs.ts";
import { fhirAuditEvent } from "./profiles/fhir-audit-event.ts";
import { ocsf } from "./profiles/ocsf.ts";
import { xRoadUsage } from "./profiles/x-road-usage.ts";

export const PROFILES: readonly Profile[] = [
  alprNetworkAudit,
  alprPortal,
  canonical,
  canonicalJsonl,
  cletsJournal,
  ecs,
  fhirAuditEvent,
  ocsf,
  xRoadUsage,
];

/** @throws Refused naming the profiles that exist. */
export function getProfile(id: string): Profile {
  const found = PROFILES.find((profile) => profile.id === id);
  if (found !== undefined) return found;
  const accepted = PROFILES.map((profile) => profile.id).join(", ");
  throw new Refused("feed-unknown-profile", `There is no such profile; there are: ${accepted}.`, { accepted });
}
