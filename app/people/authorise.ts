/**
 * Who may do what. Pure: it is handed the actor and the thing's facts, loads nothing, and knows no
 * feature. What is not allowed here is answered as if the thing were not there.
 */
import { NotFound } from "#app/platform/failure.ts";
import { type Actor, agenciesOf, hasRole, type Role } from "./actor.ts";
import { isAskedToStepAside, type Namesake, StepAsideAsked } from "./conflict.ts";
import { isKeptFromMailbox, MailboxAlone } from "./own-browser.ts";
import type { ActingFor, Scope } from "./representative.ts";
import { type StandInFacts, standsIn } from "./stand-in.ts";

/** What the rules need to know of a thing. A fact that a rule needs and that is missing means no. */
export interface Facts {
  readonly agencyId?: string | undefined;
  readonly residentId?: string | undefined;
  /** The account that is acted upon, where people are managed: nobody raises or spares himself. */
  readonly subjectId?: string | undefined;
  /** The account that began it. */
  readonly ownerId?: string | undefined;
  /** Accounts that must not see this. */
  readonly walledIds?: readonly string[] | undefined;
  /** Accounts that matched or reviewed: none of them may approve. */
  readonly reviewerIds?: readonly string[] | undefined;
  /** Advocates to whom the resident has given consent that still holds. */
  readonly advocateIds?: readonly string[] | undefined;
  /** Who does a duty here in place of the agency's own people. */
  readonly standIns?: readonly StandInFacts[] | undefined;
  /** Whose namesakes are asked before they open it (authorise alone asks; lists and letters do not). */
  readonly namesake?: Namesake | undefined;
  /** The browsers in which this was asked for, or was proved by a letter to be the resident's. */
  readonly askedFrom?: readonly string[] | undefined;
  /** Who acts for the resident, each within scopes, as long as it holds. */
  readonly representatives?: readonly ActingFor[] | undefined;
}

type Rule = (actor: Actor, facts: Facts) => boolean;

const staff =
  (...roles: Role[]): Rule =>
  (actor, facts) =>
    (facts.agencyId !== undefined && roles.some((role) => hasRole(actor, role, facts.agencyId))) ||
    standsIn(actor, roles, facts.standIns ?? []);

/** An agency that vouches for its clerk does not thereby open what the clerk asks as a resident. */
const oneself = (actor: Actor): boolean => actor.kind === "account" && !actor.proof?.vouchedBy;

const resident: Rule = (actor, facts) =>
  actor.kind === "account" && oneself(actor) && facts.residentId !== undefined && actor.accountId === facts.residentId;

const owner: Rule = (actor, facts) => actor.kind === "account" && actor.accountId === facts.ownerId;

const advocate: Rule = (actor, facts) =>
  actor.kind === "account" && hasRole(actor, "advocate") && (facts.advocateIds ?? []).includes(actor.accountId);

/** Nobody acts at the shell without a name. */
const shell: Rule = (actor) => actor.kind === "operator" && actor.name !== "";
/** Acts for the resident in this. What a resident alone may do (change, prove, appoint, wall) has no scope. */
const acting =
  (scope: Scope): Rule =>
  (actor, facts) =>
    actor.kind === "account" &&
    (facts.representatives ?? []).some(
      ({ accountId, scopes }) => accountId === actor.accountId && scopes.includes(scope),
    );

const operator: Rule = (actor, facts) => shell(actor, facts) || hasRole(actor, "operator");
const system: Rule = (actor) => actor.kind === "system";
const custodian: Rule = (actor, facts) =>
  actor.kind === "custodian" && facts.agencyId !== undefined && actor.agencyId === facts.agencyId;
const signedIn: Rule = oneself;

/** A clerk or supervisor may not handle the own request, nor one in which he acts for the resident. */
const notOneself: Rule = (actor, facts) =>
  actor.kind !== "account" ||
  (actor.accountId !== facts.residentId &&
    !(facts.representatives ?? []).some(({ accountId }) => accountId === actor.accountId));

const notOfOneself: Rule = (actor, facts) => actor.kind !== "account" || actor.accountId !== facts.subjectId;

/** Of one agency, or of the whole portal: the latter reads what belongs to no agency as well. */
const auditor: Rule = (actor, facts) =>
  staff("auditor")(actor, facts) ||
  (actor.kind === "account" && actor.memberships.some((held) => held.role === "auditor" && held.agencyId === null));
