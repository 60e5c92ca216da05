/** A passkey in software: what a phone or a security key does, and what a liar would do in its place (WebAuthn 2). */
import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const ATTESTED = 0x40;

export interface Lies {
  origin?: string;
  rpId?: string;
  /** Nobody touched it, or nobody typed the PIN. */
  flags?: number;
  counter?: number;
  challenge?: string;
  type?: string;
  /** Signs with a key of its own making. */
  key?: KeyObject;
}

export interface Device {
  readonly credentialId: string;
  make(options: { challenge: string }, lies?: Lies): string;
  show(options: { challenge: string }, lies?: Lies): string;
}

/** @param counts whether it counts its signatures; many synced passkeys stay at 0 */
export function newDevice(origin = "http://localhost:3000", { counts = true } = {}): Device {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const id = randomBytes(16);
  const credentialId = id.toString("base64url");
  let counter = 0;
  const next = () => (counts ? ++counter : 0);

  const clientData = (type: string, challenge: string, lies: Lies) =>
    Buffer.from(
      JSON.stringify({
        type: lies.type ?? type,
        challenge: lies.challenge ?? challenge,
        origin: lies.origin ?? origin,
        crossOrigin: false,
      }),
    );

  const head = (flags: number, lies: Lies) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(lies.counter ?? next());
    const rpId = lies.rpId ?? new URL(origin).hostname;
    return Buffer.concat([sha256(Buffer.from(rpId)), Buffer.from([lies.flags ?? flags]), count]);
  };

  return {
    credentialId,
    make({ challenge }, lies = {}) {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const authData = Buffer.concat([
        head(USER_PRESENT | USER_VERIFIED | ATTESTED, { ...lies, ...(lies.flags && { flags: lies.flags | ATTESTED }) }),
        Buffer.alloc(16),
        length,
        id,
        coseKey(publicKey),
      ]);
      const attestation = cborMap([
        [cborText("fmt"), cborText("none")],
        [cborText("attStmt"), cborMap([])],
        [cborText("authData"), cborBytes(authData)],
      ]);
      return answer({
        clientDataJSON: clientData("webauthn.create", challenge, lies),
        attestationObject: attestation,
      });
    },
    show({ challenge }, lies = {}) {
      const authenticatorData = head(USER_PRESENT | USER_VERIFIED, lies);
      const clientDataJSON = clientData("webauthn.get", challenge, lies);
      const signature = createSign("sha256")
        .update(Buffer.concat([authenticatorData, sha256(clientDataJSON)]))
        .sign(lies.key ?? privateKey);
      return answer({ clientDataJSON, authenticatorData, signature });
    },
  };

  function answer(response: Record<string, Buffer>): string {
    const encoded = Object.entries(response).map(([name, bytes]) => [name, bytes.toString("base64url")]);
    return JSON.stringify({
      id: credentialId,
      rawId: credentialId,
      type: "public-key",
      response: Object.fromEntries(encoded),
      clientExtensionResults: {},
    });
  }
}

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest();

/** EC2, ES256, P-256, x, y (RFC 9053). */
function coseKey(publicKey: KeyObject): Buffer {
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  return cborMap([
    [cborNumber(1), cborNumber(2)],
    [cborNumber(3), cborNumber(-7)],
    [cborNumber(-1), cborNumber(1)],
    [cborNumber(-2), cborBytes(Buffer.from(x, "base64url"))],
    [cborNumber(-3), cborBytes(Buffer.from(y, "base64url"))],
  ]);
}

// As much of CBOR (RFC 8949) as a passkey speaks.
function cborHead(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 0xff]);
}
const cborNumber = (value: number) => (value < 0 ? cborHead(1, -1 - value) : cborHead(0, value));
const cborBytes = (bytes: Buffer) => Buffer.concat([cborHead(2, bytes.length), bytes]);
const cborText = (text: string) => Buffer.concat([cborHead(3, Buffer.byteLength(text)), Buffer.from(text)]);
const cborMap = (pairs: [Buffer, Buffer][]) => Buffer.concat([cborHead(5, pairs.length), ...pairs.flat()]);
