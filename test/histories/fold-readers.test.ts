import { expect, test } from "vitest";
import { foldReaders } from "#app/histories/fold-readers.ts";

const READING = { locale: "en", zone: "America/Los_Angeles" } as const;
const opened = (at: string, role = "clerk", act = "case.read") => ({ at, role, act });

test("a day's looks are one row with their number and the first time; the next day begins anew, by the agency's clock", () => {
  const newestFirst = [
    opened("2026-03-04T07:30:00.000Z"),
    opened("2026-03-03T17:00:00.000Z", "supervisor"),
    opened("2026-03-03T16:00:00.000Z", "clerk", "line.read"),
    opened("2026-03-03T08:05:00.000Z"),
    opened("2026-03-03T07:59:00.000Z"),
    opened("2026-03-02T18:00:00.000Z"),
  ];
  expect(foldReaders(newestFirst, READING)).toEqual([
    { at: "Mar 2, 2026, 10:00 AM PST", role: "clerk", act: "Opened the case (2 times)" },
    { at: "Mar 3, 2026, 12:05 AM PST", role: "clerk", act: "Opened the case (2 times)" },
    { at: "Mar 3, 2026, 8:00 AM PST", role: "clerk", act: "Opened one look-up" },
    { at: "Mar 3, 2026, 9:00 AM PST", role: "supervisor", act: "Opened the case" },
  ]);
});

test("acts that have no words of their own are counted together, and said in the answer's language", () => {
  const acts = [
    opened("2026-03-02T18:00:00.000Z", "clerk", "new.act"),
    opened("2026-03-02T19:00:00.000Z", "clerk", "x"),
  ];
  expect(foldReaders(acts, { ...READING, locale: "es" })[0]?.act).toBe("Trabajó en el expediente (2 veces)");
  expect(foldReaders([], READING)).toEqual([]);
});
