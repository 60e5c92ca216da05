import type { Actor } from "#app/people/actor.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { fromDbDate, type LocalDate } from "#app/platform/time/local-date.ts";
import { openFeed } from "./feed.server.ts";
import { type Progress, progressOf } from "./progress.ts";
import type { Counts } from "./store-chunk.server.ts";

export interface BatchLine extends Counts {
  id: string;
  profile: string;
  receivedAt: Date;
  /** "unfinished": still arriving, or cut short; delivering the file again is safe. */
  state: "finished" | "unfinished" | "refused";
  /** Code for `refusalSentence` (problem.ts). */
  refusal: string | null;
  firstOn: LocalDate | null;
  lastOn: LocalDate | null;
  bytes: number;
  /** Sealed, and waiting to be put into the store. */
  staged: number;
  /** Of one that is still arriving. */
  progress: Progress | null;
}

/** The deliveries of one log, newest first. @throws NotFound when it is not the actor's. */
export async function listBatches(
  portal: Portal,
  actor: Actor,
  input: { agencySlug: string; systemSlug: string; limit?: number },
): Promise<BatchLine[]> {
  const { custody } = await openFeed(portal, actor, "feed.overview", input);
  const rows = await portal.db.batch.findMany({
    where: { agencyId: custody.agencyId, systemId: custody.systemId },
    orderBy: [{ receivedAt: "desc" }, { id: "asc" }],
    take: input.limit ?? 100,
  });
  return rows.map((row) => ({
    id: row.id,
    profile: row.profile,
    receivedAt: row.receivedAt,
    state: row.refusal !== null ? "refused" : row.finishedAt !== null ? "finished" : "unfinished",
    refusal: row.refusal,
    firstOn: row.firstOn && fromDbDate(row.firstOn),
    lastOn: row.lastOn && fromDbDate(row.lastOn),
    bytes: Number(row.bytes),
    rows: row.rows,
    stored: row.stored,
    duplicates: row.duplicates,
    quarantined: row.quarantined,
    staged: row.staged,
    progress:
      row.refusal !== null || row.finishedAt !== null
        ? null
        : progressOf({
            ...row,
            bytes: Number(row.bytes),
            expectedBytes: row.expectedBytes === null ? null : Number(row.expectedBytes),
          }),
  }));
}
