/** Which files stood behind a door and since when, by keyed hashes: no name of a file is written down. */
import type { Transaction } from "#app/platform/database/database.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { STILL_FOR_MS } from "./door.ts";

export interface FileFacts {
  readonly name: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

/** A file that is listed now, and what is remembered of it. */
export interface SeenFile<F extends FileFacts> {
  readonly file: F;
  readonly tag: string;
  /** It has not changed for a while. */
  readonly isStill: boolean;
  readonly isTaken: boolean;
}

/**
 * Notes what is listed behind a door. A file that changed is another file; one that is listed no more is forgotten.
 *
 * @returns the files in the order of their names
 */
export async function noteFiles<F extends FileFacts>(
  portal: Portal,
  doorId: string,
  files: readonly F[],
): Promise<SeenFile<F>[]> {
  const now = portal.time.now();
  const index = await portal.vault.indexer("file");
  const tagged = files
    .map((file) => ({ file, tag: index([doorId, file.name, file.size, file.changedAt].join("\0")) }))
    .sort((a, b) => (a.file.name < b.file.name ? -1 : 1));
  const tags = tagged.map(({ tag }) => tag);
  await portal.db.seenFile.deleteMany({ where: { doorId, tag: { notIn: tags } } });
  await portal.db.seenFile.createMany({
    data: tags.map((tag) => ({ doorId, tag, seenAt: now })),
    skipDuplicates: true,
  });
  const known = await portal.db.seenFile.findMany({ where: { doorId } });
  const byTag = new Map(known.map((seen) => [seen.tag, seen]));
  return tagged.map(({ file, tag }) => {
    const seen = byTag.get(tag);
    const isStill = now.getTime() - (seen?.seenAt ?? now).getTime() >= STILL_FOR_MS;
    return { file, tag, isStill, isTaken: seen?.takenAt != null };
  });
}

/** It need not be looked at again while it stays as it is. */
export async function noteTaken(
  db: Pick<Transaction, "seenFile">,
  { doorId, tag, now }: { doorId: string; tag: string; now: Date },
): Promise<void> {
  await db.seenFile.updateMany({ where: { doorId, tag }, data: { takenAt: now } });
}
