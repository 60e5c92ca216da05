/**
 * Who may do what. Pure: it is handed the actor and the thing's facts, loads nothing, and knows no
 * feature. What is not allowed here is answered as if the thing were not there.
 */
import { NotFound } from "#app/platform/failure.ts";
import { type Actor, agenciesOf, hasRole, type Role } from "./actor.ts";

/** What the rules need to know of a thing. A fact that a rule needs and that is missing means no. */
export interface Facts {
  readonly agencyId?: string | undefined;
  readonly residentId?: string | undefined;
  /** The account that began it. */
  readonly ownerId?: string | undefined;
  /** Accounts that must not see this. */
  readonly walledIds?: readonly string[] | undefined;
  /** Accounts that matched or reviewed: none of them may approve. */
  readonly reviewerIds?: readonly string[] | undefined;
  /** Advocates to whom the resident has given consent that still holds. */
  readonly advocateIds?: readonly string[] | undefined;
}

type Rule = (actor: Actor, facts: Facts) => boolean;

const staff =
  (...roles: Role[]): Rule =>
  (actor, facts) =>
    facts.agencyId !== undefined && roles.some((role) => hasRole(actor, role, facts.agencyId));

const resident: Rule = (actor, facts) =>
  actor.kind === "account" && facts.residentId !== undefined && actor.accountId === facts.residentId;

const owner: Rule = (actor, facts) => actor.kind === "account" && actor.accountId === facts.ownerId;

const advocate: Rule = (actor, facts) =>
  actor.kind === "account" && hasRole(actor, "advocate") && (facts.advocateIds ?? []).includes(actor.accountId);

const shell: Rule = (actor) => actor.kind === "operator";
const operator: Rule = (actor, facts) => shell(actor, facts) || hasRole(actor, "operator");
const system: Rule = (actor) => actor.kind === "system";
const custodian: Rule = (actor, facts) =>
  actor.kind === "custodian" && facts.agencyId !== undefined && actor.agencyId === facts.agencyId;
const signedIn: Rule = (actor) => actor.kind === "account";

/** The resident's own clerk or supervisor may not handle the resident's own request. */
const notOneself: Rule = (actor, facts) => actor.kind !== "account" || actor.accountId !== facts.residentId;

const fresh: Rule = (actor, facts) =>
  actor.kind === "account" && facts.reviewerIds !== undefined && !facts.reviewerIds.includes(actor.accountId);

const any =
  (...rules: Rule[]): Rule =>
  (actor, facts) =>
    rules.some((rule) => rule(actor, facts));
const all =
  (...rules: Rule[]): Rule =>
  (actor, facts) =>
    rules.every((rule) => rule(actor, facts));

/** One line for each action. Walls are checked before any of them. */
const RULES = {
  "feed.import": any(operator, staff("clerk", "supervisor"), custodian),
  "feed.read": any(staff("clerk", "supervisor")),
  "feed.overview": any(operator, staff("clerk", "supervisor")),
  // Rows out of quarantine again, and profiles by which they can be read.
  "feed.mend": staff("clerk", "supervisor"),
  "feed.promise": staff("supervisor"),
  "feed.remind": any(system, staff("supervisor")),
  "feed.push": custodian,
  "feed.upload": all(staff("clerk", "supervisor"), owner),
  "feed.keys": any(operator, staff("supervisor")),
  "feed.doors": operator,
  "feed.retention": operator,

  "request.start": signedIn,
  "request.edit": resident,
  "request.read": resident,
  "request.purge": shell,
  "case.list": staff("clerk", "supervisor"),
  "case.read": all(staff("clerk", "supervisor"), notOneself),
  "case.check-identity": all(staff("clerk"), notOneself),
  "case.decide": all(staff("clerk"), notOneself),
  "case.propose": all(staff("clerk"), notOneself),
  "case.approve": all(staff("supervisor"), notOneself, fresh),
  "case.send-back": all(staff("supervisor"), notOneself),
  "case.run-clock": all(staff("clerk", "supervisor"), notOneself),
  "clock.tell": system,
  // Whose date a change would move. An operator on the web is told how many: who is at the shell has the database.
  "case.foresee": any(shell, all(staff("supervisor"), notOneself)),

  "agency.close": any(operator, staff("supervisor")),
  "agency.figures": staff("clerk", "supervisor"),
  "law.switch": operator,
  "calendar.subscribe": (actor) =>
    (["clerk", "supervisor", "intake"] as const).some((role) => agenciesOf(actor, [role]).length > 0) ||
    hasRole(actor, "advocate"),

  "release.read": resident,
  "release.make": system,
  "dispute.file": resident,

  "complaint.list": staff("intake"),
  "complaint.read": any(resident, all(staff("intake"), notOneself), advocate),
  "complaint.move": all(staff("intake"), notOneself),
  "complaint.withdraw": resident,
  "consent.give": resident,
  "consent.revoke": resident,
  "complaint.follow": (actor) => hasRole(actor, "advocate"),

  "registry.change": operator,
  "portal.watch": operator,
  "ledger.verify": operator,
  "ledger.hand-out": shell,
  "keys.rotate": shell,
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof RULES;
export const ACTIONS = Object.keys(RULES) as readonly Action[];

export function may(actor: Actor, action: Action, facts: Facts = {}): boolean {
  if (actor.kind === "account" && (facts.walledIds ?? []).includes(actor.accountId)) return false;
  return RULES[action](actor, facts);
}

/** @throws NotFound: another's thing looks exactly like nothing. */
export function authorise(actor: Actor, action: Action, facts: Facts = {}): void {
  if (!may(actor, action, facts)) throw new NotFound();
}
