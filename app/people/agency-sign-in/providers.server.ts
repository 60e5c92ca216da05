import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { getAgency, listAgencies } from "#app/registry/queries.server.ts";
import { type Actor, asLedgerActor } from "../actor.ts";
import { authorise } from "../authorise.ts";
import { DOMAIN, isIssuer, type Provider } from "./provider.ts";

const place = (row: string) => ({ table: "agency_sign_in", column: "secret_sealed", row });

export interface NewProvider {
  readonly agencySlug: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly secret: string;
  readonly domains: readonly string[];
  readonly acr: readonly string[];
  readonly amr: readonly string[];
}

/**
 * Sets an agency's own sign-in, in place of the one before.
 * @throws NotFound, Refused `agency-sign-in-issuer`, `agency-sign-in-domain`, `agency-sign-in-secret`
 */
export async function setProvider(portal: Portal, actor: Actor, input: NewProvider): Promise<void> {
  authorise(actor, "agency.sign-in");
  const agency = await getAgency(portal, input.agencySlug);
  if (!isIssuer(input.issuer, portal.config.url)) {
    throw new Refused(
      "agency-sign-in-issuer",
      "The issuer is an https address without a query, such as https://login.example.gov.",
    );
  }
  const domains = input.domains.map((domain) => domain.toLowerCase());
  if (domains.length === 0 || !domains.every((domain) => DOMAIN.test(domain))) {
    throw new Refused(
      "agency-sign-in-domain",
      "Name each domain of the agency's own mail, such as sheriff.example.gov.",
    );
  }
  const secret = input.secret.trim();
  if (secret === "") throw new Refused("agency-sign-in-secret", "The file with the client secret is empty.");
  const now = portal.time.now();
  await inTransaction(portal, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`agency-sign-in:${agency.id}`}))`;
    await tx.agencySignIn.updateMany({ where: { agencyId: agency.id, endedAt: null }, data: { endedAt: now } });
    const id = newId();
    const keyId = await portal.vault.createKey(tx, "agency-sign-in");
    await tx.agencySignIn.create({
      data: {
        id,
        agencyId: agency.id,
        issuer: input.issuer,
        clientId: input.clientId,
        keyId,
        secretSealed: await portal.vault.seal(keyId, place(id), secret),
        domains,
        acr: [...input.acr],
        amr: [...input.amr],
        createdAt: now,
      },
    });
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor),
      act: "agency.sign-in-set",
      thing: { type: "agency", id: agency.id },
      agencyId: agency.id,
      detail: { issuer: input.issuer, demandsTwo: input.acr.length + input.amr.length > 0 },
    });
  });
}

/** From now on nobody enters by it, and whoever is in by it is out. @throws NotFound when there is none */
export async function removeProvider(portal: Portal, actor: Actor, agencySlug: string): Promise<void> {
  authorise(actor, "agency.sign-in");
  const agency = await getAgency(portal, agencySlug);
  const endedAt = portal.time.now();
  await inTransaction(portal, async (tx) => {
    const { count } = await tx.agencySignIn.updateMany({
      where: { agencyId: agency.id, endedAt: null },
      data: { endedAt },
    });
    if (count === 0) throw new NotFound("sign-in of this agency");
    await tx.session.updateMany({ where: { vouchedBy: agency.id, endedAt: null }, data: { endedAt } });
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor),
      act: "agency.sign-in-removed",
      thing: { type: "agency", id: agency.id },
      agencyId: agency.id,
    });
  });
}

/** What is set for an agency, without the secret. @throws NotFound */
export async function getProvider(portal: Portal, actor: Actor, agencySlug: string): Promise<Provider> {
  authorise(actor, "agency.sign-in");
  const provider = await findProvider(portal, agencySlug);
  if (!provider) throw new NotFound("sign-in of this agency");
  return provider;
}

/** For the road itself, on which nobody is anybody yet. */
export async function findProvider(portal: Portal, agencySlug: string): Promise<Provider | null> {
  const agency = (await listAgencies(portal)).find(({ slug }) => slug === agencySlug);
  return agency ? portal.db.agencySignIn.findFirst({ where: { agencyId: agency.id, endedAt: null } }) : null;
}

export async function openSecret(portal: Portal, providerId: string): Promise<string> {
  const row = await portal.db.agencySignIn.findUniqueOrThrow({ where: { id: providerId } });
  return portal.vault.openText(row.keyId, place(row.id), row.secretSealed);
}

/** The agencies that have a sign-in of their own. Public: a name on a list of buttons. */
export async function listSignInAgencies(portal: Portal): Promise<{ slug: string; name: string }[]> {
  const rows = await portal.db.agencySignIn.findMany({ where: { endedAt: null }, select: { agencyId: true } });
  const withOwn = new Set(rows.map(({ agencyId }) => agencyId));
  return (await listAgencies(portal)).filter(({ id }) => withOwn.has(id)).map(({ slug, name }) => ({ slug, name }));
}

/** The slug of an agency, if it has a sign-in of its own now. */
export async function findAgencyOf(portal: Portal, agencyId: string): Promise<string | null> {
  const row = await portal.db.agencySignIn.findFirst({ where: { agencyId, endedAt: null } });
  return row ? ((await listAgencies(portal)).find(({ id }) => id === agencyId)?.slug ?? null) : null;
}
