/** The languages that every page is written in. */
export const LOCALES = ["en", "es"] as const;
export type Locale = (typeof LOCALES)[number];

/** The cookie that remembers a reader's choice of language. It holds the locale and nothing else. */
export const LOCALE_COOKIE = "locale";

/** Each language in its own words, as a language switch must show it. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: "English", es: "Español" };

/** Whether `text` names one of the languages that the pages are written in. */
export function isLocale(text: unknown): text is Locale {
  return LOCALES.some((locale) => locale === text);
}
