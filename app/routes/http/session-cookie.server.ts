import { SESSION_HOURS, SIGN_IN_MINUTES } from "#app/people/sign-in.ts";
import type { Config } from "#app/platform/config/config.server.ts";
import { cookieNames, readCookies } from "./cookies.server.ts";

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

export function findAsker(config: Config, request: Request): string | null {
  return readCookies(request.headers.get("cookie") ?? undefined).get(cookieNames(isHttps(config)).asker) ?? null;
}

export function findSession(config: Config, request: Request): string | null {
  return readCookies(request.headers.get("cookie") ?? undefined).get(cookieNames(isHttps(config)).session) ?? null;
}
