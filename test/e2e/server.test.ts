import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";

let portal: PortalProcess;
beforeAll(async () => {
  portal = await startPortalProcess();
});
afterAll(() => portal[Symbol.asyncDispose]());

const get = (path: string, init?: RequestInit) => fetch(`${portal.url}${path}`, { redirect: "manual", ...init });

describe("the server", () => {
  it("says at its start where it is, and how to enter as each of the demo's people", () => {
    expect(portal.welcome).toContain(`WhoLooked is at ${portal.url}`);
    expect([...portal.links.keys()]).toEqual([
      ...["resident", "clerk", "supervisor", "intake", "advocate", "operator"],
      ...["admin", "auditor"],
    ]);
    expect(portal.welcome).toMatch(/demonstration.*invented/);
  });

  it("is alive and ready", async () => {
    expect((await get("/healthz")).status).toBe(200);
    const ready = await get("/readyz");
    expect(await ready.json()).toEqual({ ready: true, faults: [] });
  });

  it("lets only its own scripts run, by a nonce that is new each time", async () => {
    const pages = await Promise.all([get("/"), get("/")]);
    const nonces = pages.map(
      (page) => /'nonce-([^']+)'/.exec(page.headers.get("content-security-policy") ?? "")?.[1] ?? "",
    );
    expect(new Set(nonces).size).toBe(2);
    const html = (await pages[0]?.text()) ?? "";
    const scripts = [...html.matchAll(/<script\b([^>]*)>/g)].map((match) => match[1] ?? "");
    expect(scripts.length).toBeGreaterThan(0);
    for (const attributes of scripts) expect(attributes).toContain(`nonce="${nonces[0]}"`);
    expect(pages[0]?.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(html).not.toMatch(/\sstyle="/);
  });

  it("sends the headers that keep others out", async () => {
    const { headers } = await get("/sign-in");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("takes no request id from outside", async () => {
    const { headers } = await get("/", { headers: { "X-Request-Id": "evil" } });
    expect(headers.get("x-request-id")).not.toBe("evil");
  });

  it.each([
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])("refuses a form from elsewhere: %o", async (headers) => {
    const answer = await get("/sign-in?index", {
      method: "POST",
      headers: { ...headers, "content-type": "application/x-www-form-urlencoded" } as Record<string, string>,
      body: "email=vera%40example.org",
    });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toMatch(/not sent from this site[\s\S]*no se envió desde este sitio/);
  });

  it("sends a stranger to the sign-in, from the page's address and from its data's", async () => {
    for (const path of ["/my", "/desk", "/intake", "/advocate", "/operator"]) {
      const page = await get(path);
      expect(page.status, path).toBe(302);
      expect(page.headers.get("location"), path).toBe(`/sign-in?to=${encodeURIComponent(path)}`);
      const data = await (await get(`${path}.data`)).text();
      expect(data, path).toContain("/sign-in?to=");
    }
  });

  it("shows a 404 page with a way back and without a stack", async () => {
    const answer = await get("/no/such/page");
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toMatch(/\bat .*\.(js|ts):\d+/);
  });

  it("has no mail page where the demo is off or the portal can be reached from outside", async () => {
    expect((await get("/dev/mail")).status).toBe(200);
    await using open = await startPortalProcess({ env: { HOST: "0.0.0.0" } });
    expect((await fetch(`${open.url}/dev/mail`)).status).toBe(404);
    await using real = await startPortalProcess({ env: { WHOLOOKED_DEMO: "off" } });
    expect((await fetch(`${real.url}/dev/mail`)).status).toBe(404);
    expect(real.links.size).toBe(0);
  });

  it("does not spend a link that is only opened, and signs in by its button", async () => {
    const link = new URL(portal.links.get("clerk") ?? "");
    for (let n = 0; n < 3; n++) expect((await get(link.pathname)).status).toBe(200);
    const entered = await get(link.pathname, { method: "POST", headers: { origin: portal.url } });
    expect(entered.status).toBe(302);
    const cookie = entered.headers.getSetCookie().find((one) => one.startsWith("session="));
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
    const session = cookie?.split(";")[0] ?? "";
    expect((await get("/desk", { headers: { cookie: session } })).status).toBe(200);
    expect((await get("/operator", { headers: { cookie: session } })).status).toBe(404);
    await get("/sign-out", { method: "POST", headers: { cookie: session, origin: portal.url } });
    expect((await get("/desk", { headers: { cookie: session } })).status).toBe(302);
  });

  it("is not led elsewhere by the parameter that leads back", async () => {
    for (const to of ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]) {
      const page = await (await get(`/sign-in?to=${encodeURIComponent(to)}`)).text();
      expect(page).not.toMatch(/name="to"[^>]*evil|value="[^"]*evil/);
    }
  });
});

describe("a start", () => {
  it.each([
    [{ PORT: "ninety" }, [], "PORT"],
    [{ SMTP_URL: "mail" }, [], "SMTP_URL"],
    [{}, ["--role", "king"], "--role takes all, web, worker"],
  ])("with %o %o ends with a sentence that names it", async (env, args, sentence) => {
    await expect(startPortalProcess({ env: env as Record<string, string>, args })).rejects.toThrow(sentence);
  });

  it("again finds everything as it was, and a stop is clean", async () => {
    const first = await startPortalProcess();
    expect(await first.stop()).toBe(0);
    await using second = await startPortalProcess({ dataFolder: first.dataFolder });
    expect(second.links.size).toBe(8);
    expect(await second.stop()).toBe(0);
  });

  it("as worker alone serves no page", async () => {
    await using worker = await startPortalProcess({ args: ["--role", "worker"] });
    await expect(fetch(`${worker.url}/healthz`)).rejects.toThrow();
  });
});
