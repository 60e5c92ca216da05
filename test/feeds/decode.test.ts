import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { decodeText } from "#app/feeds/formats/decode.ts";
import { getProfile } from "#app/feeds/profiles.ts";
import { type FileRow, readFeedFile } from "#app/feeds/read-file.ts";
import { Refused } from "#app/platform/failure.ts";
import { alprFile, alprRow, streamOf } from "./given-feed.ts";
import { NOW, readRows } from "./given-file.ts";

const text = alprFile(...Array.from({ length: 3000 }, (_, i) => alprRow({ id: `row-${i}`, reason: `Caso n.º ${i}` })));
const plain = Buffer.from(text);
const half = plain.length >> 1;
/** A frame that readers skip: what parallel compressors put first. */
const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]);
const halves = [plain.subarray(0, half), plain.subarray(half)];

const bigEndian = Buffer.from(text, "utf16le").swap16();

/** What was handed out, and how it ended. */
async function readUntil(source: AsyncIterable<Uint8Array>, options = {}) {
  const rows: FileRow[] = [];
  try {
    for await (const group of readFeedFile(source, getProfile("alpr-network-audit"), NOW, options)) rows.push(...group);
    return { rows, error: null };
  } catch (error) {
    return { rows, error };
  }
}

describe("one log, however it is packed and spelt", () => {
  test.each<[string, Buffer]>([
    ["a byte order mark", Buffer.from(`\ufeff${text}`)],
    ["gzip", gzipSync(plain)],
    ["gzip in two members", Buffer.concat(halves.map((part) => gzipSync(part)))],
    ["zstd", zstdCompressSync(plain)],
    ["zstd in two frames", Buffer.concat(halves.map((part) => zstdCompressSync(part)))],
    ["zstd with frames to skip", Buffer.concat([skippable, zstdCompressSync(plain), skippable])],
    ["UTF-16, little end first", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16, big end first", Buffer.concat([Buffer.from([0xfe, 0xff]), bigEndian])],
    ["UTF-16 without a mark", Buffer.from(text, "utf16le")],
    ["UTF-16 without a mark, big end first", bigEndian],
    ["UTF-16 in gzip", gzipSync(Buffer.from(`\ufeff${text}`, "utf16le"))],
  ])("%s", async (_name, bytes) => {
    const expected = (await readRows(plain, "alpr-network-audit")).map((row) => row.problem === null && row.identity);
    for (const piece of [7777, 1 << 20]) {
      const rows = await readRows(bytes, "alpr-network-audit", { piece });
      expect(rows.map((row) => row.problem === null && row.identity)).toEqual(expected);
    }
  });

  test("also where each piece is a single byte", async () => {
    const small = Buffer.from(alprFile(alprRow({ id: "1" }), alprRow({ id: "2" })));
    for (const bytes of [gzipSync(small), zstdCompressSync(small), Buffer.from(`\ufeff${small}`, "utf16le")]) {
      expect(await readRows(bytes, "alpr-network-audit", { piece: 1 })).toHaveLength(2);
    }
  });

  test("a few NUL bytes do not make a text UTF-16", async () => {
    const rows = await readRows(
      alprFile(alprRow({ id: "1" }), alprRow({ id: "2", reason: "a\0b" })),
      "alpr-network-audit",
    );
    expect(rows.map((row) => row.problem)).toEqual([null, "nul-byte"]);
  });

  test("half a character of UTF-16 costs its row, not the file", async () => {
    const broken = Buffer.from(
      `\ufeff${alprFile(alprRow({ id: "1" }), alprRow({ id: "2", reason: "x" }), alprRow({ id: "3" }))}`,
      "utf16le",
    );
    const at = broken.lastIndexOf(Buffer.from("x", "utf16le"));
    broken.writeUInt16LE(0xd800, at);
    const rows = await readRows(broken, "alpr-network-audit");
    expect(rows.map((row) => row.problem)).toEqual([null, "not-utf8", null]);
  });
});

describe("a compressed file that ends early hands out what is there, and says so", () => {
  test.each<[string, Buffer]>([
    ["gzip", gzipSync(plain, { level: 1 })],
    ["zstd", zstdCompressSync(plain)],
    ["the second member of gzip", Buffer.concat([gzipSync(plain), gzipSync(Buffer.from("x".repeat(5000)))])],
    [
      "the second frame of zstd",
      Buffer.concat([zstdCompressSync(plain), zstdCompressSync(Buffer.from("x".repeat(5000)))]),
    ],
  ])("%s", async (_name, bytes) => {
    const { rows, error } = await readUntil(streamOf(bytes.subarray(0, bytes.length - 12)));
    expect(error).toBeInstanceOf(Refused);
    expect(error).toMatchObject({ code: "feed-cut-off" });
    expect((error as Refused).message).toMatch(/ends before its content does.* deliver the whole file again/);
    expect(rows.length).toBeGreaterThan(1000);
    expect(rows.slice(0, 1000).every((row) => row.problem === null)).toBe(true);
  });

  test("a checksum that does not hold, and bytes that are no gzip", async () => {
    const bytes = gzipSync(plain);
    bytes.writeUInt32LE(1, bytes.length - 8);
    expect((await readUntil(streamOf(bytes))).error).toMatchObject({ code: "feed-damaged" });
    const trailed = Buffer.concat([gzipSync(plain), Buffer.from("not a member")]);
    expect((await readUntil(streamOf(trailed))).error).toMatchObject({ code: "feed-damaged" });
  });
});

describe("a bomb is cut off while it is unpacked", () => {
  const limits = { bytes: 64 << 20, ratio: 100, grace: 1 << 20 };
  const line = Buffer.from(`${alprRow({ id: "1" })}\n`);
  const million = Buffer.concat([Buffer.from(alprFile()), Buffer.alloc(40 << 20, line)]);

  test.each<[string, Buffer, typeof limits]>([
    ["gzip, by its ratio", gzipSync(million), limits],
    ["zstd, by its ratio", zstdCompressSync(million), limits],
    ["gzip, by its size", gzipSync(million), { ...limits, ratio: 1e9, bytes: 4 << 20 }],
  ])("%s", async (_name, bytes, unpack) => {
    let taken = 0;
    const unpacked = async () => {
      for await (const chunk of decodeText(streamOf(bytes), unpack)) taken += chunk.length;
    };
    await expect(unpacked()).rejects.toMatchObject({ code: "feed-bomb" });
    expect(taken).toBeLessThan(8 << 20);
    const { rows, error } = await readUntil(streamOf(bytes), { unpack });
    expect(error).toMatchObject({ code: "feed-bomb" });
    expect(rows.length).toBeGreaterThan(1000);
  });

  test("a short file of one line again and again is none", async () => {
    const file = Buffer.concat([Buffer.from(alprFile()), Buffer.alloc(line.length * 5000, line)]);
    expect(file.length / gzipSync(file).length).toBeGreaterThan(200);
    expect(await readRows(gzipSync(file), "alpr-network-audit")).toHaveLength(5000);
  });
});

test("what the source itself throws is thrown as it is, after the rows before it", async () => {
  const failure = new Refused("feed-too-large", "too large");
  async function* failing(bytes: Buffer) {
    yield bytes.subarray(0, bytes.length - 10);
    throw failure;
  }
  for (const bytes of [plain, gzipSync(plain, { level: 0 }), zstdCompressSync(plain)]) {
    const { rows, error } = await readUntil(failing(bytes));
    expect(error).toBe(failure);
    expect(rows.length).toBeGreaterThan(1000);
  }
});

test("whoever stops reading closes the source", async () => {
  for (const bytes of [plain, gzipSync(plain), zstdCompressSync(plain)]) {
    let closed = false;
    async function* endless() {
      try {
        yield bytes;
        for (;;) yield Buffer.from(alprRow({ id: "1" }));
      } finally {
        closed = true;
      }
    }
    for await (const _ of readFeedFile(endless(), getProfile("alpr-network-audit"), NOW)) break;
    expect(closed).toBe(true);
  }
});
