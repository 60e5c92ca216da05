/** Signing in at the agency's own provider: OpenID Connect, authorisation code with PKCE (RFC 7636), RFC 9207, RFC 9700. */
import * as oidc from "openid-client";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { normaliseEmail } from "../account.ts";
import { tellOwner } from "../factors/tell-owner.server.ts";
import { spendToken } from "../one-time.server.ts";
import { FRESH_MINUTES } from "../session.ts";
import { beginSession, type OpenSession, raiseSession } from "../sessions.server.ts";
import { type Flow, findFlow, newFlow, secretsOf } from "./flow.server.ts";
import { assuranceOf, type Claims, isPlainLoopback, type Provider, vouchedAddress } from "./provider.ts";
import { findProvider, openSecret } from "./providers.server.ts";

const TIMEOUT_SECONDS = 10;

/** All that did not fit, in one sentence: the person cannot mend it, and a forger learns nothing. */
const failed = () => new Refused("factors.agencyFailed", "The agency's sign-in did not let you in here. Begin again.");
const unreachable = () => new Refused("factors.agencyUnreachable", "The agency's sign-in does not answer now.");

/**
 * Where a browser goes to sign in, and the token for its cookie.
 * @param session of somebody who shows again who they are: the provider is told to ask, whatever it remembers
 * @throws Refused `factors.agencyFailed`, `factors.agencyUnreachable`
 */
export async function beginAtAgency(
  portal: Portal,
  input: { slug: string; to: string; session: OpenSession | null },
): Promise<{ url: string; token: string }> {
  const provider = await findProvider(portal, input.slug);
  if (!provider) throw failed();
  const server = await discover(portal, provider);
  const { slug, to, session } = input;
  const token = await newFlow(portal, { slug, to, again: session?.accountId ?? null });
  const { state, nonce, verifier } = secretsOf(token);
  const url = oidc.buildAuthorizationUrl(server, {
    redirect_uri: redirectUri(portal, slug),
    scope: "openid email",
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...(provider.acr.length > 0 && { acr_values: provider.acr.join(" ") }),
    ...(session && { prompt: "login", max_age: "0" }),
  });
  return { url: url.href, token };
}

/**
 * The way back. What the provider says is believed when it was asked from this browser, within ten minutes, for the
 * first time, and by the provider that was asked.
 * @param input.query of the address to which the provider sent the browser
 * @returns the secret of the session, and where to go on
 * @throws Refused `factors.agencyFailed`, `factors.agencyUnknown`, `factors.agencyUnreachable`
 */
export async function finishAtAgency(
  portal: Portal,
  input: {
    slug: string;
    query: string;
    token: string | null;
    session: OpenSession | null;
    device?: string | undefined;
  },
): Promise<{ session: string; to: string }> {
  const { token, slug } = input;
  const flow = await findFlow(portal, token);
  // Each agency has an address of its own to come back to: an answer meant for another is none (RFC 9700, 4.4).
  if (!flow || token === null || flow.slug !== slug) throw failed();
  const spent = await inTransaction(portal, (tx) => spendToken(portal, tx, token));
  const provider = spent ? await findProvider(portal, slug) : null;
  if (!provider) throw failed();
  const claims = await exchange(portal, provider, flow, token, input.query);
  const assurance = assuranceOf(provider, claims);
  if (assurance === null) throw failed();
  return inTransaction(portal, async (tx) => {
    const accountId = await findOrLink(portal, tx, provider, claims);
    const session =
      flow.again === null
        ? await beginSession(portal, tx, {
            accountId,
            by: "agency",
            assurance,
            vouchedBy: provider.agencyId,
            device: input.device,
          })
        : await showAgain(portal, tx, { flow, accountId, assurance, provider, session: input.session });
    return { session, to: flow.to };
  });
}

/** For who is in by this agency's word already, and by nothing else. */
async function showAgain(
  portal: Portal,
  tx: Transaction,
  shown: { flow: Flow; accountId: string; assurance: 1 | 2; provider: Provider; session: OpenSession | null },
): Promise<string> {
  const { flow, accountId, assurance, provider, session } = shown;
  if (!session?.actor || session.accountId !== accountId || flow.again !== accountId) throw failed();
  if (session.proof.vouchedBy !== provider.agencyId || assurance !== 2) throw failed();
  const raised = await raiseSession(portal, tx, session.id, { by: "agency", assurance });
  if (!raised) throw failed();
  return raised;
}

