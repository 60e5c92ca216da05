import { describe, expect, test } from "vitest";
import { complaintMove } from "#app/complaints/complaint-move.ts";
import { disputeForm, type LineOrigin, routeLines, sealedDispute } from "#app/complaints/dispute.ts";
import { type Cell, FIELDS } from "#app/histories/history.ts";
import { csvCell, csvFile } from "#app/platform/csv-cell.ts";

const shown = (text: string): Cell => ({ kind: "shown", text });

function origin(line: number, org: string | null, agency: Cell = shown(org ?? "")): LineOrigin {
  const cells = Object.fromEntries(FIELDS.map((field) => [field, shown("x")])) as LineOrigin["model"]["cells"];
  return {
    line,
    org,
    user: null,
    sha256: `hash ${line}`,
    model: { number: line, on: null, cells: { ...cells, agency } },
  };
}

describe("where a line goes", () => {
  const agencies = new Map([
    ["Alder Creek PD", "alder"],
    ["Marin Hills SO", "marin"],
  ]);

  test("one complaint for each employing agency, with that agency's lines", () => {
    const lines = [origin(1, "Marin Hills SO"), origin(2, "Alder Creek PD"), origin(3, "Marin Hills SO")];
    expect(routeLines(lines, agencies, "alder")).toEqual([
      {
        agencyId: "marin",
        lines: [
          { line: 1, basis: "employer" },
          { line: 3, basis: "employer" },
        ],
      },
      { agencyId: "alder", lines: [{ line: 2, basis: "employer" }] },
    ]);
  });

  test("an agency that takes no part, or is not named, leaves it to the custodian, with the reason", () => {
    const lines = [
      origin(1, "Faraway PD"),
      origin(2, null, { kind: "absent", why: "empty" }),
      origin(3, "Alder Creek PD"),
    ];
    expect(routeLines(lines, agencies, "alder")).toEqual([
      {
        agencyId: "alder",
        lines: [
          { line: 1, basis: "not-here" },
          { line: 2, basis: "not-shown" },
          { line: 3, basis: "employer" },
        ],
      },
    ]);
  });

  test("an agency that the answer withholds is not given away by where the complaint goes", () => {
    const withheld: Cell = { kind: "withheld", ground: "g" };
    const known = routeLines([origin(1, "Marin Hills SO", withheld)], agencies, "alder");
    const unknown = routeLines([origin(1, "Faraway PD", withheld)], agencies, "alder");
    expect(known).toEqual([{ agencyId: "alder", lines: [{ line: 1, basis: "not-shown" }] }]);
    expect(known).toEqual(unknown);
  });
});

describe("the form", () => {
  const formId = "0b8f4c7e-5a54-4a27-9a63-8f6f1f3b8a11";
  const whole = { formId, lines: ["2", "5"], wrong: "We had split up.", want: ["safety"], advocate: "none" };

  test("takes a whole dispute", () => {
    expect(disputeForm.parse(whole)).toEqual({ ...whole, lines: [2, 5] });
  });

  test.each([
    ["no words", { wrong: undefined }],
    ["words beyond measure", { wrong: "x".repeat(4001) }],
    ["nothing wanted", { want: [] }],
    ["something unknown wanted", { want: ["revenge"] }],
    ["no line", { lines: [] }],
    ["a line that is no number", { lines: ["2; drop"] }],
    ["line zero", { lines: ["0"] }],
    ["a form without its id", { formId: "x" }],
    ["an advocate who is no id", { advocate: "ana" }],
  ])("refuses %s", (_, change) => {
    expect(disputeForm.safeParse({ ...whole, ...change }).success).toBe(false);
  });

  test("what is sealed has room for nothing else", () => {
    const sealed = {
      words: { wrong: "x", want: ["safety"] },
      routes: [{ agencyId: "a", lines: [{ line: 1, basis: "employer" }] }],
    };
    expect(sealedDispute.safeParse(sealed).success).toBe(true);
    expect(sealedDispute.safeParse({ ...sealed, name: "someone" }).success).toBe(false);
  });
});

describe("the step of an intake officer", () => {
  const step = { formId: "0b8f4c7e-5a54-4a27-9a63-8f6f1f3b8a11", kind: "acknowledged", on: "2026-03-02" };
  test.each([
    ["no kind", { kind: undefined }],
    ["a kind that is none", { kind: "resigned" }],
    ["a day that is none", { on: "2026-02-30" }],
    ["a finding without its word", { kind: "finding" }],
    ["a word that is no finding", { kind: "finding", finding: "resigned" }],
    ["a note without words", { kind: "note" }],
  ])("refuses %s", (_, change) => {
    expect(complaintMove.safeParse(step).success).toBe(true);
    expect(complaintMove.safeParse({ ...step, ...change }).success).toBe(false);
  });
});

describe("a CSV cell", () => {
  test.each([
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "\ufeff=1",
    "＝1",
    "%0A",
    "|calc",
  ])("%j is text, not a formula", (text) => {
    expect(csvCell(text).startsWith("\"'")).toBe(true);
  });

  test("quotes what would break a line, and leaves numbers and plain text as they are", () => {
    expect(csvCell('a "b", c\nd')).toBe('"a ""b"", c\nd"');
    expect(csvCell(-3)).toBe("-3");
    expect(csvCell("CP-2026-00001")).toBe('"CP-2026-00001"');
    expect(csvFile(["a", "b"], [{ a: "x", b: null }])).toBe('"a","b"\r\n"x",\r\n');
  });
});
