/** Codes on paper, for whoever has lost the rest. Pure but for chance. */
import { createHash, randomInt } from "node:crypto";

export const RECOVERY_CODES = 10;
/** Without the letters and digits that look like others (Crockford's base32). */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH = 16;

/** Ten codes of 80 random bits, written `abcd-efgh-jkmn-pqrs`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const letters = Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join("");
    return letters.replace(/(.{4})(?=.)/g, "$1-");
  });
}

/** What was typed, as it is compared: without dashes and spaces, small, with O, I and L for what they look like. */
function readRecoveryCode(typed: string): string {
  return typed.toLowerCase().replace(/[\s-]/g, "").replaceAll("o", "0").replace(/[il]/g, "1");
}

/** As it is kept. Eighty random bits need no slow hash. */
export function recoveryCodeHash(accountId: string, typed: string): string {
  return createHash("sha256")
    .update(`${accountId}:${readRecoveryCode(typed)}`)
    .digest("hex");
}