async function exchange(portal: Portal, provider: Provider, flow: Flow, token: string, query: string) {
  const server = await discover(portal, provider);
  const { state, nonce, verifier } = secretsOf(token);
  const url = new URL(redirectUri(portal, flow.slug));
  url.search = query;
  const checks = {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
    ...(flow.again !== null && { maxAge: FRESH_MINUTES * 60 }),
  };
  try {
    const tokens = await oidc.authorizationCodeGrant(server, url, checks);
    const claims = tokens.claims();
    if (!claims) throw failed();
    // Providers may keep the address out of the token and tell it when asked (OpenID Connect Core, 5.4).
    if (claims["email"] !== undefined || !server.serverMetadata().userinfo_endpoint) return claims;
    const told = await oidc.fetchUserInfo(server, tokens.access_token, claims.sub);
    return { ...claims, email: told.email, email_verified: told.email_verified };
  } catch (error) {
    throw asRefusal(portal, error);
  }
}

async function discover(portal: Portal, provider: Provider): Promise<oidc.Configuration> {
  const secret = await openSecret(portal, provider.id);
  const plain = isPlainLoopback(provider.issuer, portal.config.url);
  try {
    return await oidc.discovery(
      new URL(provider.issuer),
      provider.clientId,
      undefined,
      oidc.ClientSecretBasic(secret),
      {
        timeout: TIMEOUT_SECONDS,
        ...(plain && { execute: [oidc.allowInsecureRequests] }),
      },
    );
  } catch (error) {
    throw asRefusal(portal, error);
  }
}

/** What did not fit is told apart from what did not answer; the log has the library's code, never an address. */
function asRefusal(portal: Portal, error: unknown): Error {
  if (error instanceof Refused || !(error instanceof Error)) return failed();
  const code = String((error as { code?: unknown }).code ?? "unknown");
  portal.log.warn({ code: /^[A-Z_]{1,60}$/.test(code) ? code : "unknown" }, "an agency's sign-in failed");
  return code === "OAUTH_TIMEOUT" || isNetwork(error) ? unreachable() : failed();
}

/** Whether the system's own word for a line that did not come about stands at the bottom. */
function isNetwork(error: Error): boolean {
  return "syscall" in error || (error.cause instanceof Error && isNetwork(error.cause));
}

/**
 * The account behind (issuer, subject). One that is not linked yet is found by an address that the provider has
 * checked, at a domain of the agency; in either case it holds a role at this agency now.
 * @throws Refused `factors.agencyUnknown`
 */
async function findOrLink(
  portal: Portal,
  tx: Transaction,
  provider: Provider,
  claims: Claims & { sub: string },
): Promise<string> {
  const unknown = () => new Refused("factors.agencyUnknown", "Nobody here is known under what the agency says.");
  const subjectTag = (await portal.vault.indexer("subject"))(`${provider.issuer}|${claims.sub}`);
  // One at a time: two first entries at once must lead to one link.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`subject:${subjectTag}`}))`;
  const isMember = { memberships: { some: { agencyId: provider.agencyId, endedAt: null } }, disabledAt: null };
  const link = await tx.agencyLink.findUnique({ where: { subjectTag } });
  if (link) {
    const account = await tx.account.findFirst({ where: { id: link.accountId, ...isMember } });
    if (!account || link.agencyId !== provider.agencyId) throw unknown();
    return account.id;
  }
  const address = vouchedAddress(provider, claims);
  if (address === null) throw unknown();
  const emailTag = (await portal.vault.indexer("email"))(normaliseEmail(address));
  const account = await tx.account.findFirst({ where: { emailTag, ...isMember } });
  if (!account) throw unknown();
  await tx.agencyLink.create({
    data: { subjectTag, agencyId: provider.agencyId, accountId: account.id, linkedAt: portal.time.now() },
  });
  await tellOwner(portal, tx, account.id, "agency-linked");
  await appendLedger(portal, tx, {
    actor: { kind: "account", id: account.id },
    act: "agency.linked",
    thing: { type: "account", id: account.id },
    residentId: account.id,
    agencyId: provider.agencyId,
  });
  return account.id;
}

const redirectUri = (portal: Portal, slug: string) =>
  `${portal.config.url}/sign-in/agency/${encodeURIComponent(slug)}/back`;
