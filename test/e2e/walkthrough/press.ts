import type { Locator, Page } from "playwright-core";
import type { Person } from "./stage.ts";

/** Presses a button of the page's own content, not of its frame, and waits until the answer is drawn. */
export async function press(person: Person, name: string | RegExp): Promise<void> {
  await send(person.page, person.page.getByRole("main").getByRole("button", { name }).first());
}

/** Presses the button that carries an intent, wherever its words change. */
export async function pressIntent(person: Person, intent: string): Promise<void> {
  await send(person.page, person.page.locator(`button[name="intent"][value="${intent}"]:not([aria-hidden])`).first());
}

async function send(page: Page, button: Locator): Promise<void> {
  const loaded = new Promise<void>((resolve) => page.once("load", () => resolve()));
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "POST"),
    button.click(),
  ]);
  // Without scripts the form is a navigation, and the next page is a new document.
  if (answer.request().isNavigationRequest()) await loaded;
  // With scripts the page's data is asked for anew after the answer; only then it is drawn.
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(150);
}

/** Ticks a box or a radio by keyboard: it is drawn by its label, the input itself stands off-screen. */
export async function choose(page: Page | Locator, input: string): Promise<void> {
  const field = page.locator(input).first();
  await field.focus();
  await field.press("Space");
}

/** A day in the three boxes of a date field. */
export async function fillDate(page: Page | Locator, name: string, day: string): Promise<void> {
  const [year = "", month = "", date = ""] = day.split("-");
  await page.locator(`[name="${name}.month"]`).fill(month);
  await page.locator(`[name="${name}.day"]`).fill(date);
  await page.locator(`[name="${name}.year"]`).fill(year);
}

/** A release asks for the second factor again: the page shows the demonstration's code, and keeps what was pressed. */
export async function showAgain(person: Person): Promise<void> {
  const { page } = person;
  await page.waitForURL(/\/step-up\//);
  await person.picture("asked-again");
  const shown = await page.getByText("app would now show").innerText();
  await page.locator('[name="code"]').fill(/\b\d{6}\b/.exec(shown)?.[0] ?? "");
  await pressIntent(person, "totp");
  await page.getByRole("heading", { name: "Thank you. It is you." }).waitFor();
  await press(person, "Send it now");
  await page.waitForURL(/\/desk\/cases\//);
}
