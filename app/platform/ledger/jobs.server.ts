import type { Job } from "../queue/worker.server.ts";
import { chainPending } from "./chain-pending.server.ts";
import { handOutCheckpoints } from "./hand-out-checkpoints.server.ts";
import { verifyOwnLedger } from "./last-verification.server.ts";
import { signCheckpoint } from "./sign-checkpoint.server.ts";

export const ledgerJobs: Readonly<Record<string, Job>> = {
  // Each use case chains its own entries; this is for those that were committed a moment before a kill.
  "chain-ledger": (portal) => chainPending(portal.db),
  "sign-checkpoint": async (portal) => void (await signCheckpoint(portal)),
  "hand-out-checkpoints": handOutCheckpoints,
  "verify-ledger": verifyOwnLedger,
};

export const ledgerCron: Readonly<Record<string, string>> = {
  "chain-ledger": "* * * * *",
  "sign-checkpoint": "11 * * * *",
  "verify-ledger": "41 * * * *",
};
