/**
 * A JPEG without anything but its picture: every part that is not needed to draw it (Exif with its places and times,
 * XMP, comments, a camera's own notes, smaller pictures behind the end) is left out, and what is kept must have the
 * shape that its standard (ITU-T T.81) gives it. Nothing is decoded, so nothing can be blown up by decoding it.
 */
import { Broken, type Picture } from "./picture.ts";

const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const QUANTISATION = 0xdb;
const HUFFMAN = 0xc4;
const RESTART_INTERVAL = 0xdd;
const EXIF = 0xe1;
/** How the colours were mixed; without it a picture of four colours shows in the wrong ones. */
const ADOBE = 0xee;
/** Frames that browsers draw: baseline, extended, progressive. */
const FRAMES: readonly number[] = [0xc0, 0xc1, 0xc2];

/** @throws Broken when it is no whole JPEG */
export function cleanJpeg(bytes: Buffer): Picture {
  if (bytes[0] !== 0xff || bytes[1] !== START) throw new Broken("no JPEG");
  const kept: Buffer[] = [Buffer.from([0xff, START])];
  let size: { width: number; height: number } | null = null;
  let turned = 1;
  let scans = 0;
  let at = 2;
  for (;;) {
    const marker = markerAt(bytes, at);
    at = marker.after;
    if (marker.code === END) break;
    const length = at + 2 <= bytes.length ? bytes.readUInt16BE(at) : 0;
    if (length < 2 || at + length > bytes.length) throw new Broken("a part of the JPEG is cut off");
    const body = bytes.subarray(at + 2, at + length);
    at += length;
    if (marker.code === EXIF) turned = orientationIn(body) ?? turned;
    if (FRAMES.includes(marker.code)) {
      if (size !== null) throw new Broken("two pictures in one");
      size = frameSize(body);
    }
    if (isKept(marker.code, body)) kept.push(segment(marker.code, body));
    if (marker.code !== SCAN) continue;
    if (size === null) throw new Broken("a scan before its frame");
    const end = endOfScan(bytes, at);
    kept.push(bytes.subarray(at, end));
    at = end;
    scans += 1;
  }
  if (size === null || scans === 0) throw new Broken("no picture in it");
  kept.push(Buffer.from([0xff, END]));
  return { ...size, turned, bytes: Buffer.concat(kept) };
}

function markerAt(bytes: Buffer, from: number): { code: number; after: number } {
  let at = from;
  if (bytes[at] !== 0xff) throw new Broken("no marker where one must stand");
  // Any number of these may fill up before a marker.
  while (bytes[at] === 0xff) at += 1;
  const code = bytes[at];
  if (code === undefined || code === 0) throw new Broken("the JPEG is cut off");
  return { code, after: at + 1 };
}

function isKept(code: number, body: Buffer): boolean {
  if (FRAMES.includes(code)) return true;
  if (code === SCAN) return true;
  if (code === ADOBE) return body.length === 12 && body.subarray(0, 5).equals(Buffer.from("Adobe"));
  if (code === QUANTISATION) return mustBe(isQuantisation(body));
  if (code === HUFFMAN) return mustBe(isHuffman(body));
  if (code === RESTART_INTERVAL) return mustBe(body.length === 2);
  // Arithmetic coding, lossless and hierarchical frames: no browser draws them.
  if (code >= 0xc0 && code <= 0xcf) throw new Broken("a kind of JPEG that browsers do not draw");
  return false;
}

function mustBe(is: boolean): true {
  if (!is) throw new Broken("a table of the JPEG is not one");
  return true;
}

function segment(code: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head[0] = 0xff;
  head[1] = code;
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

function frameSize(body: Buffer): { width: number; height: number } {
  const components = body[5] ?? 0;
  if (body.length !== 6 + 3 * components || components < 1 || components > 4) throw new Broken("a frame is not one");
  const height = body.readUInt16BE(1);
  const width = body.readUInt16BE(3);
  if (width === 0 || height === 0) throw new Broken("a picture without an extent");
  return { width, height };
}

function isQuantisation(body: Buffer): boolean {
  let at = 0;
  while (at < body.length) {
    const precision = (body[at] ?? 0) >> 4;
    if (precision > 1 || ((body[at] ?? 0) & 15) > 3) return false;
    at += 1 + 64 * (precision + 1);
  }
  return at === body.length && at > 0;
}

function isHuffman(body: Buffer): boolean {
  let at = 0;
  while (at + 17 <= body.length) {
    const head = body[at] ?? 0;
    if (head >> 4 > 1 || (head & 15) > 3) return false;
    const values = body.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0);
    if (values > 256) return false;
    at += 17 + values;
  }
  return at === body.length && at > 0;
}

/** Where the bits of a scan end: at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = from;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.length) throw new Broken("the picture is cut off");
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
    at += 2;
  }
}

/** The one fact of an Exif part that is needed to see the picture upright (1 to 8), or null. */
function orientationIn(body: Buffer): number | null {
  if (!body.subarray(0, 6).equals(Buffer.from("Exif\0\0"))) return null;
  const tiff = body.subarray(6);
  const isLittle = tiff.subarray(0, 2).toString("latin1") === "II";
  const two = (at: number) => (at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  if (tiff.length < 8 || two(2) !== 42) return null;
  const first = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let entry = 0; entry < two(first); entry++) {
    const at = first + 2 + 12 * entry;
    if (two(at) !== 0x0112) continue;
    const value = two(at + 8);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}
