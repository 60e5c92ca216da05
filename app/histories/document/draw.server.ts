/** Draws the blocks of the document, one after the other. */
import { type Block, bullet } from "./blocks.ts";
import { CODE_ROOM, drawChart, drawCode, drawRanking, drawTimeline } from "./draw-pictures.server.ts";
import { drawTable } from "./draw-table.server.ts";
import type { Face } from "./face.ts";
import { ACCENT, AGENCY, BODY_WIDTH, FACES, HAIRLINE, NOTICE_FILL, PAGE, TILE_VALUE, TINT } from "./look.ts";
import type { Line } from "./paragraphs.server.ts";
import type { Sheet } from "./sheet.server.ts";

type Kind<K extends Block["kind"]> = Extract<Block, { kind: K }>;

/** Draws all blocks. Gives other work of the process its turn in between. */
export async function drawBlocks(sheet: Sheet, blocks: readonly Block[]): Promise<void> {
  sheet.newPage();
  for (const block of blocks) {
    if (block.kind === "table") await drawTable(sheet, block);
    else drawBlock(sheet, block);
    await sheet.settle();
  }
}

function drawBlock(sheet: Sheet, block: Exclude<Block, { kind: "table" }>): void {
  switch (block.kind) {
    case "letterhead":
      letterhead(sheet, block);
      return;
    case "heading":
      heading(sheet, block);
      return;
    case "paragraph":
      paragraph(sheet, block);
      return;
    case "pairs":
      if (block.as === "facts") facts(sheet, block);
      else if (block.as === "terms") terms(sheet, block);
      else tiles(sheet, block);
      return;
    case "list":
      list(sheet, block);
      return;
    case "chart":
      drawChart(sheet, block);
      return;
    case "ranking":
      drawRanking(sheet, block);
      return;
    case "timeline":
      drawTimeline(sheet, block);
      return;
  }
}

/** Lines of one element, over pages where need be: each page's part is one piece of the element's content. */
function flow(sheet: Sheet, lines: readonly Line[], face: Face, x: number): void {
  let rest = lines;
  while (rest.length > 0) {
    const fit = Math.floor(sheet.room / face.leading);
    if (fit === 0) {
      sheet.newPage();
      continue;
    }
    const here = rest.slice(0, fit);
    sheet.content(() => {
      for (const [index, line] of here.entries()) sheet.line(line, face, x, sheet.y + index * face.leading);
    });
    sheet.y += here.length * face.leading;
    rest = rest.slice(fit);
  }
}

function letterhead(sheet: Sheet, block: Kind<"letterhead">): void {
  sheet.y = 48;
  sheet.artifact("Layout", () => sheet.box(PAGE.left, sheet.y, 34, 3, ACCENT));
  sheet.y += 11;
  for (const [index, text] of block.sender.entries()) {
    const face = index === 0 ? AGENCY : FACES.small;
    sheet.tags.within("P", "", () => flow(sheet, sheet.paragraphs.lines(text, face, BODY_WIDTH), face, PAGE.left));
  }
  sheet.y += 16;
  if (block.notice !== null) notice(sheet, block.notice);
}

function notice(sheet: Sheet, text: string): void {
  const lines = sheet.paragraphs.lines(text, FACES.strong, BODY_WIDTH - 28);
  const height = lines.length * FACES.strong.leading + 16;
  sheet.artifact("Layout", () => {
    sheet.box(PAGE.left, sheet.y, BODY_WIDTH, height, NOTICE_FILL);
    sheet.box(PAGE.left, sheet.y, 4, height, FACES.strong.colour);
  });
  sheet.y += 8;
  sheet.tags.within("P", "", () => flow(sheet, lines, FACES.strong, PAGE.left + 16));
  sheet.y += 8 + 14;
}

const SPACE_ABOVE = { 1: 0, 2: 17, 3: 11 } as const;
const SPACE_BELOW = { 1: 12, 2: 5, 3: 3 } as const;
/** A heading is never the last thing on a page. */
const WITH_HEADING = { 1: 200, 2: 120, 3: 70 } as const;

function heading(sheet: Sheet, block: Kind<"heading">): void {
  if (block.startsPage && !sheet.atTop) sheet.newPage();
  sheet.need(WITH_HEADING[block.level]);
  if (!sheet.atTop) sheet.y += SPACE_ABOVE[block.level];
  if (block.bookmark) sheet.bookmark(block.text);
  const face = { 1: FACES.title, 2: FACES.h2, 3: FACES.h3 }[block.level];
  sheet.tags.within(`H${block.level}`, "", () =>
    flow(sheet, sheet.paragraphs.lines(block.text, face, BODY_WIDTH), face, PAGE.left),
  );
  sheet.y += SPACE_BELOW[block.level];
}

/** Running text is kept to a width that the eye can follow. */
const MEASURE = 470;

