import { Refused, TooOften } from "#app/platform/failure.ts";
import { isWordKey, type Message } from "#app/ui/words/words.ts";

/** What a use case gave, or its refusal. */
export type Attempt<T> =
  | { readonly value: T; readonly refused: null }
  | { readonly value: null; readonly refused: Refused };

/**
 * Runs a use case whose refusals the page says itself; inside `answering`, which would make an error page of them.
 * What was done too often stays such a page: its status says to a program as well that it should wait.
 */
export async function attempt<T>(work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await work(), refused: null };
  } catch (error) {
    if (error instanceof Refused && !(error instanceof TooOften)) return { value: null, refused: error };
    throw error;
  }
}

/** A refusal as the sentence that the page shows. @throws whatever is no refusal, and TooOften */
export function refusalMessage(error: unknown): Message {
  if (!(error instanceof Refused) || error instanceof TooOften) throw error;
  const key = [error.code, `refused.${error.code}`].find(isWordKey);
  return key === undefined ? { key: "errors.refusedText" } : { key, params: error.params };
}
