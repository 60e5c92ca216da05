/**
 * The one place that touches pdfkit's private parts, so that a new version of it has one place to break.
 *
 * pdfkit keeps an object in memory for each structure element until the file ends; a table of 100,000
 * look-ups would need gigabytes. Here objects are written the moment they are finished, and only their
 * numbers are kept. pdfkit's version is pinned exactly, and the document's tests fail when this drifts.
 */

export interface EmbeddedFont {
  id: string;
  ascender: number;
  encode(text: string, features: Readonly<Record<string, boolean>>): [string[], GlyphPosition[]];
  unicode: (number[] | undefined)[];
  widths: (number | undefined)[];
  /** From the font's own units to thousandths of the size. */
  scale: number;
  subset: { glyphs: number[]; includeGlyph(id: number): number };
  font: {
    hasGlyphForCodePoint(codePoint: number): boolean;
    glyphForCodePoint(codePoint: number): FontGlyph;
    getGlyph(id: number, codePoints?: number[]): FontGlyph;
    layout(
      text: string,
      features: Record<string, boolean>,
      script: string | undefined,
      language: string | undefined,
      direction: "ltr" | "rtl",
    ): { glyphs: FontGlyph[]; positions: Omit<GlyphPosition, "advanceWidth">[] };
  };
  ref(): unknown;
}

export interface FontGlyph {
  id: number;
  /** In the font's own units. */
  advanceWidth: number;
  codePoints: number[];
}

/** In thousandths of the font size. */
export interface GlyphPosition {
  xAdvance: number;
  advanceWidth: number;
  xOffset: number;
  yOffset: number;
}

interface Reference {
  id: number;
  data: Record<string, unknown>;
  end(): void;
}

interface Inside {
  _offset: number;
  _offsets: (number | null)[];
  _id: Uint8Array;
  _root: Reference;
  _font: EmbeddedFont;
  page: { dictionary: Reference; fonts: Record<string, unknown>; content: { id: number } };
  ref(data: Record<string, unknown>): Reference;
  _write(data: string | Uint8Array): void;
  push: (chunk: Uint8Array | null) => boolean;
  endAcroForm: () => unknown;
}

/** How pdfkit writes a value of which it knows no more than its text: a reference to one of our objects. */
class Pointer {
  readonly [Symbol.toStringTag] = "Pointer";
  private readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

/** Writes objects of our own into a pdfkit document while pdfkit writes its pages and fonts. */
export class PdfInside {
  private readonly inside: Inside;
  private pending: string[] = [];
  private pendingLength = 0;

  constructor(document: PDFKit.PDFDocument, sink: (chunk: Uint8Array) => void) {
    this.inside = document as unknown as Inside;
    // The file's first line was written while the document was being made.
    const head: unknown = document.read();
    if (!(head instanceof Uint8Array)) throw new Error("pdfkit wrote no header: its inside has changed");
    sink(head);
    this.inside.push = (chunk) => {
      if (chunk !== null) sink(chunk);
      return true;
    };
  }

  /** The number of an object to be written later. Every allocated object must be written. */
  allocate(): number {
    return this.inside._offsets.push(null);
  }

  /** Writes an object of ASCII text; `body` is its whole value. */
  write(id: number, body: string): void {
    const text = `${id} 0 obj\n${body}\nendobj\n`;
    this.inside._offsets[id - 1] = this.inside._offset + this.pendingLength;
    this.pending.push(text);
    this.pendingLength += text.length;
    if (this.pendingLength > 60_000) this.flush();
  }

  /** Writes a stream that was packed by deflate. */
  writeStream(id: number, packed: Uint8Array): void {
    this.flush();
    this.inside._offsets[id - 1] = this.inside._offset;
    this.inside._write(`${id} 0 obj\n<</Filter/FlateDecode/Length ${packed.length}>>stream`);
    this.inside._write(packed);
    this.inside._write("\nendstream\nendobj");
  }

  /** Must run before pdfkit itself writes anything, for our offsets count on where the file stands. */
  flush(): void {
    if (this.pendingLength === 0) return;
    this.inside._write(Buffer.from(this.pending.join(""), "latin1"));
    this.pending = [];
    this.pendingLength = 0;
  }

