// A person at the portal without a browser: keeps cookies, sends forms as the page has them, follows nothing.
import { setTimeout as sleep } from "node:timers/promises";
import { stepAt, totpCode } from "#app/people/factors/totp.ts";
import type { PortalProcess } from "#test/support/portal-process.ts";

/** What stands in a form: a text, or several of one name. */
export type Fields = Readonly<Record<string, string | readonly string[]>>;

export interface Answer {
  readonly status: number;
  /** Where it leads, without the portal's own origin; empty when it leads nowhere. */
  readonly location: string;
  readonly text: string;
  readonly headers: Headers;
}

export interface Visitor {
  readonly portal: PortalProcess;
  get(path: string): Promise<Answer>;
  /** Sends exactly these fields. `headers` replace the ones that the portal's own page would send. */
  post(path: string, fields: Fields | FormData, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Fills in the first form of the page that has `has` among its names, as a browser without scripts would. */
  fill(path: string, fields: Fields, has?: string): Promise<Answer>;
  /** The Cookie header. */
  cookies(): string;
  /** The same person, still signed in, at a portal that was started again elsewhere. */
  at(portal: PortalProcess): Visitor;
}

const CODE_PATIENCE_MS = 10_000;

/** Somebody who has just arrived and is signed in as nobody. */
export function newVisitor(portal: PortalProcess, jar = new Map<string, string>()): Visitor {
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");

  async function send(path: string, init: RequestInit): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set("cookie", cookies());
    const response = await fetch(`${portal.url}${path}`, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /Max-Age=0\b/.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return {
      status: response.status,
      location: (response.headers.get("location") ?? "").replace(portal.url, ""),
      text: await response.text(),
      headers: response.headers,
    };
  }

  const visitor: Visitor = {
    portal,
    cookies,
    at: (other) => newVisitor(other, jar),
    get: (path) => send(path, {}),
    post: (path, fields, headers = { origin: portal.url }) =>
      send(path, { method: "POST", headers, body: fields instanceof FormData ? fields : encode(fields) }),
    async fill(path, fields, has) {
      const page = await visitor.get(path);
      if (page.status !== 200) throw new Error(`${path} answered ${page.status}, no page to fill in`);
      return visitor.post(path, { ...formIn(page.text, has), ...fields });
    },
  };
  return visitor;
}

/** Enters as one of the demo's people by their printed link. A link works once. */
export async function enterAs(portal: PortalProcess, person: string): Promise<Visitor> {
  const visitor = newVisitor(portal);
  const entered = await visitor.post(new URL(portal.links.get(person) ?? "").pathname, {});
  if (entered.status !== 302) throw new Error(`${person} could not enter: ${entered.status}`);
  return visitor;
}

/** Signs in by the code that is mailed to the address. */
export async function signIn(portal: PortalProcess, email: string): Promise<Visitor> {
  const visitor = newVisitor(portal);
  await visitor.post("/sign-in?index", { email });
  const entered = await visitor.post("/sign-in/code", { code: await mailedCode(portal, email) });
  if (entered.status !== 302) throw new Error(`the code did not open the door: ${entered.status}`);
  return visitor;
}

/** The newest code that was mailed to the address, from the demo's mail page. */
export async function mailedCode(portal: PortalProcess, email: string): Promise<string> {
  const began = performance.now();
  for (;;) {
    const page = await (await fetch(`${portal.url}/dev/mail`)).text();
    const code = /\b\d{6}\b/.exec(page.split(`<bdi>${email}</bdi>`)[1]?.split("<pre")[1] ?? "")?.[0];
    if (code) return code;
    if (performance.now() - began > CODE_PATIENCE_MS) throw new Error("no code was mailed");
    await sleep(100);
  }
}

const STEP_PATIENCE_MS = 40_000;

/** Shows the demonstration's code where a page asks again, and sends what was kept. @param location of that page */
export async function passStepUp(visitor: Visitor, location: string): Promise<Answer> {
  const code = await demoCode(visitor, location);
  const shown = await visitor.post(location, { intent: "totp", code });
  if (shown.status !== 302) throw new Error(`the code of the demonstration was refused: ${shown.status}`);
  const { text } = await visitor.get(location);
  const path = plain(/<form\b[^>]*method="post"[^>]*action="([^"]*)"/.exec(inMain(text))?.[1] ?? "");
  if (path === "") throw new Error("nothing was kept to be sent");
  return visitor.post(path, formIn(inMain(text)));
}

/** The code that the page shows of an invented phone; one that was just spent is waited out. */
async function demoCode(visitor: Visitor, location: string): Promise<string> {
  const began = performance.now();
  for (;;) {
    const { text } = await visitor.get(location);
    const code = /app would now show: (\d{6})/.exec(text)?.[1];
    if (code) return code;
    if (performance.now() - began > STEP_PATIENCE_MS) throw new Error("the page that asks again shows no code");
    await sleep(500);
  }
}

/** Sets up an authenticator for somebody who must have one, as they do at their first entry. @returns its secret */
export async function setUpPhone(visitor: Visitor): Promise<string> {
  await visitor.post("/account/set-up", { intent: "begin" });
  const { text } = await visitor.get("/account/set-up");
  const secret = (/<code class="wl-address">([A-Z2-7 ]+)<\/code>/.exec(text)?.[1] ?? "").replaceAll(" ", "");
  const code = totpCode(secret, stepAt(new Date()));
  const done = await visitor.post("/account/set-up", { intent: "confirm", code });
  if (done.status !== 200 || !done.text.includes("wl-codes")) throw new Error(`no factor was set up: ${done.status}`);
  return secret;
}

const inMain = (html: string) => html.slice(html.indexOf("<main"));

function encode(fields: Fields): URLSearchParams {
  return new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
  );
}

/** What a browser would send of a page's form, but for its buttons. */
export function formIn(html: string, has?: string): Record<string, string | string[]> {
  const forms = [...html.matchAll(/<form\b[^>]*method="post"[^>]*>(.*?)<\/form>/gs)].map((match) => match[1] ?? "");
  const form = forms.find((inside) =>
    has === undefined ? !inside.includes("usa-button--unstyled") : inside.includes(`name="${has}"`),
  );
  if (form === undefined) throw new Error(`the page has no form with ${has ?? "fields"}`);
  const fields = new Map<string, string[]>();
  const add = (name: string, value: string) => fields.set(name, [...(fields.get(name) ?? []), plain(value)]);
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const type = attribute(tag, "type") || "text";
    if (["radio", "checkbox"].includes(type) && !/\schecked/.test(tag)) continue;
    if (!["file", "submit"].includes(type)) add(attribute(tag, "name"), attribute(tag, "value"));
  }
  for (const [, tag = "", text = ""] of form.matchAll(/<textarea\b([^>]*)>(.*?)<\/textarea>/gs)) {
    add(attribute(tag, "name"), text);
  }
  for (const [, tag = "", options = ""] of form.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)) {
    const chosen = /<option\b[^>]*\sselected[^>]*>/.exec(options) ?? /<option\b[^>]*>/.exec(options);
    add(attribute(tag, "name"), attribute(chosen?.[0] ?? "", "value"));
  }
  return Object.fromEntries([...fields].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]));
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };

function plain(text: string): string {
  return text.replace(/&(\w+|#x27);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}
