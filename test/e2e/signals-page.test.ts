// Signals and proposals by forms alone: looked at, switched on, read by the clerk and by the resident, and taken over.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "#test/support/browser.ts";
import { DESK, findFaults } from "#test/support/page-faults.ts";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import {
  approve,
  awaitRelease,
  enterStaff,
  fileRequest,
  numberOf,
  type OpenCase,
  proposeAnswer,
  type Staff,
  searchCase,
} from "#test/support/road-by-http.ts";
import { formIn, signIn, type Visitor } from "#test/support/visitor.ts";

let portal: PortalProcess;
let browser: Browser;
let staff: Staff;
let resident: Visitor;
let requestId: string;
let opened: OpenCase;

beforeAll(async () => {
  [portal, browser] = await Promise.all([startPortalProcess(), launchBrowser()]);
  [staff, resident] = await Promise.all([enterStaff(portal), signIn(portal, "vera@resident.example")]);
  requestId = await fileRequest(resident);
  opened = await searchCase(staff.clerk, await numberOf(resident, requestId));
});
afterAll(async () => {
  await browser.close();
  await portal[Symbol.asyncDispose]();
});

const PAGE = "/desk/signals";

/** What a reader sees: no tags, and nothing hidden. */
function read(html: string): string {
  return html
    .replace(/<script.*?<\/script>/gs, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
}

/** What screen readers would stumble over, in each language. */
async function faultsOf(visitor: Visitor, path: string): Promise<string[]> {
  const faults: string[] = [];
  for (const locale of ["en", "es"] as const) {
    const context = await browser.newContext({ viewport: DESK, locale: locale === "es" ? "es-US" : "en-US" });
    await context.addCookies(
      visitor
        .cookies()
        .split("; ")
        .map((pair) => ({ name: pair.split("=")[0] ?? "", value: pair.split("=")[1] ?? "", url: portal.url })),
    );
    const page = await context.newPage();
    await page.goto(`${portal.url}${path}`);
    faults.push(...(await findFaults(page, locale)).map((fault) => `${path}: ${fault}`));
    await context.close();
  }
  return faults;
}

it("a supervisor switches signals on, after a look at how many lines would carry each", async () => {
  const { supervisor } = staff;
  const text = (await supervisor.get(PAGE)).text;
  expect(read(text)).toContain("It accuses nobody");
  const agency = String(formIn(text, "signal")["agency"]);
  for (const signal of ["no-case-number", "same-user-often"]) {
    const looked = await supervisor.post(PAGE, { intent: "look", agency, signal });
    expect(read(looked.text)).toMatch(/Of \d+ look-ups in \d+ open cases, \d+ would carry it/);
    const on = await supervisor.post(PAGE, { ...formIn(looked.text, "version"), intent: "switch-on" });
    expect([on.status, on.location]).toEqual([302, "/desk/signals?office=demo-sheriff&done=on"]);
  }
  const unknown = await supervisor.post(PAGE, { intent: "look", agency, signal: "guilty" });
  expect(read(unknown.text)).toContain("Choose one of the signals on this page.");
  expect(await faultsOf(supervisor, `${PAGE}?done=on`)).toEqual([]);
});

it("the clerk reads them at the lines", async () => {
  const { text } = await staff.clerk.get(`/desk/cases/${opened.caseId}`);
  expect(read(text)).toContain("May be worth a question: No case number");
  expect(await faultsOf(staff.clerk, `/desk/cases/${opened.caseId}`)).toEqual([]);
  expect(await faultsOf(staff.clerk, `/desk/cases/${opened.caseId}/line/${opened.events[0]}`)).toEqual([]);
});

it("what nobody proposes is not taken over, and the page says so", async () => {
  const desk = `/desk/cases/${opened.caseId}`;
  const sent = await staff.clerk.post(desk, {
    intent: "accept-proposal",
    proposal: `${opened.events[0]}|bulk-query|1`,
  });
  expect(read(sent.text)).toContain("This is not proposed any more.");
});

it("the resident reads them in the answer, each with what can be normal about it", async () => {
  await proposeAnswer(staff.clerk, opened);
  await approve(staff.supervisor, opened.caseId);
  const releaseId = await awaitRelease(resident, requestId);
  const { text } = await resident.get(`/history/${releaseId}`);
  expect(read(text)).toContain("May be worth a question: No case number");
  expect(read(text)).toMatch(/This look-up has no case number\. That can be normal/);
  expect(await faultsOf(resident, `/history/${releaseId}`)).toEqual([]);
});
