// The use cases of purging: who may, and how it is called (who-may.test.ts).

import { purgeRequest, setKeptDays } from "#app/complaints/purge-request.server.ts";
import type { AccountActor } from "#app/people/actor.ts";
import type { TestPortal } from "#test/support/database.ts";

interface Use {
  readonly by: readonly string[];
  readonly call: (portal: TestPortal, actor: AccountActor, ids: { readonly requestId: string }) => Promise<unknown>;
}

export const PURGE_USES: Readonly<Record<string, Use>> = {
  purgeRequest: {
    by: ["shell", "job"],
    call: async (p, a, { requestId }) => {
      const found = (await p.db.request.findMany()).find(({ id }) => id === requestId);
      return purgeRequest(p, a, found?.number ?? requestId);
    },
  },
  setKeptDays: { by: ["shell"], call: (p, a) => setKeptDays(p, a, 800) },
};

/** Use cases about the whole portal, that no id names. */
export const OF_THE_PORTAL = [
  "setKeptDays",
  "exportComplaints",
  "countUnattended",
  "listStalledCases",
  "previewSwitch",
  "switchLaw",
  "listLaw",
];
