/** Letters about complaints. They say that there is something, never what, and name nobody and no agency. */
import type { Account } from "#app/people/account.ts";
import { listAccountsInRole } from "#app/people/accounts.server.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { type Facts, may } from "#app/people/authorise.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { queueMail } from "#app/platform/mail/outbox.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type CaseFile, getCaseFile } from "#app/requests/case-file.server.ts";
import { tellResident } from "#app/requests/write-to-resident.server.ts";
import { advocateFacts, type StoredComplaint } from "./stored-complaint.server.ts";

/** Who may have to be told, loaded before the transaction that tells them. */
export interface Followers {
  readonly file: CaseFile;
  readonly advocates: readonly Account[];
}

export async function loadFollowers(portal: Portal, complaint: StoredComplaint): Promise<Followers> {
  const file = await getCaseFile(portal, complaint.caseId);
  return { file, advocates: await listAccountsInRole(portal, "advocate", null) };
}

/** Tells the resident, unless no mail is wanted, and every advocate whose consent holds. */
export async function tellFollowers(
  portal: Portal,
  tx: Transaction,
  complaint: StoredComplaint,
  { file, advocates }: Followers,
): Promise<void> {
  // Whoever opens the resident's mail must not read in the address that there is a complaint.
  await tellResident(portal, tx, file, "complaint-update", { link: `${portal.config.url}/my` });
  const facts = advocateFacts(complaint);
  for (const advocate of advocates) {
    const actor = actorInRole(advocate, { agencyId: null, role: "advocate" });
    if (!may(actor, "complaint.read", facts)) continue;
    await queueMail(portal, tx, {
      to: { address: advocate.email },
      letter: "complaint-update",
      locale: advocate.locale,
      params: { link: `${portal.config.url}/advocate/${complaint.id}` },
      about: { type: "complaint", id: complaint.id },
    });
  }
}

/** Those of an agency's intake officers who may see a complaint with these facts. */
export async function listIntakeFor(portal: Portal, facts: Facts & { agencyId: string }): Promise<Account[]> {
  const { agencyId } = facts;
  const officers = await listAccountsInRole(portal, "intake", agencyId);
  const commanders = new Set((await listAccountsInRole(portal, "supervisor", agencyId)).map(({ id }) => id));
  return officers.filter((officer) => {
    const held = [{ agencyId, role: "intake" as const }];
    const also = commanders.has(officer.id) ? [{ agencyId, role: "supervisor" as const }] : [];
    return may(actorInRole(officer, ...held, ...also), "complaint.move", facts);
  });
}

/** Puts a new complaint on the officers' desk. */
export async function tellIntake(
  portal: Portal,
  tx: Transaction,
  complaintId: string,
  officers: readonly Account[],
): Promise<void> {
  for (const officer of officers) {
    await queueMail(portal, tx, {
      to: { address: officer.email },
      letter: "staff-task",
      locale: officer.locale,
      params: { link: `${portal.config.url}/intake/${complaintId}` },
      about: { type: "complaint", id: complaintId },
    });
  }
}

function actorInRole(account: Account, ...memberships: AccountActor["memberships"][number][]): AccountActor {
  return {
    kind: "account",
    accountId: account.id,
    name: account.name,
    locale: account.locale,
    memberships,
  };
}
