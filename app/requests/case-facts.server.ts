/** What authorise() asks of a case, the same for a list and for a page. */
import type { Facts } from "#app/people/authorise.ts";
import type { ActingFor } from "#app/people/representative.ts";
import { standInFacts } from "#app/people/stand-in.ts";
import type { Prisma } from "#app/platform/database/generated/client.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { factsOfRequest } from "./draft.server.ts";

/** What a query of cases loads, so that `caseFacts` can answer. */
export const FACTS_OF_CASE = {
  standIns: { where: { endedAt: null } },
  request: {
    select: { residentId: true, walls: { select: { accountId: true } }, representations: true, ownBrowsers: true },
  },
} satisfies Prisma.CaseInclude;

export type CaseFacts = Facts & {
  readonly agencyId: string;
  readonly residentId: string;
  readonly walledIds: readonly string[];
  readonly representatives: readonly ActingFor[];
  readonly askedFrom: readonly string[];
};

export function caseFacts(
  portal: Pick<Portal, "time">,
  row: {
    readonly agencyId: string;
    readonly request: Parameters<typeof factsOfRequest>[1];
    readonly standIns: Parameters<typeof standInFacts>[0];
  },
): CaseFacts {
  return {
    agencyId: row.agencyId,
    ...factsOfRequest(portal, row.request),
    standIns: standInFacts(row.standIns),
  };
}
