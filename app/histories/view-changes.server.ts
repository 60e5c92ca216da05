/** The differences between two answers as the agency reads them: what, from what to what, who and when. */
import { listAccounts } from "#app/people/accounts.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { sayInstant } from "./cells.ts";
import { stands } from "./decision.ts";
import { type DecisionView, viewOf } from "./get-desk.server.ts";
import type { Matter, Verdict } from "./matter.server.ts";
import { findProposal } from "./proposed-content.server.ts";
import { type Change, changesBetween, decisionOf, type ProposedContent, type Turn } from "./proposed-content.ts";
import type { Step } from "./step.ts";

export interface TurnView {
  readonly target: Turn["target"];
  /** A verdict or a decision; null when there was none. */
  readonly from: Verdict | DecisionView | null;
  readonly to: Verdict | DecisionView | null;
  /** Whose act made it so, by name; null when nobody's did. */
  readonly by: string | null;
  readonly at: Date | null;
}

export interface ChangeView {
  readonly eventId: string;
  /** When the look-up was, in words. */
  readonly when: string;
  readonly kind: Change["kind"];
  readonly turns: readonly TurnView[];
}

export interface Changes {
  /** Compared with what, and when that was. */
  readonly since: "sent-back" | "edition" | "proposal";
  readonly edition: number;
  readonly at: Date;
  readonly count: number;
  /** The newest look-ups first; no more than fit a page. */
  readonly changes: readonly ChangeView[];
}

const SHOWN = 100;

/**
 * What is not as it was: since the proposal on the table (where something was decided after it), since the proposal
 * that was sent back, and since the edition that the resident has.
 */
export async function listChanges(portal: Portal, matter: Matter, now: ProposedContent): Promise<Changes[]> {
  const { proposal } = matter.road;
  const current = (await findProposal(portal, proposal)) ?? now;
  const back = findSentBack(matter, proposal);
  const released = findReleased(matter);
  const found: (Changes | null)[] = [
    proposal && (await compare(portal, matter, { since: "proposal", step: proposal }, now)),
    back && (await compare(portal, matter, { since: "sent-back", step: back }, current)),
    released && (await compare(portal, matter, { since: "edition", step: released }, current)),
  ];
  return found.filter((one) => one !== null);
}

/** The proposal that was given back before the one on the table. */
function findSentBack({ steps, road }: Matter, proposal: Step | null): Step | null {
  const before = steps.filter((step) => step.edition === road.edition && step !== proposal);
  const back = before.findLastIndex((step) => step.kind === "sent-back");
  return before.slice(0, Math.max(0, back)).findLast((step) => step.kind === "proposed") ?? null;
}

/** The proposal that the newest edition was made of: the one with its digest. */
function findReleased({ steps }: Matter): Step | null {
  const released = steps.findLast((step) => step.kind === "released");
  const isIts = (step: Step) => step.kind === "proposed" && step.digest === released?.digest;
  return (released && steps.findLast((step) => step.edition === released.edition && isIts(step))) ?? null;
}

async function compare(
  portal: Portal,
  matter: Matter,
  { since, step }: { since: Changes["since"]; step: Step },
  after: ProposedContent,
): Promise<Changes | null> {
  const before = await findProposal(portal, step);
  if (before === null) return null;
  const changes = changesBetween(before, after);
  if (changes.length === 0) return null;
  const shown = changes.slice(0, SHOWN);
  return {
    since,
    edition: step.edition,
    at: step.at,
    count: changes.length,
    changes: await say(portal, matter, shown),
  };
}

async function say(portal: Portal, matter: Matter, changes: readonly Change[]): Promise<ChangeView[]> {
  const decisions = new Map(
    matter.decisions.flatMap((decision) => (stands(decision) ? [[decision.id, decision] as const] : [])),
  );
  const actsOf = ({ target, to }: Turn, { after }: Change) => {
    const decision = decisionOf(to, decisions);
    if (target !== "match") return { by: decision?.by ?? null, at: decision?.at ?? null };
    return { by: after?.by ?? null, at: after?.at ? new Date(after.at) : null };
  };
  const actors = changes.flatMap((change) => change.turns.flatMap((turn) => actsOf(turn, change).by ?? []));
  const names = await listAccounts(portal, [...new Set(actors)]);
  const end = ({ target }: Turn, id: string | null) =>
    target === "match" ? (id as Verdict | null) : viewOf(decisionOf(id, decisions));
  return changes.map((change) => ({
    eventId: change.eventId,
    when: sayInstant(new Date(change.when), matter.reading),
    kind: change.kind,
    turns: change.turns.map((turn) => {
      const { by, at } = actsOf(turn, change);
      const name = by === null ? null : (names.get(by)?.name ?? null);
      return { target: turn.target, from: end(turn, turn.from), to: end(turn, turn.to), by: name, at };
    }),
  }));
}
