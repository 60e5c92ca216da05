// Pictures and papers made by hand, byte for byte: the smallest that are whole, and what attackers make of them.
import { crc32, deflateSync } from "node:zlib";

const part = (code: number, body: Buffer) => {
  const head = Buffer.from([0xff, code, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};

/** A grey picture of one block, as an encoder would write it. */
export function jpeg(options: { width?: number; height?: number; before?: Buffer[]; after?: Buffer } = {}): Buffer {
  const { width = 8, height = 8, before = [], after = Buffer.alloc(0) } = options;
  const frame = Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
  const tables = [
    part(0xdb, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)])),
    part(0xc0, frame),
    part(0xc4, Buffer.concat([Buffer.from([0x00, 1]), Buffer.alloc(15), Buffer.from([0])])),
    part(0xc4, Buffer.concat([Buffer.from([0x10, 1]), Buffer.alloc(15), Buffer.from([0])])),
  ];
  const scan = Buffer.concat([part(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from([0x3f, 0xff, 0x00, 0x3f])]);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...before, ...tables, scan, Buffer.from([0xff, 0xd9]), after]);
}

/** An Exif part with an orientation, a maker and a place on the map. */
export function exif(orientation = 6): Buffer {
  const entry = (tag: number, type: number, count: number, value: number) => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16LE(tag, 0);
    bytes.writeUInt16LE(type, 2);
    bytes.writeUInt32LE(count, 4);
    if (type === 3) bytes.writeUInt16LE(value, 8);
    else bytes.writeUInt32LE(value, 8);
    return bytes;
  };
  const text = Buffer.from("SecretPhoneMaker\0GPSLatitude 36.7378 GPSLongitude -119.7871\0");
  const first = Buffer.concat([
    Buffer.from([3, 0]),
    entry(0x010f, 2, 17, 50),
    entry(0x0112, 3, 1, orientation),
    entry(0x8825, 4, 1, 67),
    Buffer.alloc(4),
  ]);
  const tiff = Buffer.concat([Buffer.from("II*\0"), Buffer.from([8, 0, 0, 0]), first, text]);
  return part(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), tiff]));
}

export const xmp = () => part(0xe1, Buffer.from("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SecretOwner</x:xmpmeta>"));
export const comment = (text: string) => part(0xfe, Buffer.from(text));

export function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(typed.length + 8);
  whole.writeUInt32BE(data.length, 0);
  typed.copy(whole, 4);
  whole.writeUInt32BE(crc32(typed), typed.length + 4);
  return whole;
}

/** A picture of `width` x `height` grey pixels. */
export function png(
  options: { width?: number; height?: number; pixels?: Buffer; extra?: Buffer[]; after?: Buffer } = {},
): Buffer {
  const { width = 16, height = 16, extra = [], after = Buffer.alloc(0) } = options;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const pixels = options.pixels ?? Buffer.alloc(height * (width + 1), 0);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    ...extra,
    chunk("IDAT", deflateSync(pixels)),
    chunk("IEND", Buffer.alloc(0)),
    after,
  ]);
}

/** A PDF of one empty page, with more objects, or packed ones. */
export function pdf(
  options: { objects?: readonly string[]; streams?: readonly [string, Buffer][]; catalog?: string } = {},
) {
  const { objects = [], streams = [], catalog = "" } = options;
  const parts: Buffer[] = [
    Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R ${catalog} >>\nendobj\n`, "latin1"),
    Buffer.from("2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"),
    Buffer.from("3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>\nendobj\n"),
    ...objects.map((body, index) => Buffer.from(`${index + 10} 0 obj\n${body}\nendobj\n`, "latin1")),
    ...streams.map(([dictionary, data], index) =>
      Buffer.concat([
        Buffer.from(`${index + 50} 0 obj\n<< ${dictionary} /Length ${data.length} >>\nstream\n`, "latin1"),
        data,
        Buffer.from("\nendstream\nendobj\n"),
      ]),
    ),
    Buffer.from("trailer\n<< /Root 1 0 R /Size 60 >>\nstartxref\n0\n%%EOF\n"),
  ];
  return Buffer.concat(parts);
}
