import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  KMSClient,
  KMSServiceException,
} from "@aws-sdk/client-kms";
import { WrongSetting } from "../config/config.server.ts";
import { KekUnavailable, type KeyEncryptionKey } from "./key-encryption-key.ts";

const PATIENCE_MS = 5_000;
const TRIES = 4;

/**
 * A key of AWS KMS, which never leaves it. The data key's id is the encryption context: KMS opens what it wrapped under
 * no other, and writes the id, which says nothing of anybody, into CloudTrail. Who the portal is, is found as all of
 * AWS's programs find it: the machine's role, AWS_PROFILE, AWS_ACCESS_KEY_ID.
 */
export function openAwsKms(arn: string): KeyEncryptionKey {
  // The client tries again by itself, with growing pauses, on throttling, 5xx and broken lines.
  const client = new KMSClient({
    region: arn.split(":")[3] ?? "",
    maxAttempts: TRIES,
    requestHandler: { requestTimeout: PATIENCE_MS, connectionTimeout: PATIENCE_MS },
  });
  const contextOf = (dataKeyId: string) => ({ "wholooked:data_key": dataKeyId });
  const ask = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw new KekUnavailable(sentenceOf(error), { cause: error });
    });

  return {
    currentId: async () => arn,
    holds: (kekId) => kekId === arn,
    wrap: async (dataKeyId, dataKey) => {
      const input = { KeyId: arn, Plaintext: dataKey, EncryptionContext: contextOf(dataKeyId) };
      const { CiphertextBlob } = await ask(client.send(new EncryptCommand(input)));
      return { kekId: arn, wrapped: Buffer.from(expectBytes(CiphertextBlob)) };
    },
    unwrap: async (dataKeyId, { wrapped }) => {
      // Named, so that KMS takes no other key that the ciphertext might name.
      const input = { KeyId: arn, CiphertextBlob: wrapped, EncryptionContext: contextOf(dataKeyId) };
      const { Plaintext } = await ask(client.send(new DecryptCommand(input)));
      return Buffer.from(expectBytes(Plaintext));
    },
    check: async () => {
      const { KeyMetadata } = await ask(client.send(new DescribeKeyCommand({ KeyId: arn })));
      const isUsable = KeyMetadata?.Enabled === true && KeyMetadata.KeyUsage === "ENCRYPT_DECRYPT";
      if (isUsable) return;
      throw new WrongSetting(
        "The key of WHOLOOKED_KEK is disabled or not for encryption; it takes a symmetric key that is enabled.",
      );
    },
  };
}

function expectBytes(bytes: Uint8Array | undefined): Uint8Array {
  if (bytes === undefined) throw new KekUnavailable("AWS KMS gave an answer without a key in it.");
  return bytes;
}

function sentenceOf(error: unknown): string {
  const { name } = error as Error;
  if (error instanceof KMSServiceException) {
    if (name === "DisabledException" || name === "KMSInvalidStateException") {
      return `The key of WHOLOOKED_KEK cannot be used (${name}); enable it in AWS KMS, or cancel its deletion.`;
    }
    if (name === "InvalidCiphertextException" || name === "IncorrectKeyException") {
      return `AWS KMS does not open a data key (${name}): another key wrapped it, or it was moved.`;
    }
    if (name === "NotFoundException")
      return "The key of WHOLOOKED_KEK is not there (NotFoundException); it takes a key's ARN.";
    if (name === "AccessDeniedException") {
      return "AWS KMS does not let the portal in (AccessDeniedException); its role needs kms:Encrypt, kms:Decrypt and kms:DescribeKey.";
    }
    if (name === "ThrottlingException")
      return "AWS KMS is asked too much (ThrottlingException); raise the account's quota.";
    return `AWS KMS fails (${/^\w{1,60}$/.test(name) ? name : "unknown"}); look at the service's own state.`;
  }
  if (name === "CredentialsProviderError") {
    return "AWS KMS does not know who the portal is; give its machine a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.";
  }
  return "AWS KMS cannot be reached; look at the line, the region in WHOLOOKED_KEK and AWS_ENDPOINT_URL_KMS.";
}
