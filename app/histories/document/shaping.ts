/** From letters to glyphs, such that the same letters come back from the file. */
import { codeFor, type EmbeddedFont, type GlyphPosition, layOut } from "./pdfkit-inside.ts";

export interface Run {
  font: EmbeddedFont;
  /** Content of a TJ array. */
  glyphs: string;
  /** How far above the line, in thousandths of the size: a mark that stands over a letter. */
  rise: number;
  /** In thousandths of the size. */
  width: number;
  /** Starts at a place of its own and not where the run before it ended. */
  apart: boolean;
}

export interface Shaped {
  /** From left to right. */
  runs: readonly Run[];
  /** In thousandths of the size. */
  width: number;
}

/** Composition and ligatures give glyphs that stand for other characters on the way back to text. */
const PLAIN_FEATURES = { ccmp: false, liga: false, clig: false, dlig: false };

/** Letters one beside the other. Null when the characters would not come back from these glyphs. */
export function shapePlain(text: string, font: EmbeddedFont): Shaped | null {
  const [codes, positions] = font.encode(text, PLAIN_FEATURES);
  const back = codes.flatMap((code) => font.unicode[Number.parseInt(code, 16)] ?? []);
  if (String.fromCodePoint(...back) !== text || codes.some((code) => code === "0000")) return null;
  return place(
    font,
    positions.map((position, index) => ({ ...position, code: codes[index] ?? "" })),
  );
}

const pairs = new WeakMap<EmbeddedFont, Map<string, { glyph: string; width: number } | null>>();

/**
 * The same as `shapePlain` for words of ASCII, from what its letters do in pairs: laying out ten thousand
 * numbers one by one takes longer than all the rest of a table. Without ligatures and composition a letter's
 * place depends on the one after it and on no other. Null when a pair cannot be drawn.
 */
export function shapeByPairs(text: string, font: EmbeddedFont): Shaped | null {
  const known = pairs.get(font) ?? new Map<string, { glyph: string; width: number } | null>();
  pairs.set(font, known);
  let glyphs = "";
  let width = 0;
  for (let at = 0; at < text.length; at += 1) {
    const pair = text.slice(at, at + 2);
    let first = known.get(pair);
    if (first === undefined) {
      first = firstOf(pair, font);
      known.set(pair, first);
    }
    if (first === null) return null;
    glyphs = glyphs === "" ? first.glyph : join(glyphs, first.glyph);
    width += first.width;
  }
  return { runs: [{ font, glyphs, rise: 0, width, apart: false }], width };
}

/** The first letter of a pair, with its distance from the second. */
function firstOf(pair: string, font: EmbeddedFont): { glyph: string; width: number } | null {
  const [codes, positions] = font.encode(pair, PLAIN_FEATURES);
  const [code, position] = [codes[0], positions[0]];
  if (codes.length !== pair.length || code === undefined || code === "0000" || position === undefined) return null;
  if (position.xOffset !== 0 || position.yOffset !== 0) return null;
  const back = font.unicode[Number.parseInt(code, 16)] ?? [];
  if (String.fromCodePoint(...back) !== pair.slice(0, 1)) return null;
  const kern = round(position.advanceWidth - position.xAdvance);
  return { glyph: `<${code}>${kern === 0 ? "" : ` ${kern}`}`, width: position.xAdvance };
}

/** Ligatures of taste. Those that a script cannot do without stay. */
const JOINED_FEATURES = { dlig: false };

/**
 * Letters that join, change places or stand upon each other: Arabic, Hebrew, Devanagari, Thai.
 *
 * Each glyph gives back as many of the text's characters as it was made from, taken in the order in which
 * they are typed, whatever the order in which they stand. Null when they are not all accounted for.
 */
export function shapeJoined(text: string, font: EmbeddedFont, direction: "ltr" | "rtl"): Shaped | null {
  const { glyphs, positions } = layOut(font, text, JOINED_FEATURES, direction);
  const characters = [...text];
  const typed = direction === "rtl" ? [...glyphs].reverse() : glyphs;
  const shares = typed.map(({ codePoints }) => characters.splice(0, codePoints.length));
  const advances = positions.map(({ xAdvance }) => xAdvance);
  if (direction === "rtl") advances.reverse();
  for (const [index, share] of shares.entries()) {
    // The wide part of a divided letter gives it back: a part that says nothing must take no room.
    if (share.length > 0 || (advances[index] ?? 0) === 0) continue;
    share.push(...(shares[index - 1]?.splice(0) ?? []));
  }
  if (characters.length > 0 || glyphs.some(({ id }) => id === 0)) return null;
  if (direction === "rtl") shares.reverse();
  const placed = glyphs.flatMap((glyph, index): Placed[] => {
    const position = scaled(positions[index], glyph.advanceWidth, font.scale);
    const share = shares[index]?.length ? shares[index] : [INVISIBLE];
    const slight = share.every((character) => SLIGHT.test(character));
    if (direction === "ltr") return [{ ...position, code: codeFor(font, glyph, share.join("")), slight }];
    // A reader turns letters around one by one: a glyph for two of them would come back the wrong way.
    const [first = "", ...others] = share;
    return [
      ...others.reverse().map((character) => nothing(font, character)),
      { ...position, code: codeFor(font, glyph, first), slight },
    ];
  });
  return place(font, placed);
}

/** What comes back from the dots of a letter, drawn apart from it: a character that joins and cannot be seen. */
const INVISIBLE = "\u2060";
const SLIGHT = /^[\p{Mn}\u2060]/u;

/** A glyph without ink or width, for a character that another glyph has drawn already. */
function nothing(font: EmbeddedFont, character: string): Placed {
  const blank = font.font.glyphForCodePoint(0x20);
  const advanceWidth = blank.advanceWidth * font.scale;
  return { code: codeFor(font, blank, character), advanceWidth, xAdvance: 0, xOffset: 0, yOffset: 0 };
}

function scaled(position: Omit<GlyphPosition, "advanceWidth"> | undefined, advance: number, scale: number) {
  const { xAdvance = 0, xOffset = 0, yOffset = 0 } = position ?? {};
  return {
    xAdvance: xAdvance * scale,
    xOffset: xOffset * scale,
    yOffset: yOffset * scale,
    advanceWidth: advance * scale,
  };
}

interface Placed extends GlyphPosition {
  code: string;
  /** Some readers give it no width of its own, and would lose the place of what follows. */
  slight?: boolean;
}

function place(font: EmbeddedFont, placed: readonly Placed[]): Shaped {
  const runs: Run[] = [];
  let width = 0;
  let apart = false;
  for (const { code, xAdvance, advanceWidth, xOffset, yOffset, slight = false } of placed) {
    const kern = round(xOffset + advanceWidth - xAdvance);
    const glyph = `${xOffset === 0 ? "" : `${round(-xOffset)} `}<${code}>${kern === 0 ? "" : ` ${kern}`}`;
    const last = runs.at(-1);
    if (last !== undefined && last.rise === yOffset && !apart) {
      last.glyphs = join(last.glyphs, glyph);
      last.width += xAdvance;
    } else runs.push({ font, glyphs: glyph, rise: yOffset, width: xAdvance, apart });
    width += xAdvance;
    apart = slight;
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
