import type { Indexer } from "../sealing/indexer.ts";
import type { Vault } from "../sealing/vault.server.ts";
import type { Transaction } from "./database.server.ts";

/** Numbers of one name before they grow by a digit. */
const BLOCK = 100_000;
const [LEFT, RIGHT] = [100, 1000];
const ROUNDS = 8;

/**
 * A number of a name such as "request-2026" that was not given before, up to five digits while there are few. One that
 * is missing between two others says nothing: they are given in an order that only this installation's key knows, so
 * that nobody sees from the numbers he has that there is one which he may not see, nor how many there are.
 * @param isTaken of a number that was given before in some other way
 */
export async function takeNumber(
  portal: { readonly vault: Vault },
  tx: Transaction,
  name: string,
  isTaken: (number: number) => Promise<boolean>,
): Promise<number> {
  const tagOf = await portal.vault.indexer("number");
  for (;;) {
    const number = scatter(tagOf, name, (await takeCount(tx, name)) - 1);
    if (!(await isTaken(number))) return number;
  }
}

/** From 1, without gaps: it is taken in the caller's transaction. */
async function takeCount(tx: Transaction, name: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ value: number }[]>`
    INSERT INTO counter (name, value) VALUES (${name}, 1)
    ON CONFLICT (name) DO UPDATE SET value = counter.value + 1
    RETURNING value`;
  if (!row) throw new Error("a counter gave no number");
  return row.value;
}

/** Another number of the same block, each by exactly one: a Feistel network whose rounds only add. */
export function scatter(tagOf: Indexer, name: string, count: number): number {
  let [left, right] = [Math.floor((count % BLOCK) / RIGHT), count % RIGHT];
  const keyed = (round: number, half: number) => Number.parseInt(tagOf(`${name}:${round}:${half}`).slice(0, 8), 16);
  for (let round = 0; round < ROUNDS; round += 2) {
    left = (left + keyed(round, right)) % LEFT;
    right = (right + keyed(round + 1, left)) % RIGHT;
  }
  return Math.floor(count / BLOCK) * BLOCK + left * RIGHT + right;
}
