import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/**
 * Every setting, with its meaning. Read once at the start; a wrong value stops the start with a
 * sentence that names it. The README's table is generated from nothing: keep it in step by hand.
 */
const environment = z.object({
  PORT: z.coerce.number({ error: "a port number, such as 3000" }).int().min(1).max(65535).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORTAL_URL: z
    .url({ protocol: /^https?$/, error: "the address people type, such as https://wholooked.example.gov" })
    .optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: "a PostgreSQL address, such as postgresql://user:secret@host/database" })
    .optional(),
  WHOLOOKED_DATA: z.string().min(1).default(".data"),
  WHOLOOKED_DEMO: z.enum(["auto", "on", "off"], { error: "auto, on or off" }).default("auto"),
  WHOLOOKED_KEY_FILE: z.string().min(1).optional(),
  WHOLOOKED_OPERATOR: z
    .string()
    .regex(/^[\w.-]{1,64}$/, { error: "a short name of letters, digits, dots and dashes" })
    .optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, { error: "a mail server's address, such as smtp://user:secret@mail.example.gov:587" })
    .optional(),
  MAIL_FROM: z.email({ error: "a mail address, such as records@example.gov" }).default("noreply@localhost.localdomain"),
  EXIT_URL: z.url({ protocol: /^https$/, error: "an https address" }).default("https://www.weather.gov/"),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], { error: "debug, info, warn, error or silent" })
    .default("info"),
  TRUST_PROXY: z.enum(["on", "off"], { error: "on or off" }).default("off"),
});

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Without a trailing slash. */
  readonly url: string;
  /** Undefined: the embedded PostgreSQL in the data folder. */
  readonly databaseUrl: string | undefined;
  readonly dataFolder: string;
  readonly templatesFolder: string;
  readonly demo: "auto" | "on" | "off";
  readonly keyFile: string;
  readonly operator: string;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  readonly exitUrl: string;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
  readonly trustProxy: boolean;
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
  return {
    port: set.PORT,
    host: set.HOST,
    url: (set.PORTAL_URL ?? `http://localhost:${set.PORT}`).replace(/\/$/, ""),
    databaseUrl: set.DATABASE_URL,
    dataFolder,
    templatesFolder: fileURLToPath(new URL("../../../templates", import.meta.url)),
    demo: set.WHOLOOKED_DEMO,
    keyFile: set.WHOLOOKED_KEY_FILE ?? join(dataFolder, "keys", "key-encryption-key.json"),
    operator: set.WHOLOOKED_OPERATOR ?? "operator",
    smtpUrl: set.SMTP_URL,
    mailFrom: set.MAIL_FROM,
    exitUrl: set.EXIT_URL,
    logLevel: set.LOG_LEVEL,
    trustProxy: set.TRUST_PROXY === "on",
  };
}