  /** The file's identifier, both halves. */
  identify(id: Uint8Array): void {
    this.inside._id = id;
  }

  /** Says in the catalogue that the file is tagged, and where its structure is. */
  tagged(kids: string, parentTree: number, nextKey: number): number {
    const root = this.inside.ref({
      Type: "StructTreeRoot",
      K: new Pointer(kids),
      ParentTree: new Pointer(`${parentTree} 0 R`),
      ParentTreeNextKey: nextKey,
    });
    this.inside._root.data.StructTreeRoot = root;
    return root.id;
  }

  marked(): void {
    this.inside._root.data.MarkInfo = this.inside.ref({ Marked: true });
  }

  /** Leaves room for a signature: a form whose one field stands, undrawn, on the current page. */
  leaveRoom(objects: {
    signature: string;
    field(page: number, signature: number): string;
    form(field: number): string;
  }): void {
    const [signature, field, form] = [this.allocate(), this.allocate(), this.allocate()];
    this.write(signature, objects.signature);
    this.write(field, objects.field(this.pageId, signature));
    this.write(form, objects.form(field));
    this.flush();
    this.inside.page.dictionary.data.Annots = new Pointer(`[${field} 0 R]`);
    this.inside._root.data.AcroForm = new Pointer(`${form} 0 R`);
    // A form of pdfkit's own has fonts to be ended; this one draws nothing and is written.
    this.inside.endAcroForm = () => undefined;
  }

  /** The current page's object number. */
  get pageId(): number {
    return this.inside.page.dictionary.id;
  }

  /** Binds the current page to its entry in the parent tree, and to content streams of our own after pdfkit's. */
  bindPage(structParents: number, streams: readonly number[]): void {
    const { dictionary, content } = this.inside.page;
    dictionary.data.StructParents = structParents;
    dictionary.data.Contents = new Pointer(`[${[content.id, ...streams].map((id) => `${id} 0 R`).join(" ")}]`);
  }

  /** Makes a font usable on the current page. */
  useFont(font: EmbeddedFont): void {
    const fonts = this.inside.page.fonts;
    fonts[font.id] ??= font.ref();
  }

  /** The font that the document has just opened. */
  get openedFont(): EmbeddedFont {
    return this.inside._font;
  }
}

/**
 * Lays out a word, the glyphs from left to right. fontkit remembers each glyph with the characters that it
 * stood for when it was first seen; here every glyph says what it stands for in this word.
 */
export function layOut(
  { font }: EmbeddedFont,
  text: string,
  features: Readonly<Record<string, boolean>>,
  direction: "ltr" | "rtl",
): ReturnType<EmbeddedFont["font"]["layout"]> {
  const remembered = font.getGlyph;
  font.getGlyph = (id, codePoints = []) =>
    Object.create(remembered.call(font, id, codePoints), { codePoints: { value: codePoints } });
  try {
    return font.layout(text, { ...features }, undefined, undefined, direction);
  } finally {
    font.getGlyph = remembered;
  }
}

const spelt = new WeakMap<EmbeddedFont, Map<string, number>>();

/**
 * The code by which a font's glyph is drawn so that exactly this text comes back from it. A glyph that
 * stands for several texts is embedded once for each of them.
 */
export function codeFor(font: EmbeddedFont, glyph: FontGlyph, text: string): string {
  const codes = spelt.get(font) ?? new Map<string, number>();
  spelt.set(font, codes);
  const key = `${glyph.id} ${text}`;
  let code = codes.get(key);
  if (code === undefined) {
    code = font.subset.glyphs.push(glyph.id) - 1;
    font.widths[code] = glyph.advanceWidth * font.scale;
    font.unicode[code] = [...text].map((character) => character.codePointAt(0) ?? 0);
    codes.set(key, code);
  }
  return code.toString(16).padStart(4, "0");
}

/** A text string as PDF hex, UTF-16BE with its mark, so that any name can stand in an object. */
export function pdfText(text: string): string {
  const utf16 = Buffer.from(`\ufeff${text}`, "utf16le").swap16();
  return `<${utf16.toString("hex")}>`;
}
