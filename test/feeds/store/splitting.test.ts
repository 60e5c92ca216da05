import fc from "fast-check";
import { expect, test } from "vitest";
import { readCsv } from "#app/feeds/csv-reader.ts";
import { readLines } from "#app/feeds/formats/read-lines.ts";
import { RecordSplitter } from "#app/feeds/store/split-records.ts";

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

interface Numbered {
  number: number;
  raw: string;
}

async function rowsOf(bytes: Uint8Array, lines: boolean): Promise<Numbered[]> {
  const rows: Numbered[] = [];
  const groups: AsyncIterable<{ number: number; raw: Uint8Array }[]> = lines
    ? readLines(once(bytes))
    : readCsv(once(bytes));
  for await (const group of groups) {
    for (const row of group) rows.push({ number: row.number, raw: Buffer.from(row.raw).toString("latin1") });
  }
  return rows;
}

/** The pieces' bytes, whatever the chunks were in which the text came in. */
function piecesOf(text: Buffer, chunk: number, pieceBytes: number, delimiter: number | null) {
  const splitter = new RecordSplitter({ delimiter }, 1, pieceBytes);
  const pieces: { first: number; bytes: Buffer }[] = [];
  let parts: Uint8Array[] = [];
  let first = 1;
  for (let i = 0; i < text.length; i += chunk) {
    for (const stretch of splitter.feed(text.subarray(i, i + chunk))) {
      parts.push(stretch.bytes);
      first = stretch.firstRecord;
      if (!stretch.ends) continue;
      pieces.push({ first, bytes: Buffer.concat(parts) });
      parts = [];
    }
  }
  if (parts.length > 0) pieces.push({ first, bytes: Buffer.concat(parts) });
  return pieces;
}

const nasty = fc
  .array(fc.constantFrom('"', '""', ",", "\n", "\r\n", "\r", "a", "b c", "\0", "é", '",', '\n"', "x".repeat(40)), {
    maxLength: 60,
  })
  .map((parts) => Buffer.from(parts.join("")));

test.each([
  ["CSV", 44],
  ["lines", null],
])("%s in pieces is the same records under the same numbers, wherever it is cut", async (_name, delimiter) => {
  await fc.assert(
    fc.asyncProperty(
      nasty,
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 60 }),
      async (text, chunk, size) => {
        const pieces = piecesOf(text, chunk, size, delimiter);
        expect(Buffer.concat(pieces.map((piece) => piece.bytes))).toEqual(text);
        const whole = await rowsOf(text, delimiter === null);
        const split: Numbered[] = [];
        for (const { first, bytes } of pieces) {
          const rows = await rowsOf(bytes, delimiter === null);
          split.push(...rows.map((row) => ({ ...row, number: row.number + first - 1 })));
        }
        expect(split).toEqual(whole);
        // Cut by the text alone.
        expect(piecesOf(text, 1, size, delimiter)).toEqual(pieces);
      },
    ),
    { numRuns: 400 },
  );
});

test("the property above sees line breaks in cells", async () => {
  const text = Buffer.from('a,"b\nc"\nd\n');
  const rows = await rowsOf(text, false);
  expect(rows).toHaveLength(2);
  expect(piecesOf(text, 3, 1, 44).map((piece) => piece.bytes.toString())).toEqual(['a,"b\nc"\n', "d\n"]);
});
