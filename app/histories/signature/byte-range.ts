/**
 * Where in a file a signature stands and what it covers, read from the bytes alone: in the browser as on the server.
 *
 * A PDF's signature covers two stretches, before and after its own /Contents (ISO 32000-2, 12.8.1). A reader's program
 * is content with a signature that covers less than the file; what was added behind it then looks signed. A release
 * has one signature, and it covers everything.
 */

export type RangeFault =
  /** More than one signature. */
  | "several"
  /** The stretches are not, to the byte, the whole file without the signature itself. */
  | "range"
  /** Something was added as a further revision. */
  | "revision"
  /** Behind the signature, inside its own brackets, stands something that nothing covers. */
  | "padding";

export interface LocatedSignature {
  /** The CMS object, DER, without its padding; null when what stands there is none. */
  readonly cms: Uint8Array | null;
  /** What it covers, as one. */
  readonly covered: Uint8Array;
}

export interface Located {
  readonly signatures: readonly LocatedSignature[];
  /** Null when there is exactly one signature and it covers the whole file. An unsigned file has no fault either. */
  readonly fault: RangeFault | null;
}

const SLASH_BYTE_RANGE = "/ByteRange";

/** Finds every signature of a PDF. Never throws: bytes that are no PDF hold none. */
export function locateSignatures(bytes: Uint8Array): Located {
  const places = placesOf(bytes, SLASH_BYTE_RANGE);
  const read = places.map((at) => readAt(bytes, at));
  const faults = read.flatMap((one) => (one.fault === null ? [] : [one.fault]));
  if (places.length > 1) faults.unshift("several");
  if (places.length > 0 && placesOf(bytes, "startxref").length !== 1) faults.push("revision");
  return { signatures: read.map(({ cms, covered }) => ({ cms, covered })), fault: faults[0] ?? null };
}

/** As far as a dictionary of ours can reach between the two entries, padding included. */
const ENTRY = 160;

function readAt(bytes: Uint8Array, at: number): LocatedSignature & { fault: RangeFault | null } {
  const entry = asText(bytes.subarray(at, at + ENTRY));
  const found = /^\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]\s*\/Contents\s*</.exec(entry);
  const open = found === null ? -1 : at + found[0].length - 1;
  const close = open < 0 ? -1 : bytes.indexOf(GREATER, open);
  if (found === null || close < 0) return { cms: null, covered: new Uint8Array(0), fault: "range" };
  const range = found.slice(1).map(Number);
  const whole = [0, open, close + 1, bytes.length - close - 1];
  const covers = range.every((number, index) => number === whole[index]);
  const inside = fromHex(bytes.subarray(open + 1, close));
  const length = inside === null ? null : derLength(inside);
  const isPadded = inside !== null && length !== null && inside.subarray(length).every((byte) => byte === 0);
  return {
    cms: inside === null || length === null ? null : inside.subarray(0, length),
    covered: join(bytes.subarray(0, open), bytes.subarray(close + 1)),
    fault: covers ? (isPadded ? null : "padding") : "range",
  };
}

const GREATER = 0x3e;

/** The length of the DER value at the start, head included; null when it is none, or longer than what is there. */
function derLength(der: Uint8Array): number | null {
  const [tag, first] = der;
  if (tag !== 0x30 || first === undefined) return null;
  if (first < 0x80) return first + 2 <= der.length ? first + 2 : null;
  const size = first & 0x7f;
  if (size === 0 || size > 4) return null;
  const length = der.subarray(2, 2 + size).reduce((sum, byte) => sum * 256 + byte, 0) + 2 + size;
  return length <= der.length ? length : null;
}

function fromHex(digits: Uint8Array): Uint8Array | null {
  if (digits.length % 2 !== 0) return null;
  const out = new Uint8Array(digits.length / 2);
  for (let at = 0; at < out.length; at += 1) {
    const pair = String.fromCharCode(digits[at * 2] ?? 0, digits[at * 2 + 1] ?? 0);
    if (!/^[0-9A-Fa-f]{2}$/.test(pair)) return null;
    out[at] = Number.parseInt(pair, 16);
  }
  return out;
}

function placesOf(bytes: Uint8Array, word: string): number[] {
  const [first = 0, ...rest] = [...word].map((character) => character.charCodeAt(0));
  const places: number[] = [];
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (rest.every((code, index) => bytes[at + 1 + index] === code)) places.push(at);
  }
  return places;
}

function join(before: Uint8Array, after: Uint8Array): Uint8Array {
  const whole = new Uint8Array(before.length + after.length);
  whole.set(before);
  whole.set(after, before.length);
  return whole;
}

function asText(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
