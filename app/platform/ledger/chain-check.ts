/**
 * Walks a chain entry by entry and says where it does not hold. Pure: the entries may come from the database or from a
 * file that somebody was given, and nothing is trusted but their bytes.
 */
import { type Checkpoint, hashOfStatement, isSignatureGood, isSigned, type SignedCheckpoint } from "./checkpoint.ts";
import { chain, GENESIS, isCanonical, type LedgerEntry } from "./entry.ts";
import { KeySuccession } from "./key-succession.ts";

export type FaultKind =
  | "edited"
  | "deleted"
  | "inserted"
  | "reordered"
  | "relinked"
  | "columns"
  | "cut"
  | "rewritten"
  | "forked"
  | "forged";

export interface ChainFault {
  /** The entry at which it shows. */
  readonly seq: number;
  readonly kind: FaultKind;
  readonly what: string;
  /** Of what only a checkpoint shows: the last entry that is certainly as it was. */
  readonly after?: number;
}

export interface Verdict {
  readonly ok: boolean;
  readonly entries: number;
  readonly head: Checkpoint | null;
  /** The first place at which the chain does not hold, and what is wrong there. */
  readonly broken: ChainFault | null;
  /** All of them, at most a hundred. */
  readonly faults: readonly ChainFault[];
  /** How many checkpoints it was held against, and who signed them. */
  readonly checkpoints: number;
  readonly keys: readonly string[];
}

/** One entry as it stands somewhere. */
export interface Link {
  readonly seq: number;
  readonly previous: Uint8Array;
  readonly hash: Uint8Array;
  readonly body: string;
}

const MOST = 100;
/** Numbers that are remembered as missing, to tell a moved entry from a deleted one. */
const MISSING_MOST = 100_000;

export class ChainCheck {
  readonly #heads: readonly (Checkpoint | SignedCheckpoint)[];
  readonly #keys: readonly string[];
  readonly #faults: ChainFault[] = [];
  readonly #missing = new Set<number>();
  #next = 0;
  #expected = 1;
  #entries = 0;
  #last: Uint8Array = GENESIS;
  /** The newest entry that a checkpoint has confirmed. */
  #sure = 0;

  /** @param key The public key that must have signed each checkpoint, or one in its line; null: whichever each names. */
  constructor(checkpoints: readonly (Checkpoint | SignedCheckpoint)[] = [], key: string | null = null) {
    const succession = new KeySuccession(checkpoints);
    const line = key === null ? null : succession.lineOf(key);
    const sound = checkpoints.filter((one) => this.#isSound(one, line, succession));
    for (const torn of succession.torn) this.#fault(0, "forked", `the key ${torn} has named two keys to follow it`);
    this.#keys = [...new Set(sound.flatMap((one) => (isSigned(one) ? [one.key] : [])))];
    this.#heads = sound.toSorted((a, b) => a.seq - b.seq);
    this.#compare();
  }

  /**
   * The next entry, in the order in which they stand there.
   * @param isAgreed Whether what stands beside the body says the same.
   */
  add(link: Link, isAgreed: (entry: LedgerEntry) => boolean = () => true): void {
    this.#entries += 1;
    const { seq } = link;
    if (seq < this.#expected) {
      this.#outOfTurn(seq);
      return;
    }
    const gap = seq > this.#expected;
    if (gap) this.#skip(seq);
    const entry = findOwnBody(link);
    if (entry === null || !same(link.hash, chain(link.previous, link.body))) {
      this.#fault(seq, "edited", "the entry was changed after it was written");
    } else if (!gap && !same(link.previous, this.#last)) {
      this.#fault(
        seq,
        "relinked",
        `the entry does not follow the one before it: ${seq - 1} or ${seq} was written anew`,
      );
    } else if (!isAgreed(entry)) {
      this.#fault(seq, "columns", "a column of the entry was changed after it was written");
    }
    this.#expected = seq + 1;
    this.#last = link.hash;
    this.#meet(seq, link.hash);
  }

  /** A checkpoint of the portal's own list that is none any more. */
  noteSpoiled(no: number): void {
    this.#fault(0, "forged", `checkpoint ${no} was changed after it was signed`);
  }

  end(): Verdict {
    const last = this.#expected - 1;
    const beyond = this.#heads.slice(this.#next);
    const [first] = beyond;
    if (first !== undefined) {
      this.#fault(
        last,
        "cut",
        `entries after this one are missing: the checkpoint saw ${beyond.at(-1)?.seq}`,
        this.#sure,
      );
    }
    const faults = this.#faults.toSorted((a, b) => a.seq - b.seq);
    const head = last === 0 ? null : { seq: last, hash: Buffer.from(this.#last).toString("hex") };
    return {
      ok: faults.length === 0,
      entries: this.#entries,
      head,
      broken: faults[0] ?? null,
      faults,
      checkpoints: this.#heads.length,
      keys: this.#keys,
    };
  }

  #fault(seq: number, kind: FaultKind, what: string, after?: number): void {
    if (this.#faults.length < MOST) this.#faults.push({ seq, kind, what, ...(after !== undefined && { after }) });
  }

  /** A number that should have come earlier, or that came already. */
  #outOfTurn(seq: number): void {
    if (seq < 1) this.#fault(seq, "inserted", "an entry stands before the chain's beginning");
    else if (this.#missing.delete(seq)) {
      const index = this.#faults.findIndex((fault) => fault.kind === "deleted" && fault.seq === seq);
      if (index >= 0) this.#faults.splice(index, 1);
      this.#fault(seq, "reordered", "the entry stands in another place than its number");
    } else this.#fault(seq, "inserted", "there is a second entry of this number");
  }

  #skip(seq: number): void {
    for (let missing = this.#expected; missing < seq && this.#missing.size < MISSING_MOST; missing += 1) {
      this.#missing.add(missing);
      this.#fault(missing, "deleted", `an entry is missing before number ${seq}`);
    }
  }

