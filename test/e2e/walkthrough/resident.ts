import { expect } from "./expect.ts";
import { choose, fillDate, press } from "./press.ts";
import { type Person, PHONE, type Stage } from "./stage.ts";

/** Signs in by the mailed code, on a phone, as somebody whom the portal does not know yet. */
export async function signInByCode(stage: Stage): Promise<Person> {
  const resident = await stage.arrive(PHONE);
  const { page } = resident;
  await page.goto(stage.portal.url);
  await resident.picture("home");
  await page.goto(`${stage.portal.url}/my`);
  await page.locator('[name="email"]').fill("vera.quintero@resident.example");
  await press(resident, "Send me a code");
  await page.waitForURL(/sign-in\/code/);
  const mailbox = await stage.arrive();
  await mailbox.page.goto(`${stage.portal.url}/dev/mail`);
  const letter = await mailbox.page.locator("pre").first().innerText();
  await mailbox.page.close();
  const code = /\b\d{6}\b/.exec(letter)?.[0] ?? "";
  await page.locator('[name="code"]').fill(code);
  await resident.picture("code");
  await press(resident, "Sign in");
  await page.waitForURL(/\/my$/);
  return resident;
}

/** Files one request: leaves half-way, comes back, checks, sends, and sends the same form again. */
export async function fileRequest(
  stage: Stage,
  resident: Person,
  plate: string,
  agency: string,
): Promise<{ url: string; number: string }> {
  const { page } = resident;
  await page.goto(`${stage.portal.url}/request/new`);
  await resident.picture("request-begin");
  await press(resident, "Begin");
  await page.waitForURL(/\/you$/);
  await page.locator('[name="name"]').fill("Vera Quintero Nguyễn");
  await fillDate(page, "birthDate", "1991-07-14");
  await resident.picture("about-you");
  await press(resident, "Save and continue");
  await page.waitForURL(/\/identifiers$/);
  await page.locator('[name="plate0"]').fill("a plate that is much too long to be one");
  await fillDate(page, "plateFrom0", "2022-01-01");
  await press(resident, "Save and continue");
  await page.getByRole("alert").waitFor();
  await resident.picture("plate-refused");
  expect(await page.locator('[name="plate0"]').inputValue(), "what was typed is kept").toBe(
    "a plate that is much too long to be one",
  );
  await page.locator('[name="plate0"]').fill(plate.toLowerCase());
  await press(resident, "Save and come back later");
  await page.waitForURL(/\/my$/);
  await resident.picture("come-back-later");
  await page.getByRole("link", { name: "Go on with this request" }).click();
  await page.waitForURL(/\/request\//);
  if (page.url().endsWith("/identifiers")) await press(resident, "Save and continue");
  await page.waitForURL(/\/agencies$/);
  await page.locator("label", { hasText: agency }).first().click();
  await resident.picture("agencies");
  await press(resident, "Save and continue");
  await page.waitForURL(/\/period$/);
  await press(resident, "Save and continue");
  await page.waitForURL(/\/contact$/);
  await choose(page, '[name="mode"][value="mail"]');
  await choose(page, '[name="locale"][value="en"]');
  await press(resident, "Save and continue");
  await page.waitForURL(/\/check$/);
  await resident.picture("check-answers");
  await press(resident, "Send my request");
  await page.waitForURL(/\/request\/[0-9a-f-]+$/);
  await page.getByText("How this date was worked out").first().click();
  await resident.picture("request-filed");
  const number = /WL-\d{4}-\d+/.exec(await page.locator("h1").innerText())?.[0] ?? "";
  return { url: page.url(), number };
}
