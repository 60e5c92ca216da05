/** The paper: pages, the place where the next thing goes, and the few strokes that everything is drawn with. */
import { setImmediate } from "node:timers/promises";
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import type { Face } from "./face.ts";
import { DEMO, FOOT, HAIRLINE, PAGE } from "./look.ts";
import { drawSegment, type Line, Paragraphs, points } from "./paragraphs.server.ts";
import type { PdfInside } from "./pdfkit-inside.ts";
import { spoken, type Tag, TagTree } from "./tags.ts";
import { Typefaces } from "./typefaces.server.ts";

const pack = promisify(deflate) as (bytes: Buffer, options: { level: number }) => Promise<Buffer>;

export interface Furniture {
  runningHead: string;
  demo: string | null;
  footer(page: number, pages: number): string;
}

export class Sheet {
  readonly tags: TagTree;
  readonly paragraphs: Paragraphs;
  /** Points below the upper edge at which the next thing starts. */
  y = 0;
  private readonly document: PDFKit.PDFDocument;
  private readonly inside: PdfInside;
  private readonly furniture: Furniture;
  private readonly feet: number[] = [];
  private drawn: string[] = [];
  /** The element whose content is being drawn, and the same while its mark stands open. */
  private tagged: Tag | null = null;
  private marked: Tag | null = null;
  /** The stream of the page being drawn. */
  private body = 0;
  private readonly packing: { id: number; packed: Promise<Buffer> }[] = [];

  constructor(document: PDFKit.PDFDocument, inside: PdfInside, furniture: Furniture) {
    this.document = document;
    this.inside = inside;
    this.furniture = furniture;
    this.tags = new TagTree(inside);
    this.paragraphs = new Paragraphs(new Typefaces(document, inside));
  }

  /** What is left of this page, in points. */
  get room(): number {
    return this.feet.length === 0 ? 0 : PAGE.bottom - this.y;
  }

  get atTop(): boolean {
    return this.y === PAGE.top;
  }

  newPage(): void {
    this.endPage();
    this.inside.flush();
    this.document.addPage();
    this.body = this.inside.allocate();
    const foot = this.inside.allocate();
    this.feet.push(foot);
    this.inside.bindPage(this.tags.pageKey, [this.body, foot]);
    // pdfkit turns the page upside down; turned once more, coordinates are those of PDF itself.
    this.drawn.push(`1 0 0 -1 0 ${PAGE.height} cm`);
    this.y = PAGE.top;
    this.useFootFont();
    this.runningHead();
  }

  private runningHead(): void {
    const { runningHead, demo } = this.furniture;
    if (this.feet.length === 1 && demo === null) return;
    this.artifact("Pagination", () => {
      if (this.feet.length > 1) this.text(runningHead, FOOT, PAGE.left, 34);
      if (demo !== null) this.text(demo, DEMO, PAGE.right - this.paragraphs.width(demo, DEMO), 34);
      if (this.feet.length > 1) this.rule(46, HAIRLINE, 0.5);
    });
  }

  private endPage(): void {
    if (this.feet.length === 0) return;
    this.packing.push({ id: this.body, packed: pack(Buffer.from(this.drawn.join("\n"), "latin1"), { level: 1 }) });
    this.drawn = [];
    this.tags.endPage();
  }

  /**
   * Writes the pages that have ended, packed on another thread meanwhile, and gives other work its turn.
   * It waits for the same pages wherever it is called, so that the file's bytes do not depend on speed.
   */
  async settle(): Promise<void> {
    await setImmediate();
    for (const { id, packed } of this.packing.splice(0)) this.inside.writeStream(id, await packed);
  }

  /** Ends the last page, writes every foot now that the number of pages is known, and ends the tags. */
  async end(): Promise<void> {
    this.endPage();
    await this.settle();
    for (const [index, foot] of this.feet.entries()) {
      const text = this.furniture.footer(index + 1, this.feet.length);
      const [line] = this.paragraphs.lines(text, FOOT, Number.POSITIVE_INFINITY);
      const drawn =
        line === undefined
          ? ""
          : `/Artifact<</Type/Pagination>>BDC ${line.segments.map((segment) => drawSegment(segment, FOOT, PAGE.right - line.width, 34)).join(" ")} EMC`;
      this.inside.write(foot, `<</Length ${drawn.length}>>stream\n${drawn}\nendstream`);
    }
    this.tags.end();
    this.inside.flush();
  }

