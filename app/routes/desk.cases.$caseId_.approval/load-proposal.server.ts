import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { getProposal, PROPOSAL_SHOWN } from "#app/histories/get-proposal.server.ts";
import { attempt } from "../refusal.ts";
import { answering, requireActor } from "../respond.server.ts";

/** The proposal as the page gets it: nothing of it is a Date. */
export async function loadProposal(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { caseId = "" } = args.params;
  const { searchParams } = new URL(args.request.url);
  const asked = {
    caseId,
    locale: args.context.locale,
    page: Number(searchParams.get("page")) || 1,
    show: PROPOSAL_SHOWN.find((one) => one === searchParams.get("show")) ?? "sample",
    size: Number(searchParams.get("size")) || 0,
  } as const;
  const { value: proposal } = await answering(() => attempt(() => getProposal(args.context.portal, actor, asked)));
  // Nothing is proposed any more: the case's own page says where it stands.
  if (!proposal) throw redirect(`/desk/cases/${caseId}`);
  return {
    ...proposal,
    frozenUntil: proposal.frozenUntil?.toISOString() ?? null,
    proposedAt: proposal.proposedAt?.toISOString() ?? null,
    changes: proposal.changes.map((one) => ({
      ...one,
      at: one.at.toISOString(),
      changes: one.changes.map((change) => ({
        ...change,
        turns: change.turns.map((turn) => ({ ...turn, at: turn.at?.toISOString() ?? null })),
      })),
    })),
  };
}

export type ProposalData = Awaited<ReturnType<typeof loadProposal>>;
