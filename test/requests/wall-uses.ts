// Every use case of walls, conflicts and ways to reach a resident: who may, and how it is called (who-may.test.ts).
import { randomUUID } from "node:crypto";
import type { AccountActor } from "#app/people/actor.ts";
import { chooseContact, getOwnContact, getReach } from "#app/requests/contact-choice.server.ts";
import { listStalledCases } from "#app/requests/list-stalled.server.ts";
import { getOwnWalls, liftWall, nameWall } from "#app/requests/name-wall.server.ts";
import { finishPaper, getPaper, listPapers } from "#app/requests/papers.server.ts";
import { getConflict, goOn, stepAside } from "#app/requests/step-aside.server.ts";
import type { TestPortal } from "#test/support/database.ts";

interface Ids {
  readonly caseId: string;
  readonly requestId: string;
  readonly paperId: string;
}

interface Use {
  readonly by: readonly string[];
  readonly call: (portal: TestPortal, actor: AccountActor, ids: Ids) => Promise<unknown>;
}

const RESIDENT = ["resident"];
const STAFF = ["clerk", "supervisor"];
const PERSON = { name: null, badge: "90417", userId: null, email: null };
const REASON = "No family of mine lives here.";

export const WALL_USES: Readonly<Record<string, Use>> = {
  getOwnWalls: { by: RESIDENT, call: (p, a, { requestId }) => getOwnWalls(p, a, requestId) },
  nameWall: { by: RESIDENT, call: (p, a, { requestId }) => nameWall(p, a, { requestId, person: PERSON }) },
  liftWall: { by: RESIDENT, call: (p, a, { requestId }) => liftWall(p, a, { requestId, namedId: randomUUID() }) },
  getOwnContact: { by: RESIDENT, call: (p, a, { requestId }) => getOwnContact(p, a, requestId) },
  getReach: { by: RESIDENT, call: (p, a, { requestId }) => getReach(p, a, requestId) },
  chooseContact: {
    by: RESIDENT,
    call: (p, a, { requestId }) => chooseContact(p, a, { requestId, contact: { mode: "none", locale: "en" } }),
  },
  getConflict: { by: STAFF, call: (p, a, { caseId }) => getConflict(p, a, caseId) },
  goOn: { by: STAFF, call: (p, a, { caseId }) => goOn(p, a, { caseId, reason: REASON }) },
  getPaper: { by: STAFF, call: (p, a, { paperId }) => getPaper(p, a, paperId) },
  finishPaper: { by: STAFF, call: (p, a, { paperId }) => finishPaper(p, a, paperId) },
  listStalledCases: { by: ["operator", "shell"], call: listStalledCases },
};

/** Apart, because whoever has done it sees the case no more. */
export const STEP_ASIDE: Use = { by: STAFF, call: (p, a, { caseId }) => stepAside(p, a, caseId) };

export const WALL_LISTS = {
  listPapers: { of: ({ paperId }: Ids) => paperId, by: STAFF, call: listPapers },
} as const;

/** No use cases: parts of some, whose callers authorise or ask. */
export const WALL_PARTS = ["openCaseFile", "isHandler"];

/** A sheet that waits to be posted. */
export async function givenPaper(portal: TestPortal, caseId: string): Promise<string> {
  const paper = { id: randomUUID(), caseId, way: "post", at: portal.time.now() };
  await portal.db.paperLetter.create({ data: paper });
  return paper.id;
}
