import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "#app/ui/locale.ts";
import { launchBrowser } from "#test/support/browser.ts";
import { DESK, findFaults, NARROW } from "#test/support/page-faults.ts";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { type Road, walkByHttp } from "#test/support/road-by-http.ts";
import { newVisitor, signIn, type Visitor } from "#test/support/visitor.ts";
import type { Place } from "./place.ts";
import { PLACES } from "./places.ts";

let portal: PortalProcess;
let browser: Browser;
let road: Road;
const nobody = () => newVisitor(portal);

beforeAll(async () => {
  [portal, browser] = await Promise.all([startPortalProcess(), launchBrowser()]);
  road = await walkByHttp(portal, "vera.quintero@resident.example");
});
afterAll(async () => {
  await browser.close();
  await portal[Symbol.asyncDispose]();
});

/** A browser in which this visitor is signed in. */
async function browserOf(visitor: Visitor, locale: Locale, options: { scripts?: boolean } = {}) {
  const context = await browser.newContext({
    viewport: DESK,
    locale: locale === "es" ? "es-US" : "en-US",
    javaScriptEnabled: options.scripts ?? true,
    reducedMotion: "reduce",
  });
  const pairs = visitor
    .cookies()
    .split("; ")
    .filter((pair) => pair !== "");
  const cookies = pairs.map((pair) => {
    const [name = "", value = ""] = pair.split("=");
    return { name, value, url: portal.url };
  });
  await context.addCookies(cookies);
  return context;
}

/** Each page with the one who looks at it. */
function views(): { path: string; by: Visitor; route: string }[] {
  const pages = PLACES.filter((place) => !place.pageless);
  const seen = pages.flatMap((place) =>
    place.at(road).map((path) => ({ path, by: readerOf(place), route: place.route })),
  );
  // Signed in and signed out, the frame differs.
  return [...seen, { path: "/no/such/page", by: road.resident, route: "$" }];
}

function readerOf({ audience, route }: Place): Visitor {
  if (audience === "everyone") return nobody();
  if (audience === "signed-in") return route.startsWith("desk") ? road.staff.clerk : road.resident;
  const [first] = audience;
  return first === undefined || first === "resident" ? road.resident : road.staff[first];
}

describe.each(LOCALES)("every page in %s", (locale) => {
  const titles = new Map<string, Set<string>>();

  it("can be used with a screen reader, at a desk and on a phone", async () => {
    const faults: string[] = [];
    const byPerson = Map.groupBy(views(), (view) => view.by.cookies());
    const look = async (all: ReturnType<typeof views>) => {
      const context = await browserOf(all[0]!.by, locale);
      const page = await context.newPage();
      for (const { path, route } of all) {
        await page.goto(`${portal.url}${path}`);
        faults.push(...(await findFaults(page, locale)).map((fault) => `${path}: ${fault}`));
        const title = await page.title();
        titles.set(title, (titles.get(title) ?? new Set()).add(route));
      }
      await context.close();
    };
    await Promise.all([...byPerson.values()].map(look));
    expect(faults).toEqual([]);
  });

  it("has a title of its own", () => {
    const shared = [...titles.values()]
      .filter((routes) => routes.size > 1)
      .map((routes) => [...routes].sort().join(" "));
    expect(shared).toEqual([]);
    for (const title of titles.keys()) expect(title).toContain("WhoLooked");
  });

  it("can be used when a form came back with errors", async () => {
    const steps = ["you", "identifiers", "agencies", "contact"].map((step) => `/request/${road.draftId}/${step}`);
    const faults: string[] = [];
    const cases: [Visitor, string, (page: Page) => Promise<void>][] = [
      [nobody(), "/sign-in", async (page) => page.locator('[name="email"]').fill("no address")],
      ...steps.map((path): [Visitor, string, (page: Page) => Promise<void>] => [road.resident, path, spoil]),
      [road.resident, `/history/${road.releaseId}/dispute?line=2`, async () => undefined],
      [road.staff.intake, `/intake/${road.complaintId}`, async () => undefined],
    ];
    for (const [visitor, path, wrong] of cases) {
      const context = await browserOf(visitor, locale);
      const page = await context.newPage();
      await page.goto(`${portal.url}${path}`);
      await wrong(page);
      await page.locator("main form .usa-button:not(.usa-button--outline)").first().click();
      await page.locator(".wl-error-summary").waitFor();
      faults.push(...(await findFaults(page, locale)).map((fault) => `${path} with errors: ${fault}`));
      expect(await page.evaluate(() => document.activeElement?.className), path).toContain("wl-error-summary");
      await page.locator(".wl-error-summary a").first().click();
      const target = await page.evaluate(() => location.hash.slice(1));
      expect(await page.evaluate((id) => document.getElementById(id) !== null, target), `${path} #${target}`).toBe(
        true,
      );
      await context.close();
    }
    expect(faults).toEqual([]);
  });
});

