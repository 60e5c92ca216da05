import type { Law } from "#app/law/law.ts";
import type { Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { faultOf } from "#app/platform/log/fault.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueue } from "#app/platform/queue/queue.server.ts";
import type { Agency } from "#app/registry/agency.ts";
import { getLaw } from "#app/registry/law-in-force.server.ts";
import { listAgencies } from "#app/registry/queries.server.ts";
import { toStoredEvent, toToldNotice } from "./case-file.server.ts";
import { CASES_AT_WORK } from "./case-state.server.ts";
import { openPromise } from "./promise.ts";
import { enqueueTelling, noticesNow } from "./tell-clock.server.ts";

export const SWEEP_TASK = "sweep-clocks";

const sweeper: Actor = { kind: "system", task: SWEEP_TASK };

/** So many cases are in memory at once. */
const PAGE = 500;

/**
 * Asks for a look at every open case, inside the caller's transaction: for whoever changes what dates are
 * worked out from (a closure, a switch of the law). One that waits already is enough.
 */
export async function enqueueSweep(tx: Transaction): Promise<void> {
  await enqueue(tx, SWEEP_TASK, {}, { key: SWEEP_TASK });
}

/**
 * Job: looks at every case at work and asks for a job of its own for each that has something to tell. It tells
 * nothing itself, so that a run cut short, or two at once, leave nothing out and tell nothing twice.
 */
export async function sweepClocks(portal: Portal): Promise<void> {
  authorise(sweeper, "clock.tell");
  const agencies = new Map((await listAgencies(portal)).map((agency) => [agency.id, agency]));
  const law = await getLaw(portal);
  let page: OpenCase[];
  let last: string | null = null;
  do {
    page = await listOpen(portal, last);
    last = page.at(-1)?.id ?? null;
    const waiting = page.filter((row) => hasNews(portal, row, agencies.get(row.agencyId), law));
    if (waiting.length > 0) {
      await inTransaction(portal, async (tx) => {
        for (const { id } of waiting) await enqueueTelling(tx, id);
      });
    }
  } while (page.length === PAGE);
}

type OpenCase = Awaited<ReturnType<typeof listOpen>>[number];

function listOpen(portal: Portal, after: string | null) {
  return portal.db.case.findMany({
    where: {
      ...(after !== null && { id: { gt: after } }),
      ...CASES_AT_WORK,
      request: { withdrawnAt: null },
    },
    select: {
      id: true,
      agencyId: true,
      rule: true,
      clock: { orderBy: [{ on: "asc" }, { recordedAt: "asc" }] },
      notices: { orderBy: { at: "asc" } },
      steps: { where: { kind: "released" }, select: { id: true }, take: 1 },
    },
    orderBy: { id: "asc" },
    take: PAGE,
  });
}

/** One case whose clock cannot be read must not keep all the others from being told. */
function hasNews(portal: Portal, row: OpenCase, agency: Agency | undefined, law: Law): boolean {
  try {
    if (!agency) throw new Error(`case ${row.id} is of an agency that is not registered`);
    const clock = row.clock.map(toStoredEvent);
    const told = row.notices.map(toToldNotice);
    const promised = openPromise(clock, row.steps.length > 0);
    return noticesNow(portal.time.now(), { rule: row.rule, agency, law, clock, told, promised }).length > 0;
  } catch (error) {
    portal.log.error({ from: SWEEP_TASK, case: row.id, ...faultOf(error) }, "the clock of a case cannot be read");
    return false;
  }
}
