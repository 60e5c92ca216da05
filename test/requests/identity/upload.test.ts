import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import PDFDocument from "pdfkit";
import { describe, expect, it } from "vitest";
import { printPaper } from "#app/platform/paper/print-paper.server.ts";
import { type CleanUpload, cleanUpload } from "#app/requests/identity/clean-upload.ts";
import { MOST_BYTES, type UploadFault } from "#app/requests/identity/upload.ts";
import { chunk, comment, exif, jpeg, pdf, png, xmp } from "./given-files.ts";

function kept(name: string, bytes: Buffer): CleanUpload {
  const result = cleanUpload(name, bytes);
  if ("fault" in result) throw new Error(`refused as ${result.fault}`);
  return result;
}

function fault(name: string, bytes: Buffer): UploadFault | null {
  const result = cleanUpload(name, bytes);
  return "fault" in result ? result.fault : null;
}

/** What a program that knows every kind of metadata finds; null where it is not installed. */
function exiftool(bytes: Buffer, extension: string): string | null {
  const folder = mkdtempSync(join(tmpdir(), "wholooked-exif-"));
  try {
    const path = join(folder, `file.${extension}`);
    writeFileSync(path, bytes);
    const run = spawnSync("exiftool", ["-a", "-G1", "-u", path], { encoding: "utf8" });
    return run.error ? null : run.stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The parts of a JPEG before its picture, by their markers. */
function markersOf(bytes: Buffer): number[] {
  const markers: number[] = [];
  for (let at = 2; bytes[at] === 0xff && bytes[at + 1] !== 0xda; at += 2 + bytes.readUInt16BE(at + 2)) {
    markers.push(bytes[at + 1] ?? 0);
  }
  return markers;
}

describe("a picture", () => {
  it("loses where it was taken, with what, by whom, and keeps which way is up", () => {
    const adobe = Buffer.from([0xff, 0xee, 0, 14, ...Buffer.from("Adobe"), 0, 100, 0, 0, 0, 0, 0]);
    const bytes = jpeg({
      before: [exif(6), xmp(), comment("SecretWords"), adobe],
      after: Buffer.from("SecretTrailer"),
    });
    expect(bytes.toString("latin1")).toMatch(/GPSLatitude[\s\S]*SecretOwner[\s\S]*SecretWords[\s\S]*SecretTrailer/);
    const clean = kept("id.JPG", bytes);
    expect(clean).toMatchObject({ mediaType: "image/jpeg", turned: 6 });
    expect(clean.bytes.toString("latin1")).not.toMatch(/Exif|GPS|Secret|xap|xmp/);
    expect(markersOf(clean.bytes)).toEqual([0xee, 0xdb, 0xc0, 0xc4, 0xc4]);
    const found = exiftool(clean.bytes, "jpg");
    if (found !== null) expect(found).not.toMatch(/GPS|IFD0|XMP|Comment/);
  });

  it("of the other kind loses its texts, its time, its Exif and what hangs behind it", () => {
    const extra = [
      chunk("tEXt", Buffer.from("Author\0SecretOwner")),
      chunk("iTXt", Buffer.from("XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta>SecretXmp</x:xmpmeta>")),
      chunk("zTXt", Buffer.concat([Buffer.from("Comment\0\0"), deflateSync(Buffer.from("SecretWords"))])),
      chunk("eXIf", Buffer.from("II*\0SecretPlace")),
      chunk("tIME", Buffer.alloc(7, 1)),
    ];
    const clean = kept("card.png", png({ extra, after: Buffer.from("<script>SecretTrailer</script>") }));
    expect(clean.bytes).toEqual(png());
    const found = exiftool(clean.bytes, "png");
    if (found !== null) expect(found).not.toMatch(/Author|XMP|Comment|GPS/);
  });

  it("comes through whole when there is nothing to take away", () => {
    expect(kept("a.jpeg", jpeg()).bytes).toEqual(jpeg());
    expect(kept("a.png", png()).bytes).toEqual(png());
  });

  it.each([
    [
      "a PNG header that claims 65,000 x 65,000",
      "a.png",
      png({ width: 65_000, height: 65_000, pixels: Buffer.alloc(64) }),
    ],
    ["a PNG one pixel too wide", "a.png", png({ width: 20_001, height: 1 })],
    ["a JPEG of 65,535 x 65,535", "a.jpg", jpeg({ width: 65_535, height: 65_535 })],
    ["a JPEG of 9,000 x 9,000", "a.jpg", jpeg({ width: 9_000, height: 9_000 })],
  ])("is refused by its header before anything is unpacked: %s", (_, name, bytes) => {
    expect(fault(name, bytes)).toBe("uploadTooManyPixels");
  });

  it.each([
    ["a PNG whose pixels are more than its header says", png({ pixels: Buffer.alloc(30_000_000) })],
    ["a PNG whose pixels are fewer", png({ pixels: Buffer.alloc(10) })],
    ["a PNG cut off", png().subarray(0, -20)],
    ["a PNG without its end", png().subarray(0, -12)],
    ["a PNG with a wrong checksum", Buffer.concat([png().subarray(0, -1), Buffer.from([0])])],
    ["a PNG with a critical part that nobody knows", png({ extra: [chunk("EVIL", Buffer.alloc(4))] })],
  ])("is refused when it is broken: %s", (_, bytes) => {
    expect(fault("a.png", bytes)).toBe("uploadBroken");
  });

  it.each([
    ["cut off in its picture", jpeg().subarray(0, -3)],
    ["cut off in a table", jpeg().subarray(0, 70)],
    ["with two frames", jpeg({ before: [Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0])] })],
    [
      "with a table of something else",
      jpeg({ before: [Buffer.from([0xff, 0xdb, 0, 10, ...Buffer.from("<script>")])] }),
    ],
    ["with arithmetic coding", jpeg({ before: [Buffer.from([0xff, 0xc9, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0])] })],
  ])("is refused when it is broken: a JPEG %s", (_, bytes) => {
    expect(fault("a.jpg", bytes)).toBe("uploadBroken");
  });
});

