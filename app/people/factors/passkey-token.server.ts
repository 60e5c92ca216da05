/** What a passkey is asked to sign: for ten minutes, for one browser, one purpose, one account, and once. */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Portal } from "#app/platform/portal.server.ts";
import { readToken, signToken } from "../one-time.server.ts";

const PURPOSE = "passkey";
const shape = z.object({ challenge: z.string(), use: z.enum(["make", "show"]), accountId: z.string().nullable() });

export type PasskeyUse = z.infer<typeof shape>["use"];

/** @param accountId null: whoever owns the passkey. @returns the token goes into a cookie of the browser that asks */
export async function newChallenge(
  portal: Portal,
  use: PasskeyUse,
  accountId: string | null,
): Promise<{ challenge: Uint8Array<ArrayBuffer>; token: string }> {
  const challenge = new Uint8Array(randomBytes(32));
  const said = { challenge: Buffer.from(challenge).toString("base64url"), use, accountId };
  return { challenge, token: await signToken(portal, PURPOSE, said) };
}

/** The challenge that a token stands for, or null when it is for something or somebody else, or too old. */
export async function findChallenge(
  portal: Portal,
  token: string | null,
  use: PasskeyUse,
  accountId: string | null,
): Promise<string | null> {
  const said = await readToken(portal, PURPOSE, token, shape);
  return said && said.use === use && said.accountId === accountId ? said.challenge : null;
}
