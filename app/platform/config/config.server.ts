import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const PORT_NUMBER = "a port number, such as 3000";
const KEK =
  "file, aws-kms: with a key's ARN (aws-kms:arn:aws:kms:us-west-2:111122223333:key/...), or vault: with an address and a key's name (vault:https://vault.example.gov:8200/wholooked)";
const UPLOAD_LIMIT = "a whole number of megabytes, such as 2048";

/**
 * Every setting, with its meaning. Read once at the start; a wrong value stops the start with a
 * sentence that names it. The README's table is generated from nothing: keep it in step by hand.
 */
const environment = z.object({
  PORT: z.coerce
    .number({ error: PORT_NUMBER })
    .int({ error: PORT_NUMBER })
    .min(1, { error: PORT_NUMBER })
    .max(65535, { error: PORT_NUMBER })
    .default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORTAL_URL: z
    .string()
    .refine((text) => isUrl(text, /^https?:$/) && new URL(text).href === `${new URL(text).origin}/`, {
      error: "the address people type, without a path, such as https://wholooked.example.gov",
    })
    .optional(),
  DATABASE_URL: z
    .string()
    .refine(isDatabaseUrl, { error: "a PostgreSQL address, such as postgresql://user:secret@host/database" })
    .optional(),
  DATABASE_OWNER_URL: z
    .string()
    .refine(isDatabaseUrl, {
      error:
        "the address of the same database for the role that owns the ledger, such as postgresql://owner:secret@host/database",
    })
    .optional(),
  WHOLOOKED_DATA: z.string().min(1).default(".data"),
  WHOLOOKED_DEMO: z.enum(["auto", "on", "off"], { error: "auto, on or off" }).default("auto"),
  WHOLOOKED_KEY_FILE: z.string().min(1).optional(),
  WHOLOOKED_KEK: z
    .string()
    .transform(findKek)
    .refine((kek) => kek !== null, { error: KEK })
    .prefault("file"),
  WHOLOOKED_KEK_FORMER: z
    .string()
    .transform((text) => text.split(/[\s,]+/).map(findKek))
    .refine((keks) => keks.every((kek) => kek !== null), { error: `${KEK}, or several with blanks between them` })
    .optional(),
  VAULT_TOKEN: z.string().min(1).optional(),
  WHOLOOKED_OPERATOR: z
    .string()
    .regex(/^[\w.-]{1,64}$/, { error: "a short name of letters, digits, dots and dashes" })
    .optional(),
  SMTP_URL: z
    .string()
    .refine((text) => isUrl(text, /^smtps?:$/), {
      error: "a mail server's address, such as smtp://user:secret@mail.example.gov:587",
    })
    .optional(),
  MAIL_FROM: z.email({ error: "a mail address, such as records@example.gov" }).default("noreply@localhost.localdomain"),
  MAIL_NEUTRAL_FROM: z
    .email({ error: "a mail address whose domain tells nothing of this portal, such as note@post.example.org" })
    .optional(),
  EXIT_URL: z.url({ protocol: /^https$/, error: "an https address" }).default("https://www.weather.gov/"),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], { error: "debug, info, warn, error or silent" })
    .default("info"),
  UPLOAD_LIMIT_MB: z.coerce
    .number({ error: UPLOAD_LIMIT })
    .int({ error: UPLOAD_LIMIT })
    .min(1, { error: UPLOAD_LIMIT })
    .max(1_000_000, { error: UPLOAD_LIMIT })
    .default(2048),
  TRUST_PROXY: z.enum(["on", "off"], { error: "on or off" }).default("off"),
});

/** Which key wraps all others. */
export type KekSetting =
  | { readonly kind: "file" }
  | { readonly kind: "aws-kms"; readonly arn: string }
  | { readonly kind: "vault"; readonly url: string; readonly key: string };

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Without a trailing slash. */
  readonly url: string;
  /** Undefined: the embedded PostgreSQL in the data folder. */
  readonly databaseUrl: string | undefined;
  /** The same database for the role that owns the ledger and migrates; undefined: databaseUrl does both. */
  readonly databaseOwnerUrl: string | undefined;
  readonly dataFolder: string;
  readonly templatesFolder: string;
  readonly demo: "auto" | "on" | "off";
  readonly keyFile: string;
  readonly kek: KekSetting;
  /** Those that may still be needed to open what was wrapped before. */
  readonly formerKeks: readonly KekSetting[];
  readonly vaultToken: string | undefined;
  /** Who acts at the shell; empty when the machine knows no name either, and then nobody acts (cli/operator.ts). */
  readonly operator: string;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  /** The address of letters that must not say what this is; undefined: none can be sent. */
  readonly mailNeutralFrom: string | undefined;
  readonly exitUrl: string;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
  /** Largest log file that may be handed in through the browser; `feed import` has no limit. */
  readonly uploadLimitBytes: number;
  readonly trustProxy: boolean;
}

