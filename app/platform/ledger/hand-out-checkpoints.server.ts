import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import { inTransaction } from "../database/transaction.server.ts";
import { queueMail } from "../mail/outbox.server.ts";
import type { Portal } from "../portal.server.ts";
import type { JobPayload } from "../queue/queue.server.ts";
import { findSignedCheckpoint, type SignedCheckpoint } from "./checkpoint.ts";

/** Handed out by one run of the job: a place that was away for months is caught up with by and by. */
const AT_ONCE = 500;
const PATIENCE_MS = 20_000;

/**
 * Job: hands one place every checkpoint that it does not have yet, oldest first. What was handed over counts as such
 * only afterwards, so that after a kill one may come twice, and none is missing.
 *
 * @throws when the place does not take it; the queue tries again, later and later, and the place's fault says why
 */
export async function handOutCheckpoints(portal: Portal, payload: JobPayload): Promise<void> {
  const place = await portal.db.checkpointPlace.findUnique({ where: { id: payload["placeId"] ?? "" } });
  // Dropped since.
  if (!place) return;
  const at = { table: "checkpoint_place", column: "target_sealed", row: place.id };
  const target = await portal.vault.openText(place.keyId, at, place.targetSealed);
  for (;;) {
    const { deliveredNo } = await portal.db.checkpointPlace.findUniqueOrThrow({ where: { id: place.id } });
    const waiting = await listAfter(portal, deliveredNo);
    // A mailbox that filled up with old ones would help nobody: each names the one before it.
    const due = place.kind === "mail" ? waiting.slice(-1) : waiting;
    for (const checkpoint of due) {
      try {
        await handOver(portal, { id: place.id, kind: place.kind, target }, checkpoint);
      } catch (error) {
        await portal.db.checkpointPlace.update({
          where: { id: place.id },
          data: { fault: codeOf(error), faultAt: portal.time.now() },
        });
        throw Object.assign(new Error("a checkpoint could not be handed over"), { code: codeOf(error) });
      }
      await portal.db.checkpointPlace.update({
        where: { id: place.id },
        data: { deliveredNo: checkpoint.no, deliveredAt: portal.time.now(), fault: null, faultAt: null },
      });
    }
    if (waiting.length < AT_ONCE) return;
  }
}

async function listAfter(portal: Portal, no: bigint): Promise<SignedCheckpoint[]> {
  const rows = await portal.db.$queryRaw<{ body: string; signature: Uint8Array }[]>`
    SELECT body, signature FROM ledger.checkpoint WHERE no > ${no} ORDER BY no LIMIT ${AT_ONCE}`;
  return rows.map(({ body, signature }) => {
    const checkpoint = findSignedCheckpoint(body, signature);
    if (checkpoint === null) throw new Error("a stored checkpoint is none any more");
    return checkpoint;
  });
}

async function handOver(
  portal: Portal,
  place: { readonly id: string; readonly kind: string; readonly target: string },
  checkpoint: SignedCheckpoint,
): Promise<void> {
  const text = `${JSON.stringify(checkpoint)}\n`;
  if (place.kind === "file") return writeWhole(place.target, nameOf(checkpoint), text);
  if (place.kind === "url") return post(place.target, text);
  await inTransaction(portal, (tx) =>
    queueMail(portal, tx, {
      to: { address: place.target },
      letter: "ledger-checkpoint",
      locale: "en",
      params: { checkpoint: text.trimEnd(), entries: String(checkpoint.seq), day: checkpoint.at.slice(0, 10) },
      about: { type: "checkpoint-place", id: place.id },
    }),
  );
}

/** Names sort as the checkpoints do. */
function nameOf({ portal, no }: SignedCheckpoint): string {
  return `wholooked-${portal.slice(0, 8)}-${String(no).padStart(8, "0")}.json`;
}

/** The name appears only when every byte is on the disk. */
async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  const path = join(folder, name);
  const file = await open(`${path}.part`, "w", 0o644);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
}

async function post(url: string, text: string): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: text,
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  await response.body?.cancel();
  if (!response.ok) throw Object.assign(new Error("the address did not take it"), { code: `HTTP_${response.status}` });
}

/** ENOSPC, HTTP_503, ECONNREFUSED, TIMEOUT: an address or a path may stand in the message, and never in a code. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "UNKNOWN";
  if (error.name === "TimeoutError") return "TIMEOUT";
  const { code } = (error.cause instanceof Error ? error.cause : error) as { code?: unknown };
  return typeof code === "string" && /^[A-Z0-9_]{2,40}$/.test(code) ? code : "UNKNOWN";
}
