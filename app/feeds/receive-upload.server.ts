import type { Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { findCurrentActor } from "#app/people/current-actor.server.ts";
import { takeTurns } from "#app/people/limits.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { openFeed } from "./feed.server.ts";
import { getProfileOf } from "./find-profile.server.ts";
import { type ImportInput, type ImportResult, importBatch } from "./import-batch.server.ts";
import { refusal } from "./problem.ts";
import type { Profile } from "./profile.ts";

/** What a clerk's upload hands over; without a profile the one that the custodian has promised is used. */
export type UploadInput = Omit<ImportInput, "profile" | "via"> & { profile?: string | undefined };

/**
 * A delivery through the browser, by a clerk of the custodian.
 *
 * @param input.stream The uploaded file's bytes as they arrive: nothing is kept in memory or on disk.
 * @throws NotFound, TooOften; Refused as `importBatch`; Refused too when the file is larger than the portal's limit,
 *   which shows only on the way: what was stored until then stays, and counts as a delivery cut short.
 */
export async function receiveUpload(portal: Portal, actor: Actor, input: UploadInput): Promise<ImportResult> {
  const { custody } = await openFeed(portal, actor, "feed.import", input);
  if (actor.kind === "account") {
    await takeTurns(portal, [
      ["upload.account", actor.accountId],
      ["upload.agency", custody.agencyId],
    ]);
  }
  const profile = await getProfileOf(portal, custody.agencyId, input.profile ?? custody.profile);
  const allowed = whileAllowed(portal, actor, custody.agencyId, input.stream);
  const stream = upTo(portal.config.uploadLimitBytes, allowed, profile);
  return importBatch(portal, actor, { ...input, stream, profile: profile.id, via: "upload" });
}

async function* upTo(limit: number, source: AsyncIterable<Uint8Array>, profile: Profile): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > limit) throw refusal("feed-too-large", profile);
    yield chunk;
  }
}

/** How much may come in between two looks at whether it still may. */
const LOOK_EVERY_BYTES = 1 << 20;

/**
 * A large file is on its way for longer than a page: whose account is disabled meanwhile, or whose role has ended,
 * hands in nothing more. What was stored until then counts as a delivery cut short.
 * @throws NotFound
 */
async function* whileAllowed(
  portal: Portal,
  actor: Actor,
  agencyId: string,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let unwatched = 0;
  for await (const chunk of source) {
    unwatched += chunk.length;
    if (actor.kind === "account" && unwatched >= LOOK_EVERY_BYTES) {
      unwatched = 0;
      const now = await findCurrentActor(portal, actor.accountId);
      if (now === null) throw new NotFound("account");
      authorise(now, "feed.import", { agencyId });
    }
    yield chunk;
  }
}
