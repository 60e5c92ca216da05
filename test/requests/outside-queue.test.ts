import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "#app/platform/time/local-date.ts";
import { type FileAct, listOutsideDays, OUTSIDE_RULE, outsideFiles } from "#app/requests/outside-queue.ts";

const TODAY = "2026-03-30";
const ago = (days: number) => addDays(TODAY, -days);

/** Somebody reads so many files on a day; `from` numbers them, so that days can share files or not. */
function reads(day: string, files: number, from = 0, accountId = "ann"): FileAct[] {
  return Array.from({ length: files }, (_, n) => ({ accountId, caseId: `case-${from + n}`, day, isRead: true }));
}
const works = (day: string, files: number, from = 0): FileAct[] =>
  reads(day, files, from).map((act) => ({ ...act, isRead: false }));

describe("files opened outside the queue", () => {
  it("begin to be shown with the tenth", () => {
    expect(listOutsideDays(reads(TODAY, 9), TODAY)).toEqual([]);
    expect(listOutsideDays(reads(TODAY, 10), TODAY)).toEqual([{ accountId: "ann", day: TODAY, files: 10, usual: 0 }]);
  });

  it("are no files in which the person has done something, that day or before", () => {
    expect(listOutsideDays([...works(ago(5), 8), ...reads(TODAY, 14)], TODAY)).toEqual([]);
    expect(listOutsideDays([...reads(TODAY, 14), ...works(TODAY, 8)], TODAY)).toEqual([]);
    expect(outsideFiles([...works(ago(5), 2), ...reads(TODAY, 4)], "ann", TODAY)).toEqual(["case-2", "case-3"]);
  });

  it("count though work on them follows a day later", () => {
    const days = listOutsideDays([...reads(ago(1), 12), ...works(TODAY, 12)], TODAY);
    expect(days.map(({ day }) => day)).toEqual([ago(1)]);
  });

  it("are measured by the person's own usual day", () => {
    const usual = [5, 4, 3, 2, 1].flatMap((days, n) => reads(ago(days), 8, n * 100));
    expect(listOutsideDays([...usual, ...reads(TODAY, 23, 900)], TODAY)).toEqual([]);
    expect(listOutsideDays([...usual, ...reads(TODAY, 24, 900)], TODAY)).toEqual([
      { accountId: "ann", day: TODAY, files: 24, usual: 8 },
    ]);
    // Another's usual day is no matter.
    const bob = usual.map((act) => ({ ...act, accountId: "bob" }));
    expect(listOutsideDays([...bob, ...reads(TODAY, 12, 900)], TODAY)).toHaveLength(1);
  });

  it("have a usual day that looks back twenty-eight days and no further", () => {
    const long = [31, 30, 29].flatMap((days, n) => reads(ago(days), 9, n * 100));
    expect(listOutsideDays([...long, ...reads(TODAY, 10, 900)], TODAY)[0]?.usual).toBe(0);
    expect(listOutsideDays([...reads(ago(28), 9), ...reads(TODAY, 10, 900)], TODAY)).toEqual([]);
  });

  it("are shown for thirty days, today among them", () => {
    const acts = [...reads(ago(29), 10, 0), ...reads(ago(30), 10, 100, "bob")];
    expect(listOutsideDays(acts, TODAY).map(({ day }) => day)).toEqual([ago(29)]);
  });

  it("are one file, however often it is read", () => {
    const often = Array.from({ length: 50 }, () => reads(TODAY, 9)).flat();
    expect(listOutsideDays(often, TODAY)).toEqual([]);
  });

  it("are never below what the rule says, whatever the acts", () => {
    const act = fc.record({
      accountId: fc.constantFrom("ann", "bob"),
      caseId: fc.integer({ min: 0, max: 40 }).map((n) => `case-${n}`),
      day: fc.integer({ min: 0, max: 40 }).map(ago),
      isRead: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 300 }), (acts) => {
        for (const { accountId, day, files, usual } of listOutsideDays(acts, TODAY)) {
          expect(files).toBeGreaterThanOrEqual(Math.max(OUTSIDE_RULE.least, OUTSIDE_RULE.timesUsual * usual));
          expect(outsideFiles(acts, accountId, day)).toHaveLength(files);
        }
      }),
    );
  });
});
