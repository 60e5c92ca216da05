// Second factors through the real pages: what stays shut without one, what asks again, and that nothing typed is lost.

import type pg from "pg";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "#app/platform/database/id.ts";
import { LOCALES } from "#app/ui/locale.ts";
import { launchBrowser } from "#test/support/browser.ts";
import { DESK, findFaults } from "#test/support/page-faults.ts";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { lookAtPage, type Road, walkByHttp } from "#test/support/road-by-http.ts";
import { connectTo } from "#test/support/secrets.ts";
import { enterAs, formIn, newVisitor, passStepUp, setUpPhone, signIn, type Visitor } from "#test/support/visitor.ts";
import { dataPath, PLACES } from "./places.ts";

let portal: PortalProcess;
let client: pg.Client;
let road: Road;
let browser: Browser;

beforeAll(async () => {
  [portal, browser] = await Promise.all([startPortalProcess(), launchBrowser()]);
  client = await connectTo(portal.dataFolder);
  road = await walkByHttp(portal, "vera@resident.example");
});
afterAll(async () => {
  await client.end();
  await browser.close();
  await portal[Symbol.asyncDispose]();
});

/** Somebody who holds every role at the road's agency, by a mailed code alone. */
async function hireHalfWay(email: string, roles = ["clerk", "supervisor", "intake", "advocate", "operator"]) {
  const visitor = await signIn(portal, email);
  const { rows } = await client.query<{ id: string }>("SELECT id FROM account ORDER BY created_at DESC LIMIT 1");
  for (const role of roles) {
    const agency = ["advocate", "operator"].includes(role)
      ? "NULL"
      : "(SELECT id FROM agency WHERE slug = 'demo-sheriff')";
    await client.query(
      `INSERT INTO membership (id, account_id, agency_id, role, created_at) VALUES ($1, $2, ${agency}, $3, now())`,
      [newId(), rows[0]?.id, role],
    );
  }
  return visitor;
}

describe("somebody at work who has shown the mailed code alone", () => {
  let half: Visitor;
  beforeAll(async () => {
    half = await hireHalfWay("half@elsewhere.example");
  });

  it("reaches no page behind the door, nor its data: all lead to the second factor", async () => {
    for (const { at, audience } of PLACES.filter(({ audience: who }) => who !== "everyone")) {
      for (const path of at(road)) {
        if (path === "/sign-in/factor" || path === "/account/set-up") continue;
        const page = await half.get(path);
        expect([page.status, page.location.split("?")[0]], `${audience}: ${path}`).toEqual([302, "/sign-in/factor"]);
        const data = await half.get(dataPath(path));
        expect(data.text, path).toContain("/sign-in/factor");
        expect(data.text, path).not.toMatch(/WL-\d{4}|7DEM042/);
      }
    }
  });

  it("does nothing by a form sent straight there", async () => {
    const before = await state();
    for (const { at, sends } of PLACES) {
      for (const fields of sends?.(road) ?? []) {
        for (const path of at(road)) {
          expect((await half.post(path, fields)).location, path).toMatch(/^\/sign-in\/factor/);
        }
      }
    }
    for (const path of ["/account?index", "/account/sessions", `/step-up/${newId()}`]) {
      const sent = await half.post(path, { intent: "codes" });
      expect(sent.location, path).toMatch(/^\/sign-in\/factor/);
    }
    expect(await state()).toEqual(before);
  });

  it("is led to set one up, gets ten codes on paper, and is in", async () => {
    expect((await half.get("/sign-in/factor?to=%2Fdesk")).location).toBe("/account/set-up?to=%2Fdesk");
    const old = half.cookies();
    await setUpPhone(half);
    expect((await half.get("/desk")).status).toBe(200);
    // Whoever knew the session of before has nothing.
    const thief = newVisitor(portal, new Map([["session", /session=([^;]+)/.exec(old)?.[1] ?? ""]]));
    expect((await thief.get("/desk")).location).toMatch(/^\/sign-in\?/);
    expect((await thief.get("/account")).location).toMatch(/^\/sign-in\?/);
  });

  it("and from then on is asked for it, and sets up no other with the mailed code", async () => {
    const again = await signIn(portal, "half@elsewhere.example");
    expect((await again.get("/home")).location).toBe("/sign-in/factor?to=%2Fhome");
    expect((await again.get("/account/set-up")).location).toMatch(/^\/sign-in\/factor/);
    expect((await again.post("/account/set-up", { intent: "begin" })).location).toMatch(/^\/sign-in\/factor/);
    const page = await again.get("/sign-in/factor");
    expect(page.status).toBe(200);
    expect(page.text, "the code of an invented phone is shown for nobody real").not.toContain("app would now show");
    const wrong = await again.post("/sign-in/factor", { intent: "totp", code: "000000" });
    expect(wrong.text).toContain("This was not taken");
    expect(wrong.text).not.toContain("000000");
  });
});

