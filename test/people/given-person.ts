/** Somebody with an account, and the ways in which they enter. Every name and address is invented. */
import { createAccount } from "#app/people/accounts.server.ts";
import type { Role } from "#app/people/actor.ts";
import { askSignIn } from "#app/people/ask-sign-in.server.ts";
import { enterByLink } from "#app/people/enter.server.ts";
import {
  beginAuthenticator,
  confirmAuthenticator,
  findBegunAuthenticator,
} from "#app/people/factors/authenticators.server.ts";
import { stepAt, totpCode } from "#app/people/factors/totp.ts";
import { addMembership } from "#app/people/memberships.server.ts";
import { findSession, type OpenSession } from "#app/people/sessions.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { LedgerEntry } from "#app/platform/ledger/entry.ts";
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
  return registerAgency(portal, by, { slug, name: slug, kind: "local-agency", zone, ...office });
}

/** @param role null for a resident. @returns the account's id */
export async function givenPerson(
  portal: TestPortal,
  role: Role | null,
  { email = "casey@example.org", agencyId = null as string | null, demo = false } = {},
): Promise<string> {
  return inTransaction(portal, async (tx) => {
    const id = await createAccount(portal, tx, { email, name: "Casey Vance", locale: "en", demo });
    if (role) await addMembership(portal, tx, { accountId: id, agencyId, role, organisation: null });
    return id;
  });
}

/** Enters by a mailed link: the first factor, and all of it for a resident. */
export async function enterByMail(portal: TestPortal, email = "casey@example.org"): Promise<OpenSession> {
  // Letters are told apart by their time, and this clock stands still.
  portal.time.advance({ seconds: 1 });
  await askSignIn(portal, { email, locale: "en" });
  const { session } = await enterByLink(portal, await newestLink(portal));
  return sessionOf(portal, session);
}

/** The secret of the newest mailed link. */
export async function newestLink(portal: TestPortal): Promise<string> {
  const where = { template: "sign-in" };
  const mail = await portal.db.outboxMail.findFirstOrThrow({ where, orderBy: { createdAt: "desc" } });
  return ((await openMail(portal, mail)).params["link"] ?? "").split("/enter/")[1] ?? "";
}

export async function sessionOf(portal: TestPortal, secret: string): Promise<OpenSession> {
  const session = await findSession(portal, secret);
  if (!session) throw new Error("the session has ended");
  return session;
}

/** A phone with an authenticator app: what it shows now, or some steps from now. */
export interface Phone {
  code(stepsFromNow?: number): string;
}

export interface WithPhone {
  readonly session: OpenSession;
  readonly secret: string;
  readonly phone: Phone;
  readonly codes: readonly string[];
  readonly browser: string;
}

/** Enters by mail and sets up an authenticator; its first code is spent by that. */
export async function givenPhone(portal: TestPortal, email = "casey@example.org"): Promise<WithPhone> {
  const session = await enterByMail(portal, email);
  await beginAuthenticator(portal, session);
  const begun = await findBegunAuthenticator(portal, session);
  if (!begun) throw new Error("nothing was begun");
  const phone = { code: (steps = 0) => totpCode(begun.secret, stepAt(portal.time.now()) + steps) };
  const set = await confirmAuthenticator(portal, session, { code: phone.code(), browser: null });
  const after = await sessionOf(portal, set.session);
  return { session: after, secret: set.session, phone, codes: set.codes ?? [], browser: set.browser };
}

export async function ledgerActs(portal: TestPortal, prefix: string): Promise<LedgerEntry[]> {
  const { rows } = await portal.pool.query<{ body: string }>("SELECT body FROM ledger.entry ORDER BY seq");
  return rows.map(({ body }) => JSON.parse(body) as LedgerEntry).filter(({ act }) => act.startsWith(prefix));
}

/** The letters that were put in the outbox, but for those to sign in, by the alphabet. */
export async function lettersSent(portal: TestPortal): Promise<string[]> {
  const rows = await portal.db.outboxMail.findMany({
    where: { NOT: { template: "sign-in" } },
    orderBy: { template: "asc" },
  });
  return rows.map(({ template }) => template);
}
