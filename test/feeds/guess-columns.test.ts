import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { guessFields, guessTime } from "#app/feeds/guess-columns.ts";
import { MOST_COLUMNS, readSample } from "#app/feeds/maker/sample.ts";

const sampleOf = (text: string) => readSample(Buffer.from(text));

async function guessed(text: string) {
  const sample = await sampleOf(text);
  return sample === null ? null : Object.fromEntries(guessFields(sample.columns));
}

test("the network audit of a portal is known by its columns' names", async () => {
  const sample = await readSample(readFileSync("test/fixtures/walkthrough-feed.csv"));
  expect(sample?.format).toEqual({ kind: "csv", delimiter: ",", headerRow: true });
  expect(Object.fromEntries(guessFields(sample?.columns ?? []))).toMatchObject({
    ID: "sourceId",
    "Org Name": "org",
    "License Plate": "plate",
    Reason: "purpose",
    "Case #": "caseNumber",
    "Search Time": "at",
    Filters: "filters",
  });
});

test.each([
  [";", "Fecha;Placa;Motivo\n18.06.2025 0:02;7ABC123;robo\n"],
  ["\t", "when\tplate\n2025-06-18 00:02\t7ABC123\n"],
  ["|", "time|tag|reason\n2025-06-18T00:02:04Z|7ABC123|a, b, c\n"],
] as const)("cells parted by %j", async (delimiter, text) => {
  expect((await sampleOf(text))?.format).toEqual({ kind: "csv", delimiter, headerRow: true });
});

test("a table without names has numbered columns, guessed by what stands in them", async () => {
  const rows = ["7ABC123", "8XYZ987", "6DEF456"].map((plate, i) => `${i},2025-06-1${i} 12:00:00,${plate},theft`);
  const sample = await sampleOf(`${rows.join("\n")}\n`);
  expect(sample?.format).toMatchObject({ headerRow: false });
  expect(Object.fromEntries(guessFields(sample?.columns ?? []))).toEqual({ "Column 2": "at", "Column 3": "plate" });
});

test("objects on lines, with members inside of members and names that are no words", async () => {
  const line = { time: "2025-06-18T00:02:04Z", user: { id: "u-1" }, "search.plate": "7ABC123", tags: ["a", "b"] };
  const sample = await sampleOf(`${JSON.stringify(line)}\n${JSON.stringify(line)}\n`);
  expect(sample).toMatchObject({
    format: { kind: "json-lines" },
    columns: [
      { name: "time" },
      { name: "user.id", values: ["u-1", "u-1"] },
      { name: "'search.plate'", values: ["7ABC123", "7ABC123"] },
      { name: "tags", values: [expect.stringContaining("a"), expect.stringContaining("b")] },
    ],
  });
});

test("no field is guessed twice, and a column called date without a time is not the time", async () => {
  expect(await guessed("Date,Search Time,plate,License Plate\nno,2025-06-18T00:02Z,7ABC123,8XYZ987\n")).toEqual({
    "Search Time": "at",
    plate: "plate",
  });
});

test("half of a column that are times make it the time, when nothing else is", async () => {
  expect(await guessed("moment;plate\n18.06.2025 0:02;7ABC123\nnever;8XYZ987\n")).toEqual({
    moment: "at",
    plate: "plate",
  });
});

test.each([
  ["an empty file", ""],
  ["prose", "This is a letter.\nIt has no columns.\n"],
  ["a document without rows", '{\n"a":[1,2],\n"b":[]\n}'],
  ["two columns of one name", "time,a,a\n1,2,3\n"],
  ["a picture", "\u0000\u0001\u0002"],
  ["too many columns", `${Array.from({ length: MOST_COLUMNS + 1 }, (_, i) => `c${i}x`).join(",")}\n`],
])("%s is no sample", async (_name, text) => {
  expect(await sampleOf(text)).toBeNull();
});

describe("how times are written", () => {
  test.each([
    [["2025-06-18T00:02:04Z"], { formats: ["iso"], needsZone: false }],
    [["06/18/2025, 12:02:04 AM UTC", "06/01/2025, 12:02:04 AM UTC"], { formats: ["month-first"], needsZone: false }],
    [["18.06.2025 0:02", "01.06.2025 0:02"], { formats: ["day-first"], needsZone: true }],
    [["20250618000204"], { formats: ["compact"], needsZone: true }],
    [["1750204924"], { formats: ["epoch-s"], needsZone: false }],
    [["yesterday", "today"], { formats: [], needsZone: false }],
    [[], { formats: [], needsZone: false }],
  ])("%j", (values, guess) => {
    expect(guessTime(values)).toEqual(guess);
  });
});

test("a path is named by its last two parts where these are known together", async () => {
  const row = { id: "1", at: "2025-06-18T00:02:04Z", user: { id: "u", name: "P" }, agency: { name: "Oakfield" } };
  expect(await guessed(`${JSON.stringify({ ...row, search: { plate: "7ABC123" } })}\n`)).toEqual({
    id: "sourceId",
    at: "at",
    "user.id": "user",
    "user.name": "userName",
    "agency.name": "org",
    "search.plate": "plate",
  });
});
