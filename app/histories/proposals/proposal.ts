/**
 * What a rule proposes to decide about a look-up, and why. A proposal is never a decision: nothing is disclosed or held
 * back by it until a clerk takes it over, and what no rule covers has none.
 */
import type { Evidence, Words } from "#app/law/words.ts";
import type { LocalDate } from "#app/platform/time/local-date.ts";
import type { MatchedEvent, Reading } from "../cells.ts";
import { type Effective, hidesLine, LINE, type Outcome, type Target } from "../decision.ts";
import { type Bound, findGround } from "../ground.ts";

/** What the rules may know of a case. */
export interface ProposalFacts {
  readonly bound: Bound;
  /** At the agency. */
  readonly today: LocalDate;
  readonly reading: Reading;
  /** As the resident wrote it: who is searched for by another name is somebody else. */
  readonly residentName: string;
}

/** What a rule makes of one look-up. */
export interface Found {
  readonly field: Target;
  readonly outcome: Outcome;
  /** Ids of grounds, the fitting ones first: the first that binds the case is cited. Null: nothing is held back. */
  readonly grounds: readonly string[] | null;
  readonly reviewOn: LocalDate | null;
}

/** One rule as data, but for what it looks at. */
export interface ProposalRule {
  readonly id: string;
  /** Raised with every change of what it proposes or says. */
  readonly version: number;
  readonly name: Words;
  readonly why: Words;
  /** What it rests on besides the exemption that it cites; null: that alone. */
  readonly cite: string | null;
  readonly evidence: Evidence;
  /** True: to be looked at one by one, whatever exemption it cites. */
  readonly oneByOne: boolean;
  readonly find: (matched: MatchedEvent, facts: ProposalFacts) => readonly Found[];
}

export interface Proposal {
  readonly eventId: string;
  readonly rule: string;
  readonly version: number;
  readonly name: Words;
  readonly why: Words;
  readonly field: Target;
  readonly outcome: Outcome;
  /** Id of a ground (ground.ts); null for a disclosure. */
  readonly exemption: string | null;
  /** Of the exemption, or what a disclosure rests on; null where the rule cites nothing. */
  readonly cite: string | null;
  readonly reviewOn: LocalDate | null;
  /** A person must weigh each: many are not taken over in one go. */
  readonly needsJudgement: boolean;
}

/**
 * What the rules propose for one look-up. Of several that speak of one target the first in the list counts; where no
 * ground that a rule could cite binds the case, it proposes nothing.
 */
export function proposalsFor(
  matched: MatchedEvent,
  facts: ProposalFacts,
  rules: readonly ProposalRule[],
): readonly Proposal[] {
  const proposals = new Map<Target, Proposal>();
  for (const rule of rules) {
    for (const found of rule.find(matched, facts)) {
      if (proposals.has(found.field)) continue;
      const proposal = proposalOf(rule, found, matched.eventId, facts.bound);
      if (proposal !== null) proposals.set(found.field, proposal);
    }
  }
  return [...proposals.values()];
}

function proposalOf(rule: ProposalRule, found: Found, eventId: string, bound: Bound): Proposal | null {
  const { id, version, name, why } = rule;
  const { field, outcome, reviewOn } = found;
  const said = { eventId, rule: id, version, name, why, field, outcome, reviewOn };
  if (found.grounds === null) return { ...said, exemption: null, cite: rule.cite, needsJudgement: rule.oneByOne };
  const scope = field === LINE ? "line" : "field";
  const grounds = found.grounds.flatMap((ground) => findGround(ground, bound) ?? []);
  const ground = grounds.find(({ covers }) => covers.includes(scope));
  if (ground === undefined) return null;
  const needsJudgement = rule.oneByOne || ground.needsJudgement;
  return { ...said, exemption: ground.id, cite: ground.cite, needsJudgement };
}

/** Of these, the ones that nothing was decided about yet. A field of a line that is held back waits for nothing. */
export function openProposals(proposals: readonly Proposal[], effective: Effective): Proposal[] {
  return proposals.filter(({ field }) => {
    if (field === LINE) return effective.line === null;
    return hidesLine(effective) === null && !effective.fields.has(field);
  });
}

/** Names what is proposed, whatever line it is for: equal proposals have equal keys. */
export function proposalKey({ rule, version, field, outcome, exemption, reviewOn }: Omit<Proposal, "eventId">): string {
  return [rule, version, field, outcome, exemption ?? "", reviewOn ?? ""].join("|");
}

/** Equal proposals for several lines. */
export interface ProposalGroup extends Omit<Proposal, "eventId"> {
  readonly key: string;
  readonly eventIds: readonly string[];
}

/** In the order in which the first of each came. */
export function groupProposals(proposals: readonly Proposal[]): ProposalGroup[] {
  return [...Map.groupBy(proposals, proposalKey)].flatMap(([key, equal]) => {
    const [first] = equal;
    if (first === undefined) return [];
    const { eventId: _, ...said } = first;
    return [{ ...said, key, eventIds: equal.map(({ eventId }) => eventId) }];
  });
}
