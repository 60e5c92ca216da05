/** The room that the renderer leaves for the signature, as objects of the file (ISO 32000-2, 12.7.5.5 and 12.8). */
import { DEFAULT_BYTE_RANGE_PLACEHOLDER, DEFAULT_SIGNATURE_LENGTH } from "@signpdf/utils";

/** Signs for the portal; the person who releases is named in no file. */
export const SIGNED_BY = "WhoLooked";
/** Hidden and locked: nothing is drawn, so that it needs no tag of its own either (ISO 14289-1, 7.18.4). */
export const FIELD_FLAGS = 2 + 128;

/** The signature's own object: @signpdf finds the room in it and fills it in. */
export function signatureObject(at: Date): string {
  const range = new Array(3).fill(`/${DEFAULT_BYTE_RANGE_PLACEHOLDER}`).join(" ");
  return `<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/Name(${SIGNED_BY})/M(${sayTime(at)})/ByteRange [0 ${range}]/Contents <${"00".repeat(DEFAULT_SIGNATURE_LENGTH)}>>>`;
}

/** The form's one field, which is its own widget on a page. */
export function fieldObject(page: number, signature: number): string {
  return `<</Type/Annot/Subtype/Widget/FT/Sig/Rect[0 0 0 0]/F ${FIELD_FLAGS}/T(${SIGNED_BY})/TU(${SIGNED_BY})/P ${page} 0 R/V ${signature} 0 R>>`;
}

/** SignaturesExist and AppendOnly: a program that would rewrite the file is told not to. */
export const SIGNATURE_FLAGS = 3;

export function formObject(field: number): string {
  return `<</Fields[${field} 0 R]/SigFlags ${SIGNATURE_FLAGS}>>`;
}

/** A moment as PDF says it, in UTC. */
export function sayTime(at: Date): string {
  return `D:${at
    .toISOString()
    .replace(/\.\d+Z$/, "")
    .replace(/\D/g, "")}Z`;
}
