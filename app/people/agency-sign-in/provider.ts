/** An agency's own sign-in (OpenID Connect): what an operator sets, and what is believed of it. Pure. */

export interface Provider {
  readonly id: string;
  readonly agencyId: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly domains: readonly string[];
  readonly acr: readonly string[];
  readonly amr: readonly string[];
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** Over HTTPS; without it only on this very machine, and only for a portal that has none itself. */
export function isIssuer(text: string, portalUrl: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, search, hash, username } = new URL(text);
  if (search !== "" || hash !== "" || username !== "") return false;
  return protocol === "https:" || isPlainLoopback(text, portalUrl);
}

/** A provider on this machine, for a portal on this machine: the one place where HTTP is let pass. */
export function isPlainLoopback(issuer: string, portalUrl: string): boolean {
  const { protocol, hostname } = new URL(issuer);
  return protocol === "http:" && LOOPBACK.test(hostname) && portalUrl.startsWith("http:");
}

/** What stands after the @, as it is compared: small letters, no dot at the end. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}

export const DOMAIN = /^(?=.{3,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** What the provider says of somebody who has signed in there: email, email_verified, acr, amr and more. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * How many factors the agency's sign-in was worth, or null when it was worth less than the agency itself demands.
 * Without a demand it is one, and our own second factor follows.
 */
export function assuranceOf(provider: Provider, claims: Claims): 1 | 2 | null {
  if (provider.acr.length === 0 && provider.amr.length === 0) return 1;
  const { acr, amr } = claims;
  const byAcr = typeof acr === "string" && provider.acr.includes(acr);
  const methods: unknown[] = Array.isArray(amr) ? amr : [];
  const byAmr = provider.amr.some((method) => methods.includes(method));
  return byAcr || byAmr ? 2 : null;
}

/** The agency's own address of somebody, if the provider has checked it and it is one of the agency's. */
export function vouchedAddress(provider: Provider, claims: Claims): string | null {
  const { email, email_verified: isVerified } = claims;
  if (typeof email !== "string" || isVerified !== true) return null;
  return provider.domains.includes(domainOf(email)) ? email : null;
}
