/**
 * Every word that a page shows, by key, per language.
 *
 * English sets the keys; another language must have exactly the same (`WordsLike`). A sentence's
 * variables stand in it as `{{name}}` and are part of its type, so a forgotten one does not compile.
 * A word that depends on a number has the keys `x_one` and `x_other` and is asked for as `x` with `count`.
 */
import i18next, { type i18n } from "i18next";
import type { Locale } from "../locale.ts";
import type { en } from "./en/index.ts";

type Sentences = typeof en;
type Area = keyof Sentences;

/** The same areas and keys as `T`, in another language. */
export type WordsLike<T> = { readonly [A in keyof T]: { readonly [K in keyof T[A]]: string } };
/** One area's words in another language: exactly the keys of `T`. */
export type AreaLike<T> = { readonly [K in keyof T]: string };

type Plain<K> = K extends `${infer Base}_${"one" | "other"}` ? Base : K;
type KeyOf<A extends Area> = `${A}.${Plain<keyof Sentences[A] & string>}`;
/** Names one sentence: `area.key`. */
export type WordKey = { [A in Area]: KeyOf<A> }[Area];

type Variables<S> = S extends `${string}{{${infer V}}}${infer Rest}` ? NameOf<V> | Variables<Rest> : never;
type NameOf<V extends string> = V extends `${infer Name},${string}` ? Name : V;
type SentenceOf<K> = K extends `${infer A}.${infer S}`
  ? A extends Area
    ? S extends keyof Sentences[A]
      ? Sentences[A][S]
      : `${S}_other` extends keyof Sentences[A]
        ? Sentences[A][`${S}_other` & keyof Sentences[A]] | "{{count}}"
        : never
    : never
  : never;

/** What may stand in a sentence's place. */
export type WordParams = Readonly<Record<string, string | number>>;
/** The variables that the sentence `K` needs. */
export type ParamsOf<K extends WordKey> = Readonly<
  Record<Variables<SentenceOf<K>>, string | number> & (HasCount<K> extends true ? { count: number } : unknown)
>;
type HasCount<K> = "count" extends Variables<SentenceOf<K>> ? true : false;
type ParamsArgument<K extends WordKey> = [Variables<SentenceOf<K>>] extends [never] ? [] : [params: ParamsOf<K>];

/** A sentence to be said later, in whatever language the reader has: what rules and forms hand to a page. */
export interface Message {
  key: WordKey;
  params?: WordParams;
}

/** Says a sentence in one language. */
export type Translate = <K extends WordKey>(key: K, ...params: ParamsArgument<K>) => string;

/** One language's voice. */
export interface Words {
  locale: Locale;
  t: Translate;
  /** Says a `Message`. */
  say(message: Message): string;
}

const voices = new Map<Locale, Words>();
const engine: i18n = i18next.createInstance();
void engine.init({
  // Words are in memory: nothing is awaited, and the first render already has them.
  initAsync: false,
  lng: "en",
  fallbackLng: false,
  resources: {},
  // React escapes; escaping twice would show "&amp;".
  interpolation: { escapeValue: false },
  returnNull: false,
});

/** Makes a language known. The server registers all, a browser only the one it shows. */
export function registerWords(locale: Locale, words: WordsLike<Sentences>): void {
  engine.addResourceBundle(locale, "translation", withManyAsOther(words));
  const fixed = engine.getFixedT(locale);
  const say = (message: Message) => fixed(message.key, { ...message.params });
  const t = ((key: WordKey, params?: WordParams) => say(params ? { key, params } : { key })) as Translate;
  voices.set(locale, { locale, t, say });
}

/** The voice of a registered language. @throws when the language was never registered */
export function getWords(locale: Locale): Words {
  const words = voices.get(locale);
  if (!words) throw new Error(`The words of "${locale}" were not registered.`);
  return words;
}

/** Whether `text` is the key of a sentence, asked of any registered language. */
export function isWordKey(text: string): text is WordKey {
  for (const locale of voices.keys()) {
    const options = { lng: locale };
    if (engine.exists(text, options) || engine.exists(`${text}_other`, options)) return true;
  }
  return false;
}

/** Hands a key on unchanged; the compiler checks that there is such a sentence. For zod's messages. */
export function key<K extends WordKey>(wordKey: K): K {
  return wordKey;
}

/** Spanish has a third plural form, for round millions; our sentences use the ordinary one there. */
function withManyAsOther(words: WordsLike<Sentences>): Record<string, Record<string, string>> {
  const areas = Object.entries(words).map(([area, sentences]): [string, Record<string, string>] => {
    const many = Object.entries<string>(sentences)
      .filter(([name]) => name.endsWith("_other"))
      .map(([name, sentence]) => [name.replace(/_other$/, "_many"), sentence]);
    return [area, { ...Object.fromEntries(many), ...sentences }];
  });
  return Object.fromEntries(areas);
}