describe("an approval", () => {
  let supervisor: Visitor;
  let path = "";
  beforeAll(async () => {
    supervisor = await enterAs(portal, "supervisor");
    path = `/desk/cases/${road.proposedCaseId}/approval`;
    await lookAtPage(supervisor, path, (await supervisor.get(path)).text);
  });
  const approved = async () => {
    const where = [road.proposedCaseId];
    const found = await client.query("SELECT 1 FROM history_step WHERE case_id = $1 AND kind = 'approved'", where);
    return found.rowCount;
  };

  it("sent straight there, with the right digest, releases nothing without a fresh factor", async () => {
    const form = formIn((await supervisor.get(path)).text, "digest");
    for (const to of [path, dataPath(path)]) {
      const sent = await supervisor.post(to, { ...form, intent: "approve" });
      expect(sent.location + sent.text, to).toContain("/step-up/");
    }
    expect(await approved()).toBe(0);
  });

  it("what was kept is another's to nobody", async () => {
    const sent = await supervisor.fill(path, { intent: "approve" }, "digest");
    for (const other of [road.staff.clerk, road.resident, await enterAs(portal, "operator")]) {
      expect((await other.get(sent.location)).status).toBe(404);
      expect((await other.post(sent.location, { intent: "totp", code: "123456" })).status).toBe(404);
    }
    const { rows } = await client.query("SELECT draft_sealed FROM step_up");
    for (const { draft_sealed: sealed } of rows) expect(sealed).not.toContain(Buffer.from("approve").toString("hex"));
  });

  it("goes on with what was pressed once the code is shown, and asks no second time within five minutes", async () => {
    const sent = await supervisor.fill(path, { intent: "approve" }, "digest");
    const old = supervisor.cookies();
    const done = await passStepUp(supervisor, sent.location);
    expect(done.location).toBe(`/desk/cases/${road.proposedCaseId}`);
    expect(await approved()).toBe(1);
    expect(supervisor.cookies()).not.toBe(old);
    expect((await supervisor.get("/account/set-up")).status).toBe(200);
  });
});

