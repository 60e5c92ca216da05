/** A file's fingerprint and signature, worked out where the file is: loaded when one is dropped. */
import { readSignature, sha256Hex } from "#app/histories/signature/read-signature.ts";

export interface ReadHere {
  /** SHA-256, hex. The one thing that the portal is asked. */
  readonly sha256: string;
  /** A signature in the file carries one of the portal's certificates. */
  readonly isOurs: boolean;
}

/** @param certificates SHA-256 of every certificate with which the portal has signed, hex */
export async function readHere(file: Blob, certificates: readonly string[]): Promise<ReadHere> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const [sha256, signature] = await Promise.all([sha256Hex(bytes), readSignature(bytes)]);
  return { sha256, isOurs: signature.certificates.some((one) => certificates.includes(one)) };
}
