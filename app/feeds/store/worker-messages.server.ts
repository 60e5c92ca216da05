/** What the import and its sealing threads say to each other. */
import type { Profile } from "../profile.ts";
import type { RowKeys, RowOrigin } from "../seal-rows.server.ts";
import type { ChunkOwner, Counts } from "../store-chunk.server.ts";
import type { Lead, SplitFormat } from "./splitting.ts";

/** Everything that a thread needs; keys cross as key objects, in memory alone. */
export interface ThreadTask {
  readonly databaseUrl: string;
  readonly owner: ChunkOwner;
  readonly origin: RowOrigin;
  readonly keys: RowKeys;
  readonly profile: Profile;
  readonly format: SplitFormat;
  /** The portal's time when the import began, in milliseconds: the same for every row. */
  readonly now: number;
}

/** A stretch of one chunk; a chunk larger than memory should be comes in several. */
export interface Work {
  readonly seq: number;
  readonly firstRow: number;
  readonly bytes: Uint8Array;
  readonly lead: Lead;
  /** Whether no other header stands in the middle. */
  readonly isPlain: boolean;
  /** On the chunk's last stretch. */
  readonly end: { readonly prefix: Uint8Array; readonly bytesRead: number } | null;
}

export type ToThread = { readonly kind: "work"; readonly work: Work } | { readonly kind: "end" };

export type FromThread =
  /** `counts` is null when the chunk was staged already. */
  | { readonly kind: "staged"; readonly seq: number; readonly rows: number; readonly counts: Counts | null }
  /** The stretch has been read: there is room for another, and its memory, unless it is still in use, for its bytes. */
  | { readonly kind: "taken"; readonly memory: ArrayBuffer | null }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "ended" };
