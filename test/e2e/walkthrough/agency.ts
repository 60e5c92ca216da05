import { expect } from "./expect.ts";
import { choose, fillDate, press, pressIntent, showAgain } from "./press.ts";
import type { Person, Stage } from "./stage.ts";

export interface Prepared {
  readonly matched: number;
  /** Address of the case at the desk. */
  readonly url: string;
  /** Stays at the desk: their way in works once. */
  readonly clerk: Person;
  /** Look-ups that wait until a day. */
  readonly deferred: number;
}

/** The clerk checks the plate, searches, confirms, decides every look-up, and proposes. */
export async function prepareAnswer(stage: Stage, requestNumber: string): Promise<Prepared> {
  const clerk = await stage.enter("clerk");
  const { page } = clerk;
  await page.goto(`${stage.portal.url}/desk`);
  await clerk.picture("clerk-queue");
  await page.getByRole("link", { name: `${requestNumber}-A` }).click();
  await page.waitForURL(/\/desk\/cases\//);
  const url = page.url();
  await clerk.picture("clerk-case");
  await verifyPlate(clerk);
  await verifyName(clerk);
  await pressIntent(clerk, "search");
  const matched = await countFound(clerk);
  const deferred = matched > 0 ? await decideAll(clerk, url, matched) : 0;
  await clerk.picture("clerk-decided");
  await pressIntent(clerk, "propose");
  await page.getByText("Proposed, waiting for a supervisor").waitFor();
  const approval = await page.request.get(`${url}/approval`);
  expect(approval.status(), "the approval page for the clerk who decided").toBe(404);
  return { matched, url, clerk, deferred };
}

async function verifyPlate(clerk: Person): Promise<void> {
  const form = clerk.page.locator("form", { has: clerk.page.locator('button[value="check"]') }).first();
  await choose(form, '[name^="verdict-"][value="verified"]');
  await form.locator('select[name^="basis-"]').selectOption("in-person");
  for (const seen of ["driver-licence", "registration-card"]) await choose(form, `[name^="shown-"][value="${seen}"]`);
  await form.locator('button[value="check"]').click();
  await clerk.page.getByText(/Verified since/).waitFor();
}

/** The resident asked for a search by name too: that is proved by itself, by what shows a face and a birth date. */
async function verifyName(clerk: Person): Promise<void> {
  const { page } = clerk;
  const item = page.locator("main li", { hasText: "Name and date of birth" });
  const form = item.locator("form");
  if (!(await form.locator('button[value="check"]').isVisible())) await item.locator("summary").click();
  await choose(form, '[name^="verdict-"][value="verified"]');
  await form.locator('select[name^="basis-"]').selectOption("in-person");
  await choose(form, '[name^="shown-"][value="driver-licence"]');
  await form.locator('button[value="check"]').click();
  await item.getByText(/Verified since/).waitFor();
}

async function countFound(clerk: Person): Promise<number> {
  await clerk.page.waitForLoadState("networkidle");
  // On a busy machine the page of before may still stand: it says that the logs hold more than it lists.
  await clerk.page.getByText(/The logs hold \d+ look-ups that are not in this list yet/).waitFor({ state: "detached" });
  const found = clerk.page.getByText(/\d+ look-ups? found/).first();
  const nothing = clerk.page.getByText("No look-up was found").first();
  await found.or(nothing).first().waitFor();
  return (await found.count()) === 0 ? 0 : Number(/(\d+) look-up/.exec(await found.innerText())?.[1]);
}

/** One look-up withheld whole, one deferred, one field redacted, the rest disclosed. @returns how many are deferred */
async function decideAll(clerk: Person, url: string, matched: number): Promise<number> {
  const { page } = clerk;
  await pressIntent(clerk, "accept-all");
  // What is decided says which act its page has shown: on a busy machine the page of before may still stand.
  await page.getByText(/You said that \d+ look-ups? (is|are) this person's/).waitFor();
  if (matched > 4) {
    await page.locator("#hold summary").click();
    await choose(page, 'input[name="event[]"]');
    await page.locator('select[name="ground"]').selectOption("ca.cpra.investigation");
    await page.locator('textarea[name="reason"]').fill("Part of an open inquiry of our own detectives.");
    await pressIntent(clerk, "withhold-picked");
    await page.getByText("You withheld 1 look-up").waitFor();
    await redactUser(clerk, url);
    await deferOne(clerk, url);
  }
  await page.goto(url);
  await pressIntent(clerk, "disclose-all");
  await page.getByText(/You disclosed \d+ look-ups?/).waitFor();
  if (matched > 4)
    expect(await page.locator("table").first().innerText(), "the field that was held back").toContain("without: ");
  return matched > 4 ? 1 : 0;
}

/** The third look-up waits: its inquiry runs. */
async function deferOne(clerk: Person, url: string): Promise<void> {
  const { page } = clerk;
  await openLine(clerk, url, 2);
  await choose(page, '[name="target"][value="*"]');
  await page.locator('select[name="ground"]').selectOption("ca.cpra.investigation");
  await page.locator('textarea[name="reason"]').fill("The inquiry of the neighbouring office runs until spring.");
  await fillDate(page, "reviewOn", "2099-01-15");
  await pressIntent(clerk, "defer");
  await page
    .getByText(/Deferred until/)
    .first()
    .waitFor();
  await clerk.picture("clerk-deferred");
}

/** @param index of the row, from 0 */
async function openLine(clerk: Person, url: string, index: number): Promise<void> {
  await clerk.page.goto(url);
  const rows = clerk.page.locator("table tbody tr", { has: clerk.page.locator('a[href*="/line/"]') });
  await rows.nth(index).locator('a[href*="/line/"]').first().click();
  await clerk.page.waitForURL(/\/line\//);
}

/** The inquiry has ended before its day: the clerk discloses what was deferred, and proposes the next edition. */
export async function discloseDeferred(clerk: Person, url: string): Promise<void> {
  await openLine(clerk, url, 2);
  await choose(clerk.page, '[name="target"][value="*"]');
  await pressIntent(clerk, "disclose");
  await clerk.page.goto(url);
  await pressIntent(clerk, "propose");
  await clerk.page.getByText("Proposed, waiting for a supervisor").waitFor();
}

/** On the page of the second look-up: the user's id is held back, the rest may go. */
async function redactUser(clerk: Person, url: string): Promise<void> {
  const { page } = clerk;
  await openLine(clerk, url, 1);
  await choose(page, '[name="target"][value="user"]');
  await page.locator('select[name="ground"]').selectOption({ index: 1 });
  await page.locator('textarea[name="reason"]').fill("The user works under cover.");
  await clerk.picture("clerk-one-line");
  await pressIntent(clerk, "hold");
}

/** Another person at the agency reads the proposal and sends one line back with a remark. @returns how many lines */
export async function sendBackOnce(supervisor: Person, clerk: Person, url: string): Promise<number> {
  const { page } = supervisor;
  const remark = "Whose case number is this? Please look at it once more.";
  await page.goto(`${url}/approval`);
  await supervisor.picture("supervisor-approval");
  await press(supervisor, /^Approve/);
  await page
    .getByText(/Look at every line of the sample first/)
    .first()
    .waitFor();
  await page.goto(`${url}/approval`);
  await choose(page, '[name^="look-"][value="back"]');
  await page.locator('textarea[name^="remark-"]').first().fill(remark);
  await pressIntent(supervisor, "look");
  await page.getByText("Has a remark").first().waitFor();
  await supervisor.picture("supervisor-remark");
  await pressIntent(supervisor, "send-back");
  await page.waitForURL(url);

  await clerk.page.goto(url);
  await clerk.picture("clerk-sent-back");
  const remarks = clerk.page.locator("section", { has: clerk.page.locator("#remarks") }).getByRole("link");
  const lines = await remarks.count();
  await remarks.first().click();
  await clerk.page.waitForURL(/\/line\//);
  expect(await clerk.page.getByRole("main").innerText(), "the remark on its line").toContain(remark);
  await clerk.picture("clerk-remark-on-line");
  await choose(clerk.page, '[name="target"][value="*"]');
  await pressIntent(clerk, "disclose");
  await clerk.page.goto(url);
  await pressIntent(clerk, "propose");
  await clerk.page.getByText("Proposed, waiting for a supervisor").waitFor();
  return lines;
}

/** Looks at every line of the sample and approves; `name` is what the picture of the proposal is called. */
export async function approveAnswer(supervisor: Person, url: string, name = "supervisor-approval"): Promise<void> {
  const { page } = supervisor;
  await page.goto(`${url}/approval`);
  await supervisor.picture(name);
  const rest = page.locator('button[value="agree-rest"]');
  if ((await rest.count()) > 0) await pressIntent(supervisor, "agree-rest");
  await press(supervisor, /^Approve/);
  await page.waitForURL((at) => at.pathname.startsWith("/step-up/") || at.href === url);
  if (page.url() !== url) await showAgain(supervisor);
  await page.goto(url);
  await supervisor.picture("supervisor-approved");
}
