import type { Actor } from "#app/people/actor.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { openFeed } from "./feed.server.ts";
import { type ImportInput, type ImportResult, importBatch } from "./import-batch.server.ts";

/** What a clerk's upload hands over; without a profile the one that the custodian has promised is used. */
export type UploadInput = Omit<ImportInput, "profile"> & { profile?: string | undefined };

/**
 * A delivery through the browser, by a clerk of the custodian.
 *
 * @param input.stream The uploaded file's bytes as they arrive: nothing is kept in memory or on disk.
 * @throws NotFound, Refused as `importBatch`.
 */
export async function receiveUpload(portal: Portal, actor: Actor, input: UploadInput): Promise<ImportResult> {
  const { custody } = await openFeed(portal, actor, "feed.import", input);
  return importBatch(portal, actor, { ...input, profile: input.profile ?? custody.profile });
}