  bookmark(title: string): void {
    this.document.outline.addItem(title);
  }

  /** Starts a new page unless so many points are left on this one. */
  need(height: number): void {
    if (this.room < height && !this.atTop) this.newPage();
  }

  /** Draws what belongs to no element: rules, backgrounds, running heads. */
  artifact(type: "Pagination" | "Layout", draw: () => void): void {
    this.drawn.push(`/Artifact<</Type/${type}>>BDC`);
    draw();
    this.drawn.push("EMC");
  }

  /** Draws one piece of content of the current tag, or of a given one. */
  content(draw: () => void, tag: Tag = this.tags.innermost): void {
    this.open(tag);
    draw();
    if (this.marked) this.drawn.push("EMC");
    this.marked = null;
    this.tagged = null;
  }

  private open(tag: Tag): void {
    this.drawn.push(this.tags.mark(tag));
    this.marked = tag;
    this.tagged = tag;
  }

  /** A foreign name is an element of its own inside the text that it stands in, so that it is said in its language. */
  private inLanguage(language: string, drawn: string): void {
    const around = this.tagged;
    if (around === null) {
      this.drawn.push(drawn);
      return;
    }
    if (this.marked) this.drawn.push("EMC");
    this.marked = null;
    const span = this.tags.loose("Span", spoken(language), around);
    this.drawn.push(this.tags.mark(span), drawn, "EMC");
    this.tags.finish(span);
  }

  private draw(drawn: string): void {
    if (this.tagged && !this.marked) this.open(this.tagged);
    this.drawn.push(drawn);
  }

  /** A line whose upper edge is at `y` points below the paper's. */
  line(line: Line, face: Face, x: number, y: number): void {
    for (const font of line.fonts) this.inside.useFont(font);
    const base = PAGE.height - y - face.leading / 2 - face.size * 0.36;
    for (const segment of line.segments) {
      const drawn = drawSegment(segment, face, x, base);
      if (segment.language === null) this.draw(drawn);
      else this.inLanguage(segment.language, drawn);
    }
  }

  /** One line of text, never broken. */
  text(text: string, face: Face, x: number, y: number): void {
    for (const line of this.paragraphs.lines(text, face, Number.POSITIVE_INFINITY)) this.line(line, face, x, y);
  }

  /** A filled box. */
  box(x: number, y: number, width: number, height: number, fill: string): void {
    this.draw(`${fill} rg ${points(x)} ${points(PAGE.height - y - height)} ${points(width)} ${points(height)} re f`);
  }

  /** The outline of a box. */
  frame(x: number, y: number, width: number, height: number, stroke: string, weight: number): void {
    this.draw(
      `${stroke} RG ${weight} w ${points(x)} ${points(PAGE.height - y - height)} ${points(width)} ${points(height)} re S`,
    );
  }

  /** A box of slanted lines, for what is not there. */
  hatch(x: number, y: number, width: number, height: number, stroke: string): void {
    const [left, low] = [x, PAGE.height - y - height];
    this.draw(`q ${points(left)} ${points(low)} ${points(width)} ${points(height)} re W n ${stroke} RG 0.6 w`);
    for (let at = -height; at < width; at += 4) {
      this.draw(`${points(left + at)} ${points(low)} m ${points(left + at + height)} ${points(low + height)} l S`);
    }
    this.draw("Q");
  }

  /** A rule across the text, or a part of it. */
  rule(y: number, stroke: string, weight: number, from: number = PAGE.left, to: number = PAGE.right): void {
    this.draw(
      `${stroke} RG ${weight} w ${points(from)} ${points(PAGE.height - y)} m ${points(to)} ${points(PAGE.height - y)} l S`,
    );
  }

  /** The foot is written when the page is long gone: its fonts are entered in the page's list beforehand. */
  private useFootFont(): void {
    const sample = this.paragraphs.lines(this.furniture.footer(1, 1), FOOT, Number.POSITIVE_INFINITY);
    for (const font of sample.flatMap((line) => line.fonts)) this.inside.useFont(font);
  }
}