/** "file", "aws-kms:" and a key's ARN, or "vault:", the server's address and the key's name. Null: none of them. */
function findKek(text: string): KekSetting | null {
  if (text === "file") return { kind: "file" };
  const [, arn] = /^aws-kms:(arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/[\w-]+)$/.exec(text) ?? [];
  if (arn !== undefined) return { kind: "aws-kms", arn };
  const [, url, key] = /^vault:(https?:\/\/[^?#]+)\/([\w-]+)$/.exec(text) ?? [];
  if (url === undefined || key === undefined || !isUrl(url, /^https?:$/)) return null;
  return { kind: "vault", url, key };
}

/** Parsed here, because what parses it later would repeat it, its password too, in an error. */
function isUrl(text: string, protocol: RegExp): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol: found, username, password, hostname } = new URL(text);
  return protocol.test(found) && hostname !== "" && isEscaped(username) && isEscaped(password);
}

/** Without a host as well: libpq's form for a socket, postgresql:///database?host=/run/postgresql. */
function isDatabaseUrl(text: string): boolean {
  return isUrl(text, /^postgres(ql)?:$/) || (/^postgres(ql)?:\/\/\//.test(text) && URL.canParse(text));
}

function isEscaped(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

/** Thrown when a setting is wrong; its message is for the person who starts the portal. */
export class WrongSetting extends Error {
  constructor(message: string) {
    super(message);
    this.name = "WrongSetting";
  }
}

/** Checks the environment. @throws WrongSetting naming the variable and what would be accepted. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new WrongSetting(
      `${issue?.path.join(".")} is set to a value the portal cannot use; it takes ${issue?.message}.`,
    );
  }
  const set = parsed.data;
  const dataFolder = resolve(set.WHOLOOKED_DATA);
  if (set.WHOLOOKED_KEY_FILE !== undefined && !existsSync(set.WHOLOOKED_KEY_FILE)) {
    throw new WrongSetting(
      "WHOLOOKED_KEY_FILE names a file that is not there; it takes the path of the key-encryption key.",
    );
  }
  if (set.DATABASE_OWNER_URL !== undefined && set.DATABASE_URL === undefined) {
    throw new WrongSetting("DATABASE_OWNER_URL is set without DATABASE_URL; it takes both, or neither.");
  }
  return {
    port: set.PORT,
    host: set.HOST,
    url: (set.PORTAL_URL ?? `http://localhost:${set.PORT}`).replace(/\/$/, ""),
    databaseUrl: set.DATABASE_URL,
    databaseOwnerUrl: set.DATABASE_OWNER_URL,
    dataFolder,
    templatesFolder: fileURLToPath(new URL("../../../templates", import.meta.url)),
    demo: set.WHOLOOKED_DEMO,
    keyFile: set.WHOLOOKED_KEY_FILE ?? join(dataFolder, "keys", "key-encryption-key.json"),
    kek: set.WHOLOOKED_KEK ?? { kind: "file" },
    formerKeks: (set.WHOLOOKED_KEK_FORMER ?? []).filter((kek) => kek !== null),
    vaultToken: set.VAULT_TOKEN,
    operator: set.WHOLOOKED_OPERATOR ?? loginName(),
    smtpUrl: set.SMTP_URL,
    mailFrom: set.MAIL_FROM,
    // Without a mail server letters are files that nobody gets; then a name must not be missing.
    mailNeutralFrom: set.MAIL_NEUTRAL_FROM ?? (set.SMTP_URL === undefined ? "note@localhost.localdomain" : undefined),
    exitUrl: set.EXIT_URL,
    logLevel: set.LOG_LEVEL,
    uploadLimitBytes: set.UPLOAD_LIMIT_MB * 1_048_576,
    trustProxy: set.TRUST_PROXY === "on",
  };
}

/** The name under which somebody is logged in to the machine; empty where it knows none, as in a bare container. */
function loginName(): string {
  try {
    return userInfo().username;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SYSTEM_ERROR") return "";
    throw error;
  }
}
