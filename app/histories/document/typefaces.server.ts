/**
 * Names in their own letters: the fonts of the document, chosen word by word.
 *
 * Public Sans draws; Noto Sans stands in for what it lacks (Greek, Cyrillic, Devanagari), and its sisters
 * for Armenian, Hebrew, Arabic, Thai, Chinese, Japanese and Korean. A character that none has stops the
 * release. Each word is checked to come back out of the file as the same characters before it is drawn,
 * so that nothing is mangled silently.
 */
import { createRequire } from "node:module";
import type { Weight } from "./face.ts";
import type { EmbeddedFont, PdfInside } from "./pdfkit-inside.ts";
import { type Passage, passagesOf } from "./scripts.ts";
import { type Shaped, shapeByPairs, shapeJoined, shapePlain } from "./shaping.ts";

const require = createRequire(import.meta.url);

const LATIN = [
  ["public-sans", "PublicSans"],
  ["noto-sans", "NotoSans"],
] as const;

/** Noto Sans for one script each, by the language that its letters are said in. */
const SCRIPTS = {
  hy: ["noto-sans-armenian", "NotoSansArmenian"],
  he: ["noto-sans-hebrew", "NotoSansHebrew"],
  th: ["noto-sans-thai", "NotoSansThai"],
  ar: ["noto-sans-arabic", "NotoSansArabic"],
  ko: ["noto-sans-kr", "NotoSansKR"],
  zh: ["noto-sans-sc", "NotoSansSC"],
} as const;

function fileOf([folder, font]: readonly [string, string], cut: string): string {
  return `@expo-google-fonts/${folder}/${cut}/${font}_${cut}.ttf`;
}

/** These scripts have no italics: the upright stands in. */
const CUTS: Readonly<Record<Weight, { latin: string; script: string }>> = {
  regular: { latin: "400Regular", script: "400Regular" },
  strong: { latin: "600SemiBold", script: "600SemiBold" },
  slanted: { latin: "400Regular_Italic", script: "400Regular" },
};

/**
 * In order of preference. A file is opened only when those before it lack a character: Han stands in more
 * than one of them, in the shapes of one country each, and the two that hold it are large.
 */
function filesOf(weight: Weight, language: string | null): string[] {
  const { latin, script } = CUTS[weight];
  const own = language !== null && Object.hasOwn(SCRIPTS, language) ? [SCRIPTS[language as keyof typeof SCRIPTS]] : [];
  return [
    ...LATIN.map((font) => fileOf(font, latin)),
    ...new Set([...own, ...Object.values(SCRIPTS)].map((font) => fileOf(font, script))),
  ];
}

const FILES = new Map<string, readonly string[]>();

function listFiles(weight: Weight, language: string | null): readonly string[] {
  const key = `${weight} ${language}`;
  const known = FILES.get(key) ?? filesOf(weight, language);
  FILES.set(key, known);
  return known;
}

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

  /** From such as "U+0531". */
  static of(codePoints: readonly string[]): UndrawableText {
    return new UndrawableText(codePoints.map((point) => String.fromCodePoint(Number.parseInt(point.slice(2), 16))));
  }
}

/** A passage, encoded. */
export interface Piece extends Shaped {
  language: string | null;
  rightToLeft: boolean;
}

export interface Word {
  pieces: readonly Piece[];
  /** In thousandths of the size. */
  width: number;
}

/** Most texts are this and need nothing done. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

const PLAIN_WORD = /^[!-~]+$/;

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
    return require.resolve(fileOf(LATIN[0], CUTS.regular.latin));
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

  /** The space between any two words, as `word` gives it. */
  isSpace(piece: Piece): boolean {
    return Object.values(this.words).some((known) => known.get(" ")?.pieces[0] === piece);
  }

  /** A space between two words from right to left, in their own font, so that they are one text to a reader. */
  space(beside: Piece): Piece {
    const font = beside.runs[0]?.font;
    const shaped = font === undefined ? null : shapePlain(" ", font);
    if (shaped === null) throw new UndrawableText(" ");
    return { ...shaped, language: beside.language, rightToLeft: true };
  }

  private encode(text: string, weight: Weight): Word {
    if (PLAIN_WORD.test(text)) {
      const font = this.font(fileOf(LATIN[0], CUTS[weight].latin));
      const shaped = shapeByPairs(text, font);
      if (shaped !== null) return { pieces: [{ ...shaped, language: null, rightToLeft: false }], width: shaped.width };
    }
    const pieces = passagesOf(text).map((passage) => ({ ...this.piece(passage, weight), ...voice(passage) }));
    return { pieces, width: pieces.reduce((sum, piece) => sum + piece.width, 0) };
  }

  private piece(passage: Passage, weight: Weight): Shaped {
    const whole = this.encodeIn(passage.text, passage, weight);
    if (whole !== null) return whole;
    const letters = this.letters(passage.text).map((letter) => {
      const shaped = this.encodeIn(letter, passage, weight);
      if (shaped === null) throw new UndrawableText(this.lacking(letter, passage, weight));
      return shaped;
    });
    if (passage.rightToLeft) letters.reverse();
    return {
      runs: letters.flatMap(({ runs }) => runs),
      width: letters.reduce((sum, { width }) => sum + width, 0),
    };
  }

  /** The characters that no font has; where each is in some font but not one font has all, the whole letter. */
  private lacking(letter: string, { language }: Passage, weight: Weight): string[] {
    const missing = [...letter].filter(
      (character) =>
        !listFiles(weight, language).some((file) =>
          this.font(file).font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0),
        ),
    );
    return missing.length > 0 ? missing : [...letter];
  }

  private encodeIn(text: string, passage: Passage, weight: Weight): Shaped | null {
    for (const file of listFiles(weight, passage.language)) {
      const font = this.font(file);
      if (![...text].every((character) => font.font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0))) continue;
      const shaped = shapesJoined(passage)
        ? shapeJoined(text, font, passage.rightToLeft ? "rtl" : "ltr")
        : shapePlain(text, font);
      if (shaped !== null) return shaped;
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

/** Scripts whose letters change with their neighbours, or stand in another order than they are typed. */
const JOINED: ReadonlySet<string | null> = new Set(["ar", "he", "hi", "th"]);

function shapesJoined({ language }: Passage): boolean {
  return JOINED.has(language);
}

function voice({ language, rightToLeft }: Passage): Pick<Piece, "language" | "rightToLeft"> {
  return { language, rightToLeft };
}
