/** Codes of an authenticator app (RFC 6238): six digits, new every thirty seconds, SHA-1 as every app has it. */
import { generateSecret, generateSync, generateURI, verifySync } from "otplib";
import { readCode } from "../sign-in.ts";

const STEP_SECONDS = 30;

const epochOf = (instant: Date) => Math.floor(instant.getTime() / 1000);

/** 160 random bits, in base32. */
export function newTotpSecret(): string {
  return generateSecret();
}

/** What the picture says to the app. The label is what the app shows: the address its owner signs in with. */
export function totpUri(secret: string, label: string): string {
  return generateURI({ issuer: "WhoLooked", label, secret });
}

/** A secret as people type it: in groups of four. */
export function inGroups(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, "$1 ");
}

/** The time step in which an instant lies. */
export function stepAt(instant: Date): number {
  return Math.floor(epochOf(instant) / STEP_SECONDS);
}

export function totpCode(secret: string, step: number): string {
  return generateSync({ secret, epoch: step * STEP_SECONDS });
}

/**
 * The time step whose code was typed, or null when it is none of this minute. One step early or late is let pass:
 * clocks differ, and people type slowly (RFC 6238, 5.2).
 */
export function stepOfCode(secret: string, typed: string, now: Date): number | null {
  const token = readCode(typed);
  if (!/^\d{6}$/.test(token)) return null;
  const step = stepAt(now);
  // From the middle of the step, so that the tolerance reaches exactly one step to either side.
  const epoch = step * STEP_SECONDS + STEP_SECONDS / 2;
  const found = verifySync({ secret, token, epoch, epochTolerance: STEP_SECONDS });
  return found.valid && "delta" in found ? step + found.delta : null;
}
