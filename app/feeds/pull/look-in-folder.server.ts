/** One look into a watched folder: what lies still is imported and put away. */
import type { FileHandle } from "node:fs/promises";
import { asLedgerActor } from "#app/people/actor.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { getProfileOf } from "../find-profile.server.ts";
import { importBatch } from "../import-batch.server.ts";
import { acceptedHeaders, refusalSentence } from "../problem.ts";
import { DoorClosed, type FolderSettings, type NoFile, noFileSentence } from "./door.ts";
import type { OpenDoor } from "./doors.server.ts";
import {
  DONE,
  digestOf,
  type FolderEntry,
  inFolder,
  isAsListed,
  listFolder,
  openListed,
  prepareShelves,
  putAway,
  REFUSED,
  streamOf,
} from "./folder-files.server.ts";
import { hasImported } from "./imported-before.server.ts";
import { noteFiles } from "./seen-files.server.ts";

/** @throws the first failure, DoorClosed when an operator must set something right, after all files were tried. */
export async function lookInFolder(portal: Portal, door: OpenDoor, settings: FolderSettings): Promise<void> {
  const { path } = settings;
  await inFolder(path, async () => {
    const { entries, hasUnreadableNames } = await listFolder(path);
    const seen = await noteFiles(portal, door.id, entries);
    let failure: { error: unknown } | null = hasUnreadableNames ? { error: new DoorClosed("file-name") } : null;
    await prepareShelves(path);
    for (const { file } of seen.filter(({ isStill }) => isStill)) {
      try {
        await takeIn(portal, door, settings, file);
      } catch (error) {
        // A file that cannot be taken must not keep out those behind it.
        failure ??= { error };
      }
    }
    if (failure) throw failure.error;
  });
}

async function takeIn(portal: Portal, door: OpenDoor, settings: FolderSettings, entry: FolderEntry): Promise<void> {
  const noFile: NoFile | null = !entry.isFile ? "not-a-file" : entry.hasOtherNames ? "linked-elsewhere" : null;
  if (noFile !== null) {
    await putAway(
      settings.path,
      entry.name,
      REFUSED,
      inBoth((locale) => noFileSentence(noFile, locale)),
    );
    await noteNoFile(portal, door, noFile);
    return;
  }
  const file = await openListed(settings.path, entry);
  // Changed or gone since it was listed: it is another file, and its time begins anew.
  if (!file) return;
  try {
    const reason = await importFile(portal, door, settings, file);
    if (!(await isAsListed(file, entry))) return;
    if (reason === null) await putAway(settings.path, entry.name, DONE);
    else await putAway(settings.path, entry.name, REFUSED, reason);
  } finally {
    await file.close();
  }
}

/** @returns null when it was imported, now or before; the reason when it was refused */
async function importFile(
  portal: Portal,
  { actor, agency, custody }: OpenDoor,
  settings: FolderSettings,
  file: FileHandle,
): Promise<string | null> {
  // Imported, and then the process was killed before it could be put away.
  if (await hasImported(portal, custody, await digestOf(file))) return null;
  const profile = await getProfileOf(portal, custody.agencyId, settings.profile ?? custody.profile);
  const slugs = { agencySlug: agency.slug, systemSlug: custody.system.slug };
  try {
    await importBatch(portal, actor, { ...slugs, profile: profile.id, stream: streamOf(file), via: "folder" });
    return null;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return inBoth((locale) => refusalSentence(error.code, locale, acceptedHeaders(profile)));
  }
}

function inBoth(say: (locale: "en" | "es") => string): string {
  return `${say("en")}\n${say("es")}\n`;
}

async function noteNoFile(portal: Portal, { id, actor }: OpenDoor, refusal: NoFile): Promise<void> {
  await inTransaction(portal, (tx) =>
    appendLedger(portal, tx, {
      actor: asLedgerActor(actor),
      act: "feed.file-refused",
      thing: { type: "feed-door", id },
      agencyId: actor.agencyId,
      detail: { refusal },
    }),
  );
}
