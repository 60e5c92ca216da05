/** Who else is at a case. Nobody whom a wall keeps out is ever named, nor anybody who may not work on it any more. */
import type { Actor } from "#app/people/actor.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { CaseFile } from "#app/requests/case-file.server.ts";
import { listHandlers } from "#app/requests/list-handlers.server.ts";

/** Somebody else who has the case open. */
export interface Present {
  readonly name: string;
  readonly since: Date;
}

/** After so long without a sign of somebody, nobody is there. */
const GONE_MS = 10 * 60_000;

/** Notes that somebody is at a case now, and says who else is. Callers authorise. */
export async function meetOthers(portal: Portal, actor: Actor, file: CaseFile): Promise<Present[]> {
  if (actor.kind !== "account") return [];
  const now = portal.time.now();
  const gone = new Date(now.getTime() - GONE_MS);
  await portal.db.$executeRaw`
    INSERT INTO desk_presence (case_id, account_id, since, seen_at)
    VALUES (${file.id}::uuid, ${actor.accountId}::uuid, ${now}, ${now})
    ON CONFLICT (case_id, account_id) DO UPDATE SET seen_at = ${now},
      since = CASE WHEN desk_presence.seen_at < ${gone} THEN ${now} ELSE desk_presence.since END`;
  const rows = await portal.db.deskPresence.findMany({
    where: { caseId: file.id, accountId: { not: actor.accountId }, seenAt: { gte: gone } },
    orderBy: { since: "asc" },
  });
  if (rows.length === 0) return [];
  const names = await namesOfHandlers(portal, file);
  return rows.flatMap(({ accountId, since }) => {
    const name = names.get(accountId);
    return name === undefined ? [] : [{ name, since }];
  });
}

/** How those who work on a case are called, by account; whom a wall keeps out has no name here. */
export async function namesOfHandlers(portal: Portal, file: CaseFile): Promise<ReadonlyMap<string, string>> {
  return new Map((await listHandlers(portal, file.facts)).map(({ id, name }) => [id, name]));
}
