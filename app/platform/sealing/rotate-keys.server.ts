import { newId } from "../database/id.ts";
import { inTransaction } from "../database/transaction.server.ts";
import { Refused } from "../failure.ts";
import type { LedgerActor } from "../ledger/entry.ts";
import { appendLedger } from "../ledger/ledger.server.ts";
import { faultLine } from "../log/fault.ts";
import type { Portal } from "../portal.server.ts";
import { enqueue } from "../queue/queue.server.ts";
import type { Job } from "../queue/worker.server.ts";
import { retireVersions, rewrapKeys, spreadVersions } from "./renew-data-keys.server.ts";
import { countStale, resealFiles, resealRows } from "./reseal.server.ts";
import {
  FIRST_STAGE,
  GRACE_SECONDS,
  type Rotation,
  type RotationKind,
  type Stage,
  stageAfter,
  waitOf,
} from "./rotation.ts";
import { removeFile } from "./shred-keys.server.ts";

const JOB = "rotate-keys";

/**
 * Begins to exchange keys; a job does it, and goes on after whatever stops it. The caller has authorised.
 *
 * @param graceSeconds For how long others may still write by what was replaced; less only where nobody else serves.
 * @throws Refused while another exchange is under way
 */
export async function beginRotation(
  portal: Portal,
  by: LedgerActor,
  kind: RotationKind,
  graceSeconds = GRACE_SECONDS,
): Promise<string> {
  const id = newId();
  const now = portal.time.now();
  await inTransaction(portal, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('key_rotation'))`;
    if (await tx.keyRotation.findUnique({ where: { open: true } })) {
      throw new Refused("rotation-open", "Keys are being exchanged already: `wholooked keys status` says how far.");
    }
    await tx.keyRotation.create({
      data: { id, kind, stage: FIRST_STAGE, by: by.id, graceSeconds, begunAt: now, stageAt: now },
    });
    await enqueue(tx, JOB, {}, { key: JOB, queue: JOB });
    await appendLedger(portal, tx, {
      actor: by,
      act: "keys.rotation-begun",
      thing: { type: "key-rotation", id },
      detail: { kind },
    });
  });
  return id;
}

/** The exchange under way, or else the last one; null when there was none yet. */
export async function findRotation(portal: Pick<Portal, "db">): Promise<Rotation | null> {
  const row = await portal.db.keyRotation.findFirst({ orderBy: { begunAt: "desc" } });
  return row && { ...row, kind: row.kind as RotationKind, stage: row.stage as Stage };
}

/** Job: goes on with the exchange under way, to its end or to where it must wait. */
const rotateKeys: Job = async (portal) => {
  for (;;) {
    const rotation = await portal.db.keyRotation.findUnique({ where: { open: true } });
    if (!rotation) return;
    const stage = rotation.stage as Stage;
    const wait = waitOf(stage, rotation.stageAt, rotation.graceSeconds, portal.time.now());
    if (wait > 0) {
      const runAt = new Date(portal.time.now().getTime() + wait);
      await inTransaction(portal, (tx) => enqueue(tx, JOB, {}, { key: JOB, queue: JOB, runAt }));
      return;
    }
    try {
      await work(portal, rotation.id, stage, rotation.begunAt);
    } catch (error) {
      await portal.db.keyRotation.update({ where: { id: rotation.id }, data: { fault: faultLine(error) } });
      throw error;
    }
    await enter(portal, rotation.id, stage, stageAfter(rotation.kind as RotationKind, stage));
  }
};

export const keyJobs: Readonly<Record<string, Job>> = { [JOB]: rotateKeys, "remove-file": removeFile };

/** Each of these does again, without harm, what was done before a kill. */
async function work(portal: Portal, id: string, stage: Stage, begunAt: Date): Promise<void> {
  switch (stage) {
    case "renew":
      return portal.kek.renew?.();
    case "rewrap":
    case "rewrap-again":
      return rewrapKeys(portal, (count) => note(portal, id, { wrapped: count }));
    case "spread":
      return spreadVersions(portal, id, begunAt, (count) => note(portal, id, { renewed: count }));
    case "reseal":
    case "reseal-again":
      await resealRows(portal, (count) => note(portal, id, { resealed: count }));
      return resealFiles(portal, (count) => note(portal, id, { resealed: count }));
    case "retire":
      return retire(portal, id);
    case "drop":
      return portal.kek.dropFormer?.();
    case "settle":
    case "grace":
    case "done":
  }
}

/** What is left by then was written by somebody who held a former version for longer than there is time for. */
async function retire(portal: Portal, id: string): Promise<void> {
  let left = await countStale(portal);
  while (left > 0) {
    await resealRows(portal, (count) => note(portal, id, { resealed: count }));
    await resealFiles(portal, (count) => note(portal, id, { resealed: count }));
    const now = await countStale(portal);
    if (now >= left) throw new Error(`${now} values cannot be sealed anew`);
    left = now;
  }
  await retireVersions(portal);
}

type Counted = "wrapped" | "renewed" | "resealed";

async function note(portal: Portal, id: string, more: Partial<Record<Counted, number>>): Promise<void> {
  const data = Object.fromEntries(Object.entries(more).map(([name, count]) => [name, { increment: count }]));
  await portal.db.keyRotation.update({ where: { id }, data: { ...data, fault: null } });
}

async function enter(portal: Portal, id: string, from: Stage, stage: Stage): Promise<void> {
  const now = portal.time.now();
  await inTransaction(portal, async (tx) => {
    const isDone = stage === "done";
    const { count } = await tx.keyRotation.updateMany({
      where: { id, stage: from },
      data: { stage, stageAt: now, fault: null, ...(isDone && { open: null, endedAt: now }) },
    });
    if (!isDone || count === 0) return;
    const { wrapped, renewed, resealed, kind } = await tx.keyRotation.findUniqueOrThrow({ where: { id } });
    await appendLedger(portal, tx, {
      actor: { kind: "system", id: JOB },
      act: "keys.rotated",
      thing: { type: "key-rotation", id },
      detail: { kind, wrapped, renewed, resealed },
    });
  });
}
