import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { guessFields, guessTime, togetherIn } from "#app/feeds/guess-columns.ts";
import { drawRuler, guessFixed, linesOf, readColumns } from "#app/feeds/maker/fixed-columns.ts";
import { completeJson, findHead, isWithin, listPlaces, shortMembers } from "#app/feeds/maker/json-sample.ts";
import { isDocument, readSample, readSampleAs } from "#app/feeds/maker/sample.ts";

const sampleOf = (text: string) => readSample(Buffer.from(text));

const JOURNAL = [
  "ID   DATE       TIME     PLATE     OFFICER",
  "---- ---------- -------- --------- -------",
  "0001 2025-06-18 12:02:00 7CNRY23   P. Canary",
  "0002 2025-06-18 13:02:00 8XYZ987   Q, R",
  "0003 2025-06-19 08:00:00           Ramón",
  "",
].join("\n");

test("columns at fixed places are guessed from the blanks between them, and named by the head", async () => {
  const sample = await sampleOf(JOURNAL);
  expect(sample?.format).toMatchObject({
    kind: "fixed-width",
    skip: 2,
    least: 35,
    columns: [
      { name: "ID", from: 1, to: 5 },
      { name: "DATE", from: 6, to: 16 },
      { name: "TIME", from: 17, to: 25 },
      { name: "PLATE", from: 26, to: 35 },
      { name: "OFFICER", from: 36, to: 44 },
    ],
  });
  expect(sample?.columns.find(({ name }) => name === "OFFICER")?.values).toEqual(["P. Canary", "Q, R", "Ramón"]);
});

test("a day and an hour in two columns are the time together", async () => {
  const sample = await sampleOf(JOURNAL);
  const columns = sample?.columns ?? [];
  const guesses = guessFields(columns);
  expect(Object.fromEntries(guesses)).toMatchObject({ DATE: "at", TIME: "at", PLATE: "plate", OFFICER: "user" });
  const times = togetherIn(columns.filter(({ name }) => guesses.get(name) === "at"));
  expect(times[0]).toBe("2025-06-18 12:02:00");
  expect(guessTime(times)).toEqual({ formats: ["iso"], needsZone: true });
});

test("several ways of writing a time are all guessed, and never two that contradict each other", () => {
  expect(guessTime(["2025-06-18 12:02", "2025-06-18 12:03", "20250618120304"]).formats).toEqual(["iso", "compact"]);
  expect(guessTime(["13/06/2025 1:00", "14/06/2025 1:00", "06/13/2025 1:00"]).formats).toEqual(["day-first"]);
});

test("lines without dates are no journal, and neither is one line", () => {
  expect(guessFixed(["Dear  Madam", "there  is no"])).toBeNull();
  expect(guessFixed(["0001 2025-06-18 a"])).toBeNull();
  expect(guessFixed(["a\u0000 2025", "b 2025"])).toBeNull();
});

test("the ruler stands above what it measures", () => {
  const { scale, lines } = drawRuler(
    ["0001 2025\u0007 x"],
    [
      { name: "a", from: 1, to: 4 },
      { name: "b", from: 6, to: 9 },
    ],
  );
  expect(scale).toEqual(["        10", "....+....|..", "A--- B---"]);
  expect(lines).toEqual(["0001 2025· x"]);
  expect(drawRuler([], [{ name: "a", from: 1, to: 30 }]).scale[1]).toHaveLength(30);
});

test("a column that was typed wrong is named by its field", () => {
  const { columns, issues } = readColumns([
    { name: "B", from: "5", to: "9" },
    { name: "", from: "", to: "" },
    { name: "A", from: "1", to: "5" },
    { name: "C", from: "20", to: "12" },
    { name: "D", from: "0", to: "x" },
    { name: "", from: "30", to: "31" },
    { name: "A", from: "40", to: "41" },
  ]);
  expect(columns.map(({ name }) => name)).toEqual(["A", "B"]);
  expect(issues.map(({ index, part, why }) => [index, part, why.replace("feedsLayout.refused", "")])).toEqual([
    [3, "to", "Order"],
    [4, "from", "Number"],
    [4, "to", "Number"],
    [5, "name", "Name"],
    [6, "name", "Twice"],
    [0, "from", "Overlap"],
  ]);
});

