import type { EventKind } from "#app/law/event.ts";
import type { AccountActor, Actor } from "#app/people/actor.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { recordClockEvent } from "#app/requests/case-file.server.ts";
import { givenActor, givenFiled, givenWorld, PERSON, type World } from "#test/requests/given-request.ts";
import type { TestPortal } from "#test/support/database.ts";

export const SHELL: Actor = { kind: "operator", name: "night-shift" };

/** Filed on Monday, March 2, 2026: the sheriff decides within 10 days, the state answers within 30. */
export interface GivenChange extends World {
  readonly resident: AccountActor;
  readonly supervisor: AccountActor;
  readonly operator: AccountActor;
  readonly requestId: string;
  readonly sheriffCase: { readonly id: string; readonly number: string };
  readonly stateCase: { readonly id: string; readonly number: string };
}

export async function givenChange(portal: TestPortal): Promise<GivenChange> {
  const world = await givenWorld(portal);
  const resident = await givenActor(portal, PERSON);
  const supervisor = await givenActor(portal, { email: "boss@sheriff.example.gov" }, [
    { role: "supervisor", agencyId: world.sheriff },
  ]);
  const operator = await givenActor(portal, { email: "operator@example.gov" }, [{ role: "operator", agencyId: null }]);
  const { requestId, cases } = await givenFiled(portal, resident, [world.sheriff, world.state]);
  const of = (agencyId: string) => {
    const found = cases.find((row) => row.agencyId === agencyId);
    if (!found) throw new Error("a case at each agency");
    return { id: found.id, number: found.number };
  };
  return {
    ...{ ...world, resident, supervisor, operator, requestId },
    ...{ sheriffCase: of(world.sheriff), stateCase: of(world.state) },
  };
}

/** Something that happens to a case's clock. */
export async function happened(portal: TestPortal, caseId: string, kind: EventKind, on: string): Promise<void> {
  await inTransaction(portal, (tx) => recordClockEvent(portal, tx, { caseId, kind, on }));
}

export async function wallOff(portal: TestPortal, requestId: string, accountId: string): Promise<void> {
  await portal.db.wall.create({ data: { requestId, accountId, at: portal.time.now() } });
}

/** Every sweep that waits, and what the ledger says of changes, oldest first. */
export async function traces(portal: TestPortal) {
  const sweeps = await portal.pool.query("SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'sweep-clocks'");
  const entries = await portal.pool.query<{ body: string }>(
    "SELECT body FROM ledger.entry WHERE act IN ('agency.closed', 'agency.reopened', 'agency.target-set', 'law.switched') ORDER BY seq",
  );
  const ledger = entries.rows.map(({ body }) => {
    const { act, actor, thing, agency, detail } = JSON.parse(body);
    return { act, actor, thing, agency, detail };
  });
  return { sweeps: sweeps.rowCount, ledger };
}
