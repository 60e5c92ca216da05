/** Stand-ins that speak the protocols of AWS KMS and of Vault's transit engine over HTTP, with a real cipher behind them. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface KeyService {
  readonly url: string;
  /** Answers the next requests so, before any of its own: [status, body]. */
  readonly failing: [number, object][];
  /** What was asked, by name; and how often. */
  readonly asked: string[];
  disabled: boolean;
  [Symbol.asyncDispose](): Promise<void>;
}

type Answer = (request: IncomingMessage, body: Record<string, unknown>, service: KeyService) => [number, object];

async function serve(answer: Answer): Promise<KeyService> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const text = Buffer.concat(parts).toString("utf8");
      const [status, body] = service.failing.shift() ?? answer(request, text === "" ? {} : JSON.parse(text), service);
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const service: KeyService = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    failing: [],
    asked: [],
    disabled: false,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return service;
}

function seal(secret: Buffer, context: string, plain: Buffer): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", secret, iv).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

function open(secret: Buffer, context: string, sealed: Buffer): Buffer | null {
  const decipher = createDecipheriv("aes-256-gcm", secret, sealed.subarray(0, 12)).setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
  } catch {
    return null;
  }
}

const fault = (type: string): [number, object] => [400, { __type: type, message: "Canary: the service's own words" }];

/** https://docs.aws.amazon.com/kms/latest/APIReference: Encrypt, Decrypt, DescribeKey in its JSON 1.1. */
export function serveKms(arn: string): Promise<KeyService> {
  const secret = randomBytes(32);
  return serve((request, body, service) => {
    const action = String(request.headers["x-amz-target"]).replace("TrentService.", "");
    service.asked.push(action);
    if (!/^AWS4-HMAC-SHA256 Credential=/.test(request.headers.authorization ?? ""))
      return fault("AccessDeniedException");
    if (body["KeyId"] !== arn) return fault("NotFoundException");
    if (action === "DescribeKey") {
      return [200, { KeyMetadata: { KeyId: arn, Enabled: !service.disabled, KeyUsage: "ENCRYPT_DECRYPT" } }];
    }
    if (service.disabled) return fault("DisabledException");
    const context = JSON.stringify(body["EncryptionContext"]);
    if (action === "Encrypt") {
      const sealed = seal(secret, context, Buffer.from(String(body["Plaintext"]), "base64"));
      return [200, { KeyId: arn, CiphertextBlob: sealed.toString("base64") }];
    }
    const opened = open(secret, context, Buffer.from(String(body["CiphertextBlob"]), "base64"));
    if (opened === null) return fault("InvalidCiphertextException");
    return [200, { KeyId: arn, Plaintext: opened.toString("base64") }];
  });
}

/** https://developer.hashicorp.com/vault/api-docs/secret/transit: encrypt, decrypt, keys, of a derived key. */
export function serveTransit(key: string, token: string, derived = true): Promise<KeyService> {
  const secret = randomBytes(32);
  return serve((request, body, service) => {
    const [, action, name] = /^\/v1\/transit\/(\w+)\/([\w-]+)$/.exec(request.url ?? "") ?? [];
    service.asked.push(action ?? "?");
    if (request.headers["x-vault-token"] !== token) return [403, { errors: ["Canary: permission denied"] }];
    if (name !== key) return [404, { errors: [] }];
    if (action === "keys") return [200, { data: { derived, name } }];
    const context = String(body["context"]);
    if (action === "encrypt") {
      const sealed = seal(secret, context, Buffer.from(String(body["plaintext"]), "base64"));
      return [200, { data: { ciphertext: `vault:v1:${sealed.toString("base64")}` } }];
    }
    const opened = open(secret, context, Buffer.from(String(body["ciphertext"]).replace("vault:v1:", ""), "base64"));
    if (opened === null) return [400, { errors: ["Canary: invalid ciphertext"] }];
    return [200, { data: { plaintext: opened.toString("base64") } }];
  });
}
