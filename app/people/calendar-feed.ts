/** The secret address of a calendar. Pure. */

/** 32 random bytes as base64url: what no guess finds, and nothing that could be a path or a name. */
const SECRET = /^[A-Za-z0-9_-]{43}$/;

export function isSecretShaped(text: string): boolean {
  return SECRET.test(text);
}
