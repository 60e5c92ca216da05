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
import { accepted, digestOf, type Matter, openMatched } from "./matter.server.ts";
import { NotDecided, redactEvents } from "./redact.ts";

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
}

export interface Proposal extends CaseHead {
  /** Of the proposal on the table; approving names it, so that nothing else is approved. */
  readonly digest: string;
  readonly proposedAt: Date | null;
  /** Something was decided after it was proposed: it cannot be approved. */
  readonly stale: boolean;
  readonly counts: Counts;
  /** One page of them, in the order of their numbers. */
  readonly lines: readonly ProposedLine[];
  readonly page: number;
  readonly pages: number;
  /** False for whoever took part in making the answer. */
  readonly mayApprove: boolean;
}

const LINES_ON_A_PAGE = 50;

/** What a supervisor decides upon, line by line and page by page. @throws NotFound; Refused when nothing is proposed */
export async function getProposal(
  portal: Portal,
  actor: Actor,
  input: { caseId: string; locale: "en" | "es"; page?: number },
): Promise<Proposal> {
  const file = await openCaseFile(portal, actor, "case.send-back", input.caseId);
  const matter = await readerMatter(portal, file, input.locale);
  if (matter.road.stage !== "proposed") throw new Refused("desk.refusedNotProposed", "Nothing is proposed here now.");
  const digest = matter.road.proposal?.digest ?? "";
  const stale = digest !== digestOf(matter);
  const pages = stale ? 1 : Math.max(1, Math.ceil(accepted(matter).length / LINES_ON_A_PAGE));
  const page = Math.min(Math.max(1, Math.trunc(input.page ?? 1)), pages);
  const proposal = {
    ...(await headOf(portal, matter, input.locale)),
    digest,
    proposedAt: matter.road.proposal?.at ?? null,
    stale,
    counts: countsOf(matter),
    lines: stale ? [] : await linesOf(portal, matter, page),
    page,
    pages,
    mayApprove: may(actor, "case.approve", { ...file.facts, reviewerIds: await reviewerIdsOf(portal, matter) }),
  };
  await recordRead(portal, actor, file, "proposal.read");
  return proposal;
}

/** The answer is written whole, because what one line withholds is taken out of the others' texts too. */
async function linesOf(portal: Portal, matter: Matter, page: number): Promise<ProposedLine[]> {
  const events = await openMatched(portal, matter, accepted(matter));
  const byId = new Map(events.map((event) => [event.eventId, event]));
  const redacted = redactEvents(events, matter.effectiveOf, matter.reading);
  const releasedOf = new Map(redacted.lines.map((line) => [line.number, line.cells]));
  const onPage = [...redacted.eventIds].slice((page - 1) * LINES_ON_A_PAGE, page * LINES_ON_A_PAGE);
  return onPage.map(([number, eventId]) => {
    const event = byId.get(eventId);
    if (!event) throw new NotDecided();
    const { line, fields } = matter.effectiveOf(eventId);
    const redactions = FIELDS.flatMap((field) => {
      const decision = viewOf(fields.get(field) ?? null);
      return decision?.outcome === "redact" ? [{ field, decision }] : [];
    });
    const released = releasedOf.get(number) ?? null;
    return {
      number,
      eventId,
      released,
      logged: cellsOf(event, matter.reading),
      secret: secretMarkOf(event, matter.reading),
      decision: viewOf(line),
      redactions,
    };
  });
}
