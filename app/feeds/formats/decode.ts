/**
 * From delivered bytes to UTF-8 text: gzip and zstd are unpacked, UTF-16 is written anew. Told by the bytes
 * themselves, never by a file's name. What unpacks to too much is cut off on the way, not afterwards.
 */
import { createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from "node:zlib";
import { peek } from "./peek.ts";

export interface UnpackLimits {
  /** Most bytes that a compressed file may unpack to. */
  bytes: number;
  /** Most bytes that one compressed byte may stand for, on the average. Logs reach 30; a bomb is made of 1,000 and more. */
  ratio: number;
  /** Unpacked bytes up to which the ratio is not looked at: short files of one repeated line are no bombs. */
  grace: number;
}

export const UNPACK_LIMITS: UnpackLimits = { bytes: 2 ** 40, ratio: 200, grace: 64 << 20 };

export type DecodeProblem = "feed-archive" | "feed-cut-off" | "feed-damaged" | "feed-bomb";

/** The bytes cannot be had as text. What was decoded before was handed on. */
export class Undecodable extends Error {
  readonly code: DecodeProblem;
  constructor(code: DecodeProblem, cause?: unknown) {
    super(code, { cause });
    this.code = code;
  }
}

/** Enough to tell UTF-16 without a byte order mark from text with a few NUL bytes. */
const HEAD = 4096;

/** @throws Undecodable; and whatever the source throws, as it is. */
export async function* decodeText(
  source: AsyncIterable<Uint8Array>,
  limits: UnpackLimits = UNPACK_LIMITS,
): AsyncGenerator<Uint8Array> {
  const packed = await peek(source, HEAD);
  const unpack = unpackerFor(packed.head);
  if (unpack === null) yield* decodeUtf16(packed.head, packed.all);
  else {
    const plain = await peek(unpackWithin(packed.all, unpack, limits), HEAD);
    yield* decodeUtf16(plain.head, plain.all);
  }
}

type Unpacker = () => Gunzip | ZstdDecompress;

function unpackerFor(head: Buffer): Unpacker | null {
  const starts = (...bytes: number[]) => bytes.every((byte, i) => head[i] === byte);
  if (starts(0x1f, 0x8b, 0x08)) return createGunzip;
  if (starts(0x28, 0xb5, 0x2f, 0xfd)) return createZstdDecompress;
  // A frame to be skipped (RFC 8878, 3.1.2), with which parallel compressors begin.
  if (head.length > 8 && ((head[0] ?? 0) & 0xf0) === 0x50 && head.readUIntLE(1, 3) === 0x184d2a)
    return createZstdDecompress;
  if (starts(0x50, 0x4b, 3, 4) || starts(0x50, 0x4b, 5, 6) || starts(0x37, 0x7a, 0xbc, 0xaf)) {
    throw new Undecodable("feed-archive");
  }
  return null;
}

async function* unpackWithin(
  packed: AsyncIterable<Uint8Array>,
  make: Unpacker,
  limits: UnpackLimits,
): AsyncGenerator<Uint8Array> {
  const input = {
    iterator: packed[Symbol.asyncIterator](),
    carried: null as Uint8Array | null,
    bytes: 0,
    ended: false,
  };
  let bytes = 0;
  try {
    while (!input.ended) {
      for await (const chunk of unpackOne(input, make())) {
        bytes += chunk.length;
        const bomb = bytes > limits.bytes || (bytes > limits.grace && bytes > limits.ratio * input.bytes);
        if (bomb) throw new Undecodable("feed-bomb");
        yield chunk;
      }
    }
  } finally {
    await input.iterator.return?.();
  }
}

interface Input {
  iterator: AsyncIterator<Uint8Array>;
  /** What is left of a piece in which a compressed member ended. */
  carried: Uint8Array | null;
  bytes: number;
  ended: boolean;
}

/**
 * One engine's worth. A gzip engine goes on through all members by itself; a zstd engine stops where a frame ends
 * inside a piece, and drops the rest of the piece in silence: that rest is what the next engine begins with.
 */
async function* unpackOne(input: Input, engine: Gunzip | ZstdDecompress): AsyncGenerator<Uint8Array> {
  const feeding = feed(input, engine);
  try {
    for await (const chunk of engine) yield chunk as Uint8Array;
  } catch (error) {
    throw (await feeding) ?? failureOf(error);
  } finally {
    engine.destroy();
  }
  const failed = await feeding;
  if (failed !== null) throw failed;
}

/** @returns What the source threw, so that it can be thrown by whoever reads; null when it threw nothing. */
async function feed(input: Input, engine: Gunzip | ZstdDecompress): Promise<Error | null> {
  try {
    for (;;) {
      const chunk = input.carried ?? (await nextOf(input));
      input.carried = null;
      if (chunk === null) {
        engine.end();
        return null;
      }
      const used = await write(engine, chunk);
      if (used === null) return null;
      if (used < chunk.length) {
        input.carried = chunk.subarray(used);
        return null;
      }
    }
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    engine.destroy(failure);
    return failure;
  }
}

async function nextOf(input: Input): Promise<Uint8Array | null> {
  const next = await input.iterator.next();
  if (next.done) {
    input.ended = true;
    return null;
  }
  input.bytes += next.value.length;
  return next.value;
}

/** @returns How many of the bytes the engine took; null when it has failed, which its reader hears of. */
function write(engine: Gunzip | ZstdDecompress, chunk: Uint8Array): Promise<number | null> {
  const before = engine.bytesWritten;
  return new Promise((resolve) => {
    const done = (used: number | null) => {
      engine.off("close", closed);
      resolve(used);
    };
    const closed = () => done(null);
    engine.once("close", closed);
    engine.write(chunk, (error) => done(error ? null : engine.bytesWritten - before));
  });
}

function failureOf(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const code = String(error.code);
  if (code === "Z_BUF_ERROR") return new Undecodable("feed-cut-off", error);
  return code.startsWith("Z_") || code.startsWith("ZSTD_") ? new Undecodable("feed-damaged", error) : error;
}

async function* decodeUtf16(head: Buffer, all: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const encoding = utf16Of(head);
  if (encoding === null) {
    yield* all;
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const chunk of all) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== "") yield toUtf8(text);
  }
  const rest = decoder.decode();
  if (rest !== "") yield toUtf8(rest);
}

/** Half a character comes out as the byte FF, which no UTF-8 has: the row it stands in is found to be no text. */
function toUtf8(text: string): Buffer {
  const bytes = Buffer.from(text, "utf8");
  if (!text.includes("\ufffd")) return bytes;
  return Buffer.from(bytes.toString("latin1").replaceAll("\u00ef\u00bf\u00bd", "\u00ff"), "latin1");
}

function utf16Of(head: Buffer): "utf-16le" | "utf-16be" | null {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const pairs = head.length >> 1;
  if (pairs < 4) return null;
  let first = 0;
  let second = 0;
  for (let i = 0; i < 2 * pairs; i += 2) {
    if (head[i] === 0) first += 1;
    if (head[i + 1] === 0) second += 1;
  }
  // Text of mostly Latin letters has a zero in nearly each pair, and always on the same side.
  if (second > 0.7 * pairs && first === 0) return "utf-16le";
  return first > 0.7 * pairs && second === 0 ? "utf-16be" : null;
}
