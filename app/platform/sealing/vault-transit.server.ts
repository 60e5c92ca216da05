import { WrongSetting } from "../config/config.server.ts";
import { KekUnavailable, type KeyEncryptionKey } from "./key-encryption-key.ts";
import { tryAgain } from "./try-again.ts";

const PATIENCE_MS = 5_000;

/**
 * HashiCorp Vault's transit engine (and OpenBao's). The key must be made with `derived=true`: then the data key's id is
 * the context from which Vault derives the wrapping key, and what was wrapped opens under no other id.
 */
export function openVaultTransit(
  { url, key }: { readonly url: string; readonly key: string },
  token: string | undefined,
): KeyEncryptionKey {
  if (token === undefined) {
    throw new WrongSetting("WHOLOOKED_KEK names a Vault, and VAULT_TOKEN is not set; it takes the token for that key.");
  }
  const id = `vault:${url}/${key}`;

  async function ask(path: string, body: object | null): Promise<Record<string, unknown>> {
    const response = await fetch(`${url}/v1/transit/${path}/${key}`, {
      method: body === null ? "GET" : "POST",
      headers: { "x-vault-token": token ?? "", "content-type": "application/json" },
      ...(body !== null && { body: JSON.stringify(body) }),
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.ok) return ((await response.json()) as { data: Record<string, unknown> }).data;
    await response.body?.cancel();
    throw Object.assign(new Error("Vault refused"), { status: response.status });
  }

  /** 429, 5xx and a line that breaks pass; anything else will be the same the next time. */
  const call = (path: string, body: object | null) =>
    tryAgain(() => ask(path, body), isPassing).catch((error: unknown) => {
      throw new KekUnavailable(sentenceOf(error), { cause: error });
    });

  return {
    currentId: async () => id,
    holds: (kekId) => kekId === id,
    wrap: async (dataKeyId, dataKey) => {
      const plaintext = Buffer.from(dataKey).toString("base64");
      const { ciphertext } = await call("encrypt", { plaintext, context: contextOf(dataKeyId) });
      return { kekId: id, wrapped: Buffer.from(textOf(ciphertext), "utf8") };
    },
    unwrap: async (dataKeyId, { wrapped }) => {
      const body = { ciphertext: wrapped.toString("utf8"), context: contextOf(dataKeyId) };
      return Buffer.from(textOf((await call("decrypt", body))["plaintext"]), "base64");
    },
    check: async () => {
      const data = await call("keys", null);
      if (data["derived"] === true) return;
      throw new WrongSetting(
        `The key of WHOLOOKED_KEK is not bound to contexts; it takes one made with derived=true (vault write -f transit/keys/${key} derived=true).`,
      );
    },
  };
}

function contextOf(dataKeyId: string): string {
  return Buffer.from(`wholooked data_key ${dataKeyId}`, "utf8").toString("base64");
}

function textOf(value: unknown): string {
  if (typeof value !== "string") throw new KekUnavailable("Vault gave an answer that is none of the transit engine's.");
  return value;
}

function isPassing(error: unknown): boolean {
  const { status } = error as { status?: number };
  return status === undefined || status === 429 || status >= 500;
}

function sentenceOf(error: unknown): string {
  const { status } = error as { status?: number };
  if (status === undefined)
    return "The Vault of WHOLOOKED_KEK cannot be reached; start it, or look at the address and the line.";
  if (status === 403)
    return "The Vault of WHOLOOKED_KEK does not let the portal in (403); VAULT_TOKEN takes a token that may use the key.";
  if (status === 503) return "The Vault of WHOLOOKED_KEK is sealed or in maintenance (503); unseal it.";
  if (status === 400 || status === 404) {
    return `The Vault of WHOLOOKED_KEK does not do it (${status}): the key is not there, or did not wrap this.`;
  }
  return `The Vault of WHOLOOKED_KEK fails (${status}); look at its own log.`;
}
