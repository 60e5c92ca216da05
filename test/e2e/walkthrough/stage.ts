import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { PortalProcess } from "#test/support/portal-process.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** One person at one browser of their own. */
export interface Person {
  readonly page: Page;
  /** Keeps a picture of the page as it is now, numbered in the order of the walk. */
  picture(name: string): Promise<void>;
}

/** Where the walk happens: the portal, the browser, the folder for what it leaves. */
export interface Stage {
  readonly portal: PortalProcess;
  readonly out: string;
  /** Enters as one of the demo's people, by their printed link and its button. */
  enter(person: string, viewport?: { width: number; height: number }): Promise<Person>;
  /** Opens a browser that is signed in as nobody. */
  arrive(viewport?: { width: number; height: number }): Promise<Person>;
  /** Runs a command against the portal's data and returns its JSON answer. */
  command(...words: string[]): Promise<Record<string, unknown>>;
}

const DESK = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

export function openStage(
  portal: PortalProcess,
  browser: Browser,
  { out, pictures: wanted = true }: { out: string; pictures?: boolean },
  complain: (what: string) => void,
): Stage {
  mkdirSync(out, { recursive: true });
  let pictures = 0;

  async function arrive(viewport = DESK): Promise<Person> {
    const context: BrowserContext = await browser.newContext({ viewport, locale: "en-US", acceptDownloads: true });
    const page = await context.newPage();
    page.on("pageerror", (error) => complain(`a page's script failed: ${error.message} (on ${page.url()})`));
    page.on("console", (message) => {
      if (message.type() === "error")
        complain(`the browser complains: ${message.text()} (${message.location().url}, on ${page.url()})`);
    });
    return {
      page,
      picture: async (name) => {
        if (!wanted) return;
        pictures += 1;
        await takePicture(page, join(out, `${String(pictures).padStart(2, "0")}-${name}.png`));
      },
    };
  }

  return {
    portal,
    out,
    arrive,
    enter: async (name, viewport) => {
      const link = portal.links.get(name);
      if (link === undefined) throw new Error(`the portal printed no way in as ${name}`);
      const person = await arrive(viewport);
      await person.page.goto(link);
      await person.page.getByRole("main").getByRole("button").click();
      await person.page.waitForURL((url) => !url.pathname.startsWith("/enter"));
      return person;
    },
    command: (...words) => runCommand(portal, words),
  };
}

/** The whole page as one picture, in a window as tall as the page: what sticks to the window's edge stays at it. */
async function takePicture(page: Page, path: string): Promise<void> {
  await page.waitForLoadState("networkidle");
  // A page that follows another without a new load is drawn a moment after the network is quiet.
  await page.waitForTimeout(300);
  const window = page.viewportSize() ?? DESK;
  const height = await page.locator("html").evaluate((root) => root.scrollHeight);
  await page.setViewportSize({ width: window.width, height: Math.max(height, window.height) });
  await page.screenshot({ path, fullPage: true });
  await page.setViewportSize(window);
}

async function runCommand(portal: PortalProcess, words: string[]): Promise<Record<string, unknown>> {
  const child = spawn(process.execPath, ["app/wholooked.ts", ...words, "--json"], {
    cwd: ROOT,
    env: {
      PATH: process.env["PATH"] ?? "",
      NODE_ENV: "production",
      WHOLOOKED_DATA: portal.dataFolder,
      WHOLOOKED_OPERATOR: "walkthrough",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let answer = "";
  let said = "";
  child.stdout.on("data", (bytes: Buffer) => {
    answer += bytes.toString("utf8");
  });
  child.stderr.on("data", (bytes: Buffer) => {
    said += bytes.toString("utf8");
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`wholooked ${words.slice(0, 2).join(" ")} ended with ${code}: ${said}`);
  return JSON.parse(answer) as Record<string, unknown>;
}
