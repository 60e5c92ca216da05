/** The object identifiers of a CAdES signature at level B-B (ETSI EN 319 122-1), and its one attribute of its own. */
import { ObjectIdentifier, OctetString, Sequence } from "asn1js";
import { Attribute } from "pkijs";

export const CONTENT_TYPE = "1.2.840.113549.1.9.3";
export const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
/** RFC 5035: which certificate was meant, inside what is signed. */
export const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
export const DATA = "1.2.840.113549.1.7.1";

/** @param digest SHA-256 of the certificate; the algorithm is the attribute's default and so is left out (DER) */
export function signingCertificate(digest: Uint8Array<ArrayBuffer>): Attribute {
  const id = new Sequence({ value: [new OctetString({ valueHex: digest })] });
  return new Attribute({
    type: SIGNING_CERTIFICATE_V2,
    values: [new Sequence({ value: [new Sequence({ value: [id] })] })],
  });
}

/** The digest that such an attribute names; null when it says anything else. */
export function signedDigest(attribute: Attribute): Uint8Array | null {
  const [value] = attribute.values as unknown[];
  const [list] = partsOf(value);
  const [id, ...others] = partsOf(list);
  const [digest] = partsOf(id);
  if (others.length > 0 || !(digest instanceof OctetString)) return null;
  return digest.valueBlock.valueHexView;
}

function partsOf(value: unknown): readonly unknown[] {
  return value instanceof Sequence ? value.valueBlock.value : [];
}

export function contentType(): Attribute {
  return new Attribute({ type: CONTENT_TYPE, values: [new ObjectIdentifier({ value: DATA })] });
}

export function messageDigest(digest: Uint8Array<ArrayBuffer>): Attribute {
  return new Attribute({ type: MESSAGE_DIGEST, values: [new OctetString({ valueHex: digest })] });
}
