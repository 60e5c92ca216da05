/** What a session knows of how its person entered, and what it still lacks. Pure. */
import { minutesAfter } from "./sign-in.ts";

/** By what somebody showed who they are. `demo`: a link printed at the start of a demonstration. */
export const PROOFS = ["mail", "totp", "passkey", "recovery", "agency", "demo"] as const;
export type ProofKind = (typeof PROOFS)[number];

export interface Proof {
  readonly by: ProofKind;
  /** Null: never so that it would count for what asks again. */
  readonly at: Date | null;
  /** How many factors were shown. */
  readonly assurance: 1 | 2;
  /** The agency whose own sign-in spoke for this person, or null. It speaks for its own people, at its own place. */
  readonly vouchedBy: string | null;
}

/** After this time what matters most asks for the proof again. */
export const FRESH_MINUTES = 5;

/** Whether the last proof is young enough to release an answer, or to change keys, factors, accounts. */
export function isFresh({ proof }: { readonly proof?: Proof | undefined }, now: Date): boolean {
  if (!proof?.at || proof.by === "demo") return false;
  return proof.at <= now && proof.at > minutesAfter(now, -FRESH_MINUTES);
}

/** Whoever holds a role is asked for two factors, and so is everybody who has set up a second one. */
export function needsTwoFactors(person: { memberships: readonly unknown[]; hasFactor: boolean }): boolean {
  return person.memberships.length > 0 || person.hasFactor;
}

/** What must be done before this session opens anything. */
export type Lack = "nothing" | "factor" | "set-up";

export function lackOf(person: {
  readonly proof: Proof;
  readonly memberships: readonly unknown[];
  readonly hasFactor: boolean;
}): Lack {
  if (person.proof.assurance === 2 || !needsTwoFactors(person)) return "nothing";
  return person.hasFactor ? "factor" : "set-up";
}

const BROWSERS = [
  ["edge", /\bEdgA?\/|\bEdgiOS\//],
  ["firefox", /\bFirefox\/|\bFxiOS\//],
  ["chrome", /\bChrom(e|ium)\/|\bCriOS\//],
  ["safari", /\bSafari\//],
] as const;

const MACHINES = [
  ["iphone", /\biPhone\b|\biPad\b/],
  ["android", /\bAndroid\b/],
  ["windows", /\bWindows\b/],
  ["mac", /\bMacintosh\b/],
  ["linux", /\bLinux\b/],
] as const;

export type Browser = (typeof BROWSERS)[number][0] | "other";
export type Machine = (typeof MACHINES)[number][0] | "other";

/** Which kind of browser on which kind of machine, as coarse as its owner needs to know it again. */
export function deviceOf(userAgent: string | null): string {
  const agent = (userAgent ?? "").slice(0, 500);
  const of = <T extends string>(known: readonly (readonly [T, RegExp])[]) =>
    known.find(([, shape]) => shape.test(agent))?.[0] ?? "other";
  return `${of(BROWSERS)}/${of(MACHINES)}`;
}

/** The two parts of what `deviceOf` wrote. */
export function readDevice(device: string | null): { browser: Browser; machine: Machine } {
  const [browser, machine] = (device ?? "").split("/");
  return {
    browser: BROWSERS.find(([name]) => name === browser)?.[0] ?? "other",
    machine: MACHINES.find(([name]) => name === machine)?.[0] ?? "other",
  };
}
