import { createSecretKey, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CsvFormat } from "#app/feeds/formats/format.ts";
import { LIMITS } from "#app/feeds/formats/limits.ts";
import type { Profile } from "#app/feeds/profile.ts";
import { getProfile } from "#app/feeds/profiles.ts";
import { openRowSealer, ROW_INDEXES, type RowKeys } from "#app/feeds/seal-rows.server.ts";
import { type Chunk, newChunk, type SealBlock } from "#app/feeds/store/chunk.server.ts";
import { beginReading, compileFastRows } from "#app/feeds/store/fast-rows.server.ts";
import { readPiece } from "#app/feeds/store/read-piece.ts";
import { ALPR_HEADER, alprRow, CANONICAL_HEADER } from "../given-feed.ts";

const NOW = new Date("2026-03-02T17:00:00Z");
const newKey = () => createSecretKey(randomBytes(32));
const keys: RowKeys = {
  keyId: "5e884898-da28-4715-91e5-000000000000",
  dataKey: newKey(),
  indexKeys: Object.fromEntries(ROW_INDEXES.map((name) => [name, newKey()])) as RowKeys["indexKeys"],
  people: { keyId: "5e884898-da28-4715-91e5-000000000001", dataKey: newKey(), indexKeys: {} },
};
const origin = { batchId: "batch", agencyId: "agency", systemId: "system", profile: "profile" };
/** Payloads as they are, so that they can be compared. */
const sealBlock: SealBlock = (_place, content, column) => column.bytea(content);

function formatOf(profile: Profile): CsvFormat {
  const format = profile.formats.find((one) => one.kind === "csv");
  if (format === undefined) throw new Error("the profile has no CSV");
  return format;
}

/** Everything that a chunk holds, row by row and in one order: the two ways fill their blocks differently. */
function contentOf(chunk: Chunk) {
  const rows: string[] = [];
  const keyRows: string[] = [];
  const texts: string[] = [];
  for (const [month, { events, keys: searched, blocks }] of chunk.months) {
    for (const fields of fieldsOf(events.finish())) {
      const at = `${month} ${fields.slice(0, 9).join("|")}`;
      rows.push(at);
    }
    for (const fields of fieldsOf(searched.finish())) keyRows.push(`${month} ${fields.join("|")}`);
    for (const [, , sealed] of fieldsOf(blocks.finish())) {
      const bytes = Buffer.from(sealed ?? "", "hex");
      for (let i = 0; i < bytes.length; ) {
        const length = bytes.readUInt32BE(i + 16);
        texts.push(`${bytes.toString("hex", i, i + 16)} ${bytes.toString("utf8", i + 20, i + 20 + length)}`);
        i += 20 + length;
      }
    }
  }
  const bad = chunk.bad.map(({ row, tag, reason }) => `${row} ${tag} ${reason}`);
  return {
    counts: { rows: chunk.rows, bytes: chunk.bytes, keys: chunk.keys, span: chunk.span },
    rows: rows.sort(),
    keys: keyRows.sort(),
    texts: texts.sort(),
    bad: bad.sort(),
  };
}

/** The fields of each row of a COPY message, as hex. */
function fieldsOf(message: Buffer): (string | null)[][] {
  const rows: (string | null)[][] = [];
  let at = 19;
  for (let columns = message.readInt16BE(at); columns >= 0; columns = message.readInt16BE(at)) {
    at += 2;
    const fields: (string | null)[] = [];
    for (let i = 0; i < columns; i++) {
      const length = message.readInt32BE(at);
      at += 4;
      fields.push(length < 0 ? null : message.toString("hex", at, at + length));
      at += Math.max(0, length);
    }
    rows.push(fields);
  }
  return rows;
}

async function* textOf(...parts: Uint8Array[]) {
  yield* parts;
}

async function byReader(profile: Profile, lead: Buffer, piece: Buffer, firstRow: number): Promise<Chunk> {
  const chunk = newChunk(0);
  const sealer = openRowSealer(keys, origin, sealBlock);
  const rows = readPiece(textOf(lead, piece), formatOf(profile), { profile, now: NOW, limits: LIMITS });
  for await (const group of rows) for (const row of group) sealer.add(chunk, row, firstRow - 2);
  sealer.finish(chunk);
  return chunk;
}

/** @returns also how many rows went the short way */
async function byShortWay(profile: Profile, lead: Buffer, piece: Buffer, firstRow: number) {
  const chunk = newChunk(0);
  const sealer = openRowSealer(keys, origin, sealBlock);
  const fast = compileFastRows(profile, formatOf(profile), lead, NOW, { keys, origin, sealBlock });
  if (fast === null) throw new Error("the profile has no short way");
  const reading = beginReading(piece, firstRow);
  while (fast.take(chunk, reading));
  const taken = chunk.rows;
  const { bytes, numbers } = reading.left;
  if (bytes.length > 0) {
    const rows = readPiece(textOf(lead, Buffer.concat(bytes)), formatOf(profile), {
      profile,
      now: NOW,
      limits: LIMITS,
    });
    for await (const group of rows) {
      for (const row of group) sealer.add(chunk, row, (numbers[row.number - 2] ?? Number.NaN) - row.number);
    }
  }
  sealer.finish(chunk);
  return { chunk, taken };
}

