// A large log sent by a browser in pieces, while the line and the server go away under it.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "#test/support/browser.ts";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { connectTo } from "#test/support/secrets.ts";
import { AUDIT_HEADER, auditRow } from "#test/support/upload.ts";
import { enterAs } from "#test/support/visitor.ts";

const ROWS = 90_000;

let portal: PortalProcess;
let browser: Browser;
let page: Page;
const folder = mkdtempSync(join(tmpdir(), "wholooked-upload-"));
beforeAll(async () => {
  [portal, browser] = await Promise.all([startPortalProcess(), launchBrowser()]);
  const context = await browser.newContext({ locale: "en-US" });
  const [name = "", value = ""] = (await enterAs(portal, "clerk")).cookies().split("=");
  await context.addCookies([{ name, value, url: portal.url }]);
  page = await context.newPage();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await browser.close();
  await portal[Symbol.asyncDispose]();
});

/** A file on the disk: chosen twice it is the same file, its time of change included. */
function largeLog(mark: string): string {
  const lines = Array.from({ length: ROWS }, (_, row) => auditRow(`${mark}-${row}`, "7UPL001"));
  return writeLog(mark, [AUDIT_HEADER, ...lines, ""].join("\n"));
}

function writeLog(mark: string, text: string): string {
  const path = join(folder, `secret name ${mark}.csv`);
  writeFileSync(path, text);
  return path;
}

async function choose(file: string): Promise<void> {
  await page.goto(`${portal.url}/desk/feeds/upload`, { waitUntil: "networkidle" });
  await page.locator('[name="log"]').selectOption("demo-sheriff/alpr");
  await page.locator('[name="file"]').setInputFiles(file);
  await page.getByRole("button", { name: "Deliver" }).click();
}

/** No warning, no last word; it comes back at the same address. */
async function killAndRestart(): Promise<void> {
  const ended = new Promise((resolve) => portal.process.once("exit", resolve));
  portal.process.kill("SIGKILL");
  await ended;
  const { url, dataFolder } = portal;
  portal = { ...(await startPortalProcess({ dataFolder, env: { PORT: new URL(url).port } })), url };
}

async function stored(): Promise<{ batches: unknown[]; parts: number }> {
  const client = await connectTo(portal.dataFolder);
  try {
    const { rows } = await client.query(
      "SELECT rows, stored, duplicates, via FROM batch WHERE finished_at IS NOT NULL AND via = 'upload' ORDER BY received_at",
    );
    const { rows: parts } = await client.query("SELECT count(*)::int AS n FROM delivery_part");
    return { batches: rows, parts: Number(parts[0]?.["n"]) };
  } finally {
    await client.end();
  }
}

describe("a log that a browser sends in pieces", () => {
  it("arrives though the line is lost and the server killed on the way, and is read once", async () => {
    const file = largeLog("line");
    let pieces = 0;
    const offsets: string[] = [];
    await page.route("**/part", async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      offsets.push(route.request().headers()["upload-offset"] ?? "");
      pieces += 1;
      // The second piece is lost on its way.
      return pieces === 2 ? route.abort("connectionreset") : route.continue();
    });
    await choose(file);
    await page.getByText("The connection is lost.").waitFor();
    await killAndRestart();
    await page.waitForURL(/\/desk\/feeds\/uploads\/[0-9a-f-]{36}$/);
    await page.getByText("Everything has been read").waitFor({ timeout: 90_000 });
    // What had arrived before the server was killed was not sent again.
    expect(offsets.filter((offset) => offset === "0")).toHaveLength(1);
    expect(await stored()).toEqual({
      batches: [{ rows: `${ROWS}`, stored: `${ROWS}`, duplicates: "0", via: "upload" }],
      parts: 0,
    });
    await page.unroute("**/part");
  });

  it("goes on after the page was loaded again and the same file chosen; a server that is killed while it reads reads on", async () => {
    const file = largeLog("again");
    let pieces = 0;
    await page.route("**/part", (route) => {
      if (route.request().method() === "POST" && ++pieces > 1) return route.abort("connectionreset");
      return route.continue();
    });
    await choose(file);
    await page.getByText("The connection is lost.").waitFor();
    await page.unroute("**/part");
    await page.goto(`${portal.url}/desk/feeds/upload`);
    const open = await page.getByRole("link", { name: /have arrived, begun/ }).textContent();
    expect(open).toMatch(/ [3-5]\d% have arrived/);
    const offsets: string[] = [];
    page.on("request", (request) => {
      const offset = request.headers()["upload-offset"];
      if (request.method() === "POST" && offset !== undefined) offsets.push(offset);
    });
    await choose(file);
    await page.waitForURL(/\/desk\/feeds\/uploads\/[0-9a-f-]{36}$/);
    expect(offsets[0]).toBe(String(4 << 20));
    await killAndRestart();
    await expect
      .poll(
        async () => {
          await page.goto(page.url());
          return page.getByText("Everything has been read").count();
        },
        { timeout: 90_000, interval: 500 },
      )
      .toBe(1);
    const { batches, parts } = await stored();
    const last = batches.at(-1) as { rows: string; stored: string; duplicates: string };
    expect(last.rows).toBe(`${ROWS}`);
    expect(parts).toBe(0);
    const client = await connectTo(portal.dataFolder);
    const { rows } = await client.query("SELECT sum(stored)::int AS stored FROM batch WHERE via = 'upload'");
    await client.end();
    expect(rows[0]).toEqual({ stored: `${2 * ROWS}` });
    expect(portal.log()).not.toContain("secret name");
  });

  it("that is no log is refused with the reason, on a page that works without scripts", async () => {
    await choose(writeLog("wrong", "a,b\n1,2\n"));
    await page.waitForURL(/\/desk\/feeds\/uploads\/[0-9a-f-]{36}$/);
    await page.getByText("This file was refused").waitFor();
    const plain = await browser.newContext({ javaScriptEnabled: false, locale: "en-US" });
    await plain.addCookies(await page.context().cookies());
    const still = await plain.newPage();
    await still.goto(page.url());
    expect(await still.getByText("The first row is not a header of this format.").count()).toBe(1);
    await plain.close();
  });
});
