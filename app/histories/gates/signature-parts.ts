/**
 * The objects of a file that are there for its signature: exactly those that the renderer leaves room by, and every
 * entry of theirs as it writes them. What they are allowed, nothing else in the file is.
 */
import { FIELD_FLAGS, SIGNATURE_FLAGS, SIGNED_BY, sayTime } from "../signature/room.ts";
import { isOf } from "./outside-pages.ts";
import { type Dictionary, Name, type PdfBytes, Reference, type Value } from "./pdf-objects.ts";

export interface SignatureParts {
  /** The signature's own object, whose /Contents is binary. */
  readonly signature: number | null;
  /** Objects with a key that no other may have, and which key. */
  readonly allowed: ReadonlyMap<number, string>;
  /** What is not as it must be, for an operator. */
  readonly faults: readonly string[];
}

/** @param at the time that the signature must name; null when the file must have none */
export function signatureParts(file: PdfBytes, at: Date | null): SignatureParts {
  const none = { signature: null, allowed: new Map<number, string>() };
  const found = [...file.objects.values()].filter(({ value }) => value instanceof Map && isSignature(value));
  if (at === null)
    return { ...none, faults: found.length === 0 ? [] : ["a file that is not signed yet has a signature"] };
  const [signature, ...others] = found;
  if (!signature || others.length > 0)
    return { ...none, faults: [`the file has ${found.length} signatures, and not one`] };
  const catalog = objectOf(file, file.trailer.get("Root"));
  const form = objectOf(file, catalog?.entries.get("AcroForm"));
  const fields = form?.entries.get("Fields");
  const field = objectOf(file, Array.isArray(fields) && fields.length === 1 ? fields[0] : undefined);
  const page = objectOf(file, field?.entries.get("P"));
  if (!catalog || !form || !field || !page) return { ...none, faults: ["the signature stands in no field of a form"] };
  const signed = { id: signature.id, entries: signature.value as Dictionary };
  const contents = signed.entries.get("Contents");
  const range = signed.entries.get("ByteRange");
  const right = [
    isExactly(form.entries, { Fields: [new Reference(field.id)], SigFlags: SIGNATURE_FLAGS }),
    isExactly(field.entries, {
      Type: new Name("Annot"),
      Subtype: new Name("Widget"),
      FT: new Name("Sig"),
      Rect: [0, 0, 0, 0],
      F: FIELD_FLAGS,
      T: Buffer.from(SIGNED_BY),
      TU: Buffer.from(SIGNED_BY),
      P: new Reference(page.id),
      V: new Reference(signed.id),
    }),
    isExactly(signed.entries, {
      Type: new Name("Sig"),
      Filter: new Name("Adobe.PPKLite"),
      SubFilter: new Name("ETSI.CAdES.detached"),
      Name: Buffer.from(SIGNED_BY),
      M: Buffer.from(sayTime(at)),
      ByteRange: Array.isArray(range) ? range : [],
      Contents: Buffer.isBuffer(contents) ? contents : Buffer.alloc(0),
    }),
    isOf(page.entries, "Page") && isSame(page.entries.get("Annots"), [new Reference(field.id)]),
  ];
  return {
    signature: signed.id,
    allowed: new Map([
      [catalog.id, "AcroForm"],
      [page.id, "Annots"],
    ]),
    faults: right.every(Boolean) ? [] : ["the signature's objects are not those that a release has"],
  };
}

/** By type, or by what only signatures have: a second one may leave its type out. */
function isSignature(value: Dictionary): boolean {
  return isOf(value, "Sig") || isOf(value, "DocTimeStamp") || value.has("ByteRange");
}

function objectOf(file: PdfBytes, value: Value | undefined): { id: number; entries: Dictionary } | null {
  const found = value instanceof Reference ? file.objects.get(value.id) : undefined;
  return found?.value instanceof Map ? { id: found.id, entries: found.value } : null;
}

function isExactly(entries: Dictionary, wanted: Readonly<Record<string, Value>>): boolean {
  const keys = Object.keys(wanted);
  return entries.size === keys.length && keys.every((key) => isSame(entries.get(key), wanted[key]));
}

function isSame(one: Value | undefined, other: Value | undefined): boolean {
  if (Buffer.isBuffer(one) && Buffer.isBuffer(other)) return one.equals(other);
  if (one instanceof Name && other instanceof Name) return one.name === other.name;
  if (one instanceof Reference && other instanceof Reference) return one.id === other.id;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, index) => isSame(value, other[index]));
  }
  return typeof one === "number" && one === other;
}
