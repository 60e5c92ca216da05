/** Which key may have signed which checkpoint, where one key has taken over from another. Pure. */
import { type Checkpoint, findFormerKey, isSignatureGood, isSigned, type SignedCheckpoint } from "./checkpoint.ts";

interface Step {
  readonly key: string;
  /** The number of the first statement that the new key signed. */
  readonly no: number;
}

export class KeySuccession {
  readonly #next = new Map<string, Step>();
  readonly #former = new Map<string, string>();
  /** Keys that have named two successors: whoever holds such a key shows two histories. */
  readonly torn: string[] = [];

  constructor(checkpoints: readonly (Checkpoint | SignedCheckpoint)[]) {
    for (const one of checkpoints) {
      if (!isSigned(one) || !isSignatureGood(one)) continue;
      const former = findFormerKey(one);
      if (former === null) continue;
      const known = this.#next.get(former);
      if (known !== undefined && known.key !== one.key) this.torn.push(former);
      this.#next.set(former, { key: one.key, no: one.no });
      this.#former.set(one.key, former);
    }
  }

  /** Whether a key had been replaced when it is said to have signed statement `no`. */
  wasReplaced(key: string, no: number): boolean {
    const next = this.#next.get(key);
    return next !== undefined && no >= next.no;
  }

  /** The key that was asked for, those that it took over from, and those that took over from it. */
  lineOf(key: string): ReadonlySet<string> {
    const line = new Set([key]);
    for (let one = this.#former.get(key); one !== undefined && !line.has(one); one = this.#former.get(one))
      line.add(one);
    for (let one = this.#next.get(key)?.key; one !== undefined && !line.has(one); one = this.#next.get(one)?.key)
      line.add(one);
    return line;
  }
}
