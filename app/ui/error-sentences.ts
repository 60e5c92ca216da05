import { isRouteErrorResponse } from "@remix-run/react";
import { isWordKey, type Message, type WordParams } from "./words/words.ts";

/** What to say of what a route threw: not here (404), cannot be done (other 4xx, with its `refused` sentence), our fault. */
export function errorSentences(error: unknown): { title: Message; text: Message } {
  if (isRouteErrorResponse(error) && (error.status === 404 || error.status === 405)) {
    return { title: { key: "errors.notFoundTitle" }, text: { key: "errors.notFoundText" } };
  }
  if (isRouteErrorResponse(error) && error.status < 500) {
    return { title: { key: "errors.refusedTitle" }, text: refusal(error.data) };
  }
  return { title: { key: "errors.brokenTitle" }, text: { key: "errors.brokenText" } };
}

/** A refusal names its sentence; one that the words do not know gets the general one. */
function refusal(data: { code?: unknown; params?: WordParams } | null): Message {
  const key = `refused.${String(data?.code)}`;
  return isWordKey(key) ? { key, params: data?.params ?? {} } : { key: "errors.refusedText" };
}
