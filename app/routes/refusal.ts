import { Refused } from "#app/platform/failure.ts";
import { isWordKey, type Message } from "#app/ui/words/words.ts";

/** A refusal as the sentence that the page shows. @throws whatever is no refusal */
export function refusalMessage(error: unknown): Message {
  if (!(error instanceof Refused)) throw error;
  return isWordKey(error.code) ? { key: error.code, params: error.params } : { key: "errors.refusedText" };
}
