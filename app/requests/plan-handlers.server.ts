/** What stands in the way of a case, worked out from its walls and from who works where now. */
import { listAccountsInRole } from "#app/people/accounts.server.ts";
import type { Role } from "#app/people/actor.ts";
import { HANDLERS_TASK } from "#app/people/walls.server.ts";
import type { Prisma } from "#app/platform/database/generated/client.ts";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { listAlternates } from "#app/registry/alternates.server.ts";
import { listAgencies } from "#app/registry/queries.server.ts";
import { caseFacts, FACTS_OF_CASE } from "./case-facts.server.ts";
import { CASES_AT_WORK } from "./case-state.server.ts";
import { type Kept, lacking, type Plan, type Pool, planStandIns, type Substitute } from "./stand-in-plan.ts";

export { HANDLERS_TASK };

/** Open cases from which somebody is kept, or in which somebody stands in: the others have their agency. */
export const CASES_WITH_WALLS = {
  AND: [
    CASES_AT_WORK,
    { request: { withdrawnAt: null } },
    { OR: [{ request: { walls: { some: {} } } }, { standIns: { some: { endedAt: null } } }] },
  ],
} satisfies Prisma.CaseWhereInput;

export const PLANNED_OF_CASE = {
  ...FACTS_OF_CASE,
  matches: { select: { decidedBy: true } },
  decisions: { select: { by: true } },
  checks: { select: { by: true } },
  steps: { where: { kind: "proposed" }, select: { by: true } },
} satisfies Prisma.CaseInclude;

type PlannedCase = Prisma.CaseGetPayload<{ include: typeof PLANNED_OF_CASE }>;

/** Looks people up once for many cases. */
export function planner(portal: Portal): (row: PlannedCase) => Promise<Plan> {
  const pools = new Map<string, Promise<readonly string[]>>();
  const holders = (role: Role, agencyId: string) => {
    const key = `${role}:${agencyId}`;
    const found = pools.get(key) ?? listIds(portal, role, agencyId);
    pools.set(key, found);
    return found;
  };
  return async (row) => {
    const own = await deskOf(holders, row.agencyId);
    const kept = await keptFrom(portal, row);
    // Where nobody held the office anyway no wall is the reason, and another desk must not get the case by itself.
    if (lacking(own, { ...kept, from: new Set([row.request.residentId]) }).length > 0 && row.standIns.length === 0) {
      return { standIns: [], lacks: lacking(own, kept) };
    }
    return planStandIns(own, await substitutesFor(portal, holders, row.agencyId), kept);
  };
}

type Holders = (role: Role, agencyId: string) => Promise<readonly string[]>;

async function listIds(portal: Portal, role: Role, agencyId: string): Promise<readonly string[]> {
  return (await listAccountsInRole(portal, role, agencyId)).map((account) => account.id);
}

async function deskOf(holders: Holders, agencyId: string): Promise<Pool> {
  return { clerk: await holders("clerk", agencyId), supervisor: await holders("supervisor", agencyId) };
}

async function keptFrom(portal: Portal, row: PlannedCase): Promise<Kept> {
  const { residentId, walledIds } = caseFacts(portal, row);
  const ledger = await listLedgerOfCase(portal, row.id);
  const searched = ledger.filter(({ act, actor }) => act === "matches.found" && actor.kind === "account");
  const hands = [
    ...row.matches.map((match) => match.decidedBy),
    ...row.decisions.map((decision) => decision.by),
    ...row.checks.map((check) => check.by),
    ...row.steps.map((step) => step.by),
    ...searched.map(({ actor }) => actor.id),
  ];
  return {
    from: new Set([residentId, ...walledIds]),
    hands: new Set(hands.filter((id) => id !== null)),
  };
}

/** The agency's alternates, in their order; then its oversight; then the other agencies' oversight. */
async function substitutesFor(portal: Portal, holders: Holders, agencyId: string): Promise<Substitute[]> {
  const alternates = await listAlternates(portal, agencyId);
  const named = await Promise.all(
    alternates.map(async ({ otherAgencyId, accountId }): Promise<Substitute | null> => {
      if (accountId !== null) {
        const pool = { clerk: [accountId], supervisor: [accountId] };
        return { pool, as: (duty) => ({ duty, office: null, accountId }) };
      }
      if (otherAgencyId === null) return null;
      const pool = await deskOf(holders, otherAgencyId);
      return { pool, as: (duty) => ({ duty, office: { agencyId: otherAgencyId, role: duty }, accountId: null }) };
    }),
  );
  const others = (await listAgencies(portal)).map((agency) => agency.id).filter((id) => id !== agencyId);
  const oversight = await Promise.all(
    [agencyId, ...others].map(async (id): Promise<Substitute> => {
      const officers = await holders("intake", id);
      const as: Substitute["as"] = (duty) => ({ duty, office: { agencyId: id, role: "intake" }, accountId: null });
      return { pool: { clerk: officers, supervisor: officers }, as };
    }),
  );
  return [...named.filter((one) => one !== null), ...oversight];
}
