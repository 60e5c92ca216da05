/** The people of an agency, and letters that offer a role there. Pure. */
import type { Role } from "./actor.ts";

/** The roles that an agency gives, by its admin. */
export const AGENCY_ROLES = ["clerk", "supervisor", "intake", "admin", "auditor"] as const satisfies readonly Role[];
export type AgencyRole = (typeof AGENCY_ROLES)[number];

/** The roles that no agency gives: an operator at the shell does. An auditor of none audits the whole portal. */
export const PORTAL_ROLES = ["advocate", "auditor", "operator"] as const satisfies readonly Role[];

export function isAgencyRole(text: string): text is AgencyRole {
  return (AGENCY_ROLES as readonly string[]).includes(text);
}

/** Whether a role can be offered there: at an agency, or (null) at none. */
export function canBeOffered(role: string, agencyId: string | null): boolean {
  const offered: readonly string[] = agencyId === null ? PORTAL_ROLES : AGENCY_ROLES;
  return offered.includes(role);
}

/** A letter lies in a mailbox for a while; what was offered long ago may be meant no more. */
export const INVITATION_DAYS = 7;

export type InvitationState = "open" | "accepted" | "withdrawn" | "expired";

export function stateOfInvitation(
  invitation: { readonly acceptedAt: Date | null; readonly withdrawnAt: Date | null; readonly expiresAt: Date },
  now: Date,
): InvitationState {
  if (invitation.acceptedAt !== null) return "accepted";
  if (invitation.withdrawnAt !== null) return "withdrawn";
  return invitation.expiresAt <= now ? "expired" : "open";
}

/** One role that somebody holds. */
export interface HeldRole {
  readonly membershipId: string;
  readonly role: Role;
  readonly since: Date;
}

/** Somebody who works at an agency, as its admin sees him. */
export interface Member {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly HeldRole[];
  /** When a page was last asked for in this person's session; null: never signed in. */
  readonly seenAt: Date | null;
  readonly disabledAt: Date | null;
  /** Disabled by this agency: its admin can enable again. */
  readonly disabledHere: boolean;
}

/** A letter that waits for an answer, or was not answered in time. */
export interface OpenInvitation {
  readonly id: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly sentAt: Date;
  readonly expiresAt: Date;
  readonly state: "open" | "expired";
}
