/**
 * Ten answers as they are meant to be: their text, their tags, and how their pages look. A change that was not
 * meant shows here. One that was is taken over with
 *
 *     WHOLOOKED_REFERENCES=write npx vitest run --config .config/vitest.ts test/histories/document/reference.test.ts
 *
 * and the difference of the files is looked at before it is committed.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isOf } from "#app/histories/gates/outside-pages.ts";
import { Name, readPdf } from "#app/histories/gates/pdf-objects.ts";
import type { History } from "#app/histories/history.ts";
import { renderHistory } from "#app/histories/render-history.server.ts";
import { WRITES_REFERENCES } from "#test/support/references.ts";
import { allWithheld, historyOf, lineOf, shown } from "./histories.ts";
import { drawings, textOf } from "./reading.ts";

const FOLDER = new URL("../../fixtures/documents/", import.meta.url);

const named = (name: string): History =>
  historyOf(1, {
    resident: { name },
    lines: [lineOf(1, "2026-01-01", { user: shown(name), purpose: shown(`Report by ${name}; see file`) })],
  });

const HISTORIES: Readonly<Record<string, () => History>> = {
  none: () => historyOf(0),
  one: () => historyOf(1),
  "thirty-six": () => historyOf(36, { locale: "es" }),
  "ten-thousand": () => historyOf(10_000),
  "everything-withheld": () => allWithheld(3),
  "latin-and-vietnamese": () => named("Nguyễn Thị Ánh Đào-Žižek"),
  "greek-cyrillic-armenian": () => named("Αθηνά Кириллова Խաչատրյան"),
  "arabic-and-hebrew": () => named("فاطمة الزهراء שרה כהן"),
  "chinese-japanese-korean": () => named("鄧麗君 サクラ 김민준"),
  "thai-and-devanagari": () => named("สมชาย น้ำตา प्रिया क्षितिज"),
};

interface Reference {
  pages: number;
  /** The text in reading order; of a document too long to keep, null. */
  text: string | null;
  /** How many elements of each kind. */
  tags: Record<string, number>;
  /** Fingerprint of everything that is drawn and marked, page by page. */
  drawing: string;
  /** The first three pages and the last: darkness on a coarse grid, 0 to f, so that a renderer may differ a little. */
  pictures: string[];
}

describe("the reference documents", () => {
  it.each(Object.keys(HISTORIES))(
    "%s",
    async (name) => {
      const history = HISTORIES[name]?.();
      if (history === undefined) throw new Error("no such history");
      const found = await describeDocument(await renderHistory(history), history.lines.length <= 36);
      const file = new URL(`${name}.json`, FOLDER);
      if (WRITES_REFERENCES) {
        mkdirSync(FOLDER, { recursive: true });
        writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
        return;
      }
      expect(existsSync(file)).toBe(true);
      const { pictures, ...meant } = JSON.parse(readFileSync(file, "utf8")) as Reference;
      expect({ ...found, pictures: [] }).toEqual({ ...meant, pictures: [] });
      expect(found.pictures).toHaveLength(pictures.length);
      for (const [index, picture] of found.pictures.entries())
        expect(unlike(picture, pictures[index] ?? "")).toBeLessThan(0.25);
    },
    180_000,
  );

  it("would show a line that moved", async () => {
    const [one, other] = await Promise.all(
      [historyOf(1), historyOf(1, { reference: "WL-2026-00012-A-AND-SO-ON-AND-ON", demo: false })].map((history) =>
        renderHistory(history),
      ),
    );
    const [before, after] = [one, other].map((pdf) => picturesOf(pdf as Buffer, 3)[0] ?? "");
    expect(unlike(before ?? "", after ?? "")).toBeGreaterThan(0.25);
  });
});

async function describeDocument(pdf: Buffer, short: boolean): Promise<Reference> {
  const tags: Record<string, number> = {};
  let pages = 0;
  for (const { value } of readPdf(pdf).objects.values()) {
    if (!(value instanceof Map)) continue;
    if (isOf(value, "Page")) pages += 1;
    const kind = isOf(value, "StructElem") ? value.get("S") : undefined;
    if (kind instanceof Name) tags[kind.name] = (tags[kind.name] ?? 0) + 1;
  }
  const hash = createHash("sha256");
  for (const drawing of drawings(pdf)) hash.update(drawing, "latin1");
  return {
    pages,
    text: short ? await textOf(pdf) : null,
    tags: Object.fromEntries(Object.entries(tags).sort()),
    drawing: hash.digest("hex"),
    pictures: picturesOf(pdf, pages),
  };
}

const GRID = { columns: 34, rows: 44 } as const;

/** Each chosen page as a string of so many rows and columns. */
function picturesOf(pdf: Buffer, pages: number): string[] {
  const folder = mkdtempSync(join(tmpdir(), "wholooked-pictures-"));
  try {
    const file = join(folder, "answer.pdf");
    writeFileSync(file, pdf);
    return [...new Set([1, 2, 3, pages])].map((page) => {
      const options = ["-r", "40", "-gray", "-f", String(page), "-l", String(page), "-singlefile"];
      execFileSync("pdftoppm", [...options, file, join(folder, "page")]);
      return coarse(readFileSync(join(folder, "page.pgm")));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function coarse(pgm: Buffer): string {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 40).toString("latin1"));
  const [width, height] = [Number(head?.[1]), Number(head?.[2])];
  const pixels = pgm.subarray(head?.[0].length ?? 0);
  const cells: { ink: number; count: number }[] = [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = Math.floor((y * GRID.rows) / height) * GRID.columns + Math.floor((x * GRID.columns) / width);
      const cell = cells[at] ?? { ink: 0, count: 0 };
      cells[at] = cell;
      cell.ink += 255 - (pixels[y * width + x] ?? 255);
      cell.count += 1;
    }
  }
  return cells.map(({ ink, count }) => Math.min(15, Math.round((ink / count / 255) * 30)).toString(16)).join("");
}

/** By how many steps of darkness two pictures differ, on the average of their places. */
function unlike(one: string, other: string): number {
  if (one.length !== other.length) return Number.POSITIVE_INFINITY;
  const steps = [...one].reduce(
    (sum, step, at) => sum + Math.abs(Number.parseInt(step, 16) - Number.parseInt(other[at] ?? "0", 16)),
    0,
  );
  return steps / one.length;
}
