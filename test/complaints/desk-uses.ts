// What clerk and resident do at a case's lines and in its messages, for who-may.test.ts.
import { randomUUID } from "node:crypto";
import { decideFields } from "#app/histories/decide.server.ts";
import { undoAct } from "#app/histories/desk-act.server.ts";
import { noteLine } from "#app/histories/note-line.server.ts";
import { proposeHistory } from "#app/histories/propose-history.server.ts";
import { getReleaseExport } from "#app/histories/queries.server.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { isId } from "#app/platform/database/id.ts";
import { discardMessage, draftMessage, getTalk, requireWriter, sendMessage } from "#app/requests/messages.server.ts";
import { REDACT } from "#test/histories/given-case.ts";
import type { TestPortal } from "#test/support/database.ts";

interface Ids {
  readonly requestId: string;
  readonly caseId: string;
  readonly eventId: string;
  readonly releaseId: string;
}

interface Use {
  readonly by: readonly string[];
  readonly call: (portal: TestPortal, actor: AccountActor, ids: Ids) => Promise<unknown>;
}

/** Ids of nothing are no uuid at all, some of them. */
async function isCase(portal: TestPortal, caseId: string): Promise<boolean> {
  return isId(caseId) && (await portal.db.case.count({ where: { id: caseId } })) > 0;
}

const resident = ({ caseId, requestId }: Ids) => ({ side: "resident", caseId, requestId }) as const;
const agency = ({ caseId }: Ids) => ({ side: "agency", caseId }) as const;

export const DESK_USES: Readonly<Record<string, Use>> = {
  decideFields: {
    by: ["clerk"],
    call: (portal, actor, { caseId, eventId }) =>
      decideFields(portal, actor, { caseId, events: [eventId], field: "user", ...REDACT }),
  },
  proposeHistory: { by: ["clerk"], call: (portal, actor, { caseId }) => proposeHistory(portal, actor, caseId) },
  undoAct: {
    by: ["clerk"],
    call: async (portal, actor, { caseId }) => {
      const { _max } = (await isCase(portal, caseId))
        ? await portal.db.deskAct.aggregate({ where: { caseId, kind: { not: "undo" } }, _max: { no: true } })
        : { _max: { no: 1 } };
      return undoAct(portal, actor, { caseId, act: _max.no ?? 1 });
    },
  },
  noteLine: {
    by: ["clerk"],
    call: (portal, actor, { caseId, eventId }) => noteLine(portal, actor, { caseId, eventId, text: "Seen." }),
  },
  getReleaseExport: {
    by: ["resident"],
    call: (portal, actor, { releaseId }) => getReleaseExport(portal, actor, releaseId, "csv"),
  },
  getTalk: { by: ["resident"], call: (portal, actor, ids) => getTalk(portal, actor, resident(ids)) },
  requireWriter: { by: ["resident"], call: (portal, actor, ids) => requireWriter(portal, actor, resident(ids)) },
  draftMessage: {
    by: ["clerk", "supervisor"],
    call: (portal, actor, ids) => draftMessage(portal, actor, { ...agency(ids), text: "A word.", file: null }),
  },
  discardMessage: { by: ["resident"], call: (portal, actor, ids) => discardMessage(portal, actor, resident(ids)) },
  sendMessage: {
    by: ["clerk", "supervisor"],
    call: (portal, actor, ids) =>
      sendMessage(portal, actor, { ...agency(ids), messageId: randomUUID(), writtenAt: portal.time.now() }),
  },
};
