import { expect } from "./expect.ts";
import { choose, press, pressIntent, showAgain } from "./press.ts";
import type { Person, Stage } from "./stage.ts";

export interface Prepared {
  readonly matched: number;
  /** Address of the case at the desk. */
  readonly url: string;
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
  if (matched > 0) await decideAll(clerk, url, matched);
  await clerk.picture("clerk-decided");
  await pressIntent(clerk, "propose");
  await page.getByText("Proposed, waiting for a supervisor").waitFor();
  const approval = await page.request.get(`${url}/approval`);
  expect(approval.status(), "the approval page for the clerk who decided").toBe(404);
  await page.context().close();
  return { matched, url };
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
  const item = page.locator("#identifiers li", { hasText: "Name and date of birth" });
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

/** One look-up withheld whole, one deferred, one field redacted, the rest disclosed. */
async function decideAll(clerk: Person, url: string, matched: number): Promise<void> {
  const { page } = clerk;
  await pressIntent(clerk, "accept-all");
  if (matched > 4) {
    await page.locator("#hold summary").click();
    await choose(page, 'input[name="event[]"]');
    await page.locator('select[name="ground"]').selectOption("ca.cpra.investigation");
    await page.locator('textarea[name="reason"]').fill("Part of an open inquiry of our own detectives.");
    await pressIntent(clerk, "withhold-picked");
    await redactUser(clerk, url);
  }
  await page.goto(url);
  await pressIntent(clerk, "disclose-all");
}

/** On the page of the second look-up: the user's id is held back, the rest may go. */
async function redactUser(clerk: Person, url: string): Promise<void> {
  const { page } = clerk;
  await page.goto(url);
  await page.locator('a[href*="/line/"]').nth(1).click();
  await page.waitForURL(/\/line\//);
  await choose(page, '[name="target"][value="user"]');
  await page.locator('select[name="ground"]').selectOption({ index: 1 });
  await page.locator('textarea[name="reason"]').fill("The user works under cover.");
  await clerk.picture("clerk-one-line");
  await pressIntent(clerk, "hold");
}

/** Another person reads the proposal, sends it back once, and approves the second time. */
export async function approveAnswer(stage: Stage, url: string): Promise<void> {
  const supervisor = await stage.enter("supervisor");
  await supervisor.page.goto(`${stage.portal.url}/desk`);
  await supervisor.picture("supervisor-queue");
  await supervisor.page.goto(`${url}/approval`);
  await supervisor.picture("supervisor-approval");
  await press(supervisor, /^Approve/);
  await showAgain(supervisor);
  await supervisor.page.goto(url);
  await supervisor.picture("supervisor-approved");
  await supervisor.page.context().close();
}
