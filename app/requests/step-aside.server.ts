/** Somebody at work says that there is a conflict between him and the resident, or that there is none. */
import { z } from "zod";
import { type AccountActor, type Actor, asLedgerActor } from "#app/people/actor.ts";
import { authorise, may } from "#app/people/authorise.ts";
import { HANDLERS_TASK } from "#app/people/walls.server.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { isId, newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueue } from "#app/platform/queue/queue.server.ts";
import { getAgencyById } from "#app/registry/queries.server.ts";
import { caseFacts, FACTS_OF_CASE } from "./case-facts.server.ts";
import { roleOn } from "./case-file.server.ts";

const place = (row: string) => ({ table: "step_aside", column: "reason_sealed", row });

export const notTheSame = z.object({
  reason: z
    .string({ error: "walls.reasonNeeded" })
    .trim()
    .min(10, { error: "walls.reasonNeeded" })
    .max(1000, { error: "errors.tooLong" }),
});

/** What stands on the page that asks: the case's number, and nothing of the resident. */
export interface Conflict {
  readonly caseId: string;
  readonly number: string;
  readonly zone: string;
  /** Of others, for a supervisor: who went on although the names were alike, when, and why. */
  readonly declared: readonly {
    readonly id: string;
    readonly accountId: string;
    readonly at: Date;
    readonly reason: string;
  }[];
}

/** The page on which a conflict is declared. It opens nothing of the file. @throws NotFound */
export async function getConflict(portal: Portal, actor: Actor, caseId: string): Promise<Conflict> {
  const row = await openRow(portal, caseId);
  const facts = row ? caseFacts(portal, row) : {};
  authorise(actor, "conflict.declare", facts);
  if (!row) throw new NotFound("case");
  const { zone } = await getAgencyById(portal, row.agencyId);
  if (!may(actor, "conflict.review", facts)) return { caseId: row.id, number: row.number, zone, declared: [] };
  const rows = await portal.db.stepAside.findMany({
    where: { requestId: row.requestId, kind: "not-the-same" },
    orderBy: { at: "asc" },
  });
  const declared = await Promise.all(
    rows.map(async ({ id, accountId, at, keyId, reasonSealed }) => ({
      id,
      accountId,
      at,
      reason: reasonSealed === null ? "" : await portal.vault.openText(keyId, place(id), reasonSealed),
    })),
  );
  // The reasons are sealed with the request's key: that they were read stands in the ledger, when there are any.
  if (declared.length > 0) {
    await inTransaction(portal, (tx) => record(portal, tx, actor, row, "conflict.read"));
  }
  return { caseId: row.id, number: row.number, zone, declared };
}

/** Steps aside: from this commit on there is no such request for this account. It cannot be taken back. @throws NotFound */
export async function stepAside(portal: Portal, actor: AccountActor, caseId: string): Promise<void> {
  await declare(portal, actor, caseId, async (tx, row) => {
    const accountId = actor.accountId;
    const at = portal.time.now();
    await tx.wall.createMany({ data: { requestId: row.requestId, accountId, at }, skipDuplicates: true });
    await enqueue(tx, HANDLERS_TASK, {}, { key: HANDLERS_TASK });
    return { kind: "stepped-aside", reason: null };
  });
}

/** Goes on: not the same family, and why that is sure. A supervisor reads the reason. @throws NotFound */
export async function goOn(
  portal: Portal,
  actor: AccountActor,
  input: { readonly caseId: string; readonly reason: string },
): Promise<void> {
  const { reason } = notTheSame.parse({ reason: input.reason });
  await declare(portal, actor, input.caseId, async () => ({ kind: "not-the-same", reason }));
}

type Row = NonNullable<Awaited<ReturnType<typeof openRow>>>;

async function openRow(portal: Pick<Portal, "db">, caseId: string) {
  if (!isId(caseId)) return null;
  return portal.db.case.findUnique({
    where: { id: caseId },
    include: { ...FACTS_OF_CASE, request: { include: { walls: true, representations: true, ownBrowsers: true } } },
  });
}

async function declare(
  portal: Portal,
  actor: AccountActor,
  caseId: string,
  work: (tx: Transaction, row: Row) => Promise<{ kind: "stepped-aside" | "not-the-same"; reason: string | null }>,
): Promise<void> {
  const row = await openRow(portal, caseId);
  const facts = row ? caseFacts(portal, row) : {};
  authorise(actor, "conflict.declare", facts);
  if (!row) throw new NotFound("case");
  await inTransaction(portal, async (tx) => {
    const { kind, reason } = await work(tx, row);
    const id = newId();
    const { keyId } = row.request;
    await tx.stepAside.create({
      data: {
        id,
        requestId: row.requestId,
        caseId: row.id,
        accountId: actor.accountId,
        kind,
        keyId,
        reasonSealed: reason === null ? null : await portal.vault.seal(keyId, place(id), reason),
        at: portal.time.now(),
      },
    });
    await record(portal, tx, actor, row, kind === "stepped-aside" ? "conflict.stepped-aside" : "conflict.went-on");
  });
}

async function record(portal: Portal, tx: Transaction, actor: Actor, row: Row, act: string): Promise<void> {
  await appendLedger(portal, tx, {
    actor: asLedgerActor(actor, roleOn(actor, caseFacts(portal, row))),
    act,
    thing: { type: "case", id: row.id },
    residentId: row.request.residentId,
    requestId: row.requestId,
    caseId: row.id,
    agencyId: row.agencyId,
  });
}

/** How many have gone on although a name was alike: for the supervisor's page of the case. Callers authorise. */
export async function countWentOn(portal: Pick<Portal, "db">, requestId: string): Promise<number> {
  return portal.db.stepAside.count({ where: { requestId, kind: "not-the-same" } });
}
