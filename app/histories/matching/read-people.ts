/** Reads a file of people: CSV with the columns of FEBRL's sets, of which any but the id may be missing. */
import { readCsv } from "#app/feeds/csv-reader.ts";
import { foldWords, nameFromParts } from "#app/feeds/names/person-name.ts";
import { Refused } from "#app/platform/failure.ts";
import type { KnownRecord } from "./evaluate.ts";
import type { Address } from "./traits.ts";

const ID = "rec_id";
const COLUMNS = [
  ID,
  "given_name",
  "surname",
  "street_number",
  "address_1",
  "address_2",
  "suburb",
  "postcode",
  "state",
  "date_of_birth",
  "soc_sec_id",
] as const;
type Column = (typeof COLUMNS)[number];

/** "rec-12-org" and "rec-12-dup-0" are both person 12. */
const RECORD = /^rec-(.+?)-(?:org|dup-\d+)$/;

/**
 * @throws Refused `match.no-column`, `match.row`: what is wrong in which row, and what would be accepted
 */
export async function readPeople(stream: AsyncIterable<Uint8Array>): Promise<KnownRecord[]> {
  const records: KnownRecord[] = [];
  let places: ReadonlyMap<Column, number> | null = null;
  for await (const rows of readCsv(stream)) {
    for (const row of rows) {
      if (!("cells" in row)) throw refusedRow(row.number, "it cannot be read as CSV in UTF-8");
      const cells = row.cells.map((cell) => cell.trim());
      if (places === null) places = readHeader(cells);
      else records.push(readRecord(places, cells, row.number));
    }
  }
  if (places === null) throw new Refused("match.no-column", `The file is empty; its first row must name ${ID}.`);
  return records;
}

function readHeader(cells: readonly string[]): ReadonlyMap<Column, number> {
  const places = new Map<Column, number>();
  for (const column of COLUMNS) {
    const at = cells.findIndex((cell) => cell.toLowerCase() === column);
    if (at >= 0) places.set(column, at);
  }
  if (!places.has(ID)) {
    throw new Refused(
      "match.no-column",
      `The first row must name the columns, ${ID} among them: ${COLUMNS.join(", ")}.`,
    );
  }
  return places;
}

function readRecord(places: ReadonlyMap<Column, number>, cells: readonly string[], row: number): KnownRecord {
  const of = (column: Column) => {
    const at = places.get(column);
    return at === undefined ? "" : (cells[at] ?? "");
  };
  const person = RECORD.exec(of(ID))?.[1];
  if (person === undefined) throw refusedRow(row, `${ID} must be like rec-12-org or rec-12-dup-0`);
  const birth = of("date_of_birth").replaceAll("-", "");
  if (birth !== "" && !/^\d{8}$/.test(birth)) throw refusedRow(row, "date_of_birth must be eight digits, YYYYMMDD");
  const address: Address = {
    number: folded(of("street_number")),
    street: folded(of("address_1")),
    line: folded(of("address_2")),
    locality: folded(of("suburb")),
    postcode: folded(of("postcode")),
    state: folded(of("state")),
  };
  const number = folded(of("soc_sec_id")).replaceAll(" ", "");
  return {
    person,
    traits: {
      name: nameFromParts(of("given_name"), of("surname")),
      birth: birth === "" ? null : birth,
      number: number === "" ? null : number,
      address: Object.values(address).some((part) => part !== "") ? address : null,
    },
  };
}

const folded = (text: string) => foldWords(text).join(" ");

function refusedRow(row: number, what: string): Refused {
  return new Refused("match.row", `Row ${row}: ${what}.`, { row });
}
