import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Box,
  type Layout,
  LETTERS_ON_A_LINE,
  layOutAcross,
  layOutDown,
  type MarkToPlace,
  type Point,
} from "#app/ui/clock-layout.ts";

const mark = (at: number, ...lines: string[]): MarkToPlace => ({ id: `${lines.join()}@${at}`, at, lines });
const LAYOUTS = [
  { way: "across", layOut: layOutAcross, along: (point: Point) => point.x },
  { way: "down", layOut: layOutDown, along: (point: Point) => point.y },
] as const;

describe.each(LAYOUTS)("a clock's picture, $way", ({ layOut, along }) => {
  const dots = (layout: Layout) => layout.marks.map((placed) => along(placed.dot));

  it("stands to the scale of the days", () => {
    const [first = 0, second = 0, third = 0] = dots(layOut([mark(0, "a"), mark(10, "b"), mark(40, "c")], []));
    expect((second - first) * 4).toBeCloseTo(third - first);
  });

  it("puts marks in the order of their days, whatever the order in which they come", () => {
    const layout = layOut([mark(9, "last"), mark(-3, "first"), mark(4.5, "middle")], []);
    expect(layout.marks.map(({ lines }) => lines[0])).toEqual(["first", "middle", "last"]);
  });

  it("has room for a clock of one single day", () => {
    const layout = layOut([mark(5, "received"), mark(5, "answered")], [{ id: "time", from: 5, to: 5 }]);
    expect(new Set(dots(layout)).size).toBe(1);
    expect(faultsOf(layout)).toEqual([]);
  });

  it("draws a span between the dots of its first and its last day", () => {
    const layout = layOut([mark(0, "a"), mark(8, "b")], [{ id: "paused", from: 2, to: 4 }]);
    const [first = 0, last = 0] = dots(layout);
    const [span] = layout.spans;
    const begins = along(span!) - first;
    const length = along({ x: span!.width, y: span!.height });
    expect(begins).toBeCloseTo((last - first) / 4);
    expect(length).toBeCloseTo((last - first) / 4);
  });

  it("keeps twelve labels of one week apart", () => {
    const week = Array.from({ length: 12 }, (_, index) => mark(index / 2, "Dec 24, 2026", `number ${index}`));
    expect(faultsOf(layOut([...week, mark(4000, "far away")], []))).toEqual([]);
  });

  it("never lets labels overlap, leave the sheet, or lose the order of their days", () => {
    fc.assert(
      fc.property(marks, (given) => {
        const layout = layOut(given, [{ id: "span", from: given[0]!.at, to: given[0]!.at + 5 }]);
        expect(faultsOf(layout)).toEqual([]);
        const places = dots(layout);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        expect(layout.marks.map(({ id }) => id).toSorted()).toEqual(given.map(({ id }) => id).toSorted());
      }),
      { numRuns: 500 },
    );
  });

  it("stays as it is when the same days come in another order", () => {
    fc.assert(
      fc.property(marks, (given) => {
        const days = new Set(given.map(({ at }) => at));
        fc.pre(days.size === given.length);
        expect(layOut(given.toReversed(), [])).toEqual(layOut(given, []));
      }),
    );
  });
});

const line = fc.string({ minLength: 1, maxLength: LETTERS_ON_A_LINE });
const day = fc.oneof(
  fc.integer({ min: -40_000, max: 40_000 }),
  fc.integer({ min: 0, max: 20 }),
  fc.double({ min: 0, max: 3, noNaN: true }),
);
const marks = fc
  .array(fc.record({ at: day, lines: fc.array(line, { minLength: 1, maxLength: 2 }) }), { minLength: 1, maxLength: 14 })
  .map((all): MarkToPlace[] => all.map((one, index) => ({ ...one, id: String(index) })));

/** Whatever a reader would trip over: labels on labels, labels off the sheet, lines through labels. */
function faultsOf(layout: Layout): string[] {
  const faults: string[] = [];
  for (const [index, { id, label, leader }] of layout.marks.entries()) {
    if (!inside(label, layout)) faults.push(`the label of ${id} leaves the sheet`);
    for (const other of layout.marks.slice(index + 1)) {
      if (overlap(label, other.label)) faults.push(`${id} and ${other.id} overlap`);
    }
    for (const other of layout.marks) {
      if (other.id !== id && cuts(leader, other.label)) faults.push(`the line of ${id} cuts the label of ${other.id}`);
    }
  }
  for (const span of layout.spans) if (!inside(span, layout)) faults.push(`${span.id} leaves the sheet`);
  return faults;
}

/** Sums of fractions are off by less than any eye sees. */
const HAIR = 1e-6;

function inside(box: Box, sheet: Layout): boolean {
  const right = box.x + box.width <= sheet.width + HAIR;
  const bottom = box.y + box.height <= sheet.height + HAIR;
  return box.x >= -HAIR && box.y >= -HAIR && right && bottom;
}

function overlap(one: Box, other: Box): boolean {
  const beside = one.x + one.width <= other.x + HAIR || other.x + other.width <= one.x + HAIR;
  const below = one.y + one.height <= other.y + HAIR || other.y + other.height <= one.y + HAIR;
  return !beside && !below;
}

/** Poles are upright, and what goes down the page runs beside the labels: its own box tells where a line is. */
function cuts(line: readonly Point[], label: Box): boolean {
  const xs = line.map(({ x }) => x);
  const ys = line.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return overlap({ x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }, label);
}
