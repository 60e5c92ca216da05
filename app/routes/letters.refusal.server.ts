/** Refusals of acts on a clock, as sentences of the page with the days written out. */
import { LawRefused, type RefusalCode, sayRefusal } from "#app/law/refusal.ts";
import { Refused } from "#app/platform/failure.ts";
import { formatDate } from "#app/ui/format.ts";
import type { Locale } from "#app/ui/locale.ts";
import { isWordKey, type Message } from "#app/ui/words/words.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

type Params = Readonly<Record<string, string | number>>;

function sayDays(params: Params, locale: Locale): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const text = String(value);
      return [name, DAY.test(text) ? formatDate(text, locale) : text];
    }),
  );
}

/** A sentence that a rule handed over, said to a reader of this language. */
export function sentenceOf(
  { key, params }: { readonly key: Message["key"]; readonly params: Params },
  locale: Locale,
): Message {
  return { key, params: sayDays(params, locale) };
}

/** Which field a refusal is about ("form": none of them), and what it says. @throws whatever is no refusal */
export function issueOf(error: unknown, locale: Locale): { field: string; message: Message } {
  if (!(error instanceof Refused)) throw error;
  const { code, params } = error;
  const { field = "form", ...said } = params;
  if (code === "request.clockRefused") {
    const { code: law, ...facts } = said;
    // The law's own code and facts, as the use case took them from it (asRefused).
    const why = sayRefusal(new LawRefused(law as RefusalCode, sayDays(facts, locale)), locale);
    return { field: "form", message: { key: "letters.lawRefused", params: { why } } };
  }
  const message = isWordKey(code)
    ? sentenceOf({ key: code, params: said }, locale)
    : { key: "errors.refusedText" as const };
  return { field: String(field), message };
}
