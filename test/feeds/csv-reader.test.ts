import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CsvProblemRow, type CsvRow, readCsv } from "#app/feeds/csv-reader.ts";
import { LIMITS } from "#app/feeds/formats/limits.ts";
import { streamOf } from "./given-feed.ts";

async function read(text: string | Uint8Array, piece?: number, limits = LIMITS): Promise<(CsvRow | CsvProblemRow)[]> {
  const rows: (CsvRow | CsvProblemRow)[] = [];
  // Else small pieces would be put together before anything is read.
  const asGiven = { ...limits, piece: 1 };
  for await (const group of readCsv(streamOf(text, piece), asGiven)) rows.push(...group);
  return rows;
}

const cellsOf = (rows: (CsvRow | CsvProblemRow)[]) => rows.map((row) => ("cells" in row ? row.cells : row.problem));

const cell = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 6 }),
  fc.constantFrom("", '"', '""', ",", "\n", "\r\n", "a,b", 'say "no"', "línea\nrota", "***", " x "),
);
/** As any exporter may write it: quoted when it must be, or because it likes to. */
const written = fc.tuple(cell, fc.boolean()).map(([text, quoted]) => {
  const clean = text.replaceAll("\0", "").replaceAll(/\r(?!\n)/g, "");
  const must = /[",\r\n]/.test(clean);
  return quoted || must ? `"${clean.replaceAll('"', '""')}"` : clean;
});
const file = fc.record({
  rows: fc.array(fc.array(written, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 12 }),
  lineEnd: fc.constantFrom("\n", "\r\n"),
  lastEnd: fc.boolean(),
  bom: fc.boolean(),
  piece: fc.integer({ min: 1, max: 40 }),
});

describe("the reader agrees with csv-parse", () => {
  test("on any well-formed file, in any pieces", async () => {
    await fc.assert(
      fc.asyncProperty(file, async ({ rows, lineEnd, lastEnd, bom, piece }) => {
        const text = rows.map((row) => row.join(",")).join(lineEnd) + (lastEnd ? lineEnd : "");
        const options = { relax_column_count: true, record_delimiter: ["\r\n", "\n"], skip_empty_lines: true };
        const expected: string[][] = parse(text, options);
        expect(cellsOf(await read(`${bom ? "\ufeff" : ""}${text}`, piece))).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  test("and finds the same rows however any bytes are cut into pieces", async () => {
    const bytes = fc
      .uint8Array({ maxLength: 200 })
      .map((raw) => raw.map((b) => ([34, 44, 10, 13][b & 7] ?? b) as number));
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 9 }), async (raw, piece) => {
        const seen = (rows: (CsvRow | CsvProblemRow)[]) =>
          rows.map((row) => ({ ...row, raw: Buffer.from(row.raw).toString("latin1"), bytes: row.bytes }));
        expect(seen(await read(raw, piece))).toEqual(seen(await read(raw, 1000)));
      }),
      { numRuns: 400 },
    );
  });
});

describe("what cannot be read comes out as a problem, and the rows around it survive", () => {
  test.each([
    ["a NUL byte", Buffer.from("a,b\nc\0,d\ne,f\n"), [["a", "b"], "nul-byte", ["e", "f"]]],
    ["a byte that is no UTF-8", Buffer.from("a,b\nc\xff,d\ne,f\n", "latin1"), [["a", "b"], "not-utf8", ["e", "f"]]],
    ["text after a closing quote", Buffer.from('a,b\n"c"x,d\ne,f\n'), [["a", "b"], "stray-quote", ["e", "f"]]],
    ["a file that ends inside a quoted cell", Buffer.from('a,b\nc,"d\ne'), [["a", "b"], "cut-off"]],
  ])("%s", async (_name, bytes, expected) => {
    expect(cellsOf(await read(bytes))).toEqual(expected);
    expect(cellsOf(await read(bytes, 1))).toEqual(expected);
  });

  test("a row is numbered as a spreadsheet numbers it: blank lines count, line breaks in cells do not", async () => {
    const rows = await read('a,b\n\n"c\nc",d\n\n\ne,f');
    expect(rows.map((row) => row.number)).toEqual([1, 3, 6]);
  });

  const small = { cell: 100, row: 400, cells: 8, head: 10, piece: 1 };
  test.each([
    ["a cell over its cap", `"${"x".repeat(150)}",b`],
    ["a row over its cap", Array.from({ length: 6 }, () => "y".repeat(90)).join(",")],
    ["too many cells", ",".repeat(20)],
  ])("%s: only its beginning is kept, with its length and hash", async (_name, line) => {
    for (const piece of [7, 1000]) {
      const rows = await read(`a,b\n${line}\ne,f\n`, piece, small);
      expect(cellsOf(rows)).toEqual([["a", "b"], "too-large", ["e", "f"]]);
      const bad = rows[1] as CsvProblemRow;
      expect(bad).toMatchObject({ number: 2, bytes: line.length, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
      expect(Buffer.from(bad.raw).toString()).toBe(line.slice(0, 10));
    }
  });
});

test("a row over its cap has one fingerprint, wherever the pieces end and whatever ends the line", async () => {
  const small = { cell: 100, row: 400, cells: 8, head: 10, piece: 1 };
  const seen = new Set<string>();
  for (const end of ["\n", "\r\n"]) {
    for (let piece = 1; piece < 160; piece++) {
      const [, row] = await read(`a,b\n${"x".repeat(150)},b${end}e,f\n`, piece, small);
      const { bytes, digest } = row as CsvProblemRow;
      seen.add(`${bytes} ${digest}`);
    }
  }
  expect([...seen]).toEqual([expect.stringMatching(/^152 [0-9a-f]{64}$/)]);
});

describe("memory stays flat", () => {
  async function* longLine(first: string, fill: string) {
    yield Buffer.from(first);
    const piece = Buffer.alloc(1 << 20, fill);
    for (let i = 0; i < 200; i++) yield piece;
  }

  test.each([
    ["one line without an end", "a,b\n", "x"],
    ["one quoted cell that never closes", 'a,b\n"', "x"],
    ["one line of empty cells", "a,b\n", ","],
  ])(
    "on 200 MB of %s",
    async (_name, first, fill) => {
      const before = process.memoryUsage.rss();
      let most = 0;
      const rows: (CsvRow | CsvProblemRow)[] = [];
      async function* watched() {
        for await (const chunk of longLine(first, fill)) {
          most = Math.max(most, process.memoryUsage.rss());
          yield chunk;
        }
      }
      for await (const group of readCsv(watched())) rows.push(...group);
      const last = rows.at(-1) as CsvProblemRow;
      expect(last.bytes).toBe(200 * (1 << 20) + first.length - 4);
      expect(last.raw.length).toBeLessThanOrEqual(LIMITS.head);
      expect((most - before) / (1 << 20)).toBeLessThan(100);
    },
    60_000,
  );
});
