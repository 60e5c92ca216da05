import type { Portal } from "#app/platform/portal.server.ts";

/** The numbers of cases, by their ids; one that is not there is left out. Callers authorise. */
export async function listCaseNumbers(
  portal: Pick<Portal, "db">,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await portal.db.case.findMany({
    where: { id: { in: [...new Set(caseIds)] } },
    select: { id: true, number: true },
  });
  return new Map(rows.map(({ id, number }) => [id, number]));
}

/** The requests that an account must not see anything of: a list that it reads leaves them out, without a gap. */
export async function listWalledRequests(portal: Pick<Portal, "db">, accountId: string): Promise<string[]> {
  const rows = await portal.db.wall.findMany({ where: { accountId }, select: { requestId: true } });
  return rows.map(({ requestId }) => requestId);
}