describe("a resident", () => {
  it("is asked for a mailed code anew, once the last is five minutes old", async () => {
    const resident = await signIn(portal, "rosa@resident.example");
    expect((await resident.get("/account/set-up")).status).toBe(200);
    await client.query("UPDATE session SET proved_at = proved_at - interval '5 minutes'");
    const { location } = await resident.get("/account/set-up");
    expect(location).toMatch(/^\/step-up\//);
    expect((await resident.post(location, { intent: "totp", code: "123456" })).text).toContain("This was not taken");
    expect((await resident.post(location, { intent: "mail", mailCode: "000000" })).text).toContain("does not fit");
    const before = await newestMail();
    expect((await resident.post(location, { intent: "mail-send" })).location).toBe(`${location}?sent`);
    const code = await codeAfter(before);
    expect((await resident.post(location, { intent: "mail", mailCode: code })).location).toBe(location);
    expect((await resident.get(location)).text).toContain('href="/account/set-up"');
    expect((await resident.get("/account/set-up")).status).toBe(200);
  });

  it("sees where else she is signed in, and ends it there", async () => {
    const here = await signIn(portal, "nora@resident.example");
    const there = await signIn(portal, "nora@resident.example");
    const page = (await here.get("/account/sessions")).text;
    expect(page.match(/data-label|role="row"/g)?.length).toBeGreaterThan(2);
    const done = await here.post("/account/sessions", {});
    expect(done.text).toContain("1 other sign-in was closed.");
    expect((await there.get("/my")).location).toMatch(/^\/sign-in\?/);
    expect((await here.get("/my")).status).toBe(200);
  });

  it("signs out, and the browser is told to forget", async () => {
    const resident = await signIn(portal, "lia@resident.example");
    const old = resident.cookies();
    const left = await resident.post("/sign-out", {});
    expect(left.headers.get("clear-site-data")).toBe('"storage"');
    const thief = newVisitor(portal, new Map([["session", /session=([^;]+)/.exec(old)?.[1] ?? ""]]));
    expect((await thief.get("/my")).location).toMatch(/^\/sign-in\?/);
  });
});

describe("a passkey in a real browser", () => {
  it("is made, is asked for as the second factor, and is the whole sign-in", async () => {
    const visitor = await hireHalfWay("passkey@elsewhere.example", ["clerk"]);
    const { page, close } = await open(visitor);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto(`${portal.url}/account/set-up?to=/desk`);
    await page.getByRole("button", { name: "Make a passkey" }).click();
    await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
    expect(await page.locator(".wl-codes li").count()).toBe(10);
    await page.getByRole("link", { name: "I have kept them" }).click();
    await page.waitForURL(/\/desk$/);
    await page.getByRole("button", { name: "Sign out" }).first().click();
    await page.waitForURL(/\/sign-in\?left/);
    await page.getByRole("link", { name: "Sign in with a passkey" }).click();
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await page.waitForURL(/\/desk$/);
    await close();
  });
});

describe.each(LOCALES)("the pages in %s", (locale) => {
  it("can be used with a screen reader, and without scripts say what to do instead", async () => {
    const faults: string[] = [];
    const look = async (page: Page, what: string) => {
      faults.push(...(await findFaults(page, locale)).map((fault) => `${what}: ${fault}`));
    };
    const half = await hireHalfWay(`looks-${locale}@elsewhere.example`, ["clerk"]);
    const { page, close } = await open(half, locale);
    await page.goto(`${portal.url}/account/set-up`);
    await look(page, "set up");
    await page.locator('button[value="begin"]').click();
    await page.locator(".wl-qr").waitFor();
    await look(page, "set up, begun");
    await page.locator('[name="code"]').fill("12");
    await page.locator('button[value="confirm"]').click();
    await page.locator(".wl-error-summary").waitFor();
    await look(page, "set up, refused");
    await close();
    await setUpPhone(half);
    const again = await signIn(portal, `looks-${locale}@elsewhere.example`);
    const second = await open(again, locale);
    await second.page.goto(`${portal.url}/sign-in/factor`);
    await look(second.page, "second factor");
    await second.page.locator('button[value="totp"]').click();
    await second.page.locator(".wl-error-summary").waitFor();
    await look(second.page, "second factor, refused");
    await second.close();
    const supervisor = await enterAs(portal, "supervisor");
    const third = await open(supervisor, locale);
    await third.page.goto(`${portal.url}/account/set-up`);
    await third.page.waitForURL(/\/step-up\//);
    await look(third.page, "asked again");
    await third.close();
    expect(faults).toEqual([]);
    expect((await again.get("/sign-in/factor")).text).toMatch(/<form/);
    expect((await newVisitor(portal).get("/sign-in/passkey")).text).toContain("A passkey needs JavaScript");
  });
});

async function open(visitor: Visitor, locale = "en") {
  const context = await browser.newContext({ viewport: DESK, locale: locale === "es" ? "es-US" : "en-US" });
  const cookies = visitor
    .cookies()
    .split("; ")
    .map((pair) => {
      const [name = "", value = ""] = pair.split("=");
      return { name, value, url: portal.url };
    });
  await context.addCookies(cookies);
  return { page: await context.newPage(), close: () => context.close() };
}

async function newestMail(): Promise<string> {
  const { rows } = await client.query("SELECT id FROM outbox_mail ORDER BY created_at DESC LIMIT 1");
  return rows[0]?.id ?? "";
}

/** The code of a letter that is newer than the one named. */
async function codeAfter(before: string): Promise<string> {
  while ((await newestMail()) === before) await new Promise((resolve) => setTimeout(resolve, 100));
  const began = performance.now();
  for (;;) {
    const page = await (await fetch(`${portal.url}/dev/mail`)).text();
    const codes = [...page.matchAll(/<bdi>rosa@resident\.example<\/bdi>.*?<pre[^>]*>(.*?)<\/pre>/gs)];
    const newest = /\b\d{6}\b/.exec(codes[0]?.[1] ?? "")?.[0];
    if (codes.length > 1 && newest) return newest;
    if (performance.now() - began > 10_000) throw new Error("no code was mailed");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What a form could change. */
async function state() {
  const tables = ["decision", "match", "history_step", "release", "clock_event", "letter", "step_up", "authenticator"];
  const counts = tables.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`);
  return (await client.query(`SELECT ${counts.join(", ")}, (SELECT count(*) FROM ledger.entry) AS entries`)).rows[0];
}
