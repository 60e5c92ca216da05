/** Data keys, wrapped anew or in a new version, some at a time. */
import { randomBytes } from "node:crypto";
import type { Portal } from "../portal.server.ts";
import { KekUnavailable } from "./key-encryption-key.ts";
import { ROTATED_PURPOSES } from "./sealed-columns.ts";

const AT_ONCE = 100;
/** Calls of a key service beside one another. */
const BESIDE = 8;

export type Progress = (count: number) => Promise<void>;

interface WrappedRow {
  readonly id: string;
  readonly wrapped: Uint8Array;
  readonly kekId: string;
  readonly previousWrapped: Uint8Array | null;
  readonly previousKekId: string | null;
}

/**
 * Wraps by the current key-encryption key whatever another one has wrapped. Every data key of every purpose: a log's
 * batches and the blind indexes' too.
 */
export async function rewrapKeys(portal: Portal, progress: Progress): Promise<void> {
  const { db, kek } = portal;
  const current = await kek.currentId();
  for (;;) {
    const rows: WrappedRow[] = await db.dataKey.findMany({
      where: { OR: [{ kekId: { not: current } }, { previousKekId: { not: current } }] },
      select: { id: true, wrapped: true, kekId: true, previousWrapped: true, previousKekId: true },
      take: AT_ONCE,
    });
    if (rows.length === 0) return;
    await inTurns(rows, async (row) => {
      const wrapAnew = async (kekId: string, wrapped: Uint8Array) =>
        kek.wrap(row.id, await kek.unwrap(row.id, { kekId, wrapped: Buffer.from(wrapped) }));
      const now = await wrapAnew(row.kekId, row.wrapped);
      const before = row.previousWrapped && (await wrapAnew(row.previousKekId ?? row.kekId, row.previousWrapped));
      if (now.kekId !== current)
        throw new KekUnavailable("The key-encryption key was exchanged meanwhile; it goes on.");
      // Only where it still stands as it was read.
      await db.dataKey.updateMany({
        where: { id: row.id, wrapped: row.wrapped as Buffer<ArrayBuffer> },
        data: {
          ...now,
          ...(before && { previousWrapped: before.wrapped, previousKekId: before.kekId }),
        },
      });
    });
    await progress(rows.length);
  }
}

/** Gives every key that existed when the rotation began a new version; the one before stays until it is retired. */
export async function spreadVersions(
  portal: Portal,
  rotationId: string,
  begunAt: Date,
  progress: Progress,
): Promise<void> {
  const { db, kek } = portal;
  for (;;) {
    const rows = await db.dataKey.findMany({
      where: {
        purpose: { in: [...ROTATED_PURPOSES] },
        createdAt: { lte: begunAt },
        previousWrapped: null,
        OR: [{ rotationId: null }, { rotationId: { not: rotationId } }],
      },
      select: { id: true, wrapped: true, kekId: true, version: true },
      take: AT_ONCE,
    });
    if (rows.length === 0) return;
    await inTurns(rows, async (row) => {
      const made = await kek.wrap(row.id, randomBytes(32));
      await db.dataKey.updateMany({
        where: { id: row.id, version: row.version, previousWrapped: null },
        data: {
          ...made,
          version: row.version + 1,
          previousWrapped: row.wrapped,
          previousKekId: row.kekId,
          rotationId,
        },
      });
    });
    await progress(rows.length);
  }
}

/** Deletes the former versions: what they sealed opens no more, wherever a copy of it may lie. */
export async function retireVersions(portal: Portal): Promise<void> {
  await portal.db.dataKey.updateMany({
    where: { previousWrapped: { not: null } },
    data: { previousWrapped: null, previousKekId: null },
  });
}

async function inTurns<T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < things.length; from += BESIDE) {
    await Promise.all(things.slice(from, from + BESIDE).map(work));
  }
}