function paragraph(sheet: Sheet, block: Kind<"paragraph">): void {
  const face = FACES[block.style];
  sheet.need(face.leading * 2);
  sheet.tags.within("P", "", () => flow(sheet, sheet.paragraphs.lines(block.text, face, MEASURE), face, PAGE.left));
  sheet.y += 8;
}

const FACT_COLUMNS = 3;

function facts(sheet: Sheet, block: Kind<"pairs">): void {
  const width = BODY_WIDTH / FACT_COLUMNS;
  sheet.artifact("Layout", () => sheet.rule(sheet.y, ACCENT, 1.2));
  sheet.y += 9;
  sheet.tags.within("L", "", () => {
    for (let first = 0; first < block.items.length; first += FACT_COLUMNS) {
      const row = block.items.slice(first, first + FACT_COLUMNS);
      const values = row.map((item) => sheet.paragraphs.lines(item.value, FACES.value, width - 14));
      sheet.need(FACES.label.leading + FACES.value.leading * 2);
      for (const [index, item] of row.entries()) {
        const x = PAGE.left + index * width;
        sheet.tags.within("LI", "", () => {
          sheet.tags.within("Lbl", "", () => sheet.content(() => sheet.text(item.label, FACES.label, x, sheet.y)));
          sheet.tags.within("LBody", "", () =>
            sheet.content(() => {
              for (const [at, line] of (values[index] ?? []).entries())
                sheet.line(line, FACES.value, x, sheet.y + FACES.label.leading + at * FACES.value.leading);
            }),
          );
        });
      }
      sheet.y += FACES.label.leading + Math.max(...values.map((lines) => lines.length)) * FACES.value.leading + 7;
    }
  });
  sheet.artifact("Layout", () => sheet.rule(sheet.y, HAIRLINE, 0.6));
  sheet.y += 13;
}

function tiles(sheet: Sheet, block: Kind<"pairs">): void {
  const gap = 10;
  const width = (BODY_WIDTH - gap * (block.items.length - 1)) / block.items.length;
  const height = 58;
  sheet.need(height + 10);
  sheet.artifact("Layout", () => {
    for (const index of block.items.keys()) sheet.box(PAGE.left + index * (width + gap), sheet.y, width, height, TINT);
  });
  sheet.tags.within("L", "", () => {
    for (const [index, item] of block.items.entries()) {
      const x = PAGE.left + index * (width + gap) + 12;
      sheet.tags.within("LI", "", () =>
        sheet.tags.within("LBody", "", () =>
          sheet.content(() => {
            sheet.text(item.value, TILE_VALUE, x, sheet.y + 8);
            sheet.text(item.label, FACES.label, x, sheet.y + 38);
          }),
        ),
      );
    }
  });
  sheet.y += height + 14;
}

/** Words and what they mean, side by side. */
function terms(sheet: Sheet, block: Kind<"pairs">): void {
  const indent = 104;
  sheet.tags.within("L", "", () => {
    for (const { label, value } of block.items) {
      const lines = sheet.paragraphs.lines(value, FACES.body, MEASURE - indent);
      sheet.need(FACES.body.leading * lines.length);
      const top = sheet.y;
      sheet.tags.within("LI", "", () => {
        sheet.tags.within("Lbl", "", () => sheet.content(() => sheet.text(label, FACES.strong, PAGE.left, top)));
        sheet.tags.within("LBody", "", () => flow(sheet, lines, FACES.body, PAGE.left + indent));
      });
      sheet.y += 5;
    }
  });
  sheet.y += 4;
}

function list(sheet: Sheet, block: Kind<"list">): void {
  const measure = block.beside === undefined ? MEASURE : MEASURE - CODE_ROOM;
  if (block.beside !== undefined) drawCode(sheet, block.beside);
  const low = sheet.y + (block.beside === undefined ? 0 : CODE_ROOM);
  const indent = block.numbered ? 20 : 14;
  const attributes = `/A<</O/List/ListNumbering/${block.numbered ? "Decimal" : "Disc"}>>`;
  sheet.tags.within("L", attributes, () => {
    for (const [index, item] of block.items.entries()) {
      const strong = sheet.paragraphs.lines(item.strong, FACES.strong, measure - indent);
      const text = sheet.paragraphs.lines(item.text, FACES.body, measure - indent);
      sheet.need(FACES.body.leading * Math.min(3, strong.length + text.length));
      sheet.tags.within("LI", "", () => {
        const label = bullet(block.numbered, index);
        sheet.tags.within("Lbl", "", () => sheet.content(() => sheet.text(label, FACES.strong, PAGE.left, sheet.y)));
        sheet.tags.within("LBody", "", () => {
          flow(sheet, strong, FACES.strong, PAGE.left + indent);
          flow(sheet, text, FACES.body, PAGE.left + indent);
        });
      });
      sheet.y += 4;
    }
  });
  sheet.y = Math.max(sheet.y + 4, low);
}
