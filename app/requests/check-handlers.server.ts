import { asLedgerActor } from "#app/people/actor.ts";
import { type StandInFacts, standInFacts } from "#app/people/stand-in.ts";
import { bindEveryone } from "#app/people/walls.server.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import { queueMail } from "#app/platform/mail/outbox.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { getCaseFile } from "./case-file.server.ts";
import { listStandIns } from "./list-handlers.server.ts";
import { CASES_WITH_WALLS, HANDLERS_TASK, PLANNED_OF_CASE, planner } from "./plan-handlers.server.ts";
import { sameStandIn } from "./stand-in-plan.ts";

export const BIND_TASK = "bind-walls";

/** So many cases are in memory at once. */
const PAGE = 200;

/** Job: holds every member of staff against every name once more, whatever way the account came in. */
export async function bindWalls(portal: Portal): Promise<void> {
  await bindEveryone(portal);
}

/**
 * Job: sees to it that every open case with walls has somebody who may work on it and somebody else who may approve:
 * the agency's own people, else those whom the agency named for this, else the oversight. Run again it changes nothing.
 * What has nobody even so stands on the operator's page, worked out there anew each time.
 */
export async function checkHandlers(portal: Portal): Promise<void> {
  let last: string | null = null;
  for (;;) {
    const page: { id: string }[] = await portal.db.case.findMany({
      where: { ...CASES_WITH_WALLS, ...(last !== null && { id: { gt: last } }) },
      select: { id: true },
      orderBy: { id: "asc" },
      take: PAGE,
    });
    for (const { id } of page) await settleCase(portal, id);
    last = page.at(-1)?.id ?? null;
    if (page.length < PAGE) return;
  }
}

/** One case: who stands in from now on, and a letter without content to those who newly do. */
async function settleCase(portal: Portal, caseId: string): Promise<void> {
  await inTransaction(portal, async (tx) => {
    await tx.$executeRaw`SELECT id FROM "case" WHERE id = ${caseId}::uuid FOR UPDATE`;
    const row = await tx.case.findUniqueOrThrow({ where: { id: caseId }, include: PLANNED_OF_CASE });
    const { standIns: wanted } = await planner(portal)(row);
    const ended = row.standIns.filter((held) => !standInFacts([held]).some((one) => isAmong(wanted, one)));
    const held = standInFacts(row.standIns);
    const begun = wanted.filter((one) => !isAmong(held, one));
    if (ended.length + begun.length === 0) return;
    const at = portal.time.now();
    await tx.standIn.updateMany({ where: { id: { in: ended.map(({ id }) => id) } }, data: { endedAt: at } });
    for (const one of begun) {
      const { duty, office, accountId } = one;
      const { agencyId = null, role = null } = office ?? {};
      await tx.standIn.create({ data: { id: newId(), caseId, duty, agencyId, role, accountId, at } });
    }
    if (begun.length > 0) await tellNewcomers(portal, tx, caseId, begun);
    const { residentId } = row.request;
    await appendLedger(portal, tx, {
      actor: asLedgerActor({ kind: "system", task: HANDLERS_TASK }),
      act: begun.length > 0 ? "case.handed-over" : "case.handed-back",
      thing: { type: "case", id: caseId },
      residentId,
      requestId: row.requestId,
      caseId,
      agencyId: row.agencyId,
      detail: { began: begun.length, ended: ended.length },
    });
  });
}

function isAmong(standIns: readonly StandInFacts[], one: StandInFacts): boolean {
  return standIns.some((other) => sameStandIn(one, other));
}

async function tellNewcomers(portal: Portal, tx: Transaction, caseId: string, begun: readonly StandInFacts[]) {
  const { facts } = await getCaseFile(portal, caseId);
  for (const account of await listStandIns(portal, { ...facts, standIns: begun })) {
    await queueMail(portal, tx, {
      to: { address: account.email },
      letter: "staff-task",
      locale: account.locale,
      params: { link: `${portal.config.url}/desk/cases/${caseId}` },
      about: { type: "case", id: caseId },
    });
  }
}
