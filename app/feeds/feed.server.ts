/** One custodian's ordered delivery of one system's log, looked up and authorised. */

import { type Actor, asLedgerActor, hasRole } from "#app/people/actor.ts";
import { type Action, authorise } from "#app/people/authorise.ts";
import type { LedgerActor } from "#app/platform/ledger/entry.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { Agency, Custody } from "#app/registry/agency.ts";
import { getAgency, getCustody, getSystem } from "#app/registry/queries.server.ts";

export interface Feed {
  agency: Agency;
  custody: Custody;
  /** How the ledger names who asked. */
  ledgerActor: LedgerActor;
}

/** @throws NotFound for another custodian's feed, and for an agency that does not keep this log. */
export async function openFeed(
  portal: Portal,
  actor: Actor,
  action: Action,
  slugs: { agencySlug: string; systemSlug: string },
): Promise<Feed> {
  const agency = await getAgency(portal, slugs.agencySlug);
  authorise(actor, action, { agencyId: agency.id });
  const system = await getSystem(portal, slugs.systemSlug);
  const custody = await getCustody(portal, agency.id, system.id);
  return { agency, custody, ledgerActor: ledgerActorOf(actor, agency.id) };
}

function ledgerActorOf(actor: Actor, agencyId: string): LedgerActor {
  const role = (["clerk", "supervisor"] as const).find((held) => hasRole(actor, held, agencyId));
  return asLedgerActor(actor, role);
}
