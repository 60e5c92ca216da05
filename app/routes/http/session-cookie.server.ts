import { KNOWN_BROWSER_DAYS } from "#app/people/factors/factor.ts";
import { OWN_BROWSER_DAYS } from "#app/people/own-browser.ts";
import { deviceOf } from "#app/people/session.ts";
import { SESSION_HOURS, SIGN_IN_MINUTES, TOKEN_MINUTES } from "#app/people/sign-in.ts";
import type { Config } from "#app/platform/config/config.server.ts";
import { LOCALE_COOKIE } from "#app/ui/locale.ts";
import { type CookieNames, cookieNames, readCookies } from "./cookies.server.ts";

const isHttps = (config: Config) => config.url.startsWith("https:");

function write(config: Config, name: string, value: string, seconds: number): string {
  const secure = isHttps(config) ? "; Secure" : "";
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`;
}

/** Set-Cookie of someone who has just entered; the cookie that bound the code goes. */
export function enteredCookies(config: Config, session: string): [string, string][] {
  const names = cookieNames(isHttps(config));
  return [
    ["Set-Cookie", write(config, names.session, session, SESSION_HOURS * 3600)],
    ["Set-Cookie", write(config, names.asker, "", 0)],
  ];
}

/** Set-Cookie that binds a mailed code to this browser. */
export function askerCookie(config: Config, asker: string): [string, string][] {
  return [["Set-Cookie", write(config, cookieNames(isHttps(config)).asker, asker, SIGN_IN_MINUTES * 60)]];
}

/**
 * Headers of a sign-out: the cookie goes, and all that the browser stored. Personal pages are in no
 * cache, and clearing it can hold a browser up for seconds: so that is not asked for.
 */
export function leftHeaders(config: Config): [string, string][] {
  return [
    ["Set-Cookie", write(config, cookieNames(isHttps(config)).session, "", 0)],
    ["Clear-Site-Data", '"storage"'],
  ];
}

const find = (config: Config, request: Request, cookie: keyof CookieNames) =>
  readCookies(request.headers.get("cookie") ?? undefined).get(cookieNames(isHttps(config))[cookie]) ?? null;

/** Set-Cookie of a session that goes on under a new secret, in a browser that is known from now on. */
export function shownCookies(config: Config, shown: { session: string; browser: string }): [string, string][] {
  const names = cookieNames(isHttps(config));
  return [
    ...enteredCookies(config, shown.session),
    ["Set-Cookie", write(config, names.browser, shown.browser, KNOWN_BROWSER_DAYS * 24 * 3600)],
    ["Set-Cookie", write(config, names.passkey, "", 0)],
  ];
}

/** Set-Cookie of a browser in which a request was sent: its answer opens there. */
export function ownCookie(config: Config, secret: string): [string, string][] {
  return [["Set-Cookie", write(config, cookieNames(isHttps(config)).own, secret, OWN_BROWSER_DAYS * 24 * 3600)]];
}

/**
 * Set-Cookie that takes away every cookie but the one which marks the resident's own browser: it names nobody, and
 * without it whoever left in a hurry could not open the own answer again.
 */
export function forgottenCookies(config: Config): [string, string][] {
  const { own: _own, ...names } = cookieNames(isHttps(config));
  return [...Object.values(names), LOCALE_COOKIE].map((name) => ["Set-Cookie", write(config, name, "", 0)]);
}

/** Set-Cookie with what a passkey was asked to sign, or with a sign-in at an agency; both are signed, for ten minutes. */
export function tokenCookie(config: Config, cookie: "passkey" | "agency", token: string): [string, string][] {
  const name = cookieNames(isHttps(config))[cookie];
  return [["Set-Cookie", write(config, name, token, token === "" ? 0 : TOKEN_MINUTES * 60)]];
}

/** What a browser brings along when a factor is shown. */
export function showingOf(config: Config, request: Request) {
  return {
    browser: find(config, request, "browser"),
    token: find(config, request, "passkey"),
    device: deviceOf(request.headers.get("user-agent")),
  };
}

export const findAsker = (config: Config, request: Request) => find(config, request, "asker");
export const findOwn = (config: Config, request: Request) => find(config, request, "own");
export const findSession = (config: Config, request: Request) => find(config, request, "session");
export const findAgencyToken = (config: Config, request: Request) => find(config, request, "agency");
