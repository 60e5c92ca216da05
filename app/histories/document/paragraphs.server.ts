/** Lines from texts: breaking, measuring, and the operators that draw a line. */

import type { Face, Weight } from "./face.ts";
import type { EmbeddedFont } from "./pdfkit-inside.ts";
import { join, type Run } from "./shaping.ts";
import { type Piece, type Typefaces, tidy, type Word } from "./typefaces.server.ts";

/** A part of a line that is said in one language. */
export interface Segment {
  runs: readonly Run[];
  /** Null is the document's own. */
  language: string | null;
  /** Points from the line's start. */
  offset: number;
}

export interface Line {
  segments: readonly Segment[];
  fonts: readonly EmbeddedFont[];
  /** Points. */
  width: number;
}

/** Longer texts are sentences that stand in one place only: remembering them would cost more than it saves. */
const SELDOM_TWICE = 60;

export class Paragraphs {
  private readonly typefaces: Typefaces;
  private readonly known = new Map<string, readonly Line[]>();

  constructor(typefaces: Typefaces) {
    this.typefaces = typefaces;
  }

  /** Breaks a text into lines no wider than `width` points. An empty text has no line. */
  lines(text: string, face: Face, width: number): readonly Line[] {
    if (text.length > SELDOM_TWICE) return this.fill(tidy(text), face, width);
    const key = `${face.weight} ${face.size} ${width} ${text}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const lines = this.fill(tidy(text), face, width);
    if (this.known.size > 5_000) this.known.clear();
    this.known.set(key, lines);
    return lines;
  }

  /** The width in points of a text on one line. */
  width(text: string, face: Face): number {
    return this.lines(text, face, Number.POSITIVE_INFINITY)[0]?.width ?? 0;
  }

  private fill(text: string, face: Face, width: number): Line[] {
    if (text === "") return [];
    const limit = (width * 1000) / face.size;
    const space = this.typefaces.word(" ", face.weight);
    const lines: Line[] = [];
    let words: Word[] = [];
    let length = 0;
    const end = (): void => {
      if (words.length > 0) lines.push(this.lineOf(words, face));
      words = [];
      length = 0;
    };
    const add = (word: Word, glue: boolean): void => {
      const gap = glue && words.length > 0 ? space.width : 0;
      if (length + gap + word.width > limit) end();
      if (words.length > 0 && glue) {
        words.push(space);
        length += space.width;
      }
      words.push(word);
      length += word.width;
    };
    for (const token of text.split(" ")) {
      const whole = this.typefaces.word(token, face.weight);
      if (whole.width <= limit) {
        add(whole, true);
        continue;
      }
      end();
      for (const piece of this.pieces(token, face.weight, limit)) add(piece, false);
    }
    end();
    return lines;
  }

  private lineOf(words: readonly Word[], face: Face): Line {
    const pieces = this.asSeen(words.flatMap((word) => word.pieces));
    const segments: { runs: Run[]; language: string | null; offset: number }[] = [];
    let width = 0;
    for (const { runs, language, width: more } of pieces) {
      let segment = segments.at(-1);
      if (segment === undefined || segment.language !== language) {
        segment = { runs: [], language, offset: (width * face.size) / 1000 };
        segments.push(segment);
      }
      for (const run of runs) add(segment.runs, run);
      width += more;
    }
    const fonts = new Set(segments.flatMap((segment) => segment.runs.map((run) => run.font)));
    return { segments, fonts: [...fonts], width: (width * face.size) / 1000 };
  }

  /** Words from right to left that follow each other stand in that order, the first of them rightmost. */
  private asSeen(pieces: readonly Piece[]): readonly Piece[] {
    if (!pieces.some((piece) => piece.rightToLeft)) return pieces;
    const seen: Piece[] = [];
    let turned: Piece[] = [];
    const end = (): void => {
      seen.push(...turned.reverse());
      turned = [];
    };
    for (const [index, piece] of pieces.entries()) {
      const [last, next] = [turned.at(-1), pieces[index + 1]];
      if (piece.rightToLeft) turned.push(piece);
      else if (last !== undefined && next?.language === last.language && this.typefaces.isSpace(piece))
        turned.push(this.typefaces.space(last));
      else {
        end();
        seen.push(piece);
      }
    }
    end();
    return seen;
  }

  /** A token wider than its column breaks after its own punctuation, and where that is not enough, anywhere. No hyphen is added. */
  private pieces(token: string, weight: Weight, limit: number): Word[] {
    return token.split(/(?<=[-/@._:,;=&?])/u).flatMap((part) => {
      const word = this.typefaces.word(part, weight);
      return word.width <= limit ? [word] : this.syllables(part, weight, limit);
    });
  }

  /** A long word in pieces that fit: where a consonant begins a syllable, else anywhere. */
  private syllables(part: string, weight: Weight, limit: number): Word[] {
    const pieces = part.split(/(?<=\p{L}{3})(?=[bcdfghjklmnpqrstvwxz][aeiouáéíóú]\p{L}{2})/iu);
    const words = pieces.map((piece) => this.typefaces.word(piece, weight));
    if (pieces.length > 1 && words.every(({ width }) => width <= limit)) return words;
    return this.typefaces.letters(part).map((letter) => this.typefaces.word(letter, weight));
  }
}

function add(runs: Run[], run: Run): void {
  const last = runs.at(-1);
  if (last !== undefined && last.font === run.font && last.rise === run.rise && !run.apart) {
    runs[runs.length - 1] = { ...last, glyphs: join(last.glyphs, run.glyphs), width: last.width + run.width };
  } else runs.push(run);
}

/** Operators that draw a part of a line with its baseline starting at x, y (points from the lower left corner). */
export function drawSegment(segment: Segment, face: Face, x: number, y: number): string {
  let drawn = `BT ${face.colour} rg 1 0 0 1 ${points(x + segment.offset)} ${points(y)} Tm`;
  let font: EmbeddedFont | null = null;
  let rise = 0;
  let width = 0;
  for (const run of segment.runs) {
    if (run.apart) drawn += ` 1 0 0 1 ${points(x + segment.offset + (width * face.size) / 1000)} ${points(y)} Tm`;
    width += run.width;
    if (run.font !== font) drawn += `/${run.font.id} ${face.size} Tf`;
    if (run.rise !== rise) drawn += ` ${points((run.rise * face.size) / 1000)} Ts`;
    font = run.font;
    rise = run.rise;
    drawn += `[${run.glyphs}]TJ`;
  }
  return `${drawn}${rise === 0 ? "" : " 0 Ts"} ET`;
}

export function points(value: number): string {
  return String(Math.round(value * 100) / 100);
}
