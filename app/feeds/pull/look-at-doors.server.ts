/** The jobs that look at folders and servers: each door by itself, so that one that fails stops no other. */
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { faultOf } from "#app/platform/log/fault.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueue, type JobPayload } from "#app/platform/queue/queue.server.ts";
import type { Job } from "#app/platform/queue/worker.server.ts";
import { FEEDS_QUEUE } from "../delivery/import-delivery.server.ts";
import { DoorClosed, type DoorFault } from "./door.ts";
import { noteLook, type OpenDoor, openDoor } from "./doors.server.ts";
import { lookInFolder } from "./look-in-folder.server.ts";
import { pullSftp } from "./pull-sftp.server.ts";

const ALL_TASK = "look-at-doors";
const ONE_TASK = "look-at-door";

interface DoorRow {
  readonly id: string;
  readonly lookedAt: Date | null;
  readonly fault: string | null;
}

/** Queues a look at every door whose time has come. */
async function lookAtDoors(portal: Portal): Promise<void> {
  const doors = await portal.db.feedDoor.findMany({ select: { id: true, lookedAt: true, fault: true } });
  const due: string[] = [];
  for (const door of doors) if (await isDue(portal, door)) due.push(door.id);
  if (due.length === 0) return;
  await inTransaction(portal, async (tx) => {
    for (const doorId of due) {
      await enqueue(tx, ONE_TASK, { doorId }, { key: `${ONE_TASK}:${doorId}`, queue: FEEDS_QUEUE });
    }
  });
}

/**
 * A folder is looked into each minute, a server is asked as often as was agreed; and once more soon when something
 * new stood there, to see whether it lies still.
 */
async function isDue(portal: Portal, { id, lookedAt, fault }: DoorRow): Promise<boolean> {
  const door = await openDoor(portal, id);
  if (door?.settings.kind !== "sftp" || lookedAt === null) return true;
  if (portal.time.now().getTime() - lookedAt.getTime() >= door.settings.everyMinutes * 60_000) return true;
  return fault === null && (await portal.db.seenFile.count({ where: { doorId: id, takenAt: null } })) > 0;
}

async function lookAtDoor(portal: Portal, { doorId }: JobPayload): Promise<void> {
  const door = doorId === undefined ? null : await openDoor(portal, doorId);
  if (!door) return;
  let fault: DoorFault | null = null;
  try {
    await look(portal, door);
  } catch (error) {
    fault = error instanceof DoorClosed ? error.fault : "failed";
    // Not thrown on: the next look comes by itself, and what is wrong stands on the operator's page.
    portal.log.warn({ from: "door", doorId: door.id, door: fault, ...faultOf(error) }, "a door could not be looked at");
  }
  await noteLook(portal, door.id, fault);
}

function look(portal: Portal, door: OpenDoor): Promise<void> {
  const { settings } = door;
  return settings.kind === "folder" ? lookInFolder(portal, door, settings) : pullSftp(portal, door, settings);
}

export const pullJobs: Readonly<Record<string, Job>> = { [ALL_TASK]: lookAtDoors, [ONE_TASK]: lookAtDoor };

/** Every minute. */
export const pullCron: Readonly<Record<string, string>> = { [ALL_TASK]: "* * * * *" };
