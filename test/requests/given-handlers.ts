// An agency with a clerk and a supervisor, oversight beside it, and a resident's request to it. Everybody is invented.

import { createAccount } from "#app/people/accounts.server.ts";
import type { AccountActor, MembershipFacts, Role } from "#app/people/actor.ts";
import { addMembership } from "#app/people/memberships.server.ts";
import type { NamedPersonFacts } from "#app/people/named-person.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { requestJobs } from "#app/requests/jobs.server.ts";
import { nameWall } from "#app/requests/name-wall.server.ts";
import { givenActor, givenFiled, givenWorld, PERSON } from "#test/requests/given-request.ts";
import type { TestPortal } from "#test/support/database.ts";
import { drain } from "#test/support/queue.ts";

/** Somebody with an account and roles, all of them stored. */
export async function givenStaff(
  portal: TestPortal,
  person: { name: string; email?: string },
  held: readonly { role: Role; agencyId: string | null }[],
): Promise<AccountActor> {
  const { name, email = `${name.replaceAll(/\W+/g, ".").toLowerCase()}@staff.example.gov` } = person;
  const accountId = await inTransaction(portal, async (tx) => {
    const id = await createAccount(portal, tx, { email, name, locale: "en" });
    for (const { role, agencyId } of held) {
      await addMembership(portal, tx, { accountId: id, agencyId, role, organisation: null });
    }
    return id;
  });
  const memberships: readonly MembershipFacts[] = held;
  return { kind: "account", accountId, name, locale: "en", memberships };
}

export const NOBODY: NamedPersonFacts = { name: null, badge: null, userId: null, email: null };

/** A county's sheriff with one clerk, one supervisor and one intake officer; a state agency with its own. */
export async function givenDesks(portal: TestPortal) {
  const world = await givenWorld(portal);
  const { sheriff, state } = world;
  const resident = await givenActor(portal, PERSON);
  const people = {
    clerk: await givenStaff(portal, { name: "Casey Ng" }, [{ role: "clerk", agencyId: sheriff }]),
    supervisor: await givenStaff(portal, { name: "Sam Okafor" }, [{ role: "supervisor", agencyId: sheriff }]),
    intake: await givenStaff(portal, { name: "Imani Brooks" }, [{ role: "intake", agencyId: sheriff }]),
    stateClerk: await givenStaff(portal, { name: "Ulla Berg" }, [{ role: "clerk", agencyId: state }]),
    stateSupervisor: await givenStaff(portal, { name: "Teo Lund" }, [{ role: "supervisor", agencyId: state }]),
    operator: await givenStaff(portal, { name: "Olu Park" }, [{ role: "operator", agencyId: null }]),
  };
  const filed = await givenFiled(portal, resident, [sheriff]);
  const caseId = filed.cases[0]?.id ?? "";
  const { requestId } = filed;
  const wall = (person: Partial<NamedPersonFacts>) =>
    nameWall(portal, resident, { requestId, person: { ...NOBODY, ...person } });
  return { ...world, ...people, resident, requestId, caseId, number: filed.number, wall };
}

/** Everything that waits in the queue of requests. */
export const work = (portal: TestPortal) => drain(portal, requestJobs);
