// Through an agency's own sign-in and back: the real pages, the real commands, a real provider.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { connectTo } from "#test/support/secrets.ts";
import { newVisitor, signIn, type Visitor } from "#test/support/visitor.ts";
import { type GivenProvider, givenProvider, type Said } from "../people/given-provider.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CASEY: Said = {
  sub: "u-17",
  email: "casey@sheriff.example.gov",
  email_verified: true,
  acr: "urn:example:two-factors",
};

let portal: PortalProcess;
let provider: GivenProvider;
let client: pg.Client;
beforeAll(async () => {
  portal = await startPortalProcess();
  client = await connectTo(portal.dataFolder);
  provider = await givenProvider([`${portal.url}/sign-in/agency/demo-sheriff/back`]);
  await signIn(portal, "casey@sheriff.example.gov");
  await client.query(
    `INSERT INTO membership (id, account_id, agency_id, role, created_at)
     SELECT gen_random_uuid(), a.id, g.id, 'supervisor', now()
     FROM (SELECT id FROM account ORDER BY created_at DESC LIMIT 1) a, agency g WHERE g.slug = 'demo-sheriff'`,
  );
});
afterAll(async () => {
  await client.end();
  await provider[Symbol.asyncDispose]();
  await portal[Symbol.asyncDispose]();
});

function set(...demands: string[]) {
  const file = join(portal.dataFolder, "client-secret");
  writeFileSync(file, provider.secret);
  const where = ["--issuer", provider.issuer, "--client", provider.clientId, "--secret-file", file];
  const words = ["agency", "sign-in", "set", "demo-sheriff", ...where, "--domain", "sheriff.example.gov", ...demands];
  const done = spawnSync(process.execPath, ["app/wholooked.ts", ...words], {
    cwd: ROOT,
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"] ?? "",
      NODE_ENV: "production",
      WHOLOOKED_DATA: portal.dataFolder,
      WHOLOOKED_OPERATOR: "tester",
      PORTAL_URL: portal.url,
    },
  });
  if (done.status !== 0) throw new Error(done.stderr);
  expect(done.stdout).not.toContain(provider.secret);
}

/** From the list of agencies to the provider, and back with what it says. */
async function walk(visitor: Visitor, said: Said): Promise<string> {
  const { text } = await visitor.get("/sign-in/agency?to=%2Fdesk");
  const link = /href="(\/sign-in\/agency\/demo-sheriff\/go[^"]*)"/.exec(text)?.[1] ?? "";
  const { location } = await visitor.get(link);
  const back = await provider.signIn(location, said);
  return `${back.pathname}${back.search}`;
}

it("leads in with one factor there and one here, or with two there where the agency demands them", async () => {
  expect((await newVisitor(portal).get("/sign-in/agency")).text).toContain("No agency has set up");
  set();
  const one = newVisitor(portal);
  const entered = await one.get(await walk(one, CASEY));
  expect(entered.location).toBe("/desk");
  expect((await one.get("/desk")).location).toBe("/sign-in/factor?to=%2Fdesk");
  set("--acr", "urn:example:two-factors");
  const two = newVisitor(portal);
  const back = await walk(two, CASEY);
  expect((await two.get(back)).location).toBe("/desk");
  expect((await two.get("/desk")).status).toBe(200);
  // What the supervisor asks as a resident is none of the agency's.
  expect((await two.get("/my")).status).toBe(404);
  expect((await two.post("/request/new", {})).status).toBe(404);
  // The same answer again, in the same browser or in another.
  for (const visitor of [two, newVisitor(portal)]) {
    const again = await visitor.get(back);
    expect([again.status, again.text.includes("That did not work")]).toEqual([200, true]);
    expect(again.headers.getSetCookie().join()).not.toMatch(/session=\w/);
  }
});

it("asks at the agency again for what needs a fresh proof, and comes back to where one was", async () => {
  const visitor = newVisitor(portal);
  await visitor.get(await walk(visitor, CASEY));
  await client.query("UPDATE session SET proved_at = proved_at - interval '5 minutes'");
  const { location } = await visitor.get("/account/set-up");
  expect(location).toMatch(/^\/step-up\//);
  const page = (await visitor.get(location)).text;
  const link = /href="(\/sign-in\/agency\/demo-sheriff\/go\?again=[^"]*)"/.exec(page)?.[1] ?? "";
  const there = (await visitor.get(link)).location;
  expect(there).toContain("prompt=login");
  const back = await provider.signIn(there, CASEY);
  expect((await visitor.get(`${back.pathname}${back.search}`)).location).toBe(location);
  expect((await visitor.get("/account/set-up")).status).toBe(200);
});

it("says in plain words when nobody here is known, and lets nobody in", async () => {
  const visitor = newVisitor(portal);
  const answer = await visitor.get(await walk(visitor, { ...CASEY, sub: "u-99", email: "eve@sheriff.example.gov" }));
  expect(answer.text).toContain("Your agency knows you, but nobody here does");
  expect((await visitor.get("/desk")).location).toMatch(/^\/sign-in\?/);
  expect(portal.log()).not.toMatch(/eve@|casey@|u-17|u-99/);
});
