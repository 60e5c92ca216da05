/**
 * Remembers what was worked out for texts that are still bytes among others, so that no string is made of one that
 * is known. Each text has one place; where two share it the later one stands. What comes once in millions of rows (most
 * plates) is not kept: only what comes a second time is.
 */

const PLACES = 8192;
/** Longer texts hardly come again. */
const LONGEST = 64;

export class ByteMemo<T> {
  readonly #results: (T | undefined)[] = new Array(PLACES).fill(undefined);
  readonly #lengths = new Uint8Array(PLACES);
  readonly #texts = new Uint8Array(PLACES * LONGEST);
  /** Hash of the text that came to each place last. */
  readonly #last = new Int32Array(PLACES);

  /** @returns undefined where nothing is remembered of this text. */
  find(bytes: Uint8Array, from: number, to: number): T | undefined {
    const length = to - from;
    if (length > LONGEST) return undefined;
    const place = placeOf(hashOf(bytes, from, to));
    if (this.#lengths[place] !== length) return undefined;
    const texts = this.#texts;
    for (let i = from, at = place * LONGEST; i < to; i++, at++) if (texts[at] !== bytes[i]) return undefined;
    return this.#results[place];
  }

  keep(bytes: Uint8Array, from: number, to: number, result: T): T {
    if (to - from > LONGEST) return result;
    const hash = hashOf(bytes, from, to);
    const place = placeOf(hash);
    const isSecond = this.#last[place] === hash;
    this.#last[place] = hash;
    if (!isSecond) return result;
    for (let i = from, at = place * LONGEST; i < to; i++, at++) this.#texts[at] = bytes[i] as number;
    this.#lengths[place] = to - from;
    this.#results[place] = result;
    return result;
  }
}

/** FNV-1a: near and quick, which is all that is asked of it. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash;
}

function placeOf(hash: number): number {
  return (hash ^ (hash >>> 13) ^ (hash >>> 26)) & (PLACES - 1);
}
