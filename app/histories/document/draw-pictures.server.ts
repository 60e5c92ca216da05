/** The bar chart and the timeline: figures whose alternative text says the same in words. */
import { encode } from "uqr";
import type { Block, SquareCode } from "./blocks.ts";
import { ACCENT, AXIS, BODY_WIDTH, FACES, HAIRLINE, INK, MUTED, PAGE } from "./look.ts";
import { points } from "./paragraphs.server.ts";
import type { Sheet } from "./sheet.server.ts";
import { alternative } from "./tags.ts";

type Kind<K extends Block["kind"]> = Extract<Block, { kind: K }>;

function figure(sheet: Sheet, alt: string, height: number, draw: () => void, left: number = PAGE.left): void {
  const box = [left, PAGE.height - sheet.y - height, PAGE.right, PAGE.height - sheet.y].map(points).join(" ");
  sheet.tags.within("Figure", `${alternative(alt)}/A<</O/Layout/Placement/Block/BBox[${box}]>>`, () =>
    sheet.content(draw),
  );
  sheet.y += height;
}

const CHART = { bars: 66, above: 12, below: 26, widest: 34 } as const;

export function drawChart(sheet: Sheet, block: Kind<"chart">): void {
  const height = CHART.above + CHART.bars + CHART.below;
  sheet.need(height + FACES.h3.leading + 6);
  sheet.y += 4;
  sheet.tags.within("P", "", () => sheet.content(() => sheet.text(block.caption, FACES.h3, PAGE.left, sheet.y)));
  sheet.y += FACES.h3.leading;
  figure(sheet, block.alt, height, () => bars(sheet, block));
  sheet.y += 4;
}

function bars(sheet: Sheet, block: Kind<"chart">): void {
  const most = Math.max(1, ...block.bars.map((bar) => bar.count));
  const step = BODY_WIDTH / block.bars.length;
  const width = Math.min(CHART.widest, step * 0.68);
  const base = sheet.y + CHART.above + CHART.bars;
  for (const [index, bar] of block.bars.entries()) {
    const middle = PAGE.left + (index + 0.5) * step;
    const tall = (bar.count / most) * CHART.bars;
    if (bar.count > 0) sheet.box(middle - width / 2, base - tall, width, tall, ACCENT);
    centred(sheet, block.counts[index] ?? "", middle, base - tall - 11);
    centred(sheet, bar.label, middle, base + 3);
    centred(sheet, bar.year, middle, base + 13);
  }
  sheet.rule(base, MUTED, 0.6);
}

function centred(sheet: Sheet, text: string, middle: number, y: number): void {
  sheet.text(text, AXIS, middle - sheet.paragraphs.width(text, AXIS) / 2, y);
}

const RANKING = { labels: 176, row: 17, bar: 11, numbers: 44 } as const;

export function drawRanking(sheet: Sheet, block: Kind<"ranking">): void {
  const heights = block.rows.map(({ label }) => {
    const lines = sheet.paragraphs.lines(label, FACES.cell, RANKING.labels - 10).length;
    return Math.max(RANKING.row, lines * FACES.cell.leading + 6);
  });
  const height = heights.reduce((sum, one) => sum + one, 0);
  sheet.need(height + FACES.h3.leading + 12);
  sheet.y += 8;
  sheet.tags.within("P", "", () => sheet.content(() => sheet.text(block.caption, FACES.h3, PAGE.left, sheet.y)));
  sheet.y += FACES.h3.leading + 4;
  figure(sheet, block.alt, height, () => {
    const most = Math.max(1, ...block.rows.map(({ count }) => count));
    const longest = BODY_WIDTH - RANKING.labels - RANKING.numbers;
    let y = sheet.y;
    for (const [index, row] of block.rows.entries()) {
      for (const [at, line] of sheet.paragraphs.lines(row.label, FACES.cell, RANKING.labels - 10).entries())
        sheet.line(line, FACES.cell, PAGE.left, y + at * FACES.cell.leading);
      const width = Math.max(1, (row.count / most) * longest);
      sheet.box(PAGE.left + RANKING.labels, y, width, RANKING.bar, ACCENT);
      sheet.text(row.said, AXIS, PAGE.left + RANKING.labels + width + 6, y + 0.5);
      y += heights[index] ?? 0;
    }
  });
  sheet.y += 6;
}

