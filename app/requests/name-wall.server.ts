/** The resident names people who must not see a request, before it is filed or at any time after. */
import { type AccountActor, asLedgerActor } from "#app/people/actor.ts";
import { MAX_NAMED, type NamedPersonFacts, namedPerson } from "#app/people/named-person.ts";
import { liftNamed, listNamed, type Named, saveNamed } from "#app/people/walls.server.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { isId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type OpenRequest, openOwnRequest } from "./draft.server.ts";

export interface OwnWalls {
  readonly requestId: string;
  /** Null while it is a draft. */
  readonly number: string | null;
  readonly named: readonly Named[];
}

/** Whom the resident has named. @throws NotFound for another's request as for none */
export async function getOwnWalls(portal: Portal, actor: AccountActor, requestId: string): Promise<OwnWalls> {
  const request = await openOwnRequest(portal, actor, "request.wall", requestId);
  const named = await listNamed(portal, portal.db, request.id);
  return { requestId: request.id, number: request.number, named };
}

/**
 * Names one more person. It holds from this commit on, in every list, letter and count. Whether there is such a
 * person here is not told.
 * @throws NotFound
 * @throws Refused `walls.tooMany`
 */
export async function nameWall(
  portal: Portal,
  actor: AccountActor,
  input: { readonly requestId: string; readonly person: NamedPersonFacts },
): Promise<void> {
  const person = namedPerson.parse(input.person);
  await inTransaction(portal, async (tx) => {
    const request = await openOwnRequest(portal, actor, "request.wall", input.requestId, tx);
    await tx.$executeRaw`SELECT id FROM request WHERE id = ${request.id}::uuid FOR UPDATE`;
    const named = await listNamed(portal, tx, request.id);
    // The same form sent twice names one person.
    if (named.some((one) => JSON.stringify(one.person) === JSON.stringify(person))) return;
    if (named.length >= MAX_NAMED) {
      throw new Refused("walls.tooMany", `At most ${MAX_NAMED} people can be named. Take one back first.`, {
        maximum: MAX_NAMED,
      });
    }
    const id = await saveNamed(portal, tx, request, person);
    await record(portal, tx, actor, request, { act: "wall.named", id });
  });
}

/** Takes a name back. Twice changes nothing. @throws NotFound */
export async function liftWall(
  portal: Portal,
  actor: AccountActor,
  input: { readonly requestId: string; readonly namedId: string },
): Promise<void> {
  await inTransaction(portal, async (tx) => {
    const request = await openOwnRequest(portal, actor, "request.wall", input.requestId, tx);
    if (!isId(input.namedId)) throw new NotFound("wall");
    const stepped = await tx.stepAside.findMany({ where: { requestId: request.id, kind: "stepped-aside" } });
    const aside = stepped.map(({ accountId }) => accountId);
    const lifted = await liftNamed(portal, tx, { requestId: request.id, namedId: input.namedId, aside });
    if (lifted) await record(portal, tx, actor, request, { act: "wall.lifted", id: input.namedId });
  });
}

async function record(
  portal: Portal,
  tx: Transaction,
  actor: AccountActor,
  request: OpenRequest,
  { act, id }: { readonly act: string; readonly id: string },
): Promise<void> {
  await appendLedger(portal, tx, {
    actor: asLedgerActor(actor, "resident"),
    act,
    thing: { type: "wall", id },
    residentId: request.residentId,
    requestId: request.id,
  });
}
