/** Everything in a file that is not the text of its pages: what it may be, and what it must not hold. */
import { alternativesOf, type Block } from "../document/blocks.ts";
import { BINARY, type Forbidden, loosely, SHORT, tightly } from "./forbidden.ts";
import { keepStrings } from "./page-drawing.ts";
import { type Dictionary, Name, type PdfBytes, type PdfObject, Reference, type Value } from "./pdf-objects.ts";

/** What an object is there for, told by what points at it. */
export type Role = "content" | "font" | "glyphs" | "unicode" | "metadata";

/** Which gate a key of a dictionary closes: none of these has a place in a release. */
export const CLOSED_KEYS: ReadonlyMap<string, string> = new Map([
  ...["EmbeddedFiles", "EmbeddedFile", "AF", "EF", "Filespec"].map((key) => [key, "attachment"] as const),
  ...["JavaScript", "JS", "OpenAction", "AA", "Launch", "URI", "SubmitForm"].map((key) => [key, "script"] as const),
  ...["Annots", "AcroForm", "XFA", "RichMedia"].map((key) => [key, "annotation"] as const),
  ...["XObject", "Pattern", "Shading", "ExtGState", "OCProperties", "Encrypt", "PieceInfo"].map(
    (key) => [key, "object"] as const,
  ),
]);

/** The words of PDF itself that the renderer uses: names that can hold no secret. */
const VOCABULARY = new Set(
  `Type Pages Page Catalog Count Kids Parent MediaBox Contents Resources UserUnit StructParents Tabs S ProcSet PDF Text ImageB ImageC
  ImageI Font ColorSpace Length Length1 Filter FlateDecode Names Dests Nums Limits Lang ViewerPreferences DisplayDocTitle MarkInfo Marked
  StructTreeRoot StructElem ParentTree ParentTreeNextKey K P Pg MCR MCID A O Table List Layout Scope Row Column ColSpan RowSpan
  ListNumbering Decimal Disc Placement Block BBox Alt Document H1 H2 H3 L LI Lbl LBody THead TBody TR TH TD Figure Artifact
  Pagination Outlines PageMode UseOutlines First Last Prev Next Title Dest Fit XYZ Metadata Subtype XML length Producer Creator
  CreationDate BaseFont Encoding DescendantFonts ToUnicode FontDescriptor FontName Flags FontBBox ItalicAngle Ascent Descent
  CapHeight XHeight StemV FontFile2 CIDSet CIDFontType2 CIDSystemInfo Registry Ordering Supplement W CIDToGIDMap Type0 Root Info ID
  Annot Widget FT Sig Rect F T TU V AcroForm Annots Fields SigFlags Adobe.PPKLite SubFilter ETSI.CAdES.detached Name M ByteRange
  Size Identity-H Identity CIDInit CMapName CMapType Adobe-Identity-UCS ColorTransform`.split(/\s+/),
);

/** A name that carries a value is as good as a string: it is searched unless it is a word of PDF or a font. */
export function isVocabulary(name: string): boolean {
  return VOCABULARY.has(name) || /^F\d+$/.test(name) || /^.{6}\+(PublicSans|NotoSans[A-Za-z]*)-\w+$/.test(name);
}

/** Streams by what they are there for; a stream that nothing asks for has no role. */
export function rolesOf(file: PdfBytes): Map<number, Role> {
  const roles = new Map<number, Role>();
  const give = (value: Value | undefined, role: Role): void => {
    for (const one of Array.isArray(value) ? value : [value]) if (one instanceof Reference) roles.set(one.id, role);
  };
  for (const { value } of file.objects.values()) {
    if (!(value instanceof Map)) continue;
    if (isOf(value, "Page")) give(value.get("Contents"), "content");
    if (isOf(value, "Catalog")) give(value.get("Metadata"), "metadata");
    if (isOf(value, "Font")) give(value.get("ToUnicode"), "unicode");
    if (!isOf(value, "FontDescriptor")) continue;
    give(value.get("FontFile2"), "font");
    give(value.get("CIDSet"), "glyphs");
  }
  return roles;
}

export function isOf(dictionary: Dictionary, type: string): boolean {
  const found = dictionary.get("Type");
  return found instanceof Name && found.name === type;
}

/** Texts that stand outside the pages by right: title, bookmarks, alternative texts, and the file's own marks. */
export function expectedOutside(blocks: readonly Block[], title: string, language: string): ReadonlySet<string> {
  const texts = [title, language, "WhoLooked", "Adobe", "Identity", "UCS"];
  for (const block of blocks) {
    if (block.kind === "heading" && block.bookmark) texts.push(block.text);
    texts.push(...alternativesOf(block));
  }
  return new Set(texts.map(tightly));
}

/** Every way in which a string's bytes can be meant as text. */
export function readings(bytes: Buffer): string[] {
  const found = [bytes.toString("latin1"), bytes.toString("utf8")];
  if (bytes.length >= 2) {
    const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
    found.push(Buffer.from(even).swap16().toString("utf16le"), even.toString("utf16le"));
  }
  return found;
}

/** The first forbidden value that a text holds, unless the text is expected. */
export function heldIn(text: string, forbidden: readonly Forbidden[], expected: ReadonlySet<string>): Forbidden | null {
  const tight = tightly(text);
  if (tight === "" || expected.has(tight)) return null;
  const loose = loosely(text);
  return (
    forbidden.find(({ loose: phrase, tight: value }) =>
      value.length < SHORT ? value === tight : loose.includes(phrase) || tight.includes(value),
    ) ?? null
  );
}

/** The same for binary data, where short values occur by chance. */
export function heldInBinary(bytes: Buffer, forbidden: readonly Forbidden[]): Forbidden | null {
  const long = forbidden.filter(({ tight }) => tight.length >= BINARY);
  if (long.length === 0) return null;
  const texts = readings(bytes).flatMap((text) => [text.toLowerCase(), tightly(text)]);
  return long.find(({ loose, tight }) => texts.some((text) => text.includes(loose) || text.includes(tight))) ?? null;
}

/** The texts of an XMP packet: what stands between tags, in attributes and in comments. */
export function metadataTexts(stream: Buffer): string[] {
  const xml = stream.toString("utf8");
  const found = [...xml.matchAll(/>([^<]+)</g), ...xml.matchAll(/="([^"]*)"/g), ...xml.matchAll(/<!--([\s\S]*?)-->/g)];
  return found
    .map(([, text]) => text ?? "")
    .filter(
      (text) =>
        text.trim() !== "" &&
        !/^https?:\/\/(www\.w3\.org|ns\.adobe\.com|purl\.org|www\.aiim\.org)\//.test(text) &&
        !/^(adobe:ns:meta\/|x-default)$/.test(text),
    );
}

/** Strings and names of an object, wherever they stand in it. */
export function textsIn(object: Pick<PdfObject, "value">): { strings: Buffer[]; names: string[] } {
  const found = { strings: [] as Buffer[], names: [] as string[] };
  keepStrings(object.value, found);
  return found;
}
