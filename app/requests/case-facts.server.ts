/** What authorise() asks of a case, the same for a list and for a page. */
import type { Facts } from "#app/people/authorise.ts";
import { standInFacts } from "#app/people/stand-in.ts";
import type { Prisma } from "#app/platform/database/generated/client.ts";

/** What a query of cases loads, so that `caseFacts` can answer. */
export const FACTS_OF_CASE = {
  standIns: { where: { endedAt: null } },
  request: { select: { residentId: true, walls: { select: { accountId: true } } } },
} satisfies Prisma.CaseInclude;

export type CaseFacts = Facts & {
  readonly agencyId: string;
  readonly residentId: string;
  readonly walledIds: readonly string[];
};

export function caseFacts(row: {
  readonly agencyId: string;
  readonly request: { readonly residentId: string; readonly walls: readonly { readonly accountId: string }[] };
  readonly standIns: Parameters<typeof standInFacts>[0];
}): CaseFacts {
  return {
    agencyId: row.agencyId,
    residentId: row.request.residentId,
    walledIds: row.request.walls.map((wall) => wall.accountId),
    standIns: standInFacts(row.standIns),
  };
}