/** Leaves a step of the request in a way that no rule accepts. */
async function spoil(page: Page): Promise<void> {
  await page.locator("main details").evaluateAll((all) => {
    for (const folded of all) (folded as HTMLDetailsElement).open = true;
  });
  for (const box of await page
    .locator('main input:not([type="hidden"]):not([type="radio"]):not([type="checkbox"])')
    .all()) {
    await box.fill("?");
  }
  for (const box of await page.locator('main input[type="checkbox"]:checked').all()) await box.press("Space");
  await page.locator('main input[type="radio"]').evaluateAll((radios) => {
    for (const radio of radios) (radio as HTMLInputElement).checked = false;
  });
}

describe("by keyboard alone", () => {
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    context = await browserOf(road.resident, "en");
    page = await context.newPage();
  });
  afterAll(() => context.close());

  it("the first stop skips to the content", async () => {
    await page.goto(`${portal.url}/my`);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the main content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.querySelector("main")?.contains(document.activeElement))).toBe(true);
  });

  it("every stop of a form is seen, in the order in which it is read", async () => {
    await page.goto(`${portal.url}/request/${road.draftId}/identifiers`);
    await page.locator("#main").focus();
    const stops: { what: string; top: number; seen: boolean }[] = [];
    for (;;) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(() => {
        const at = document.activeElement;
        if (!(at instanceof HTMLElement) || !document.querySelector("main")?.contains(at)) return null;
        const look = getComputedStyle(at);
        const what = at.getAttribute("name") ?? at.textContent ?? "";
        const seen = look.outlineStyle !== "none" && Number.parseFloat(look.outlineWidth) >= 2;
        return {
          what: `${what} ${at.getAttribute("value") ?? ""}`.trim(),
          top: at.getBoundingClientRect().top + scrollY,
          seen,
        };
      });
      if (stop === null) break;
      stops.push(stop);
    }
    expect(stops.filter((stop) => !stop.seen)).toEqual([]);
    expect(stops.map((stop) => stop.what.split(" ")[0])).toEqual([
      "Page",
      ...["plate0", "plateFrom0.month", "plateFrom0.day", "plateFrom0.year"],
      ...["plateTo0.month", "plateTo0.day", "plateTo0.year"],
      ...["intent", "licence", "Other", "byName", "Other", "intent", "intent"],
    ]);
    const rows = stops.map((stop) => Math.round(stop.top / 20));
    expect(rows).toEqual([...rows].sort((one, other) => one - other));
  });

  it("what has the focus is not hidden behind the exit that stays at the top", async () => {
    await page.setViewportSize(NARROW);
    await page.goto(`${portal.url}/request/${road.draftId}/identifiers`);
    await page.keyboard.press("End");
    const hidden: string[] = [];
    for (let stop = 0; stop < 30; stop++) {
      await page.keyboard.press("Shift+Tab");
      const fault = await page.evaluate(async () => {
        // A browser scrolls to what has the focus when it draws next.
        await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
        const at = document.activeElement;
        const bar = document.querySelector(".wl-exit")?.getBoundingClientRect().bottom ?? 0;
        if (!at || !document.querySelector("main")?.contains(at)) return null;
        return at.getBoundingClientRect().bottom <= bar ? at.getAttribute("name") : null;
      });
      if (fault !== null) hidden.push(fault);
    }
    expect(hidden).toEqual([]);
    await page.setViewportSize(DESK);
  });
});

describe("what is pressed", () => {
  it("is 24 pixels wide and high, or stands in a line of text (WCAG 2.5.8)", async () => {
    const context = await browserOf(road.staff.clerk, "en");
    const page = await context.newPage();
    await page.goto(`${portal.url}/desk/cases/${road.proposedCaseId}`);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("main button, main label.usa-checkbox__label, main summary, header button")]
        .filter((one) => one.checkVisibility() && !one.hasAttribute("aria-hidden"))
        .map((one) => ({ text: one.textContent, ...one.getBoundingClientRect().toJSON() }))
        .filter(({ width, height }) => width < 24 || height < 24),
    );
    expect(small).toEqual([]);
    await page.locator('label[for^="pick-"]').first().click();
    expect(await page.locator('[name="event[]"]').first().isChecked()).toBe(true);
    await context.close();
  });
});

describe("the quick exit", () => {
  it.each([true, false])("leaves at once and signs out, with scripts: %s", async (scripts) => {
    const visitor = await signIn(portal, `leaves-${scripts}@resident.example`);
    const context = await browserOf(visitor, "en", { scripts });
    const left: string[] = [];
    // The way out leads to another site; here it ends at our own door.
    await context.route("https://www.weather.gov/**", (route) => {
      left.push(route.request().url());
      return route.fulfill({ status: 200, contentType: "text/html", body: "<title>Weather</title>" });
    });
    const page = await context.newPage();
    await page.goto(`${portal.url}/`);
    await page.goto(`${portal.url}/my`);
    await page.getByRole("link", { name: "Leave this site now" }).click();
    await page.waitForURL(/weather/);
    expect(left).toHaveLength(1);
    expect(await context.cookies(portal.url)).toEqual([]);
    expect((await visitor.get("/my")).location).toContain("/sign-in");
    if (scripts) {
      await page.goBack();
      expect(page.url()).toBe(`${portal.url}/`);
    }
    await context.close();
  });

  it("stands on no page of people at work", async () => {
    expect((await road.staff.clerk.get("/desk")).text).not.toContain("wl-exit");
    expect((await road.resident.get("/my")).text).toContain("wl-exit");
  });
});
