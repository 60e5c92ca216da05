import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { isLocale, type Locale } from "./ui/locale.ts";
import { LocaleProvider } from "./ui/words/use-words.tsx";
import { registerWords } from "./ui/words/words.ts";

/** A browser loads the words of the one language that its page is in. */
async function loadWords(locale: Locale) {
  return locale === "es" ? (await import("./ui/words/es/index.ts")).es : (await import("./ui/words/en/index.ts")).en;
}

async function start() {
  const { lang } = document.documentElement;
  const locale = isLocale(lang) ? lang : "en";
  registerWords(locale, await loadWords(locale));
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <LocaleProvider locale={locale}>
          <RemixBrowser />
        </LocaleProvider>
      </StrictMode>,
    );
  });
}

void start();
