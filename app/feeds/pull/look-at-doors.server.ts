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

const ALL_TASK = "look-at-doors";
const ONE_TASK = "look-at-door";

/** Queues a look at every door whose time has come. */
async function lookAtDoors(portal: Portal): Promise<void> {
  const doors = await portal.db.feedDoor.findMany({ select: { id: true, kind: true, lookedAt: true } });
  const due: string[] = [];
  for (const { id, kind, lookedAt } of doors) {
    if (kind === "folder" || (await isDue(portal, id, lookedAt))) due.push(id);
  }
  if (due.length === 0) return;
  await inTransaction(portal, async (tx) => {
    for (const doorId of due) {
      await enqueue(tx, ONE_TASK, { doorId }, { key: `${ONE_TASK}:${doorId}`, queue: FEEDS_QUEUE });
    }
  });
}

/** A server is asked as often as was agreed; a folder is looked into each minute. */
async function isDue(portal: Portal, doorId: string, lookedAt: Date | null): Promise<boolean> {
  const door = await openDoor(portal, doorId);
  if (door?.settings.kind !== "sftp" || lookedAt === null) return true;
  return portal.time.now().getTime() - lookedAt.getTime() >= door.settings.everyMinutes * 60_000;
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
  if (door.settings.kind === "folder") return lookInFolder(portal, door, door.settings);
  throw new DoorClosed("sftp-unreachable");
}

export const pullJobs: Readonly<Record<string, Job>> = { [ALL_TASK]: lookAtDoors, [ONE_TASK]: lookAtDoor };

/** Every minute. */
export const pullCron: Readonly<Record<string, string>> = { [ALL_TASK]: "* * * * *" };
