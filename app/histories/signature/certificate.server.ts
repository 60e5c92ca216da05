import { randomBytes } from "node:crypto";
import { BitString, Integer, OctetString, Utf8String } from "asn1js";
import { AttributeTypeAndValue, BasicConstraints, Certificate, Extension } from "pkijs";

/** A key pair and its certificate, both DER. */
export interface KeyPair {
  readonly certificate: Buffer<ArrayBuffer>;
  /** PKCS#8 */
  readonly privateKey: Buffer<ArrayBuffer>;
}

const DAY_MS = 86_400_000;
const DAYS = 3_652;
const COMMON_NAME = "2.5.4.3";
/** ub-common-name of RFC 5280. */
const NAME_LENGTH = 64;
const BASIC_CONSTRAINTS = "2.5.29.19";
const KEY_USAGE = "2.5.29.15";
/** digitalSignature and nonRepudiation, the two first bits. */
const SIGNS = new Uint8Array([0xc0]);

/**
 * A new P-256 key pair with a certificate that it has signed itself, good for ten years from `now`.
 * @param host under which the portal is known: it stands in the certificate, and so in every release
 */
export async function makeKeyPair(host: string, now: Date): Promise<KeyPair> {
  const keys = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const certificate = new Certificate({ version: 2 });
  // Twenty octets at most and positive (RFC 5280, 4.1.2.2).
  certificate.serialNumber = new Integer({ valueHex: new Uint8Array([0x01, ...randomBytes(15)]).buffer });
  for (const name of [certificate.issuer, certificate.subject]) {
    const value = new Utf8String({ value: host.slice(0, NAME_LENGTH) });
    name.typesAndValues.push(new AttributeTypeAndValue({ type: COMMON_NAME, value }));
  }
  // A clock that is a little behind must not find it not yet valid.
  certificate.notBefore.value = new Date(now.getTime() - DAY_MS);
  certificate.notAfter.value = new Date(now.getTime() + DAYS * DAY_MS);
  certificate.extensions = [
    extension(BASIC_CONSTRAINTS, new BasicConstraints({ cA: false }).toSchema().toBER()),
    extension(KEY_USAGE, new BitString({ valueHex: SIGNS, unusedBits: 6 }).toBER()),
  ];
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  await certificate.sign(keys.privateKey, "SHA-256");
  return {
    certificate: Buffer.from(certificate.toSchema(true).toBER()),
    privateKey: Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey)),
  };
}

function extension(extnID: string, value: ArrayBuffer): Extension {
  return new Extension({ extnID, critical: true, extnValue: new OctetString({ valueHex: value }).valueBlock.valueHex });
}
