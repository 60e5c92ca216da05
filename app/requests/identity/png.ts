/**
 * A PNG without anything but its picture: of its chunks (ISO/IEC 15948) only those that draw are kept, each with the
 * checksum that it must have; texts, times, Exif and whatever stands behind the end are left out.
 */
import { crc32, inflateSync } from "node:zlib";
import { Broken, fitsTheEye, type Picture } from "./picture.ts";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const KEPT = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"];
/** For each kind of colour: how many samples a pixel has, and of how many bits each may be. */
const COLOURS: Readonly<Record<number, { readonly samples: number; readonly depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};
/** Adam7: from which column and row each pass begins, and in what steps it goes. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  /** With length, type and checksum. */
  readonly whole: Buffer;
}

/**
 * @throws Broken when it is no whole PNG. One too large to look at comes back as it came, with its extent: its
 *   caller refuses it, and nothing of it is unpacked.
 */
export function cleanPng(bytes: Buffer): Picture {
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new Broken("no PNG");
  const header = chunkAt(bytes, SIGNATURE.length);
  const { width, height, bits, interlaced } = readHeader(header);
  if (!fitsTheEye({ width, height })) return { width, height, turned: 1, bytes };
  const kept = [header];
  for (let at = SIGNATURE.length + header.whole.length; kept.at(-1)?.type !== "IEND"; ) {
    const chunk = chunkAt(bytes, at);
    at += chunk.whole.length;
    if (KEPT.includes(chunk.type)) kept.push(chunk);
    // A capital letter says that the picture cannot be drawn without it (5.4).
    else if (/^[A-Z]/.test(chunk.type)) throw new Broken("a part of the PNG is unknown");
  }
  checkPixels(kept, rawLength({ width, height, bits, interlaced }));
  return { width, height, turned: 1, bytes: Buffer.concat([SIGNATURE, ...kept.map(({ whole }) => whole)]) };
}

function chunkAt(bytes: Buffer, at: number): Chunk {
  const length = at + 12 <= bytes.length ? bytes.readUInt32BE(at) : Number.POSITIVE_INFINITY;
  const end = at + 12 + length;
  if (end > bytes.length) throw new Broken("the PNG is cut off");
  const typed = bytes.subarray(at + 4, end - 4);
  const type = typed.subarray(0, 4).toString("latin1");
  if (!/^[A-Za-z]{4}$/.test(type) || crc32(typed) !== bytes.readUInt32BE(end - 4)) {
    throw new Broken("a part of the PNG is damaged");
  }
  return { type, data: typed.subarray(4), whole: bytes.subarray(at, end) };
}

interface Header {
  readonly width: number;
  readonly height: number;
  /** Of one pixel. */
  readonly bits: number;
  readonly interlaced: boolean;
}

function readHeader({ type, data }: Chunk): Header {
  if (type !== "IHDR" || data.length !== 13) throw new Broken("no header of a PNG");
  const [depth = 0, colour = 0, compression, filter, interlace = 0] = data.subarray(8);
  const kind = COLOURS[colour];
  if (!kind?.depths.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1) {
    throw new Broken("a header that PNG does not know");
  }
  const [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)];
  if (width === 0 || height === 0) throw new Broken("a picture without an extent");
  return { width, height, bits: depth * kind.samples, interlaced: interlace === 1 };
}

/** How many bytes the pixels have when they are unpacked: each row has one more, which names its filter. */
function rawLength({ width, height, bits, interlaced }: Header): number {
  const rows = (across: number, down: number) => (across === 0 ? 0 : down * (1 + Math.ceil((across * bits) / 8)));
  if (!interlaced) return rows(width, height);
  const count = (extent: number, first: number, step: number) => Math.max(0, Math.ceil((extent - first) / step));
  return PASSES.reduce((sum, [x, y, dx, dy]) => sum + rows(count(width, x, dx), count(height, y, dy)), 0);
}

/** Unpacked they must be as many as the header says: neither cut off, nor something that blows up. */
function checkPixels(chunks: readonly Chunk[], expected: number): void {
  const packed = Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data));
  let length: number;
  try {
    length = inflateSync(packed, { maxOutputLength: expected + 1 }).length;
  } catch {
    throw new Broken("the pixels of the PNG cannot be unpacked");
  }
  if (length !== expected) throw new Broken("the PNG has other pixels than its header says");
}
