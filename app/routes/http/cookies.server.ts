import { isLocale, LOCALE_COOKIE, type Locale } from "#app/ui/locale.ts";

/** `__Host-` pins a cookie to this host and to HTTPS; plain HTTP (a laptop) cannot carry that name. */
export interface CookieNames {
  readonly session: string;
  readonly asker: string;
  /** Names a browser that has shown a second factor before. */
  readonly browser: string;
  /** Marks a browser in which a request was sent. */
  readonly own: string;
  /** What a passkey was asked to sign. */
  readonly passkey: string;
  /** A sign-in at an agency that is under way. */
  readonly agency: string;
}

export function cookieNames(isHttps: boolean): CookieNames {
  const prefix = isHttps ? "__Host-" : "";
  const named = (name: string) => `${prefix}${name}`;
  return {
    session: named("session"),
    asker: named("asker"),
    browser: named("browser"),
    own: named("own"),
    passkey: named("passkey"),
    agency: named("agency"),
  };
}

export function readCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (header ?? "").split(";")) {
    const cut = part.indexOf("=");
    if (cut > 0) cookies.set(part.slice(0, cut).trim(), part.slice(cut + 1).trim());
  }
  return cookies;
}

/** The language a reader chose, else the first that his browser and we have in common, else English. */
export function chooseLocale(cookies: Map<string, string>, acceptLanguage: string | undefined): Locale {
  const chosen = cookies.get(LOCALE_COOKIE);
  if (isLocale(chosen)) return chosen;
  const wanted = (acceptLanguage ?? "").split(",").map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.find(isLocale) ?? "en";
}
