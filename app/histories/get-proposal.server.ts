import type { Actor } from "#app/people/actor.ts";
import { may } from "#app/people/authorise.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { openCaseFile, recordRead } from "#app/requests/case-file.server.ts";
import { reviewerIdsOf } from "./approve-history.server.ts";
import { type Cells, cellsOf, type SecretMark, secretMarkOf } from "./cells.ts";
import {
  type CaseHead,
  type Counts,
  countsOf,
  type DecisionView,
  headOf,
  readerMatter,
  viewOf,
} from "./get-desk.server.ts";
import { FIELDS, type Field, type Line } from "./history.ts";
import { type Look, linesToSendBack, notLookedAt, standingLooks } from "./look.ts";
import { accepted, digestOf, type Matter, openMatched } from "./matter.server.ts";
import { contentNow, findProposal, listLooks } from "./proposed-content.server.ts";
import type { Always } from "./proposed-content.ts";
import { NotDecided, redactEvents } from "./redact.ts";
import { drawSample, isInSample, type Sample } from "./sample.ts";
import { type Changes, listChanges } from "./view-changes.server.ts";

/** One line of a proposal: what the resident would read, and what would be held back and why. */
export interface ProposedLine {
  readonly number: number;
  readonly eventId: string;
  /** As it would be released; null for a line withheld as a whole. */
  readonly released: Line["cells"] | null;
  /** What the log says, other people's identifiers masked: for judging what is held back. */
  readonly logged: Cells;
  readonly secret: SecretMark | null;
  readonly decision: DecisionView | null;
  readonly redactions: readonly { readonly field: Field; readonly decision: DecisionView }[];
  readonly inSample: boolean;
  /** Why it is looked at whatever is drawn. */
  readonly always: readonly Always[];
  /** What stands of it, and whether this reader said so. */
  readonly look: { readonly verdict: Look["verdict"]; readonly remark: string | null; readonly own: boolean } | null;
}

/** The sample as the page tells it (sample.ts). */
export interface SampleView {
  readonly lines: number;
  readonly always: number;
  readonly drawn: number;
  readonly drawnFrom: number;
  readonly least: number;
  /** Lines of the sample at which this reader has not looked. */
  readonly left: number;
  /** Lines with a remark that stands. */
  readonly back: number;
}

export const PROPOSAL_SHOWN = ["all", "sample", "left"] as const;
/** All lines, those of the sample, or those of it at which this reader has not looked. */
export type ProposalShow = (typeof PROPOSAL_SHOWN)[number];

export interface Proposal extends CaseHead {
  /** Of the proposal on the table; approving names it, so that nothing else is approved. */
  readonly digest: string;
  readonly proposedAt: Date | null;
  /** Something was decided after it was proposed: it cannot be approved. */
  readonly stale: boolean;
  readonly counts: Counts;
  readonly sample: SampleView;
  readonly show: ProposalShow;
  /** One page of them, in the order of their numbers. */
  readonly lines: readonly ProposedLine[];
  readonly page: number;
  readonly pages: number;
  readonly changes: readonly Changes[];
  /** False for whoever took part in making the answer. */
  readonly mayApprove: boolean;
}

const LINES_ON_A_PAGE = 50;

/**
 * What a supervisor decides upon, line by line and page by page.
 * @param input.size how many lines are drawn beside those that are always looked at; the least without it
 * @throws NotFound; Refused when nothing is proposed
 */
export async function getProposal(
  portal: Portal,
  actor: Actor,
  input: { caseId: string; locale: "en" | "es"; page?: number; show?: ProposalShow; size?: number },
): Promise<Proposal> {
  const file = await openCaseFile(portal, actor, "case.send-back", input.caseId);
  const matter = await readerMatter(portal, file, input.locale);
  if (matter.road.stage !== "proposed") throw new Refused("desk.refusedNotProposed", "Nothing is proposed here now.");
  const step = matter.road.proposal;
  const digest = step?.digest ?? "";
  const stale = digest !== digestOf(matter);
  const now = await contentNow(portal, matter);
  const sample = drawSample((await findProposal(portal, step)) ?? now, digest, input.size);
  const looks = await listLooks(portal, file, step);
  const accountId = actor.kind === "account" ? actor.accountId : "";
  const left = new Set(notLookedAt(sample, looks, accountId));
  const show = input.show ?? "all";
  const isShown = (eventId: string) =>
    show === "all" || (show === "sample" ? isInSample(sample, eventId) : left.has(eventId));
  const count = stale ? 0 : accepted(matter).filter(({ eventId }) => isShown(eventId)).length;
  const pages = Math.max(1, Math.ceil(count / LINES_ON_A_PAGE));
  const page = Math.min(Math.max(1, Math.trunc(input.page ?? 1)), pages);
  const proposal = {
    ...(await headOf(portal, matter, input.locale)),
    digest,
    proposedAt: step?.at ?? null,
    stale,
    counts: countsOf(matter),
    sample: {
      lines: sample.lines,
      always: sample.always.size,
      drawn: sample.drawn.size,
      drawnFrom: sample.drawnFrom,
      least: sample.least,
      left: left.size,
      back: linesToSendBack(looks).length,
    },
    show,
    lines: stale ? [] : await linesOf(portal, matter, { page, isShown, sample, looks, accountId }),
    page,
    pages,
    changes: await listChanges(portal, matter, now),
    mayApprove: may(actor, "case.approve", { ...file.facts, reviewerIds: await reviewerIdsOf(portal, matter) }),
  };
  await recordRead(portal, actor, file, "proposal.read");
  return proposal;
}

interface Shown {
  readonly page: number;
  readonly isShown: (eventId: string) => boolean;
  readonly sample: Sample;
  readonly looks: readonly Look[];
  readonly accountId: string;
}

/** The answer is written whole, because what one line withholds is taken out of the others' texts too. */
async function linesOf(portal: Portal, matter: Matter, shown: Shown): Promise<ProposedLine[]> {
  const { page, sample } = shown;
  const events = await openMatched(portal, matter, accepted(matter));
  const byId = new Map(events.map((event) => [event.eventId, event]));
  const redacted = redactEvents(events, matter.effectiveOf, matter.reading);
  const releasedOf = new Map(redacted.lines.map((line) => [line.number, line.cells]));
  const standing = standingLooks(shown.looks);
  const chosen = [...redacted.eventIds].filter(([, eventId]) => shown.isShown(eventId));
  const onPage = chosen.slice((page - 1) * LINES_ON_A_PAGE, page * LINES_ON_A_PAGE);
  return onPage.map(([number, eventId]) => {
    const event = byId.get(eventId);
    if (!event) throw new NotDecided();
    const { line, fields } = matter.effectiveOf(eventId);
    const redactions = FIELDS.flatMap((field) => {
      const decision = viewOf(fields.get(field) ?? null);
      return decision?.outcome === "redact" ? [{ field, decision }] : [];
    });
    const look = standing.get(eventId);
    return {
      number,
      eventId,
      released: releasedOf.get(number) ?? null,
      logged: cellsOf(event, matter.reading),
      secret: secretMarkOf(event, matter.reading),
      decision: viewOf(line),
      redactions,
      inSample: isInSample(sample, eventId),
      always: sample.always.get(eventId) ?? [],
      look: look ? { verdict: look.verdict, remark: look.remark, own: look.by === shown.accountId } : null,
    };
  });
}
