import type { LedgerActor } from "#app/platform/ledger/entry.ts";
import type { Proof } from "./session.ts";

/** What a person may be here. A resident needs no membership: everyone may ask about themselves. */
export const ROLES = ["clerk", "supervisor", "intake", "admin", "auditor", "advocate", "operator"] as const;
export type Role = (typeof ROLES)[number];

export interface MembershipFacts {
  /** Null for roles that no agency gives: advocate, operator, and an auditor of the whole portal. */
  readonly agencyId: string | null;
  readonly role: Role;
}

/** Stored memberships as facts; what stands there as a role and is none opens nothing. */
export function membershipFacts(rows: readonly { agencyId: string | null; role: string }[]): MembershipFacts[] {
  return rows.flatMap(({ agencyId, role }) => (isRole(role) ? [{ agencyId, role }] : []));
}

/** The roles that count in this session: an agency that vouches for somebody does so for itself alone. */
export function membershipsIn(proof: Proof, memberships: readonly MembershipFacts[]): MembershipFacts[] {
  return memberships.filter((held) => proof.vouchedBy === null || held.agencyId === proof.vouchedBy);
}

function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

/** Someone signed in. */
export interface AccountActor {
  readonly kind: "account";
  readonly accountId: string;
  readonly name: string;
  readonly locale: "en" | "es";
  readonly memberships: readonly MembershipFacts[];
  /** How the session was proved. Whoever acts without a session has none, and nothing that asks for it is done. */
  readonly proof?: Proof;
  /** SHA-256 of the secret by which the browser is known as one of the resident's own, or null. */
  readonly browser?: string | null;
  /** Postal addresses that a member of staff has declared, so that a conflict can be seen. */
  readonly addresses?: readonly string[];
}

/** By what a custodian's machine is known: its key, or the folder or server that an operator set up for it. */
export const DOORS = ["key", "folder", "sftp"] as const;
export type DoorKind = (typeof DOORS)[number];

/** A custodian's own machine: it delivers that agency's logs and may do nothing else. */
export interface CustodianActor {
  readonly kind: "custodian";
  readonly agencyId: string;
  readonly door: DoorKind;
  readonly doorId: string;
}

/** Who acts: a signed-in account, an operator at the shell, a custodian's machine, or the portal's own job. */
export type Actor =
  | AccountActor
  | CustodianActor
  | { readonly kind: "operator"; readonly name: string }
  | { readonly kind: "system"; readonly task: string };

export function hasRole(actor: Actor, role: Role, agencyId?: string): boolean {
  if (actor.kind !== "account") return false;
  return actor.memberships.some(
    (membership) => membership.role === role && (agencyId === undefined || membership.agencyId === agencyId),
  );
}

/** The agencies in which the actor holds one of the roles. */
export function agenciesOf(actor: Actor, roles: readonly Role[]): string[] {
  if (actor.kind !== "account") return [];
  const ids = actor.memberships.filter((held) => roles.includes(held.role)).map((held) => held.agencyId);
  return [...new Set(ids.filter((id) => id !== null))];
}

/** How the ledger names the actor, in the role in which he acts. */
export function asLedgerActor(actor: Actor, role?: Role | "resident" | "representative"): LedgerActor {
  if (actor.kind === "account") return { kind: "account", id: actor.accountId, ...(role && { role }) };
  if (actor.kind === "operator") return { kind: "operator", id: actor.name };
  if (actor.kind === "custodian") return { kind: "custodian", id: actor.doorId, role: actor.door };
  return { kind: "system", id: actor.task };
}