const alpr = getProfile("alpr-network-audit");
const canonical = getProfile("canonical");
const ALPR = Buffer.from(`${ALPR_HEADER}\n`);

/** Cells with everything in them that cells have been seen to hold, and more. */
const cell = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("theft", "25-0101", "plate 7ABC123", "lp 8xyz987", "MIMSY", "U-1", "O'Brien"),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom("", "***", "REDACTED", "N/A", "{}", "[]", "-", "###", "ORS 192.345(3)", "None"),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(" a", "b ", "a\\b", "é", "line\nbreak", 'say "no"', "a,b", "\t", "\0", "x\ry", "\u007f"),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
);
const plate = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("7ABC123", "8XYZ987", "AB", "ABCDEFGH") },
  fc.constantFrom(
    "7abc123",
    "7ABC 123",
    "7ABC123,8XYZ987",
    "",
    "***",
    "A",
    "TOOLONG99",
    "7AB*",
    "USC",
    "RCW",
    "NONE",
    "é",
  ),
);
const time = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("06/18/2025, 12:02:04 AM UTC", "12/31/2025, 11:59:59 PM PST") },
  fc.constantFrom(
    "02/30/2025, 12:02:04 AM UTC",
    "",
    "6/18/2025 0:02",
    "06/18/2099, 12:02:04 AM UTC",
    "06/18/1999, 12:02:04 AM UTC",
  ),
);
const count = fc.constantFrom("94", "0", "1,204", "", "many", "-", "1234567890123");
const quoted = (text: string, always: boolean) =>
  always || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
const row = fc
  .tuple(cell, cell, cell, count, cell, plate, cell, cell, cell, time, cell, cell, cell, fc.boolean())
  .map(([...cells]) => {
    const always = cells.pop() as boolean;
    return (cells as string[]).map((text) => quoted(text, always)).join(",");
  });
const line = fc.oneof(
  { weight: 10, arbitrary: row },
  {
    weight: 4,
    arbitrary: fc.integer({ min: 0, max: 99 }).map((i) => alprRow({ id: `n-${i}`, plate: `7ABC${100 + i}` })),
  },
  fc.constantFrom("", "1,2,3", '"open', 'a"b,c', ",,,,,,,,,,,,", "x".repeat(3000), '"a"b,'),
);
const ends = fc.constantFrom("\n", "\n", "\n", "\r\n", "\r\r\n");

describe("the short way makes of every row what the format's reader makes of it", () => {
  test("whatever the rows are", async () => {
    let short = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(line, ends), { maxLength: 12 }),
        fc.boolean(),
        fc.integer({ min: 2, max: 9999 }),
        async (lines, isOpen, firstRow) => {
          const text = lines.map(([one, end]) => one + end).join("");
          const piece = Buffer.from(isOpen ? text.slice(0, -1) : text, "utf8");
          const expected = contentOf(await byReader(alpr, ALPR, piece, firstRow));
          const { chunk, taken } = await byShortWay(alpr, ALPR, piece, firstRow);
          short += taken;
          expect(contentOf(chunk)).toEqual(expected);
        },
      ),
      { numRuns: 600 },
    );
    // The property would hold of a short way that takes nothing.
    expect(short).toBeGreaterThan(300);
  }, 60_000);

  test("in our own CSV, with licences and times in ISO", async () => {
    const lead = Buffer.from(`${CANONICAL_HEADER}\n`);
    const lines = [
      "c-1,2025-06-18T09:00:00.250-07:00,Elmville PD,desk 4,,A1234567,traffic stop,25-1,message IQ",
      "c-2,2025-06-18T09:00:00Z,Elmville PD,desk 4,7ABC123,A1234567,,,",
      "c-3,2025-06-18 09:00:00+0200,,,7ABC123,a123 4567,plate 7ABC123,,x",
      "c-4,2025-06-18T09:00:00,Elmville PD,desk 4,7ABC123,,,,",
    ];
    const piece = Buffer.from(`${lines.join("\n")}\n`);
    const { chunk, taken } = await byShortWay(canonical, lead, piece, 2);
    expect(contentOf(chunk)).toEqual(contentOf(await byReader(canonical, lead, piece, 2)));
    expect(taken).toBe(2);
  });
});

test("nearly all rows of the audit that we know go the short way", async () => {
  const rows = Array.from({ length: 3000 }, (_, i) =>
    alprRow({ id: `n-${i}`, reason: i % 50 ? "theft" : "line\nbreak" }),
  );
  const { taken, chunk } = await byShortWay(alpr, ALPR, Buffer.from(`${rows.join("\n")}\n`), 2);
  expect({ taken, rows: chunk.rows }).toEqual({ taken: 2940, rows: 3000 });
});

test.each([
  ["a profile with code tables and marks", getProfile("clets-journal"), "Date,Time\n"],
  ["a header with quotes", alpr, `"ID",${ALPR_HEADER.slice(3)}\n`],
  ["another header", alpr, `${CANONICAL_HEADER}\n`],
])("%s has none", (_name, profile, header) => {
  const format = profile.formats.find((one) => one.kind === "csv");
  const sealing = { keys, origin, sealBlock };
  expect(format && compileFastRows(profile, format, Buffer.from(header), NOW, sealing)).toBeNull();
});
