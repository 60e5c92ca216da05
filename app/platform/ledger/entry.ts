import { hash } from "node:crypto";

/** Who did it: an account, an operator at the shell, a custodian's machine, or the portal itself (a job). */
export interface LedgerActor {
  readonly kind: "account" | "operator" | "custodian" | "system";
  readonly id: string;
  readonly role?: string;
}

/** Ids and codes, never a name, a plate or a reason in words. */
export interface LedgerEntry {
  /** Null while it waits for its number, for some milliseconds after its commit. */
  readonly seq: number | null;
  /** ISO instant with milliseconds. */
  readonly at: string;
  readonly actor: LedgerActor;
  readonly act: string;
  readonly thing: { readonly type: string; readonly id: string };
  readonly resident?: string;
  readonly request?: string;
  readonly case?: string;
  readonly agency?: string;
  readonly why?: string;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Before the first entry there is nothing: 32 zero bytes. */
export const GENESIS = Buffer.alloc(32);

/**
 * The bytes that are hashed: JSON with the keys of every object in code-point order, without spaces,
 * undefined members left out. Any language can make them again (as in RFC 8785; numbers here are
 * integers only).
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value);
}

/**
 * The canonical bytes of an entry whose number is not known yet: what stands before it and what after it. Between them
 * the database writes the number (ledger.chain()).
 */
export function bodyAround(entry: Readonly<Record<Exclude<keyof LedgerEntry, "seq">, unknown>>): {
  readonly before: string;
  readonly after: string;
} {
  const members = Object.entries(entry);
  const part = (isHere: (key: string) => boolean) =>
    canonical(Object.fromEntries(members.filter(([key]) => isHere(key)))).slice(1, -1);
  // "act" stands before "seq" and "thing" after it in every entry.
  return { before: `{${part((key) => key < "seq")},"seq":`, after: `,${part((key) => key > "seq")}}` };
}

/** hash = SHA-256(previous hash, body bytes). */
export function chain(previous: Uint8Array, body: string): Buffer<ArrayBuffer> {
  const bytes = Buffer.allocUnsafe(previous.length + Buffer.byteLength(body));
  bytes.set(previous);
  bytes.write(body, previous.length, "utf8");
  // One call for both: an object for each of millions costs more than what it computes.
  return hash("sha256", bytes, "buffer") as Buffer<ArrayBuffer>;
}

/** Whether a text is the canonical bytes of what was read from it. Says the same as `canonical(value) === text`. */
export function isCanonical(text: string, value: unknown): boolean {
  return isSorted(value) ? JSON.stringify(value) === text : canonical(value) === text;
}

/** Whether every object's keys stand in their order already: then JSON.stringify writes the canonical bytes. */
function isSorted(value: unknown): boolean {
  if (value === null || typeof value !== "object") return true;
  if (Array.isArray(value)) return value.every(isSorted);
  let before = "";
  for (const [key, member] of Object.entries(value)) {
    if (key < before || !isSorted(member)) return false;
    before = key;
  }
  return true;
}
