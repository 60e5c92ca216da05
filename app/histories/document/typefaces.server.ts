/**
 * Names in their own letters: the fonts of the document, chosen word by word.
 *
 * Public Sans draws; Noto Sans stands in for what it lacks (Greek, Cyrillic, Devanagari). A character
 * that neither has stops the release. Each word is checked to come back out of the file as the same
 * characters before it is drawn, so that nothing is mangled silently.
 */
import { createRequire } from "node:module";
import type { Weight } from "./face.ts";
import type { EmbeddedFont, PdfInside } from "./pdfkit-inside.ts";

const require = createRequire(import.meta.url);
const PUBLIC = "@expo-google-fonts/public-sans";
const NOTO = "@expo-google-fonts/noto-sans";

/** In order of preference. A script of its own (Armenian, Arabic, Han) is one more file in each list. */
const FILES: Readonly<Record<Weight, readonly string[]>> = {
  regular: [`${PUBLIC}/400Regular/PublicSans_400Regular.ttf`, `${NOTO}/400Regular/NotoSans_400Regular.ttf`],
  strong: [`${PUBLIC}/600SemiBold/PublicSans_600SemiBold.ttf`, `${NOTO}/600SemiBold/NotoSans_600SemiBold.ttf`],
  slanted: [
    `${PUBLIC}/400Regular_Italic/PublicSans_400Regular_Italic.ttf`,
    `${NOTO}/400Regular_Italic/NotoSans_400Regular_Italic.ttf`,
  ],
};

/** Composition and ligatures give glyphs that stand for other characters on the way back to text. */
const FEATURES = { ccmp: false, liga: false, clig: false, dlig: false };

/** No font of the document can draw these characters. The message never repeats the text they stood in. */
export class UndrawableText extends Error {
  /** Such as "U+0531", each once. */
  readonly codePoints: readonly string[];
  constructor(characters: Iterable<string>) {
    const codePoints = [
      ...new Set(
        [...characters].map(
          (character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
        ),
      ),
    ];
    super(`The document cannot be made: its fonts cannot draw ${codePoints.join(", ")}.`);
    this.name = "UndrawableText";
    this.codePoints = codePoints;
  }
}

export interface Run {
  font: EmbeddedFont;
  /** Content of a TJ array. */
  glyphs: string;
  /** How far above the line, in thousandths of the size: a mark that stands over a letter. */
  rise: number;
}

export interface Word {
  runs: readonly Run[];
  /** In thousandths of the size. */
  width: number;
}

/** Most texts are this and need nothing done. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** Line breaks and tabs are spaces; composed letters are one character. What cannot be seen is refused. */
export function tidy(text: string): string {
  if (PLAIN.test(text)) return text;
  const tidied = text.normalize("NFC").replace(/\s+/gu, " ").trim();
  const unseen = tidied.match(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu);
  if (unseen !== null) throw new UndrawableText(unseen);
  return tidied;
}

export class Typefaces {
  private readonly document: PDFKit.PDFDocument;
  private readonly inside: PdfInside;
  private readonly opened = new Map<string, EmbeddedFont>();
  private readonly words: Record<Weight, Map<string, Word>> = {
    regular: new Map(),
    strong: new Map(),
    slanted: new Map(),
  };
  private readonly graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

  constructor(document: PDFKit.PDFDocument, inside: PdfInside) {
    this.document = document;
    this.inside = inside;
  }

  /** The file of the font that the document opens first. */
  static get first(): string {
    return require.resolve(FILES.regular[0] ?? "");
  }

  /** A word without spaces, encoded. Throws UndrawableText. */
  word(text: string, weight: Weight): Word {
    const known = this.words[weight].get(text);
    if (known !== undefined) return known;
    const word = this.encode(text, weight);
    if (this.words[weight].size > 50_000) this.words[weight].clear();
    this.words[weight].set(text, word);
    return word;
  }

  /** The single letters of a word that must be broken, marks kept with their letters. */
  letters(text: string): string[] {
    return [...this.graphemes.segment(text)].map(({ segment }) => segment);
  }

  private encode(text: string, weight: Weight): Word {
    const whole = this.encodeIn(text, weight);
    if (whole !== null) return whole;
    const runs: Run[] = [];
    let width = 0;
    for (const letter of this.letters(text)) {
      const piece = this.encodeIn(letter, weight);
      if (piece === null) throw new UndrawableText(this.lacking(letter, weight));
      runs.push(...piece.runs);
      width += piece.width;
    }
    return { runs, width };
  }

  /** The characters that no font has; where each is in some font but not one font has all, the whole letter. */
  private lacking(letter: string, weight: Weight): string[] {
    const missing = [...letter].filter(
      (character) =>
        !FILES[weight].some((file) => this.font(file).font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)),
    );
    return missing.length > 0 ? missing : [...letter];
  }

  private encodeIn(text: string, weight: Weight): Word | null {
    for (const file of FILES[weight]) {
      const font = this.font(file);
      if (![...text].every((character) => font.font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0))) continue;
      const word = shape(text, font);
      if (word !== null) return word;
    }
    return null;
  }

  private font(file: string): EmbeddedFont {
    const known = this.opened.get(file);
    if (known !== undefined) return known;
    this.document.font(require.resolve(file));
    const font = this.inside.openedFont;
    this.opened.set(file, font);
    return font;
  }
}

/** Null when the characters would not come back from these glyphs. */
function shape(text: string, font: EmbeddedFont): Word | null {
  const [codes, positions] = font.encode(text, FEATURES);
  const back = codes.flatMap((code) => font.unicode[Number.parseInt(code, 16)] ?? []);
  if (String.fromCodePoint(...back) !== text || codes.some((code) => code === "0000")) return null;
  const runs: Run[] = [];
  let width = 0;
  for (const [index, position] of positions.entries()) {
    const kern = round(position.xOffset + position.advanceWidth - position.xAdvance);
    const glyph = `${position.xOffset === 0 ? "" : `${round(-position.xOffset)} `}<${codes[index]}>${kern === 0 ? "" : ` ${kern}`}`;
    const last = runs.at(-1);
    if (last !== undefined && last.rise === position.yOffset) last.glyphs = join(last.glyphs, glyph);
    else runs.push({ font, glyphs: glyph, rise: position.yOffset });
    width += position.xAdvance;
  }
  return { runs, width };
}

/** Neighbouring glyphs share one string: `<0001><0002>` is `<00010002>`. */
export function join(glyphs: string, more: string): string {
  return glyphs.endsWith(">") && more.startsWith("<") ? glyphs.slice(0, -1) + more.slice(1) : `${glyphs} ${more}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
