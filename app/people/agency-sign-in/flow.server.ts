/**
 * One sign-in at an agency that is under way. All of it stands in a signed token in a cookie of the browser that began
 * it: state, nonce and PKCE verifier are derived from the token, so nothing that another browser began fits here.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Portal } from "#app/platform/portal.server.ts";
import { readToken, signToken } from "../one-time.server.ts";

const PURPOSE = "agency-sign-in";

const shape = z.object({
  slug: z.string(),
  /** Where to go afterwards. */
  to: z.string(),
  /** The account that shows itself again; null for who comes in. */
  again: z.string().nullable(),
});
export type Flow = z.infer<typeof shape>;

export const newFlow = (portal: Portal, flow: Flow): Promise<string> => signToken(portal, PURPOSE, flow);

/** Null when it is too old, not ours, or none. */
export const findFlow = (portal: Portal, token: string | null): Promise<Flow | null> =>
  readToken(portal, PURPOSE, token, shape);

/** The three secrets of a flow. Each is a hash of its own, so that the two which travel tell nothing of the third. */
export function secretsOf(token: string): { state: string; nonce: string; verifier: string } {
  const part = (name: string) => createHash("sha256").update(`${name}:${token}`).digest("base64url");
  return { state: part("state"), nonce: part("nonce"), verifier: part("verifier") };
}
