import type { WordKey } from "#app/ui/words/words.ts";
import { actWords } from "./request.acts.ts";

/** Acts that belong to no request, in words for an auditor. */
const ACT_WORDS: Readonly<Record<string, WordKey>> = {
  "member.invited": "audit.actMemberInvited",
  "member.invitation-withdrawn": "audit.actMemberWithdrawn",
  "member.joined": "audit.actMemberJoined",
  "member.ended": "audit.actMemberEnded",
  "members.read": "audit.actMembersRead",
  "account.disabled": "audit.actAccountDisabled",
  "account.enabled": "audit.actAccountEnabled",
  "account.signed-in": "audit.actSignedIn",
  "calendar.made": "audit.actCalendarMade",
  "calendar.revoked": "audit.actCalendarRevoked",
  "ledger.read": "audit.actLedgerRead",
  "ledger.exported": "audit.actLedgerExported",
  "outside-queue.read": "audit.actOutsideRead",
  "operator.command": "audit.actOperatorCommand",
};

const ROLE_WORDS = {
  resident: "audit.roleResident",
  clerk: "audit.roleClerk",
  supervisor: "audit.roleSupervisor",
  intake: "audit.roleIntake",
  admin: "audit.roleAdmin",
  auditor: "audit.roleAuditor",
  advocate: "audit.roleAdvocate",
  operator: "audit.roleOperator",
  custodian: "audit.roleCustodian",
  system: "audit.roleSystem",
} as const satisfies Readonly<Record<string, WordKey>>;

/** The sentence for an act; one without words is shown by its code, never left out. */
export function auditActWords(act: string): { key: WordKey; params: Record<string, string> } {
  const own = ACT_WORDS[act];
  return own === undefined ? actWords(act) : { key: own, params: {} };
}

export function auditRoleWords(role: string): (typeof ROLE_WORDS)[keyof typeof ROLE_WORDS] | "audit.roleOther" {
  return Object.entries(ROLE_WORDS).find(([name]) => name === role)?.[1] ?? "audit.roleOther";
}