test("a ruled journal with a comma in each name is not taken for a table", async () => {
  const lines = [
    "20250618 7CNRY23  DOE, JANE   PD1",
    "20250619 8XYZ987  ROE, RICHARD PD2",
    "20250620 6DEF456  POE, E      PD3",
  ];
  expect((await sampleOf(lines.join("\n")))?.format.kind).toBe("fixed-width");
});

test("the shipped journal's places do not come out of blanks alone, and the given ones are used", async () => {
  const bytes = readFileSync("test/fixtures/feeds/clets.txt");
  const columns = [
    { name: "DATE", from: 11, to: 18 },
    { name: "TIME", from: 19, to: 24 },
  ];
  const sample = await readSampleAs(bytes, { kind: "fixed-width", skip: 0, least: 24, columns });
  expect(sample?.columns[0]?.values.slice(0, 2)).toEqual(["20260105", "20260105"]);
});

test.each([
  ["x-road", "x-road.json", ["dataRequests[]", "dataProcessings[]"]],
  ["a Bundle", "fhir-bundle.json", ["entry[]"]],
])("the rows of %s are the lists that hold times", async (_name, file, places) => {
  const sample = await readSample(readFileSync(`test/fixtures/feeds/${file}`));
  expect(sample?.format.kind).toBe("json");
  expect(sample?.format.kind === "json" ? sample.format.items : []).toEqual(expect.arrayContaining(places));
});

test("a document that is cut off anywhere still gives its whole rows", () => {
  const rows = Array.from({ length: 5 }, (_, id) => ({
    id,
    at: "2025-06-18T00:00:00Z",
    who: { name: 'a "q" \\ , ]' },
  }));
  const text = JSON.stringify({ total: 5, entries: rows }, null, 1);
  for (let end = 1; end <= text.length; end++) {
    const whole = completeJson(text.slice(0, end));
    if (whole === null) continue;
    const { entries = [] } = JSON.parse(whole) as { entries?: { id: number }[] };
    expect(entries.length).toBeLessThanOrEqual(5);
    expect(entries.map(({ id }) => id)).toEqual(entries.map((_, i) => i));
  }
  expect(completeJson(text.slice(0, -4))).not.toBeNull();
  expect(completeJson("no json at all")).toBeNull();
  expect(completeJson('{"a": nonsense, "b": 1')).toBeNull();
});

test("a document is told from lines of objects", () => {
  expect(isDocument('[{"a":1}]')).toBe(true);
  expect(isDocument('{"a":1}\n{"a":2}\n')).toBe(false);
  expect(isDocument('{\n "entries": [\n {"a":1}\n ]\n}')).toBe(true);
  expect(isDocument('{"entries":[{"a":1}]}')).toBe(true);
  expect(isDocument('{"a":1}')).toBe(false);
  expect(isDocument("a,b\n1,2")).toBe(false);
});

test("places of rows, what is in them, and what the document says of itself", async () => {
  const document = {
    total: 2,
    from: "2025-06-01",
    log: {
      entries: [
        { at: "x", who: { a: 1, b: 2, c: 3 } },
        { at: "y", who: { a: 1, b: 2, c: 3 } },
      ],
    },
    notes: ["a"],
  };
  expect(listPlaces(document)).toEqual([
    { place: "log.entries[]", rows: 2 },
    { place: "log.entries[].who", rows: 2 },
  ]);
  expect(shortMembers(document)).toEqual([
    { name: "total", text: "2" },
    { name: "from", text: "2025-06-01" },
  ]);
  expect(isWithin("log.entries[].who", "log.entries[]")).toBe(true);
  expect(isWithin("log.entries[]", "log.entries[]")).toBe(false);
  expect(findHead({ batch: { no: 1 } })).toEqual({ name: "batch", head: { no: 1 } });
  expect(findHead({ batch: 1 })).toBeNull();
  const sample = await readSampleAs(Buffer.from(JSON.stringify(document)), {
    kind: "json",
    items: ["log.entries[]"],
    marks: [],
    facts: {},
  });
  expect(sample?.columns.map(({ name }) => name)).toEqual(["at", "who.a", "who.b", "who.c"]);
});

test("lines are counted as the reader counts them", () => {
  expect(linesOf(Buffer.from("\ufeffa\r\n\r\nb\n"))).toEqual(["a", "", "b"]);
});
