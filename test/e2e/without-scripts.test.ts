import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "#test/support/browser.ts";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { mailedCode } from "#test/support/visitor.ts";
import { choose, fillDate, press, pressIntent, showAgain } from "./walkthrough/press.ts";
import type { Person } from "./walkthrough/stage.ts";

const MAIL = "vera.quintero@resident.example";
const AGENCY = "Marigold County Sheriff (demo)";
const PATIENCE_MS = 60_000;

let portal: PortalProcess;
let browser: Browser;
beforeAll(async () => {
  [portal, browser] = await Promise.all([startPortalProcess(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await portal[Symbol.asyncDispose]();
});

/** Somebody whose browser runs no script at all. */
async function arrive(): Promise<Person> {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "en-US", acceptDownloads: true });
  return { page: await context.newPage(), picture: async () => undefined };
}

async function enter(person: string): Promise<Person> {
  const arrived = await arrive();
  await arrived.page.goto(portal.links.get(person) ?? "");
  await press(arrived, "Sign in");
  return arrived;
}

describe("with no script at all", () => {
  let resident: Person;
  let requestUrl = "";
  let number = "";
  let caseUrl = "";

  it("somebody new signs in by the mailed code", async () => {
    resident = await arrive();
    const { page } = resident;
    await page.goto(`${portal.url}/my`);
    await page.locator('[name="email"]').fill(MAIL);
    await press(resident, "Send me a code");
    await page.locator('[name="code"]').fill(await mailedCode(portal, MAIL));
    await press(resident, "Sign in");
    expect(page.url()).toBe(`${portal.url}/my`);
  });

  it("files a request with two plates, the second by a button that adds its row", async () => {
    const { page } = resident;
    await page.goto(`${portal.url}/request/new`);
    await press(resident, "Begin");
    await page.locator('[name="name"]').fill("Vera Quintero");
    await fillDate(page, "birthDate", "1991-07-14");
    await press(resident, "Save and continue");
    await plate(page, 0, "7DEM042");
    await pressIntent(resident, "add-plate");
    expect(await page.locator('[name="plate0"]').inputValue()).toBe("7DEM042");
    await plate(page, 1, "6ENU888");
    await press(resident, "Save and continue");
    await page.locator("label", { hasText: AGENCY }).first().click();
    await press(resident, "Save and continue");
    await press(resident, "Save and continue");
    await choose(page, '[name="mode"][value="mail"]');
    await press(resident, "Save and continue");
    const answers = await page.getByRole("main").innerText();
    for (const answer of ["Vera Quintero", "July 14, 1991", "7DEM042", "6ENU888", AGENCY]) {
      expect(answers).toContain(answer);
    }
    await press(resident, "Send my request");
    requestUrl = page.url();
    number = /WL-\d{4}-\d{5}/.exec(await page.locator("h1").innerText())?.[0] ?? "";
    expect(number).not.toBe("");
  });

  it("a clerk checks both plates and the name, searches, and decides line by line", async () => {
    const clerk = await enter("clerk");
    const { page } = clerk;
    await page.goto(`${portal.url}/desk`);
    await page.getByRole("link", { name: `${number}-A` }).click();
    caseUrl = page.url();
    const forPlate = ["driver-licence", "registration-card"];
    // Both plates, and the name.
    for (const [verdict, documents] of [
      ["verified", forPlate],
      ["refused", forPlate],
      ["verified", ["driver-licence"]],
    ] as const) {
      const form = page.locator("details[open] form", { has: page.locator('button[value="check"]') }).first();
      await choose(form, `[name^="verdict-"][value="${verdict}"]`);
      await form.locator('select[name^="basis-"]').selectOption("in-person");
      for (const seen of documents) await choose(form, `[name^="shown-"][value="${seen}"]`);
      await form.locator('button[value="check"]').click();
    }
    await pressIntent(clerk, "search");
    const lines = page.locator('input[name="event[]"]');
    const matched = await lines.count();
    expect(matched).toBeGreaterThan(2);
    await pressIntent(clerk, "accept-all");
    await page.locator('label[for^="pick-"]').first().click();
    await page.locator("#hold summary").click();
    await pressIntent(clerk, "withhold-picked");
    expect(await page.locator(".wl-error-summary").count(), "a law is missing, which is said").toBe(1);
    expect(await lines.first().isChecked(), "what was picked is still picked").toBe(true);
    await page.locator('select[name="ground"]').selectOption("ca.cpra.investigation");
    await page.locator('textarea[name="reason"]').fill("Part of an open inquiry.");
    await pressIntent(clerk, "withhold-picked");
    await pressIntent(clerk, "disclose-all");
    expect(await page.getByRole("main").innerText()).toContain(`disclosed: ${matched - 1}; withheld: 1`);
    await pressIntent(clerk, "propose");
    expect(await page.getByRole("main").innerText()).toContain("Proposed, waiting for a supervisor");
    await page.context().close();
  });

  it("a supervisor approves", async () => {
    const supervisor = await enter("supervisor");
    await supervisor.page.goto(`${caseUrl}/approval`);
    await pressIntent(supervisor, "approve");
    expect(await supervisor.page.locator(".wl-error-summary").innerText()).toContain("Look at every line");
    await pressIntent(supervisor, "agree-rest");
    await pressIntent(supervisor, "approve");
    await showAgain(supervisor);
    expect(supervisor.page.url()).toBe(caseUrl);
    await supervisor.page.context().close();
  });

  it("the resident reads the answer, saves it, and disputes a line", async () => {
    const { page } = resident;
    await openAnswer(page, requestUrl);
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: /PDF/ }).first().click();
    expect((await downloading).suggestedFilename()).toMatch(/\.pdf$/);
    await page.locator('label[for^="unexpected-"]').first().click();
    await page.locator('form[action$="/dispute"] button').click();
    await pressIntent(resident, "check");
    expect(await page.locator(".wl-error-summary").count(), "what is missing is said").toBe(1);
    await page.locator('[name="wrong"]').fill("Nobody there had a reason to look.");
    await choose(page, '[name="want[]"][value="explanation"]');
    await pressIntent(resident, "check");
    expect(await page.getByRole("main").innerText()).toContain("Nobody there had a reason to look.");
    await pressIntent(resident, "send");
    expect(await page.locator("h1").innerText()).toMatch(/CP-\d{4}-\d+/);
  });

  it("another language is chosen, and kept", async () => {
    const { page } = resident;
    await page.getByRole("link", { name: "Español" }).click();
    expect(await page.locator("html").getAttribute("lang")).toBe("es");
    await page.goto(requestUrl);
    expect(await page.locator("html").getAttribute("lang")).toBe("es");
  });
});

async function plate(page: Page, row: number, value: string): Promise<void> {
  await page.locator(`[name="plate${row}"]`).fill(value);
  await fillDate(page, `plateFrom${row}`, "2022-01-01");
}

async function openAnswer(page: Page, requestUrl: string): Promise<void> {
  const link = page.locator('main a[href^="/history/"]').first();
  const began = performance.now();
  await page.goto(requestUrl);
  while ((await link.count()) === 0) {
    if (performance.now() - began > PATIENCE_MS) throw new Error("no answer came out within a minute");
    await page.waitForTimeout(300);
    await page.goto(requestUrl);
  }
  await link.click();
  await page.waitForURL(/\/history\//);
}
