// Floods: who does too much is told to wait; whoever else there is, the victim first of all, is served.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LIMITS } from "#app/people/limit.ts";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";

let portal: PortalProcess;
beforeAll(async () => {
  // Behind a proxy that is trusted, so that a test can come from several networks.
  portal = await startPortalProcess({ env: { TRUST_PROXY: "on" } });
});
afterAll(() => portal[Symbol.asyncDispose]());

const ATTACKER = "198.51.100.7";
const SAME_HOUSE = "198.51.100.200";
const VICTIM = "203.0.113.9";

function post(path: string, fields: Record<string, string>, from: string) {
  return fetch(`${portal.url}${path}`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: portal.url, "x-forwarded-for": from, "accept-language": "en" },
    body: new URLSearchParams(fields),
  });
}
const askFor = (email: string, from: string) => post("/sign-in?index", { email }, from);

describe("a flood of sign-ins", () => {
  it("is stopped with a plain sentence and a time, and the victim is served", async () => {
    const { most } = LIMITS["sign-in.network"];
    for (let n = 0; n < most; n++) expect((await askFor("victim@resident.example", ATTACKER)).status).toBe(302);
    const stopped = await askFor("victim@resident.example", ATTACKER);
    expect(stopped.status).toBe(429);
    expect(await stopped.text()).toMatch(/too often in a short time\. Wait \d+ min/);
    const seconds = Number(stopped.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(LIMITS["sign-in.network"].seconds);
    // By data too, and from the same house, which is the same network.
    expect((await post("/sign-in.data?index", { email: "x@y.example" }, ATTACKER)).status).toBe(429);
    expect((await askFor("other@resident.example", SAME_HOUSE)).status).toBe(429);
    expect((await askFor("victim@resident.example", VICTIM)).status).toBe(302);
  });

  it("locks nobody out of the link in his own mailbox, not even from the flooded network", async () => {
    expect((await askFor("x@y.example", ATTACKER)).status).toBe(429);
    const link = new URL(portal.links.get("resident") ?? "").pathname;
    for (const from of [VICTIM, ATTACKER]) {
      const entered = await post(link, {}, from);
      expect(entered.status).toBe(302);
      expect(entered.headers.getSetCookie().join()).toContain("session=");
    }
  });

  it("says where no network is known that nobody is counted", async () => {
    for (let n = 0; n < 20; n++) expect((await askFor("x@y.example", "127.0.0.1")).status).toBe(302);
  });
});

it("guessed codes are stopped by the network that they come from", async () => {
  const guess = (from: string) => post("/sign-in/code", { code: "123456" }, from);
  for (let n = 0; n < LIMITS["code.network"].most; n++) expect((await guess("192.0.2.1")).status).toBe(200);
  expect((await guess("192.0.2.250")).status).toBe(429);
  expect((await guess(VICTIM)).status).toBe(200);
});

it("checks of documents are stopped as well, and no address stands in the database or the log", async () => {
  const check = (from: string) => {
    const form = new FormData();
    form.append("file", new File(["%PDF-1.7"], "a.pdf"));
    const headers = { origin: portal.url, "x-forwarded-for": from };
    return fetch(`${portal.url}/check`, { method: "POST", headers, body: form });
  };
  for (let n = 0; n < LIMITS["check.network"].most; n++) expect((await check("192.0.2.9")).status).toBe(200);
  const stopped = await check("192.0.2.10");
  expect(stopped.status).toBe(429);
  expect(portal.log()).not.toMatch(/192\.0\.2|198\.51\.100|203\.0\.113/);
});

it("data is not answered the old way", async () => {
  const answer = await fetch(`${portal.url}/sign-in?_data=routes%2Fsign-in._index`);
  expect(answer.status).toBe(404);
});
