/** One visit to a custodian's SFTP server: what is new there is kept sealed, and imported by the worker. */
import { asLedgerActor } from "#app/people/actor.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { acceptDelivery } from "../delivery/accept-delivery.server.ts";
import { beginDelivery, dropDelivery, keepStream, type OpenDelivery, TooLarge } from "../delivery/spool.server.ts";
import { getProfileOf } from "../find-profile.server.ts";
import { DoorClosed, type SftpSettings } from "./door.ts";
import type { OpenDoor } from "./doors.server.ts";
import { hasImported } from "./imported-before.server.ts";
import { type FileFacts, noteFiles, noteTaken } from "./seen-files.server.ts";
import { openSftpLine, type SftpLine } from "./sftp-line.server.ts";

/** @throws DoorClosed when something is wrong there, after all files were tried that could be. */
export async function pullSftp(portal: Portal, door: OpenDoor, settings: SftpSettings): Promise<void> {
  const line = await openSftpLine(settings);
  const limit = portal.config.uploadLimitBytes;
  try {
    const seen = await noteFiles(portal, door.id, await line.list());
    let closed: DoorClosed | null = null;
    for (const { file, tag } of seen.filter((each) => each.isStill && !each.isTaken && each.file.size <= limit)) {
      try {
        await fetchFile(portal, door, settings, line, file, tag);
      } catch (error) {
        if (!(error instanceof DoorClosed)) throw error;
        // A file that does not come whole must not keep out those behind it, unless the line is gone.
        closed ??= error;
        if (!line.isOpen()) break;
      }
    }
    if (closed) throw closed;
    if (seen.some(({ file }) => file.size > limit)) throw new DoorClosed("file-too-large");
  } finally {
    await line.close();
  }
}

async function fetchFile(
  portal: Portal,
  door: OpenDoor,
  settings: SftpSettings,
  line: SftpLine,
  file: FileFacts,
  tag: string,
): Promise<void> {
  const { custody } = door;
  const { agencyId, systemId } = custody;
  const profile = (await getProfileOf(portal, agencyId, settings.profile ?? custody.profile)).id;
  const given = { agencyId, systemId, profile, via: "sftp", byId: door.id, byRole: null, size: file.size } as const;
  const delivery = await inTransaction(portal, (tx) => beginDelivery(portal, tx, given));
  const taken = { doorId: door.id, tag, now: portal.time.now() };
  let isAccepted = false;
  try {
    const digest = await fetchWhole(portal, delivery, line, file);
    if (await hasImported(portal, custody, digest)) {
      await noteTaken(portal.db, taken);
      return;
    }
    isAccepted = await inTransaction(portal, async (tx) => {
      await noteTaken(tx, taken);
      return acceptDelivery(portal, tx, { deliveryId: delivery.id, digest, by: asLedgerActor(door.actor) });
    });
  } finally {
    if (!isAccepted) await dropDelivery(portal, delivery.id);
  }
}

/** @returns its SHA-256 (hex) @throws DoorClosed when it is not the file that was listed */
async function fetchWhole(portal: Portal, delivery: OpenDelivery, line: SftpLine, file: FileFacts): Promise<string> {
  try {
    const { digest, bytes } = await keepStream(portal, delivery, line.read(file), file.size);
    if (bytes !== file.size) throw new DoorClosed("sftp-broken-off");
    return digest;
  } catch (error) {
    throw error instanceof TooLarge ? new DoorClosed("sftp-broken-off") : error;
  }
}
