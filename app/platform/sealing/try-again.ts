import { setTimeout as sleep } from "node:timers/promises";

const TRIES = 4;
const FIRST_MS = 100;

/** Tries a few times, later and later, what may pass; throws the last error. */
export async function tryAgain<T>(work: () => Promise<T>, isPassing: (error: unknown) => boolean): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (tried === TRIES || !isPassing(error)) throw error;
      await sleep(FIRST_MS * 2 ** tried * (0.5 + Math.random()));
    }
  }
}
