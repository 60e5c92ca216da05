/**
 * A large delivery: cut into pieces of whole records, which threads read, seal and stage; then its months are
 * put into the store one after the other.
 *
 * The pieces of a delivery that was cut short are known again by the hash of all text up to their ends. When
 * the same file comes again its staged pieces are passed over and its batch goes on. When a file begins like
 * one that was cut short and then differs, the old batch is put into the store as far as it came, and the new
 * one counts what they have in common as duplicates.
 */
import type pg from "pg";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { beginBatch, type Delivery, finishBatch, refuseBatch } from "../batch.server.ts";
import type { ImportWatch, MeasuredFile } from "../batch.ts";
import { Undecodable } from "../formats/decode.ts";
import { refusal } from "../problem.ts";
import { readFeedFile } from "../read-file.ts";
import { rowKeysInHand } from "../seal-rows.server.ts";
import type { ChunkOwner, Counts } from "../store-chunk.server.ts";
import { findCutShort, type OpenBatch, openBatch, partWays, spanOf } from "./open-batch.server.ts";
import { type Piece, piecesOf } from "./pieces.ts";
import { type SealingThreads, startSealingThreads } from "./sealing-threads.server.ts";
import { settlePart } from "./settle-part.server.ts";
import type { SplitFormat, Splitting } from "./splitting.ts";
import { listStagedParts } from "./staging.server.ts";
import { countAsStanding, type EarlierDelivery, findEarlier } from "./standing-chunks.server.ts";

interface LargeFile {
  readonly splitting: Splitting;
  /** Its first megabytes, unpacked. */
  readonly head: Buffer;
  readonly rest: AsyncIterable<Uint8Array>;
  readonly file: MeasuredFile;
}

