import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findPlates, maskPlates } from "#app/feeds/plates-in-text.ts";

describe("a plate in a reason is masked", () => {
  test.each([
    ["investigation plate 7EBD231", "investigation plate [plate]"],
    ["Property Crime plate 749YKH", "Property Crime plate [plate]"],
    ["589hqm", "[plate]"],
    ["419DHX", "[plate]"],
    ["ran 7abc123, then 8XYZ987.", "ran [plate], then [plate]."],
    ["investigation+plate+7EBD231", "investigation+plate+[plate]"],
    [
      "Alert: INVESTIGATION 391NCX - 2025-06-18T19:17:43.792Z",
      "Alert: INVESTIGATION [plate] - 2025-06-18T19:17:43.792Z",
    ],
    [
      "Alert: Stolen Vehicle MIMZY - 2025-08-22T04:59:53.198Z",
      "Alert: Stolen Vehicle [plate] - 2025-08-22T04:59:53.198Z",
    ],
    [
      "Alert: Stolen Vehicle 41HP588 - 2025-08-22T18:07:15.907Z",
      "Alert: Stolen Vehicle [plate] - 2025-08-22T18:07:15.907Z",
    ],
    ["plate ABC 123 seen", "plate [plate] seen"],
    ["7 ABC 123", "[plate]"],
    ["abc-123", "[plate]"],
    ["ABC 123", "[plate]"],
    ["lp# 2510494", "lp# [plate]"],
    ["License plate: MYCAR wanted", "License plate: [plate] wanted"],
    ["tag no. 12AB", "tag no. [plate]"],
    ["K1234567 warrant", "[plate] warrant"],
    ["VIN 1HGCM82633A004352", "VIN [plate]"],
  ])("%s", (text, masked) => {
    expect(maskPlates(text)).toBe(masked);
  });
});

describe("what is no plate stays readable", () => {
  test.each([
    "25-02183",
    "Investigation, 2510494",
    "2514277",
    "satg+burg+251402",
    "UUV",
    "UUVwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
    "ST2",
    "More Like This: ST2",
    "459PC",
    "PC 459",
    "CVC10851",
    "HS11350",
    "ORS 164",
    "HWY 101",
    "Theft 1",
    "HIT & RUN",
    "BI MART THEFTS",
    "Stolen Plate recovered",
    "STOLEN PLATE INVESTIGATION",
    "licence check at 02PM, 48HRS",
    "wanted subject from NV",
    "seen 2025-06-18T19:17:43.792Z",
    "case 82b3ee30-b6fb-4f19-9834-f658b1f1144a",
    "",
  ])("%s", (text) => {
    expect(maskPlates(text)).toBe(text);
    expect(findPlates(text)).toEqual([]);
  });
});

test("the reader's own plate stays, in whatever spelling it was typed; every other is masked", () => {
  expect(maskPlates("plate 7abc-123 and 8XYZ987", new Set(["7ABC123"]))).toBe("plate 7abc-123 and [plate]");
});

test("the same plates are found as are masked, normalised, each once", () => {
  expect(findPlates("7abc123, 7ABC-123 and plate 749YKH")).toEqual(["7ABC123", "749YKH"]);
});

test("any plate of the usual forms is gone, wherever it stands", () => {
  const letters = fc.string({ unit: fc.constantFrom(..."ABCDEFGHJKLMNPRSTVWXYZ"), minLength: 3, maxLength: 3 });
  const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 3, maxLength: 3 });
  const first = fc.constantFrom("1", "5", "9", "");
  const plate = fc.tuple(first, letters, digits).map((parts) => parts.join(""));
  const around = fc.constantFrom("", "UUV ", "investigation, ", "(", "a+", "stolen: ", "ünïcode ");
  fc.assert(
    fc.property(
      around,
      plate,
      fc.boolean(),
      fc.constantFrom("", ".", " thanks", ")", "/x"),
      (before, text, small, after) => {
        const typed = small ? text.toLowerCase() : text;
        expect(maskPlates(before + typed + after)).toBe(`${before}[plate]${after}`);
      },
    ),
  );
});

test("a megabyte written to be slow is masked in a moment", () => {
  const started = performance.now();
  for (const unit of ["Alert: a ", "plate ", "tag:::: ", "ABC-12", "licence no no no "])
    maskPlates(unit.repeat(1 << 17));
  expect(performance.now() - started).toBeLessThan(10_000);
});