/** Whoever commands the people of an agency may not judge what is said against them. */
const notInChain: Rule = (actor, facts) =>
  facts.agencyId === undefined || !hasRole(actor, "supervisor", facts.agencyId);

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
  "request.wall": resident,
  "request.contact": resident,
  "request.read": any(resident, acting("see")),
  "request.represent": resident,
  "representation.accept": signedIn,
  "identity.prove": resident,
  // By itself only what is over the time that an operator has set.
  "request.purge": any(shell, system),
  "request.keep": shell,
  "case.list": staff("clerk", "supervisor"),
  "case.read": all(staff("clerk", "supervisor"), notOneself),
  "case.check-identity": all(staff("clerk"), notOneself),
  "case.confirm-overlap": all(staff("supervisor"), notOneself),
  "case.decide": all(staff("clerk"), notOneself),
  "case.propose": all(staff("clerk"), notOneself),
  "case.approve": all(staff("supervisor"), notOneself, fresh),
  "case.send-back": all(staff("supervisor"), notOneself),
  // Asked of everybody whose name is like the resident's, before anything else is.
  "conflict.declare": all(staff("clerk", "supervisor"), notOneself),
  "conflict.review": all(staff("supervisor"), notOneself),
  "case.post": all(staff("clerk", "supervisor"), notOneself),
  "case.run-clock": all(staff("clerk", "supervisor"), notOneself),
  "clock.tell": system,
  // Whose date a change would move. An operator on the web is told how many: who is at the shell has the database.
  "case.foresee": any(shell, all(staff("supervisor"), notOneself)),

  "agency.alternate": operator,
  "agency.close": any(operator, staff("supervisor")),
  "agency.figures": staff("clerk", "supervisor"),
  "signal.switch": staff("supervisor"),
  "law.switch": operator,
  "calendar.subscribe": (actor) =>
    (["clerk", "supervisor", "intake"] as const).some((role) => agenciesOf(actor, [role]).length > 0) ||
    hasRole(actor, "advocate"),

  // Words between a resident and the agency: each side writes as itself. What staff do at a case begins with "case.":
  // namesakes are asked about a conflict there, and the resident never.
  "request.write-message": resident,
  "case.write-message": all(staff("clerk", "supervisor"), notOneself),

  "release.read": any(resident, acting("see")),
  "release.make": system,
  "lines.return": system,
  "dispute.file": any(resident, acting("dispute")),

  "complaint.list": staff("intake"),
  "complaint.read": any(resident, acting("dispute"), all(staff("intake"), notOneself, notInChain), advocate),
  "complaint.move": all(staff("intake"), notOneself, notInChain),
  "complaint.withdraw": resident,
  "consent.give": resident,
  "consent.revoke": resident,
  "complaint.follow": (actor) => hasRole(actor, "advocate"),

  "factor.change": owner,
  "session.list": owner,
  "agency.sign-in": shell,
  "account.reset-factors": shell,
  // An operator manages people at the shell alone: who takes over an operator's browser makes nobody an admin.
  "member.list": any(shell, staff("admin")),
  "member.invite": any(shell, all(staff("admin"), notOfOneself)),
  "member.end": any(shell, staff("admin")),
  "account.disable": any(shell, all(staff("admin"), notOfOneself)),
  "account.enable": any(shell, all(staff("admin"), notOfOneself)),
  "ledger.read": auditor,
  "case.outside-queue": staff("supervisor"),
  "contact.change": resident,
  // Only who has seen the resident's identity proved again: never the resident's own session, which may be a thief's.
  "freeze.end": any(system, all(staff("clerk"), notOneself)),
  // Badge and user ids: one's own.
  "staff.sign": all(signedIn, owner, staff("clerk", "supervisor", "intake")),

  "registry.change": operator,
  "portal.watch": operator,
  "ledger.verify": operator,
  "ledger.hand-out": shell,
  "keys.rotate": shell,
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof RULES;
export const ACTIONS = Object.keys(RULES) as readonly Action[];

/** The account that walls keep out when this actor acts; null for whom no wall can stop: the shell, jobs, machines. */
export function walledAccount(actor: Actor): string | null {
  return actor.kind === "account" ? actor.accountId : null;
}

export function may(actor: Actor, action: Action, facts: Facts = {}): boolean {
  const account = walledAccount(actor);
  if (account !== null && (facts.walledIds ?? []).includes(account)) return false;
  return RULES[action](actor, facts) && !isKeptFromMailbox(actor, action, facts);
}

/**
 * @throws NotFound: another's thing looks exactly like nothing.
 * @throws MailboxAlone for the resident's account, where a mailbox is all that was shown
 * @throws StepAsideAsked for somebody at work who may be of the resident's family, and has not answered that yet
 */
export function authorise(actor: Actor, action: Action, facts: Facts = {}): void {
  if (isKeptFromMailbox(actor, action, facts) && may(actor, action, { ...facts, askedFrom: [] }))
    throw new MailboxAlone();
  if (!may(actor, action, facts)) throw new NotFound();
  if (isAskedToStepAside(actor, action, facts)) throw new StepAsideAsked(facts.namesake?.caseId ?? "");
}
