import { errorSentences } from "./error-sentences.ts";
import { isLocale } from "./locale.ts";
import { getWords, type Message } from "./words/words.ts";

/** Of `meta`'s arguments, what a title needs. */
interface MetaArguments {
  matches: readonly { id: string; data?: unknown }[];
  /** Undefined from the server, null in a browser, when all is well. */
  error?: unknown;
}

/** A page's title for the browser: `export const meta = pageTitle({ key: "signin.title" })`. Never put personal data in it. */
export function pageTitle(message: Message) {
  return ({ matches, error }: MetaArguments) => {
    const root = matches.find((match) => match.id === "root")?.data;
    const locale = typeof root === "object" && root !== null && "locale" in root ? root.locale : "en";
    const title = getWords(isLocale(locale) ? locale : "en").say(error ? errorSentences(error).title : message);
    return [{ title: title.startsWith("WhoLooked") ? title : `${title} | WhoLooked` }];
  };
}
