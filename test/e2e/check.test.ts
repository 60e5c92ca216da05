// Checking a document in a browser: it is told what the file is, and the file does not leave it.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "#test/support/browser.ts";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { approve, awaitRelease, fileRequest, numberOf, proposeAnswer, searchCase } from "#test/support/road-by-http.ts";
import { enterAs, signIn, type Visitor } from "#test/support/visitor.ts";

let portal: PortalProcess;
let browser: Browser;
let page: Page;
let resident: Visitor;
let releaseId: string;
let released: Buffer;
const folder = mkdtempSync(join(tmpdir(), "wholooked-check-"));
beforeAll(async () => {
  [portal, browser] = await Promise.all([startPortalProcess(), launchBrowser()]);
  resident = await signIn(portal, "vera.quintero@resident.example");
  const [clerk, supervisor] = await Promise.all([enterAs(portal, "clerk"), enterAs(portal, "supervisor")]);
  const requestId = await fileRequest(resident);
  const opened = await searchCase(clerk, await numberOf(resident, requestId));
  await proposeAnswer(clerk, opened);
  await approve(supervisor, opened.caseId);
  releaseId = await awaitRelease(resident, requestId);
  const answer = await fetch(`${portal.url}/history/${releaseId}.pdf`, { headers: { cookie: resident.cookies() } });
  released = Buffer.from(await answer.arrayBuffer());
  page = await (await browser.newContext({ locale: "en-US", viewport: { width: 390, height: 844 } })).newPage();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await browser.close();
  await portal[Symbol.asyncDispose]();
});

const altered = () => {
  const bytes = Buffer.from(released);
  bytes.write("X", bytes.indexOf("FlateDecode"));
  return bytes;
};

/** Chooses a file on the page and checks it. @returns what the page says, and all that it sent */
async function check(on: Page, bytes: Uint8Array): Promise<{ said: string; sent: string[] }> {
  const path = join(folder, "Vera Quintero.pdf");
  writeFileSync(path, bytes);
  const sent: string[] = [];
  const listen = (request: { method(): string; url(): string; postData(): string | null }) => {
    if (request.method() === "POST") sent.push(`${request.url()} ${request.postData() ?? ""}`);
  };
  await on.goto(`${portal.url}/check`, { waitUntil: "networkidle" });
  on.on("request", listen);
  await on.locator('[name="file"]').setInputFiles(path);
  await on.getByRole("button", { name: "Check this file" }).click();
  const heading = on.locator("main .usa-alert__heading");
  await heading.waitFor();
  on.off("request", listen);
  return { said: (await heading.textContent()) ?? "", sent };
}

describe("a document dropped in a browser", () => {
  it.each([
    ["as it was released", () => released, "This document is genuine"],
    ["altered by one byte", altered, "This document was altered"],
    ["with something added", () => Buffer.concat([released, Buffer.from("\n")]), "This document was altered"],
    ["of somebody else", () => Buffer.from("%PDF-1.7\n%%EOF"), "This site has released no such file"],
  ])("%s", async (_, bytes, expected) => {
    const { said, sent } = await check(page, bytes());
    expect(said).toBe(expected);
    // Its fingerprint was asked for, and nothing else left: no byte of it, not even its name.
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatch(/ sha256=[0-9a-f]{64}$/);
  });

  it("is told the same where no script runs and the file is sent", async () => {
    const context = await browser.newContext({ locale: "en-US", javaScriptEnabled: false });
    const plain = await context.newPage();
    expect((await check(plain, released)).said).toBe("This document is genuine");
    expect((await check(plain, altered())).said).toBe("This document was altered");
    await context.close();
  });

  it("shows nothing of the person, whatever was found", async () => {
    await check(page, released);
    const text = await page.locator("main").innerText();
    for (const word of ["Vera", "Quintero", "7DEM042", "WL-"]) expect(text).not.toContain(word);
    const unknown = await fetch(`${portal.url}/check`, {
      method: "POST",
      headers: { origin: portal.url },
      body: new URLSearchParams({ sha256: "0".repeat(64) }),
    });
    const other = await fetch(`${portal.url}/check`, {
      method: "POST",
      headers: { origin: portal.url },
      body: new URLSearchParams({ sha256: "f".repeat(64) }),
    });
    const shape = async (answer: Response) => [
      answer.status,
      (await answer.text()).replace(/nonce="[^"]*"/g, "").length,
    ];
    expect(await shape(unknown)).toEqual(await shape(other));
  });
});

describe("the answer's page", () => {
  it("is filtered by a form that needs no script, and its address names nobody", async () => {
    const context = await browser.newContext({ locale: "en-US", javaScriptEnabled: false });
    const cookies = resident
      .cookies()
      .split("; ")
      .map((cookie) => cookie.split("="));
    await context.addCookies(cookies.map(([name = "", value = ""]) => ({ name, value, url: portal.url })));
    const plain = await context.newPage();
    await plain.goto(`${portal.url}/history/${releaseId}`);
    const all = await plain.locator("main article").count();
    await plain.getByText("Show only some of the look-ups").click();
    await plain.locator('[name="agency"]').selectOption("1");
    await plain.getByRole("button", { name: "Show these" }).click();
    expect(new URL(plain.url()).searchParams.get("agency")).toBe("1");
    expect(plain.url()).not.toMatch(/sheriff|police|Vera/i);
    const some = await plain.locator("main article").count();
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(all);
    expect(await plain.locator("main p[role=status]").innerText()).toContain(`${some} of ${all}`);
    await context.close();
  });
});
