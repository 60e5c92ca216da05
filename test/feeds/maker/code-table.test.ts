import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IDENTIFIER_KINDS } from "#app/feeds/identifier.ts";
import { codeTableText, MOST_CODES, readCodeTable } from "#app/feeds/maker/code-table.ts";

const both = (text: string) => ({ en: text, es: text });

test.each([
  ["a sheet's tabs", "QV\tStolen vehicle\nQW\tWanted person\n"],
  ["bars", " QV | Stolen vehicle \r\n\r\nQW|Wanted person"],
  ["commas, and quotes around one", 'QV,"Stolen vehicle"\nQW,Wanted person'],
  ["semicolons and a mark before the first", "\ufeffQV;Stolen vehicle\nQW;Wanted person"],
  ["a line of names", "Code,Meaning\nQV,Stolen vehicle\nQW,Wanted person"],
])("a table with %s", (_name, text) => {
  expect(readCodeTable(text, "purposeCode")).toEqual({
    table: { QV: both("Stolen vehicle"), QW: both("Wanted person") },
    problems: [],
  });
});

test("of a message key the third cell says what is searched by, in either language", () => {
  const { table, problems } = readCodeTable(
    "QV | Stolen vehicle | plate\nQW | Wanted | Nombre\nQH | History",
    "messageKey",
  );
  expect(problems).toEqual([]);
  expect(table).toEqual({
    QV: { ...both("Stolen vehicle"), searches: "plate" },
    QW: { ...both("Wanted"), searches: "name" },
    QH: both("History"),
  });
});

test("a line of names may add the meaning in Spanish, in any order", () => {
  const { table } = readCodeTable("code | spanish | searches | meaning\nQV | Robado | VIN | Stolen", "messageKey");
  expect(table).toEqual({ QV: { en: "Stolen", es: "Robado", searches: "vin" } });
});

test("each line that is wrong is named with its number, and the others count", () => {
  const text = [
    ...[
      "QV,Stolen vehicle,plate",
      "",
      "QW",
      ",No code",
      "QV,Something else",
      "QX,One,two words,three",
      "QZ,Zone,shoe size",
    ],
    ...['QQ,"open', "__proto__,A trap", `${"k".repeat(61)},Too long`, "QG,Gun"],
  ].join("\n");
  const { table, problems } = readCodeTable(text, "messageKey");
  expect(Object.keys(table)).toEqual(["QV", "QG"]);
  expect(problems.map(({ line, why }) => [line, why.replace("feedsCodes.", "")])).toEqual([
    [3, "noMeaning"],
    [4, "noCode"],
    [5, "twice"],
    [6, "tooManyCells"],
    [7, "unknownKind"],
    [8, "quote"],
    [9, "unreadable"],
    [10, "tooLong"],
  ]);
  expect(problems[2]?.params).toEqual({ code: "QV", other: 1 });
});

test("a meaning with a comma that is not quoted is never cut off in silence", () => {
  const { table, problems } = readCodeTable("C,Criminal, not civil", "purposeCode");
  expect([table, problems.map(({ why }) => why)]).toEqual([{}, ["feedsCodes.tooManyCells"]]);
});

test("the same line twice is no problem, and a table without end is", () => {
  expect(readCodeTable("A,One\nA,One", "outcome").problems).toEqual([]);
  const long = Array.from({ length: MOST_CODES + 2 }, (_, i) => `K${i},x`).join("\n");
  const { table, problems } = readCodeTable(long, "outcome");
  expect(Object.keys(table)).toHaveLength(MOST_CODES);
  expect(problems.map(({ why }) => why)).toEqual(["feedsCodes.tooMany"]);
});

test("a first line of names that is not understood is said, not taken for a code", () => {
  const { problems } = readCodeTable("code,meaning,colour\nA,One", "outcome");
  expect(problems[0]).toMatchObject({ line: 1, why: "feedsCodes.badHead" });
});

describe("what is shown", () => {
  const word = fc.stringMatching(/^[A-Za-z"|,;áñ. ]{1,20}$/).map((text) => text.trim());
  const table = fc.dictionary(
    fc.stringMatching(/^[A-Z0-9"|,;]{1,6}$/),
    fc.record({
      en: word.filter((text) => text !== ""),
      es: word.filter((text) => text !== ""),
      searches: fc.option(fc.constantFrom(...IDENTIFIER_KINDS), { nil: undefined }),
    }),
  );
  test("is read back to the same", () => {
    fc.assert(
      fc.property(table, (codes) => {
        const plain = Object.fromEntries(
          Object.entries(codes).map(([code, { searches, ...rest }]) => [code, searches ? { ...rest, searches } : rest]),
        );
        expect(readCodeTable(codeTableText(plain), "messageKey")).toEqual({ table: plain, problems: [] });
      }),
    );
  });
});
