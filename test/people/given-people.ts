// People with accounts, roles, mailboxes and sessions, for the tests of who may know.
import { createAccount } from "#app/people/accounts.server.ts";
import type { AccountActor, Role } from "#app/people/actor.ts";
import { askSignIn } from "#app/people/ask-sign-in.server.ts";
import { enterByLink } from "#app/people/enter.server.ts";
import { addMembership } from "#app/people/memberships.server.ts";
import { secretHash } from "#app/people/secret.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { LedgerEntry } from "#app/platform/ledger/ledger.server.ts";
import { openMail } from "#app/platform/mail/send-mail.server.ts";
import { registerAgency } from "#app/registry/register.server.ts";
import type { TestPortal } from "#test/support/database.ts";

export async function givenAgency(portal: TestPortal, slug = "alder"): Promise<string> {
  const office = {
    unit: "Records",
    address: ["1 Mill Street"],
    email: `${slug}@example.org`,
    aliases: [],
    demo: false,
  };
  const by = { kind: "operator", id: "tester" } as const;
  const zone = "America/Los_Angeles";
  return registerAgency(portal, by, { slug, name: `Agency ${slug}`, kind: "local-agency", zone, ...office });
}

export interface Person extends AccountActor {
  readonly email: string;
}

/** Somebody with an account, and with roles at agencies (null: at none) when they are named. */
export async function givenPerson(portal: TestPortal, name: string, ...held: [Role, string | null][]): Promise<Person> {
  const email = `${name}@example.org`;
  const accountId = await inTransaction(portal, async (tx) => {
    const id = await createAccount(portal, tx, { email, name: `Canary ${name}`, locale: "en" });
    for (const [role, agencyId] of held)
      await addMembership(portal, tx, { accountId: id, agencyId, role, organisation: null });
    return id;
  });
  const memberships = held.map(([role, agencyId]) => ({ role, agencyId }));
  return { kind: "account", accountId, name: `Canary ${name}`, locale: "en", memberships, email };
}

/** A letter as it lies in a mailbox. */
export interface Lying {
  readonly letter: string;
  readonly params: Readonly<Record<string, string>>;
  /** The secret at the end of its link; empty when it has none. */
  readonly secret: string;
}

/** What lies in somebody's mailbox, the newest first. */
export async function mailbox(portal: TestPortal, address: string): Promise<Lying[]> {
  const rows = await portal.db.outboxMail.findMany({ orderBy: [{ createdAt: "desc" }, { id: "desc" }] });
  const opened = await Promise.all(rows.map(async (row) => ({ row, mail: await openMail(portal, row) })));
  return opened
    .filter(({ mail }) => mail.to.address.toLowerCase() === address.toLowerCase())
    .map(({ row, mail }) => ({
      letter: row.template,
      params: mail.params,
      secret: mail.params["link"]?.split("/").at(-1) ?? "",
    }));
}

/** Signs in by the mailed link. @returns the session's secret */
export async function entering(portal: TestPortal, address: string): Promise<string> {
  portal.time.advance({ seconds: 1 });
  await askSignIn(portal, { email: address, locale: "en" });
  const letter = (await mailbox(portal, address)).find((one) => one.letter === "sign-in");
  const { session, accountId } = await enterByLink(portal, letter?.secret ?? "");
  // Who holds a role has shown a second factor as well (test/people/factors has how).
  const isStaff = (await portal.db.membership.count({ where: { accountId, endedAt: null } })) > 0;
  if (isStaff) await portal.db.session.update({ where: { id: secretHash(session) }, data: { assurance: 2 } });
  return session;
}

export async function ledgerOf(portal: TestPortal): Promise<LedgerEntry[]> {
  const { rows } = await portal.pool.query<{ body: string }>("SELECT body FROM ledger.entry ORDER BY seq");
  return rows.map(({ body }) => JSON.parse(body) as LedgerEntry);
}
