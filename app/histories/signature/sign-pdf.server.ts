import { createHash, createPrivateKey, X509Certificate } from "node:crypto";
import { SignPdf } from "@signpdf/signpdf";
import { Signer } from "@signpdf/utils";
import {
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from "pkijs";
import { contentType, DATA, messageDigest, signingCertificate } from "./cades.ts";
import type { KeyPair } from "./certificate.server.ts";

const SIGNED_DATA = "1.2.840.113549.1.7.2";

/**
 * Fills in the signature for which the renderer has left room.
 *
 * PAdES B-B: the time stands in the file's /M and not among the signed attributes (ETSI EN 319 142-1, 6.3). Everything
 * outside /Contents depends on the model and the time alone.
 * @throws when the file has no such room, or the certificate is too large for it
 */
export async function signPdf(pdf: Buffer, keys: KeyPair): Promise<Buffer> {
  return new SignPdf().sign(pdf, new CadesSigner(keys));
}

class CadesSigner extends Signer {
  private readonly keys: KeyPair;
  constructor(keys: KeyPair) {
    super();
    this.keys = keys;
  }

  override async sign(covered: Buffer): Promise<Buffer> {
    const certificate = Certificate.fromBER(this.keys.certificate);
    const digest = new Uint8Array(createHash("sha256").update(covered).digest());
    const own = new Uint8Array(createHash("sha256").update(this.keys.certificate).digest());
    const signed = new SignedData({
      version: 1,
      encapContentInfo: new EncapsulatedContentInfo({ eContentType: DATA }),
      certificates: [certificate],
      signerInfos: [
        new SignerInfo({
          version: 1,
          sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
          signedAttrs: new SignedAndUnsignedAttributes({
            type: 0,
            attributes: [contentType(), messageDigest(digest), signingCertificate(own)],
          }),
        }),
      ],
    });
    await signed.sign(await importKey(this.keys), 0, "SHA-256");
    const content = new ContentInfo({ contentType: SIGNED_DATA, content: signed.toSchema(true) });
    return Buffer.from(content.toSchema().toBER());
  }
}

/** A portal's own key is P-256; one that an operator has brought may be RSA or another curve. */
async function importKey({ privateKey }: KeyPair): Promise<CryptoKey> {
  const key = createPrivateKey({ key: privateKey, format: "der", type: "pkcs8" });
  const namedCurve = CURVES[key.asymmetricKeyDetails?.namedCurve ?? ""];
  const algorithm =
    namedCurve === undefined ? { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } : { name: "ECDSA", namedCurve };
  return crypto.subtle.importKey("pkcs8", new Uint8Array(privateKey), algorithm, false, ["sign"]);
}

const CURVES: Readonly<Record<string, string>> = { prime256v1: "P-256", secp384r1: "P-384", secp521r1: "P-521" };
const RSA_BITS = 2048;

/**
 * Takes a key and a certificate as PEM texts.
 * @throws Error whose message says what would be accepted
 */
export function readKeyPair(pem: { key: string; certificate: string }): KeyPair {
  const key = parsed(() => createPrivateKey(pem.key), "the key is no private key in PEM without a password");
  const certificate = parsed(() => new X509Certificate(pem.certificate), "the certificate is no X.509 in PEM");
  const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  const isRsa = key.asymmetricKeyType === "rsa" && modulusLength >= RSA_BITS;
  if (!isRsa && !(key.asymmetricKeyType === "ec" && CURVES[namedCurve ?? ""])) {
    throw new Error("the key must be RSA of at least 2048 bits, or on the curve P-256, P-384 or P-521");
  }
  if (!certificate.checkPrivateKey(key)) throw new Error("the certificate is not this key's");
  return {
    certificate: Buffer.from(certificate.raw),
    privateKey: Buffer.from(key.export({ type: "pkcs8", format: "der" })),
  };
}

function parsed<T>(read: () => T, otherwise: string): T {
  try {
    return read();
  } catch (error) {
    throw new Error(otherwise, { cause: error });
  }
}
