import type { LoaderFunctionArgs } from "@remix-run/node";
import { getDesk } from "#app/histories/get-desk.server.ts";
import { getReviews } from "#app/histories/get-reviews.server.ts";
import { listRemarks } from "#app/histories/list-remarks.server.ts";
import { answering, requireActor } from "../respond.server.ts";
import { readWanted } from "./filter.ts";

/** The desk as the page gets it: nothing of it is a Date, and nobody is named who only checked. */
export async function loadDesk(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { show, filter, page, asked, rejected } = readWanted(new URL(args.request.url).searchParams);
  const desk = await answering(() =>
    getDesk(args.context.portal, actor, {
      caseId: args.params["caseId"] ?? "",
      locale: args.context.locale,
      ...{ page, show, filter },
    }),
  );
  const { caseId } = desk;
  const remarks = await answering(() =>
    listRemarks(args.context.portal, actor, { caseId, locale: args.context.locale }),
  );
  const reviews = await answering(() =>
    getReviews(args.context.portal, actor, { caseId, locale: args.context.locale }),
  );
  return {
    ...desk,
    remarks,
    reviews,
    asked,
    rejectedFilter: rejected,
    frozenUntil: desk.frozenUntil?.toISOString() ?? null,
    claims: desk.claims.map(({ check, ...claim }) => ({
      ...claim,
      check: check && {
        verdict: check.verdict,
        basis: check.basis,
        validFrom: check.validFrom,
        validTo: check.validTo,
      },
    })),
    lines: desk.lines.map(({ last, ...line }) => ({ ...line, last: last && { ...last, at: last.at.toISOString() } })),
    lastAct: desk.lastAct && { ...desk.lastAct, at: desk.lastAct.at.toISOString() },
    others: desk.others.map(({ name, since }) => ({ name, since: since.toISOString() })),
    releases: desk.releases.map((release) => ({ ...release, releasedAt: release.releasedAt.toISOString() })),
  };
}

export type DeskData = Awaited<ReturnType<typeof loadDesk>>;
