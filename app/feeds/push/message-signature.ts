/**
 * HTTP Message Signatures (RFC 9421) with Ed25519 alone, over requests alone. What a signature must cover, and for
 * how long it is good, is the caller's to demand (push-request.ts).
 */
import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import {
  type InnerList,
  NotStructured,
  parseDictionary,
  serializeInnerList,
  serializeString,
} from "./structured-field.ts";

/** A request as both sides see it. */
export interface SignedRequest {
  readonly method: string;
  readonly scheme: string;
  /** Host as the sender wrote it, in small letters, without the scheme's own port. */
  readonly authority: string;
  /** As sent, still encoded. */
  readonly path: string;
  /** With its question mark; empty when there is none. */
  readonly query: string;
  /** Every line of each field, by its name in small letters. */
  readonly fields: Readonly<Record<string, readonly string[] | undefined>>;
}

export interface MessageSignature {
  /** Names of fields, and derived ones such as "@method", in the order in which they were signed. */
  readonly covered: readonly string[];
  readonly created: number | undefined;
  readonly expires: number | undefined;
  readonly keyid: string | undefined;
  readonly alg: string | undefined;
  readonly nonce: string | undefined;
  readonly bytes: Uint8Array;
  /** What stands as "@signature-params" in the signed text. */
  readonly input: string;
}

/** The request is not signed as it must be; the message says what is expected. */
export class BadSignature extends Error {
  constructor(message: string) {
    super(message);
    this.name = "BadSignature";
  }
}

/**
 * The one signature of a request, not verified yet.
 *
 * @throws BadSignature when there is none, or more than one, or it cannot be read.
 */
export function readSignature(fields: SignedRequest["fields"]): MessageSignature {
  const inputs = dictionaryOf(fields, "signature-input");
  const signatures = dictionaryOf(fields, "signature");
  const [label, ...more] = inputs.keys();
  if (label === undefined || more.length > 0 || signatures.size !== 1) {
    throw new BadSignature("one signature is expected, in Signature-Input and Signature");
  }
  const input = inputs.get(label);
  const signature = signatures.get(label);
  if (input?.kind !== "list") throw new BadSignature("Signature-Input lists what is covered, in parentheses");
  if (signature?.kind !== "item" || !(signature.value instanceof Uint8Array)) {
    throw new BadSignature("Signature holds the bytes, between colons, under the name that Signature-Input uses");
  }
  const covered = input.items.map(({ value, parameters }) => {
    if (typeof value !== "string" || parameters.size > 0) {
      throw new BadSignature("what is covered is named in quotation marks, without parameters");
    }
    return value;
  });
  if (new Set(covered).size < covered.length) throw new BadSignature("each covered component is named once");
  return {
    covered,
    created: wholeNumber(input, "created"),
    expires: wholeNumber(input, "expires"),
    keyid: text(input, "keyid"),
    alg: text(input, "alg"),
    nonce: text(input, "nonce"),
    bytes: signature.value,
    input: serializeInnerList(input),
  };
}

/**
 * The text that is signed (RFC 9421, section 2.5).
 *
 * @throws BadSignature when a covered field is not in the request, or is one that we do not know to derive.
 */
export function signatureBase(request: SignedRequest, covered: readonly string[], input: string): string {
  const lines = covered.map((name) => `${serializeString(name)}: ${componentOf(request, name)}`);
  return [...lines, `"@signature-params": ${input}`].join("\n");
}

/** Whether the key made the signature over this request. @throws BadSignature as `signatureBase` */
export function isSignedBy(publicKey: KeyObject, request: SignedRequest, signature: MessageSignature): boolean {
  const base = Buffer.from(signatureBase(request, signature.covered, signature.input), "latin1");
  return verify(null, base, publicKey, signature.bytes);
}

/** What a sender adds to a request: both fields under the name `sig1`. */
export function signRequest(
  privateKey: KeyObject,
  request: SignedRequest,
  covered: readonly string[],
  parameters: Readonly<Record<string, string | number>>,
): { "signature-input": string; signature: string } {
  const list: InnerList = {
    kind: "list",
    items: covered.map((value) => ({ kind: "item", value, parameters: new Map() })),
    parameters: new Map(Object.entries(parameters)),
  };
  const input = serializeInnerList(list);
  const bytes = sign(null, Buffer.from(signatureBase(request, covered, input), "latin1"), privateKey);
  return { "signature-input": `sig1=${input}`, signature: `sig1=:${bytes.toString("base64")}:` };
}

/** An Ed25519 key from its 32 bytes in base64url. */
export function publicKeyOf(raw: string): KeyObject {
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: raw }, format: "jwk" });
}

function dictionaryOf(fields: SignedRequest["fields"], name: string) {
  try {
    return parseDictionary((fields[name] ?? []).join(", "));
  } catch (error) {
    if (!(error instanceof NotStructured)) throw error;
    throw new BadSignature(`${name} cannot be read: ${error.message}`);
  }
}

function componentOf(request: SignedRequest, name: string): string {
  const { method, scheme, authority, path, query } = request;
  switch (name) {
    case "@method":
      return method;
    case "@target-uri":
      return `${scheme}://${authority}${path}${query}`;
    case "@authority":
      return authority;
    case "@scheme":
      return scheme;
    case "@request-target":
      return `${path}${query}`;
    case "@path":
      return path;
    case "@query":
      return query || "?";
  }
  const lines = request.fields[name];
  if (name.startsWith("@") || name !== name.toLowerCase() || lines === undefined) {
    throw new BadSignature(`the signature covers something that is not in the request`);
  }
  return lines.map((line) => line.replace(/^[ \t]+|[ \t]+$/g, "")).join(", ");
}

function wholeNumber({ parameters }: InnerList, name: string): number | undefined {
  const value = parameters.get(name);
  if (value !== undefined && typeof value !== "number") throw new BadSignature(`${name} is a whole number of seconds`);
  return value;
}

function text({ parameters }: InnerList, name: string): string | undefined {
  const value = parameters.get(name);
  if (value !== undefined && typeof value !== "string") throw new BadSignature(`${name} stands in quotation marks`);
  return value;
}
