/**
 * What keeps a flood at the door cheap, and the custodian inside served. In one process's memory; no address is
 * written down anywhere. Pure.
 */
import { newTurns } from "./turns.ts";

/** Of all who have never shown a good signature, together. */
const STRANGERS = { burst: 200, perSecond: 20 };
/** Of one address that has never shown a good signature: each refusal takes one. */
const ADDRESS = { burst: 30, perSecond: 0.5 };
/** Of one key, each good signature. */
const KEY = { burst: 60, perSecond: 1 };
/** Refusals of one custodian, or of strangers, that get an entry of their own in the ledger. */
const NOTES = { burst: 20, perSecond: 0.1 };
const KNOWN_MS = 60 * 60_000;
const MOST_KNOWN = 10_000;
/** Deliveries that one key, and all keys, may send at once to this process; each holds a connection of the database. */
const BODIES_OF_A_KEY = 2;
const BODIES = 4;

export interface DoorWatch {
  /** Whether a request from this address is looked at: one that was good lately always is. */
  admits(address: string, now: Date): boolean;
  refused(address: string, now: Date): void;
  /** A good signature came from there. False when its key comes too often. */
  welcomes(address: string, keyId: string, now: Date): boolean;
  /** Whether to write this refusal down, and how many before it were not; null: do not. */
  notes(whose: string, now: Date): { unnoted: number } | null;
  /** A place for a body, to be given back; null when too many come in at once. */
  takePlace(keyId: string): { leave(): void } | null;
}

export function newDoorWatch(): DoorWatch {
  const strangers = newTurns(STRANGERS);
  const addresses = newTurns(ADDRESS);
  const keys = newTurns(KEY);
  const noted = newTurns(NOTES);
  const known = new Map<string, number>();
  const unnoted = new Map<string, number>();
  const inside = new Map<string, number>();
  let bodies = 0;

  const isKnown = (address: string, now: Date) => (known.get(address) ?? 0) > now.getTime();

  return {
    admits: (address, now) => isKnown(address, now) || (addresses.has(address, now) && strangers.take("all", now)),
    refused(address, now) {
      if (!isKnown(address, now)) addresses.take(address, now);
    },
    welcomes(address, keyId, now) {
      known.delete(address);
      known.set(address, now.getTime() + KNOWN_MS);
      const oldest = known.size > MOST_KNOWN ? known.keys().next().value : undefined;
      if (oldest !== undefined) known.delete(oldest);
      return keys.take(keyId, now);
    },
    notes(whose, now) {
      const before = unnoted.get(whose) ?? 0;
      if (!noted.take(whose, now)) {
        unnoted.set(whose, before + 1);
        return null;
      }
      unnoted.delete(whose);
      return { unnoted: before };
    },
    takePlace(keyId) {
      const own = inside.get(keyId) ?? 0;
      if (own >= BODIES_OF_A_KEY || bodies >= BODIES) return null;
      inside.set(keyId, own + 1);
      bodies += 1;
      return {
        leave() {
          bodies -= 1;
          const left = (inside.get(keyId) ?? 1) - 1;
          if (left > 0) inside.set(keyId, left);
          else inside.delete(keyId);
        },
      };
    },
  };
}
