import { stat } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { z } from "zod";
import { isId, newId } from "../database/id.ts";
import { inTransaction } from "../database/transaction.server.ts";
import { NotFound, Refused } from "../failure.ts";
import type { Portal } from "../portal.server.ts";
import type { LedgerActor } from "./entry.ts";
import { appendLedger } from "./ledger.server.ts";
import { askToHandOut } from "./sign-checkpoint.server.ts";

export const PLACE_KINDS = ["file", "mail", "url"] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** One place outside that is handed the checkpoints. */
export interface CheckpointPlace {
  readonly id: string;
  readonly kind: PlaceKind;
  /** The newest that it has; 0: none yet. */
  readonly deliveredNo: number;
  readonly deliveredAt: Date | null;
  /** Code of what went wrong last, such as ENOENT or HTTP_503; null: nothing. */
  readonly fault: string | null;
  readonly faultAt: Date | null;
}

export async function listCheckpointPlaces(portal: Pick<Portal, "db">): Promise<CheckpointPlace[]> {
  const rows = await portal.db.checkpointPlace.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  return rows.map(({ id, kind, deliveredNo, deliveredAt, fault, faultAt }) => ({
    ...{ id, kind: kind as PlaceKind, deliveredAt, fault, faultAt },
    deliveredNo: Number(deliveredNo),
  }));
}

/**
 * From now on the checkpoints are handed there too, those that were signed before included (by mail: the newest).
 * The caller has authorised.
 *
 * @throws Refused when nothing can be handed there
 */
export async function addCheckpointPlace(
  portal: Portal,
  by: LedgerActor,
  kind: PlaceKind,
  target: string,
): Promise<string> {
  await expectTarget(kind, target);
  const id = newId();
  await inTransaction(portal, async (tx) => {
    const keyId = await portal.vault.createKey(tx, "checkpoint-place");
    const place = { table: "checkpoint_place", column: "target_sealed", row: id };
    const targetSealed = await portal.vault.seal(keyId, place, target);
    await tx.checkpointPlace.create({ data: { id, kind, keyId, targetSealed, createdAt: portal.time.now() } });
    await askToHandOut(tx, id);
    await appendLedger(portal, tx, {
      actor: by,
      act: "ledger.place-set",
      thing: { type: "checkpoint-place", id },
      detail: { kind },
    });
  });
  return id;
}

/** @throws NotFound when there is no such place */
export async function dropCheckpointPlace(portal: Portal, by: LedgerActor, id: string): Promise<void> {
  if (!isId(id)) throw new NotFound("place");
  await inTransaction(portal, async (tx) => {
    const place = await tx.checkpointPlace.findUnique({ where: { id } });
    if (!place) throw new NotFound("place");
    await tx.checkpointPlace.delete({ where: { id } });
    await tx.dataKey.delete({ where: { id: place.keyId } });
    await appendLedger(portal, tx, {
      actor: by,
      act: "ledger.place-dropped",
      thing: { type: "checkpoint-place", id },
      detail: { kind: place.kind },
    });
  });
}

async function expectTarget(kind: PlaceKind, target: string): Promise<void> {
  if (kind === "mail" && !z.email().safeParse(target).success) {
    throw new Refused("checkpoint-mail", "A checkpoint can be mailed to a mail address, such as ledger@example.org.");
  }
  if (kind === "url" && !z.url({ protocol: /^https?$/ }).safeParse(target).success) {
    throw new Refused(
      "checkpoint-url",
      "A checkpoint can be posted to a web address, such as https://example.org/wholooked.",
    );
  }
  if (kind !== "file") return;
  const found = isAbsolute(target) ? await stat(target).catch(() => null) : null;
  if (!found?.isDirectory()) {
    throw new Refused(
      "checkpoint-file",
      "Checkpoints can be written into a folder that is there already, named from the root, such as /mnt/outside.",
    );
  }
}
