/** `wholooked keys signing ...`: with which key releases are signed. */
import { X509Certificate } from "node:crypto";
import { parseArgs } from "node:util";
import { readKeyPair } from "#app/histories/signature/sign-pdf.server.ts";
import {
  getSigningKey,
  listSigningCertificates,
  replaceSigningKey,
  type SigningCertificate,
} from "#app/histories/signature/signing-key.server.ts";
import { authorise } from "#app/people/authorise.ts";
import { type Answer, type Command, WrongUsage } from "./command.ts";
import { operatorOf } from "./operator.ts";
import { readSmallFile } from "./small-file.ts";

/** `keys signing`: every certificate that has signed, the one that signs now first. Made when there is none yet. */
export const keysSigning: Command = async (args, context): Promise<Answer> => {
  parseArgs({ args, options: { json: { type: "boolean" } } });
  const portal = await context.portal();
  authorise(operatorOf(portal), "keys.rotate");
  await getSigningKey(portal);
  const shown = (await listSigningCertificates(portal)).map(show);
  return {
    ok: true,
    json: { certificates: shown },
    lines: shown.flatMap((one) => [
      `${one.retiredAt === null ? "Signs now" : `Replaced ${one.retiredAt}`}: ${one.sha256} (${one.origin}), ${one.subject}, valid until ${one.validUntil}.`,
      ...(one.retiredAt === null ? [one.pem.trim()] : []),
    ]),
  };
};

function show({ sha256, origin, createdAt, retiredAt, certificate }: SigningCertificate) {
  const read = new X509Certificate(certificate);
  return {
    sha256,
    origin,
    createdAt: createdAt.toISOString(),
    retiredAt: retiredAt?.toISOString() ?? null,
    subject: read.subject.replaceAll("\n", ", "),
    validUntil: read.validToDate.toISOString(),
    pem: read.toString(),
  };
}

/** `keys signing replace [--key KEY.pem --certificate CERTIFICATE.pem]`: by a new key of its own, or by one of yours. */
export const keysSigningReplace: Command = async (args, context): Promise<Answer> => {
  const { values } = parseArgs({
    args,
    options: { key: { type: "string" }, certificate: { type: "string" }, json: { type: "boolean" } },
  });
  if ((values.key === undefined) !== (values.certificate === undefined)) {
    throw new WrongUsage("Give both --key KEY.pem and --certificate CERTIFICATE.pem, or neither for a new key.");
  }
  const portal = await context.portal();
  const actor = operatorOf(portal);
  const brought =
    values.key === undefined || values.certificate === undefined
      ? null
      : readPair({
          key: await readSmallFile([values.key], "the private key in PEM"),
          certificate: await readSmallFile([values.certificate], "the certificate in PEM"),
        });
  const sha256 = await replaceSigningKey(portal, actor, brought);
  return {
    ok: true,
    json: { sha256 },
    lines: [`Releases are signed from now on by the certificate ${sha256}.`, "What was signed before stays known."],
  };
};

function readPair(pem: { key: string; certificate: string }) {
  try {
    return readKeyPair(pem);
  } catch (error) {
    throw new WrongUsage(`This cannot sign: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
