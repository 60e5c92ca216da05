/** Tokens that we sign, hand out, and take back once: nothing is kept of those that never come back. */
import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { Transaction } from "#app/platform/database/database.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { minutesAfter, TOKEN_MINUTES } from "./sign-in.ts";

const envelope = z.object({ purpose: z.string(), until: z.number(), chance: z.string(), data: z.unknown() });

/** @param purpose A token for one purpose is nothing for another. */
export async function signToken(portal: Portal, purpose: string, data: unknown): Promise<string> {
  const until = minutesAfter(portal.time.now(), TOKEN_MINUTES).getTime();
  const chance = randomBytes(16).toString("base64url");
  const body = Buffer.from(JSON.stringify({ purpose, until, chance, data })).toString("base64url");
  return `${body}.${await tagOf(portal, body)}`;
}

/** What a token says, if we signed it for this purpose within the last ten minutes; else null. */
export async function readToken<T>(
  portal: Portal,
  purpose: string,
  token: string | null,
  schema: z.ZodType<T>,
): Promise<T | null> {
  const [body, tag, ...more] = (token ?? "").split(".");
  if (!body || !tag || more.length > 0 || tag !== (await tagOf(portal, body))) return null;
  const read = envelope.parse(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
  if (read.purpose !== purpose || read.until <= portal.time.now().getTime()) return null;
  return schema.parse(read.data);
}

/** Takes a token out of use. False when it was used before, in this moment too. */
export async function spendToken(portal: Portal, tx: Transaction, token: string): Promise<boolean> {
  const hash = createHash("sha256").update(token).digest("hex");
  const expiresAt = minutesAfter(portal.time.now(), TOKEN_MINUTES);
  const { count } = await tx.spentToken.createMany({ data: [{ hash, expiresAt }], skipDuplicates: true });
  return count === 1;
}

async function tagOf(portal: Portal, body: string): Promise<string> {
  return (await portal.vault.indexer("code"))(`token:${body}`);
}