const SVG = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>${" ".repeat(80)}`);
const HTML = Buffer.from(`<!doctype html><script>alert(1)</script>${" ".repeat(80)}`);

describe("a file that is not what it says", () => {
  it.each([
    ["an SVG called a picture", "id.png", SVG, "uploadDisguised"],
    ["a page called a PDF", "id.pdf", HTML, "uploadDisguised"],
    ["a JPEG called a PNG", "id.png", jpeg(), "uploadDisguised"],
    ["a PNG called a PDF", "id.pdf", png(), "uploadDisguised"],
    ["an SVG by its own name", "id.svg", SVG, "uploadKind"],
    ["a page by its own name", "id.html", HTML, "uploadKind"],
    ["a GIF", "id.gif", Buffer.concat([Buffer.from("GIF89a"), Buffer.alloc(80)]), "uploadKind"],
    ["two endings, the last of which counts", "id.pdf.exe", pdf(), "uploadKind"],
    ["no ending", "id", png(), "uploadKind"],
    ["a PDF behind a page", "id.pdf", Buffer.concat([HTML, pdf()]), "uploadDisguised"],
    ["a PDF with a page behind it", "id.pdf", Buffer.concat([pdf(), HTML]), "uploadBroken"],
    ["a PDF cut off", "id.pdf", pdf().subarray(0, -20), "uploadBroken"],
    ["nothing", "id.png", Buffer.alloc(0), "uploadEmpty"],
    ["one byte too many", "id.png", Buffer.alloc(MOST_BYTES + 1), "uploadTooLarge"],
  ] as const)("is refused: %s", (_, name, bytes, why) => {
    expect(fault(name, bytes)).toBe(why);
  });

  it("and one that is two kinds at once is kept as the one that it claims, with nothing of the other", () => {
    const zip = Buffer.concat([
      Buffer.from("PK\x03\x04"),
      Buffer.alloc(60, 1),
      Buffer.from("PK\x05\x06"),
      Buffer.alloc(18),
    ]);
    const page = comment("--><script>alert(1)</script>");
    const clean = kept("id.jpg", jpeg({ before: [page], after: zip }));
    expect(clean.bytes.includes("script")).toBe(false);
    expect(clean.bytes.includes("PK\x03\x04")).toBe(false);
    expect(kept("id.png", png({ after: zip })).bytes.includes("PK")).toBe(false);
  });

  it("takes the last dot for the ending, whatever path stands before it", () => {
    for (const name of [
      "../../etc/passwd.png",
      "C:\\temp\\a.png",
      "a\0.pdf.png",
      "%2e%2e%2f.png",
      `${"x".repeat(9_000)}.png`,
    ]) {
      expect(fault(name, png()), name).toBeNull();
    }
    for (const name of ["a.png/", "a.png\0", "a.png\n", "a.png ", ".png.", "png"])
      expect(fault(name, png()), name).toBe("uploadKind");
  });
});

const packed = (text: string) => deflateSync(Buffer.from(`10 0 ${text}`));

describe("a PDF", () => {
  it("that is paper is taken as it is: our own sheet, and one of a common writer's", async () => {
    const own = await printPaper({ title: "A sheet", text: "WORDS\n\nA paragraph.", locale: "en" });
    expect(kept("sheet.pdf", own).bytes).toEqual(own);
    const other = new PDFDocument({ compress: true });
    const chunks: Buffer[] = [];
    other.on("data", (bytes: Buffer) => chunks.push(bytes));
    const done = new Promise((resolve) => other.on("end", resolve));
    other.text("A statement.").image(png(), 72, 200);
    other.end();
    await done;
    expect(fault("statement.pdf", Buffer.concat(chunks))).toBeNull();
    expect(fault("opens-at-a-page.pdf", pdf({ catalog: "/OpenAction [3 0 R /XYZ null null 0]" }))).toBeNull();
  });

  it.each([
    ["a script", { objects: ["<< /S /JavaScript /JS (app.alert(1)) >>"] }],
    ["a script with its name in numbers", { objects: ["<< /S /J#61vaScript#20 /JS (x) >>", "<< /S /#4aavaScript >>"] }],
    ["a program", { objects: ["<< /S /Launch /F (cmd.exe) >>"] }],
    ["a file inside", { objects: ["<< /Type /EmbeddedFile >>"] }],
    ["files inside, by a list", { catalog: "/Names << /EmbeddedFiles 9 0 R >>" }],
    ["something on opening", { catalog: "/OpenAction 9 0 R" }],
    ["something on opening, in place", { catalog: "/OpenAction<</S/URI/URI(http://evil.example)>>" }],
    ["something on turning the page", { objects: ["<< /AA << /O 9 0 R >> >>"] }],
    ["a form that sends", { objects: ["<< /S /SubmitForm /F (http://evil.example) >>"] }],
    ["a form of its own kind", { catalog: "/AcroForm << /XFA 9 0 R >>" }],
    ["another document to go to", { objects: ["<< /S /GoToR /F (\\\\\\\\evil\\\\share) >>"] }],
    ["a film", { objects: ["<< /Subtype /RichMedia >>"] }],
    [
      "a script in a packed object",
      { streams: [["/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode", packed("<< /S /JavaScript >>")]] },
    ],
    [
      "a script in a packed object that hides its type",
      { streams: [["/N 1 /First 5 /Filter /FlateDecode", packed("<< /S /JavaScript >>")]] },
    ],
    [
      "a script in an object stream that is not packed",
      { streams: [["/Type /ObjStm /N 1 /First 5", Buffer.from("10 0 << /S /J#61vaScript >>")]] },
    ],
    [
      "a script behind a string that looks like an object's beginning",
      { streams: [["/Type /ObjStm /N 1 /First 5 /X (1 0 obj) /Filter /FlateDecode", packed("<< /S /Launch >>")]] },
    ],
  ] as readonly [string, Parameters<typeof pdf>[0]][])("that can act is refused: %s", (_, options) => {
    expect(fault("a.pdf", pdf(options))).toBe("uploadActive");
  });

  it.each([
    ["encrypted", { objects: ["<< /Filter /Standard /Encrypt 9 0 R >>"] }],
    [
      "packed twice",
      { streams: [["/Type /ObjStm /N 1 /First 5 /Filter [/ASCIIHexDecode /FlateDecode]", packed("<< >>")]] },
    ],
    ["packed in an unknown way", { streams: [["/Type /ObjStm /N 1 /First 5 /Filter /LZWDecode", packed("<< >>")]] }],
    [
      "packed with a predictor",
      {
        streams: [
          ["/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode /DecodeParms << /Predictor 12 >>", packed("<< >>")],
        ],
      },
    ],
    [
      "damaged where it is packed",
      {
        streams: [
          ["/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode", Buffer.from("not packed at all, but long enough")],
        ],
      },
    ],
    [
      "a bomb",
      { streams: [["/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode", deflateSync(Buffer.alloc(80 << 20))]] },
    ],
  ] as readonly [string, Parameters<typeof pdf>[0]][])("that cannot be looked into is refused: %s", (_, options) => {
    expect(fault("a.pdf", pdf(options))).toBe("uploadLocked");
  });
});