  /** Holds the entry against the checkpoints of its number. */
  #meet(seq: number, hash: Uint8Array): void {
    for (let head = this.#heads[this.#next]; head !== undefined && head.seq <= seq; head = this.#heads[this.#next]) {
      this.#next += 1;
      if (head.seq < seq) continue;
      if (head.hash === Buffer.from(hash).toString("hex")) this.#sure = seq;
      else this.#fault(seq, "rewritten", "the chain is not the one that the checkpoint saw", this.#sure);
    }
  }

  #isSound(one: Checkpoint | SignedCheckpoint, line: ReadonlySet<string> | null, succession: KeySuccession): boolean {
    if (!isSigned(one)) {
      if (line === null) return true;
      this.#fault(one.seq, "forged", "the checkpoint is not signed, and a key was asked for");
      return false;
    }
    const isOurs = line === null || line.has(one.key);
    if (succession.wasReplaced(one.key, one.no)) {
      this.#fault(one.seq, "forged", `checkpoint ${one.no} is signed by a key that had been replaced by then`);
      return false;
    }
    if (isOurs && isSignatureGood(one)) return true;
    this.#fault(
      one.seq,
      "forged",
      `checkpoint ${one.no} is not signed by ${isOurs ? "the key that it names" : "the key that was asked for"}`,
    );
    return false;
  }

  /** Two statements about one entry, or of one number, that differ: somebody was shown another ledger. */
  #compare(): void {
    const bySeq = new Map<number, string>();
    const byNo = new Map<string, SignedCheckpoint>();
    for (const one of this.#heads) {
      const known = bySeq.get(one.seq);
      if (known !== undefined && known !== one.hash)
        this.#fault(one.seq, "forked", "two checkpoints disagree about this entry");
      bySeq.set(one.seq, one.hash);
      if (!isSigned(one)) continue;
      const twin = byNo.get(`${one.portal} ${one.no}`);
      if (twin !== undefined && hashOf(twin) !== hashOf(one) && twin.seq !== one.seq) {
        this.#fault(Math.min(twin.seq, one.seq), "forked", `two checkpoints of number ${one.no} disagree`);
      }
      byNo.set(`${one.portal} ${one.no}`, one);
    }
    for (const one of byNo.values()) {
      const before = byNo.get(`${one.portal} ${one.no - 1}`);
      if (before !== undefined && hashOf(before) !== one.previous) {
        this.#fault(before.seq, "forked", `checkpoint ${one.no} does not follow checkpoint ${before.no}`);
      }
    }
  }
}

function hashOf({ signature: _, ...body }: SignedCheckpoint): string {
  return hashOfStatement(body);
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** Of canonical bytes that carry their own number: nothing can be said twice in them, or read in two ways. */
function findOwnBody({ body, seq }: Link): LedgerEntry | null {
  const entry = findBody(body);
  return entry !== null && entry.seq === seq && isCanonical(body, entry) ? entry : null;
}

/** A forger who makes the hashes anew may write anything there. */
function findBody(text: string): LedgerEntry | null {
  try {
    return JSON.parse(text) as LedgerEntry | null;
  } catch {
    return null;
  }
}
