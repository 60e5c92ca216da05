import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { type CsvProblemRow, CsvRow, readCsv } from "#app/feeds/csv-reader.ts";
import { LIMITS } from "#app/feeds/formats/limits.ts";
import { streamOf } from "./given-feed.ts";

const require = createRequire(import.meta.url);
const folder = dirname(require.resolve("csv-spectrum"));
const names = readdirSync(join(folder, "csvs")).map((file) => file.replace(".csv", ""));

/** The rows as objects under the names of the first one, as the collection writes what it expects. */
function toObjects([header, ...rows]: (CsvRow | CsvProblemRow)[]): Record<string, string>[] {
  const cellsOf = (row: CsvRow | CsvProblemRow | undefined) => {
    if (!(row instanceof CsvRow)) throw new Error(`not a readable row: ${row?.problem}`);
    return row.cells;
  };
  const columns = cellsOf(header);
  return rows.map((row) => Object.fromEntries(cellsOf(row).map((cell, i) => [columns[i] ?? "", cell])));
}

test("the collection is there", () => {
  expect(names).toHaveLength(12);
});

/** One expectation of the collection is of another file: an object where all others are lists, with another number. */
const MISTAKEN = "location_coordinates";

test.each(names)("csv-spectrum: %s", async (name) => {
  const csv = readFileSync(join(folder, "csvs", `${name}.csv`));
  const collected: unknown = JSON.parse(readFileSync(join(folder, "json", `${name}.json`), "utf8"));
  const parsed: unknown = parse(csv, { columns: true, record_delimiter: ["\r\n", "\n"], relax_quotes: true });
  if (name !== MISTAKEN) expect(parsed).toEqual(collected);
  const expected = name === MISTAKEN ? parsed : collected;
  for (const piece of [1, 3, 65_536]) {
    const rows: (CsvRow | CsvProblemRow)[] = [];
    for await (const group of readCsv(streamOf(csv, piece), { ...LIMITS, piece: 1 })) rows.push(...group);
    expect(toObjects(rows)).toEqual(expected);
  }
});
