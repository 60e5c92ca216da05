// An ex-partner holds the victim's mailbox, name, birth date and address, and walks through the real pages as the victim.
import { readFileSync } from "node:fs";
import type pg from "pg";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOn } from "#test/requests/identity/given-identity.ts";
import { pdf } from "#test/requests/identity/given-files.ts";
import { pdfText } from "#test/requests/identity/paper.ts";
import { launchBrowser } from "#test/support/browser.ts";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { fileRequest, type Road, sentences, walkByHttp } from "#test/support/road-by-http.ts";
import { connectTo } from "#test/support/secrets.ts";
import { mailedCode, newVisitor, setUpPhone, signIn, type Visitor } from "#test/support/visitor.ts";
import { choose, fillDate, press, pressIntent } from "./walkthrough/press.ts";
import type { Person } from "./walkthrough/stage.ts";

/** The victim, as the adversary knows her. */
const MAIL = "vera@resident.example";
const NAME = "Vera Quintero";
const BORN = "1991-07-14";
const HOME = "1417 Quarry Lane\nFresno, CA 93721";
const PLATE = "7DEM042";
const AGENCY = "Marigold County Sheriff (demo)";
const HELD = "does not open by your mail alone";

let portal: PortalProcess;
let client: pg.Client;
let browser: Browser;
/** The victim has asked, has proved who she is, and has her answer and a complaint. */
let road: Road;
/** What her answer says of look-ups, and nothing that the adversary knows. */
let found: string[];

beforeAll(async () => {
  [portal, browser] = await Promise.all([startPortalProcess(), launchBrowser()]);
  client = await connectTo(portal.dataFolder);
  road = await walkByHttp(portal, MAIL);
  found = lookUps();
});
afterAll(async () => {
  await client.end();
  await browser.close();
  await portal[Symbol.asyncDispose]();
});

/** Everything that the adversary's browser was given, whatever it was. */
interface Adversary extends Person {
  readonly context: BrowserContext;
  given(): Promise<string>;
}

async function arrive(): Promise<Adversary> {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "en-US" });
  const bodies: Promise<string>[] = [];
  context.on("response", (response) => {
    // The demonstration's mail page is the test's own way to the mailbox.
    const isPage = !/\/(?:assets|dev)\//.test(new URL(response.url()).pathname);
    if (isPage) bodies.push(response.text().catch((error: Error) => `no body: ${error.name}`));
  });
  return {
    context,
    page: await context.newPage(),
    picture: async () => undefined,
    given: async () => (await Promise.all(bodies)).join("\n"),
  };
}

/** By the code in the victim's mailbox. */
async function signInAsVictim(adversary: Adversary): Promise<void> {
  const { page } = adversary;
  await page.goto(`${portal.url}/my`);
  await page.locator('[name="email"]').fill(MAIL);
  await press(adversary, "Send me a code");
  await page.locator('[name="code"]').fill(await mailedCode(portal, MAIL));
  await press(adversary, "Sign in");
}

const main = (page: Page) => page.getByRole("main").innerText();

/** What the demonstration's log says of the victim's plate: who searched, in which words, when. */
function lookUps(): string[] {
  const rows = readFileSync("prisma/demo/sheriff-alpr.csv", "utf8").split("\n");
  const cells = rows.filter((row) => row.includes(`,${PLATE},`)).map((row) => row.split(","));
  return [...new Set(cells.flatMap((row) => [row[2] ?? "", row[7] ?? ""]).filter((text) => text.length > 5))];
}

const namesIn = (text: string) => found.filter((name) => text.includes(name));
