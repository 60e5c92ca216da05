/** Content-Digest (RFC 9530): what the sender says of the body, before the body is read. */
import { NotStructured, parseDictionary } from "./structured-field.ts";

const SHA256_BYTES = 32;

/** The SHA-256 that the sender promises, as hex; null when there is none that can be read. */
export function readContentDigest(lines: readonly string[] | undefined): string | null {
  if (lines === undefined) return null;
  try {
    const member = parseDictionary(lines.join(", ")).get("sha-256");
    if (member?.kind !== "item" || !(member.value instanceof Uint8Array)) return null;
    return member.value.length === SHA256_BYTES ? Buffer.from(member.value).toString("hex") : null;
  } catch (error) {
    if (error instanceof NotStructured) return null;
    throw error;
  }
}

/** The field's value for a body with this SHA-256 (hex). */
export function writeContentDigest(digest: string): string {
  return `sha-256=:${Buffer.from(digest, "hex").toString("base64")}:`;
}
