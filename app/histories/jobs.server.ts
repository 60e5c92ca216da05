import { TELL_HELD } from "#app/people/freeze.server.ts";
import type { Job } from "#app/platform/queue/worker.server.ts";
import { RETURN_SWEEP_TASK, RETURN_TASK, returnLines, sweepReturns } from "./return-lines.server.ts";
import { TELL_RELEASE, tellAllHeld, tellHeld } from "./tell-release.server.ts";

/** The jobs of this feature, by the name under which they are queued. */
export const historyJobs: Readonly<Record<string, Job>> = {
  [TELL_RELEASE]: tellHeld,
  [TELL_HELD]: tellAllHeld,
  [RETURN_SWEEP_TASK]: sweepReturns,
  [RETURN_TASK]: returnLines,
  "make-release": async (portal, { caseId, edition }) => {
    if (caseId === undefined || edition === undefined) throw new Error("make-release needs a case and an edition");
    // Loaded with the first release: drawing and reading PDFs would double the time of every start.
    const { makeRelease } = await import("./make-release.server.ts");
    await makeRelease(portal, { caseId, edition: Number(edition) });
  },
};

/** Every hour, after the clocks: a local day begins in another zone each hour. */
export const historyCron: Readonly<Record<string, string>> = { [RETURN_SWEEP_TASK]: "50 * * * *" };
