// What every answer carries so that others stay out, and what nobody else's page can send: one test for each.
import { once } from "node:events";
import { request as ask, createServer, type IncomingHttpHeaders, type Server } from "node:http";
import express from "express";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "#app/platform/config/config.server.ts";
import { keepFromCaches, markRequest, refuseForeignForms, securityHeaders } from "#app/routes/http/security.server.ts";
import { askerCookie, enteredCookies, leftHeaders } from "#app/routes/http/session-cookie.server.ts";

const OWN = "https://wholooked.example.gov";
let server: Server;
let port: number;

async function listen(isHttps: boolean): Promise<void> {
  const app = express();
  app.use(markRequest, securityHeaders(isHttps), keepFromCaches, refuseForeignForms(OWN));
  app.use((request, response) => {
    request.resume().once("end", () => response.send("served"));
  });
  server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  port = address && typeof address === "object" ? address.port : expect.unreachable();
}

async function send(
  method: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: IncomingHttpHeaders }> {
  const sent = ask({
    host: "127.0.0.1",
    port,
    method,
    path: "/",
    headers: { host: "wholooked.example.gov", ...headers },
  });
  sent.end();
  const [response] = await once(sent, "response");
  response.resume();
  return { status: response.statusCode, headers: response.headers };
}

beforeEach(() => listen(true));
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe("every answer", () => {
  it("is kept by no cache", async () => {
    expect((await send("GET")).headers["cache-control"]).toBe("no-store");
  });

  it("lets nothing run but our own scripts, by a nonce of its own", async () => {
    const policies = await Promise.all([send("GET"), send("GET")]);
    const [one, other] = policies.map(({ headers }) => String(headers["content-security-policy"]));
    expect(one).toContain("default-src 'none'");
    expect(one).toContain("base-uri 'none'");
    expect(one).toContain("frame-ancestors 'none'");
    expect(one).toContain("form-action 'self'");
    expect(one).not.toMatch(/unsafe-inline|unsafe-eval|\*|data:|https?:/);
    const nonceOf = (policy = "") => /script-src 'self' 'nonce-([^']{20,})'/.exec(policy)?.[1];
    expect(nonceOf(one)).toBeDefined();
    expect(nonceOf(one)).not.toBe(nonceOf(other));
  });

  it("is for HTTPS alone for a year, where it is served so, and only there", async () => {
    expect((await send("GET")).headers["strict-transport-security"]).toBe("max-age=31536000; includeSubDomains");
    server.close();
    await listen(false);
    expect((await send("GET")).headers["strict-transport-security"]).toBeUndefined();
  });

  it.each([
    ["x-content-type-options", "nosniff"],
    ["x-frame-options", "DENY"],
    ["referrer-policy", "same-origin"],
    ["cross-origin-opener-policy", "same-origin"],
    ["cross-origin-resource-policy", "same-origin"],
    ["x-powered-by", undefined],
  ])("%s: %s", async (name, value) => {
    expect((await send("GET")).headers[name]).toBe(value);
  });
});

describe("a form of another page", () => {
  it.each([
    ["another origin", { origin: "https://evil.example" }],
    ["another origin that says it is ours", { origin: "https://evil.example", "sec-fetch-site": "same-origin" }],
    ["no origin it will say", { origin: "null" }],
    ["another site without an origin", { "sec-fetch-site": "cross-site" }],
    ["a neighbour under the same domain", { origin: "https://other.example.gov", "sec-fetch-site": "same-site" }],
    ["a neighbour without an origin", { "sec-fetch-site": "same-site" }],
    ["our name, and from elsewhere", { origin: OWN, "sec-fetch-site": "cross-site" }],
    ["our name as a part", { origin: `${OWN}.evil.example` }],
    ["a user's own click elsewhere", { "sec-fetch-site": "none" }],
  ])("is refused: %s", async (_, headers) => {
    expect((await send("POST", headers)).status).toBe(403);
  });

  it("is not ours", async () => {
    expect((await send("POST", { origin: OWN, "sec-fetch-site": "same-origin" })).status).toBe(200);
    expect((await send("GET", { "sec-fetch-site": "cross-site" })).status).toBe(200);
  });
});

describe("cookies", () => {
  const https = readConfig({ PORTAL_URL: OWN });
  const plain = readConfig({});
  const of = (pairs: [string, string][]) => pairs.filter(([name]) => name === "Set-Cookie").map(([, value]) => value);

  it("are pinned to this host and to HTTPS, and no script reads them", () => {
    const cookies = [...of(enteredCookies(https, "s3cret")), ...of(askerCookie(https, "a")), ...of(leftHeaders(https))];
    expect(cookies.length).toBe(4);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Host-(session|asker)=[^;]*; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/);
      // A Domain would take the prefix's promise away.
      expect(cookie).not.toMatch(/domain=/i);
    }
  });

  it("on a laptop without HTTPS have no name that a browser would refuse", () => {
    expect(of(enteredCookies(plain, "s3cret"))[0]).toMatch(/^session=s3cret; Path=\/; HttpOnly; SameSite=Lax/);
  });

  it("go at sign-out, and with them what the browser has stored", () => {
    const headers = leftHeaders(https);
    expect(of(headers)).toEqual([expect.stringMatching(/^__Host-session=; .*Max-Age=0/)]);
    expect(headers).toContainEqual(["Clear-Site-Data", '"storage"']);
  });
});
