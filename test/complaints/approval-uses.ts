/** What a supervisor and a clerk do around a proposal, for who-may.test.ts. */
import { getReviews } from "#app/histories/get-reviews.server.ts";
import { listRemarks } from "#app/histories/list-remarks.server.ts";
import { lookAtLines } from "#app/histories/look-at-lines.server.ts";
import type { AccountActor } from "#app/people/actor.ts";
import type { TestPortal } from "#test/support/database.ts";

type Call = (
  portal: TestPortal,
  actor: AccountActor,
  ids: { readonly caseId: string; readonly eventId: string },
) => Promise<unknown>;

const english = { locale: "en" } as const;

export const APPROVAL_USES: Readonly<Record<string, { by: readonly string[]; call: Call }>> = {
  lookAtLines: {
    by: ["supervisor"],
    call: (portal, actor, { caseId, eventId }) =>
      lookAtLines(portal, actor, { caseId, digest: "", looks: [{ eventId, verdict: "agree", remark: null }] }),
  },
  listRemarks: {
    by: ["clerk", "supervisor"],
    call: (portal, actor, { caseId }) => listRemarks(portal, actor, { caseId, ...english }),
  },
  getReviews: {
    by: ["clerk", "supervisor"],
    call: (portal, actor, { caseId }) => getReviews(portal, actor, { caseId, ...english }),
  },
};