/** @throws Refused as `importBatch`. */
export async function stageDelivery(
  portal: Portal,
  delivery: Delivery,
  { splitting, head, rest, file }: LargeFile,
  told: ImportWatch,
): Promise<Counts & { batchId: string }> {
  const now = portal.time.now();
  const lock = await portal.pool.connect();
  let failed: Error | undefined;
  const staging = new Staging(portal, delivery, splitting.format, lock, file, now, told);
  try {
    // The header is judged before anything of the file is kept.
    for await (const _ of readFeedFile(once(head), delivery.profile, now, delivery.heard)) break;
    const spareMemory = () => staging.spareMemory();
    for await (const piece of piecesOf(concat(head.subarray(splitting.start), rest), splitting, { spareMemory })) {
      await staging.take(piece);
    }
    return await staging.finish();
  } catch (caught) {
    const error = caught instanceof Undecodable ? refusal(caught.code, delivery.profile) : caught;
    failed = error instanceof Error ? error : new Error(String(error));
    await staging.breakOff();
    if (error instanceof Refused) await staging.refuse(error);
    throw error;
  } finally {
    await staging.close();
    // With the connection the batch's lock goes.
    lock.release(failed ?? true);
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* concat(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

/** One large delivery on its way into its batch's staging tables. */
class Staging {
  readonly #portal: Portal;
  readonly #delivery: Delivery;
  readonly #lock: pg.PoolClient;
  readonly #format: SplitFormat;
  readonly #file: MeasuredFile;
  readonly #now: Date;
  readonly #told: ImportWatch;
  #batch: OpenBatch | null = null;
  #earlier: EarlierDelivery | null = null;
  #threads: SealingThreads | null = null;
  #inPiece = false;
  #pieces = 0;
  #rows = 0;

  constructor(
    portal: Portal,
    delivery: Delivery,
    format: SplitFormat,
    lock: pg.PoolClient,
    file: MeasuredFile,
    now: Date,
    told: ImportWatch,
  ) {
    this.#portal = portal;
    this.#delivery = delivery;
    this.#lock = lock;
    this.#format = format;
    this.#file = file;
    this.#now = now;
    this.#told = told;
  }

  spareMemory(): ArrayBuffer | undefined {
    return this.#threads?.spareMemory();
  }

  async take(piece: Piece): Promise<void> {
    this.#batch ??= await this.#open(piece);
    if (!this.#inPiece) {
      this.#pieces = piece.seq + 1;
      const known = this.#batch.chunks.get(piece.seq);
      if (known !== undefined) {
        if (piece.prefix !== null && known.prefix.equals(piece.prefix)) return this.#count(known.rows);
        await this.#partWays(piece.seq);
      } else if (await this.#isStanding(piece, this.#batch.owner)) return;
    }
    this.#inPiece = piece.prefix === null;
    this.#threads ??= await this.#startThreads(this.#batch.owner);
    const end = piece.prefix === null ? null : { prefix: piece.prefix, bytesRead: this.#file.bytes() };
    await this.#threads.hand({
      seq: piece.seq,
      firstRow: piece.firstRow,
      bytes: piece.bytes,
      lead: piece.lead,
      isPlain: piece.isPlain,
      end,
    });
  }

  async finish(): Promise<Counts & { batchId: string }> {
    if (this.#batch !== null && Math.max(-1, ...this.#batch.chunks.keys()) >= this.#pieces) {
      await this.#partWays(this.#pieces);
    }
    await this.#endThreads();
    const { owner } = await this.#required();
    await this.#settle(owner);
    const span = await spanOf(this.#portal.pool, owner.batchId);
    const whole = { bytes: this.#file.bytes(), digest: this.#file.digest(), span };
    return { batchId: owner.batchId, ...(await finishBatch(this.#portal, this.#delivery, owner, whole)) };
  }

  /** What was handed over is staged to its end, unless it is a thread that failed: then it stays undone. */
  async breakOff(): Promise<void> {
    const threads = this.#threads;
    if (threads === null || this.#inPiece || threads.hasFailed()) return;
    await threads.end();
  }

  /** What was staged until then stays, as with any delivery that was refused on its way. */
  async refuse(why: Refused): Promise<void> {
    await this.close();
    const { owner } = await this.#required();
    await this.#settle(owner);
    await refuseBatch(this.#portal, this.#delivery, owner, why);
  }

  async close(): Promise<void> {
    const threads = this.#threads;
    this.#threads = null;
    await threads?.stop();
  }

  /** Whether the piece came with an earlier delivery and all of its rows stand; then it is counted. */
  async #isStanding({ seq, prefix }: Piece, { batchId }: ChunkOwner): Promise<boolean> {
    const known = this.#earlier?.chunks.get(seq);
    if (this.#earlier === null || known === undefined || prefix === null || !known.prefix.equals(prefix)) return false;
    const told = { bytesRead: this.#file.bytes(), now: this.#now };
    const isCounted = await countAsStanding(this.#portal.pool, batchId, this.#earlier, known, told);
    if (isCounted) this.#count(known.rows);
    return isCounted;
  }

  async #open(piece: Piece): Promise<OpenBatch> {
    this.#earlier = piece.prefix && (await findEarlier(this.#portal.pool, this.#delivery, piece.prefix));
    const found =
      piece.prefix === null ? null : await findCutShort(this.#portal.pool, this.#lock, this.#delivery, piece.prefix);
    if (found === null) return this.#begin();
    await this.#delivery.onBegun?.(found.owner.batchId);
    return found;
  }

  async #begin(): Promise<OpenBatch> {
    return openBatch(this.#lock, await beginBatch(this.#portal, this.#delivery));
  }

  /** The batch; begun now when the file was refused before its first piece. */
  async #required(): Promise<OpenBatch> {
    this.#batch ??= await this.#begin();
    return this.#batch;
  }

  /** From piece `seq` on the file is another than the one that was cut short. */
  async #partWays(seq: number): Promise<void> {
    await this.#endThreads();
    const old = await this.#required();
    await this.#settle(old.owner);
    const owner = await beginBatch(this.#portal, this.#delivery);
    this.#batch = await partWays(this.#portal.pool, this.#lock, old.owner, owner, seq);
  }

  async #settle({ batchId }: ChunkOwner): Promise<void> {
    const parts = await listStagedParts(this.#portal.pool, batchId);
    for (const [i, part] of parts.entries()) {
      this.#told.onSettling?.(i + 1, parts.length);
      await settlePart(this.#portal.pool, batchId, part);
    }
  }

  async #startThreads(owner: ChunkOwner): Promise<SealingThreads> {
    const { pool } = this.#portal;
    const { custody, agency } = this.#delivery.feed;
    const task = {
      databaseUrl: String(pool.options.connectionString),
      owner,
      origin: {
        batchId: owner.batchId,
        agencyId: agency.id,
        systemId: custody.systemId,
        profile: this.#delivery.profile.id,
      },
      keys: await rowKeysInHand(this.#portal, owner),
      profile: this.#delivery.profile,
      format: this.#format,
      now: this.#now.getTime(),
    };
    return startSealingThreads(task, ({ rows }) => this.#count(rows));
  }

  async #endThreads(): Promise<void> {
    await this.#threads?.end();
    await this.close();
  }

  #count(rows: number): void {
    this.#rows += rows;
    this.#told.onProgress?.(this.#rows, this.#file.bytes());
  }
}