/** How much room a square code takes of the height, and of the width beside it. */
export const CODE_ROOM = 104;
const CODE = 88;

/** A square code at the right edge, its upper edge where the next thing starts. Takes no height itself. */
export function drawCode(sheet: Sheet, { address, alt }: SquareCode): void {
  sheet.need(CODE_ROOM);
  const { data, size } = encode(address, { ecc: "M", border: 0 });
  const [left, top, module] = [PAGE.right - CODE, sheet.y, CODE / size];
  figure(
    sheet,
    alt,
    CODE,
    () => {
      for (const [y, row] of data.entries()) {
        for (const [from, to] of stretches(row))
          sheet.box(left + from * module, top + y * module, (to - from) * module, module, INK);
      }
    },
    left,
  );
  sheet.y = top;
}

/** Where a row of modules is dark, as [from, to). Drawn as one box, neighbours leave no hairline between them. */
function* stretches(row: readonly boolean[]): Iterable<[number, number]> {
  for (let from = 0; from < row.length; from += 1) {
    if (!row[from]) continue;
    let to = from;
    while (row[to]) to += 1;
    yield [from, to];
    from = to;
  }
}

const TIMELINE = { labels: 130, bar: 13, row: 22, axis: 16, legend: 18 } as const;

export function drawTimeline(sheet: Sheet, block: Kind<"timeline">): void {
  const rowHeight = (label: string): number =>
    Math.max(
      TIMELINE.row,
      sheet.paragraphs.lines(label, FACES.cell, TIMELINE.labels - 10).length * FACES.cell.leading + 8,
    );
  const height = block.rows.reduce((sum, row) => sum + rowHeight(row.label), 0) + TIMELINE.axis + TIMELINE.legend + 6;
  sheet.need(height + 8);
  sheet.y += 4;
  figure(sheet, block.alt, height, () => {
    let y = sheet.y;
    for (const row of block.rows) {
      timelineRow(sheet, row, y);
      y += rowHeight(row.label);
    }
    axis(sheet, block, y);
    legend(sheet, block, y + TIMELINE.axis);
  });
  sheet.y += 10;
}

const LEFT = PAGE.left + TIMELINE.labels;
const WIDTH = PAGE.right - LEFT;

function timelineRow(sheet: Sheet, row: Kind<"timeline">["rows"][number], y: number): void {
  for (const [index, line] of sheet.paragraphs.lines(row.label, FACES.cell, TIMELINE.labels - 10).entries()) {
    sheet.line(line, FACES.cell, PAGE.left, y + 1 + index * FACES.cell.leading);
  }
  for (const { from, to } of row.missing) {
    sheet.hatch(LEFT + from * WIDTH, y, (to - from) * WIDTH, TIMELINE.bar, MUTED);
    sheet.frame(LEFT + from * WIDTH, y, (to - from) * WIDTH, TIMELINE.bar, MUTED, 0.6);
  }
  for (const { from, to } of row.held)
    sheet.box(LEFT + from * WIDTH, y, Math.max(0.75, (to - from) * WIDTH), TIMELINE.bar, ACCENT);
}

function axis(sheet: Sheet, block: Kind<"timeline">, y: number): void {
  sheet.rule(y - 4, HAIRLINE, 0.6, LEFT, PAGE.right);
  for (const tick of block.ticks) {
    const width = sheet.paragraphs.width(tick.text, AXIS);
    sheet.text(tick.text, AXIS, LEFT + tick.at * (WIDTH - width), y - 1);
  }
}

function legend(sheet: Sheet, block: Kind<"timeline">, y: number): void {
  const second = LEFT + 20 + sheet.paragraphs.width(block.legend.held, FACES.label) + 24;
  sheet.box(LEFT, y + 1, 14, 9, ACCENT);
  sheet.text(block.legend.held, FACES.label, LEFT + 20, y);
  sheet.hatch(second, y + 1, 14, 9, MUTED);
  sheet.frame(second, y + 1, 14, 9, MUTED, 0.6);
  sheet.text(block.legend.missing, FACES.label, second + 20, y);
}
