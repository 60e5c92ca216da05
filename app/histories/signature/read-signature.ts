/**
 * Whether a file is signed, by whom, and whether it is as it was signed: one check for the gate, for the command and,
 * loaded when a file is dropped, for the browser. It asks nobody and trusts nobody: whose certificate it is, the caller
 * compares.
 */
import { type Certificate, ContentInfo, SignedData } from "pkijs";
import { type LocatedSignature, locateSignatures, type RangeFault } from "./byte-range.ts";
import { CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_CERTIFICATE_V2, signedDigest } from "./cades.ts";

export type SignatureFault =
  | RangeFault
  /** What stands where a signature should is none, or none of the kind that a release has. */
  | "form"
  /** Bytes were changed after it was signed, or it was signed with another key than the certificate's. */
  | "bytes";

export interface ReadSignature {
  /** SHA-256, hex, of every certificate that a signature in the file carries, right or wrong. */
  readonly certificates: readonly string[];
  /** None: no signature. Valid: exactly one, of the right form, over the whole file as it is. */
  readonly state: "none" | "valid" | SignatureFault;
}

/** Reads and checks the signature of a PDF. Never throws for what a file holds. */
export async function readSignature(bytes: Uint8Array): Promise<ReadSignature> {
  const { signatures, fault } = locateSignatures(bytes);
  const read = await Promise.all(signatures.map(readOne));
  const certificates = read.flatMap((one) => one.certificates);
  const [first] = read;
  if (first === undefined) return { certificates, state: "none" };
  return { certificates, state: fault ?? first.state };
}

async function readOne({ cms, covered }: LocatedSignature): Promise<ReadSignature> {
  const signed = cms && parse(cms);
  if (!signed) return { certificates: [], state: "form" };
  const certificates = await Promise.all(certificatesOf(signed).map(sha256Of));
  if (!(await isCades(signed))) return { certificates, state: "form" };
  // pkijs tells by an error that the bytes are not those that were signed.
  const isValid = await signed.verify({ signer: 0, data: copyOf(covered).buffer }).catch(() => false);
  return { certificates, state: isValid ? "valid" : "bytes" };
}

function parse(cms: Uint8Array): SignedData | null {
  try {
    return new SignedData({ schema: ContentInfo.fromBER(copyOf(cms)).content });
  } catch {
    // Bytes that somebody else wrote: whatever is wrong with them, they are no signature.
    return null;
  }
}

function certificatesOf(signed: SignedData): Certificate[] {
  return (signed.certificates ?? []).filter((one): one is Certificate => "subjectPublicKeyInfo" in one);
}

const ATTRIBUTES = [CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_CERTIFICATE_V2].sort().join(" ");

/** PAdES B-B as this portal writes it (ETSI EN 319 142-1): detached, one signer, and the certificate itself signed. */
async function isCades(signed: SignedData): Promise<boolean> {
  const [signer, ...others] = signed.signerInfos;
  const [certificate, ...more] = certificatesOf(signed);
  if (!signer || others.length > 0 || !certificate || more.length > 0) return false;
  if (signed.encapContentInfo.eContent || signer.unsignedAttrs) return false;
  const attributes = signer.signedAttrs?.attributes ?? [];
  if (
    attributes
      .map(({ type }) => type)
      .sort()
      .join(" ") !== ATTRIBUTES
  )
    return false;
  const named = attributes.flatMap((one) => (one.type === SIGNING_CERTIFICATE_V2 ? [signedDigest(one)] : []))[0];
  return named != null && hex(named) === (await sha256Of(certificate));
}

async function sha256Of(certificate: Certificate): Promise<string> {
  return sha256Hex(new Uint8Array(certificate.toSchema().toBER()));
}

/** SHA-256 as hex, wherever this runs. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", copyOf(bytes))));
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** In memory of its own: the libraries read whole buffers. */
function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
