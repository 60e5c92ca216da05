// "Leave this site now": on every page that a resident can see, with scripts and without, and back does not lead back.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "#test/support/browser.ts";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { type Road, walkByHttp } from "#test/support/road-by-http.ts";
import { newVisitor, signIn, type Visitor } from "#test/support/visitor.ts";
import { PLACES } from "./places.ts";

const EXIT = "https://www.weather.gov/";
const LINK = /<a class="wl-exit__link" href="\/leave" rel="noreferrer">/g;

let portal: PortalProcess;
let browser: Browser;
let road: Road;

beforeAll(async () => {
  [portal, browser] = await Promise.all([startPortalProcess(), launchBrowser()]);
  road = await walkByHttp(portal, "vera.quintero@resident.example");
});
afterAll(async () => {
  await browser.close();
  await portal[Symbol.asyncDispose]();
});

const pages = () => PLACES.filter((place) => !place.pageless);

it("stands once on every page that a resident or anybody can see", async () => {
  const seen = pages().filter(({ audience }) => typeof audience === "string" || audience.includes("resident"));
  const paths = seen.flatMap((place) => place.at(road));
  expect(paths.length).toBeGreaterThan(20);
  for (const path of paths) {
    const { text } = await road.resident.get(path);
    expect(text.match(LINK)?.length, path).toBe(1);
  }
  const stranger = newVisitor(portal);
  for (const path of ["/", "/sign-in", "/no/such/page"]) {
    expect((await stranger.get(path)).text.match(LINK)?.length, path).toBe(1);
  }
});

it("stands on no page of people at work", async () => {
  const { clerk, supervisor, intake, advocate, operator } = road.staff;
  const homes: [Visitor, string][] = [
    [clerk, "/desk"],
    [clerk, `/desk/cases/${road.caseId}`],
    [supervisor, "/desk/closures"],
    [intake, "/intake"],
    [advocate, "/advocate"],
    [operator, "/operator"],
  ];
  for (const [visitor, path] of homes) {
    const { status, text } = await visitor.get(path);
    expect(status, path).toBe(200);
    expect(text.match(LINK), path).toBeNull();
  }
});

it("as a plain link ends the session, clears what the browser kept, and says nothing to where it leads", async () => {
  const visitor = await signIn(portal, "leaving@resident.example");
  const left = await visitor.get("/leave");
  expect(left.status).toBe(303);
  expect(left.headers.get("location")).toBe(EXIT);
  expect(left.headers.get("clear-site-data")).toBe('"storage"');
  // Every cookie goes but the one that marks the own browser: it names nobody, and an answer opens by it.
  const gone = left.headers.getSetCookie().filter((line) => /Max-Age=0\b/.test(line));
  expect(gone.map((line) => line.split("=")[0]).sort()).toEqual([
    ...["agency", "asker", "browser", "locale", "passkey", "session"],
  ]);
  expect(left.headers.get("cache-control")).toMatch(/^no-store(, no-store)?$/);
  // Of several a browser takes the last.
  expect(left.headers.get("referrer-policy")).toMatch(/(^|, )no-referrer$/);
  expect((await visitor.get("/my")).location).toMatch(/^\/sign-in/);
});

describe("with scripts", () => {
  /** Somebody who came by another page first, so that there is somewhere for "back" to lead. */
  async function arrive(): Promise<Page> {
    const context = await browser.newContext();
    // Where it leads is tested above; nothing of the world is reached from here.
    await context.route(`${portal.url}/leave`, (route) =>
      route.fulfill({ contentType: "text/html", body: "<h1>Weather</h1>" }),
    );
    const page = await context.newPage();
    await page.goto(`${portal.url}/privacy`);
    await page.goto(`${portal.url}/sign-in`);
    await page.waitForFunction(() => "__remixContext" in window);
    await page.waitForLoadState("networkidle");
    return page;
  }

  async function expectGone(page: Page): Promise<void> {
    await page.waitForURL(`${portal.url}/leave`);
    expect(await page.textContent("h1")).toBe("Weather");
    await page.goBack();
    // The page that was left is not in the history: back leads past it.
    expect(new URL(page.url()).pathname).toBe("/privacy");
    await page.context().close();
  }

  it("a click leaves, and back does not lead to the page that was left", async () => {
    const page = await arrive();
    await page.click(".wl-exit__link");
    await expectGone(page);
  });

  it("Escape three times does the same", async () => {
    const page = await arrive();
    for (let n = 0; n < 3; n += 1) await page.keyboard.press("Escape");
    await expectGone(page);
  });

  it("Escape twice, or three times slowly, or with another key between, does not", async () => {
    const page = await arrive();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await page.waitForTimeout(1_600);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.waitForTimeout(300);
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    await page.context().close();
  });
});
