import type { Role } from "#app/people/actor.ts";

/** What a role is called on the pages of those who give and hold it. */
export const ROLE_NAMES = {
  clerk: "member.roleClerk",
  supervisor: "member.roleSupervisor",
  intake: "member.roleIntake",
  admin: "member.roleAdmin",
  auditor: "member.roleAuditor",
  advocate: "member.roleAdvocate",
  operator: "member.roleOperator",
} as const satisfies Readonly<Record<Role, string>>;
