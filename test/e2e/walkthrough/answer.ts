import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { choose, press, pressIntent } from "./press.ts";
import type { Person, Stage } from "./stage.ts";

export interface Answer {
  readonly disclosed: number;
  readonly withheld: number;
  /** Path of the PDF that was downloaded. */
  readonly pdf: string;
  /** The page as text. */
  readonly page: string;
}

const RELEASE_PATIENCE_MS = 60_000;

/** The resident waits for an edition of the answer, reads it on the phone, and keeps the PDF under a name. */
export async function readAnswer(
  stage: Stage,
  resident: Person,
  requestUrl: string,
  { edition, name }: { edition: number; name: string },
): Promise<Answer> {
  const { page } = resident;
  await page.goto(requestUrl);
  const link = page.getByRole("link", { name: new RegExp(`^Answer ${edition} `) }).first();
  const began = performance.now();
  while ((await link.count()) === 0) {
    if (performance.now() - began > RELEASE_PATIENCE_MS) throw new Error("no answer came out within a minute");
    await page.waitForTimeout(500);
    await page.reload();
  }
  await resident.picture(edition === 1 ? "request-answered" : "request-supplement");
  await link.click();
  await page.waitForURL(/\/history\//);
  await resident.picture(name);
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: /PDF/ }).first().click();
  const download = await downloading;
  const pdf = join(stage.out, `${name}.pdf`);
  copyFileSync(await download.path(), pdf);
  return {
    disclosed: await page.locator('input[name="line"]').count(),
    withheld: await page.getByText("The whole look-up").count(),
    pdf,
    page: await page.getByRole("main").innerText(),
  };
}

/** Anyone who is shown the document checks it: as it is, and with one byte changed. */
export async function checkDocument(stage: Stage, pdf: string): Promise<void> {
  const stranger = await stage.arrive();
  const { page } = stranger;
  const bytes = readFileSync(pdf);
  const altered = Buffer.from(bytes);
  altered.writeUInt8(altered.readUInt8(altered.length - 9) ^ 1, altered.length - 9);
  for (const [buffer, verdict] of [
    [bytes, "This document is genuine"],
    [altered, "This document was altered"],
  ] as const) {
    await page.goto(`${stage.portal.url}/check`);
    await page.locator('input[type="file"]').setInputFiles({ name: "answer.pdf", mimeType: "application/pdf", buffer });
    await page.getByRole("button", { name: "Check this file" }).click();
    await page.getByText(verdict).waitFor();
    await stranger.picture("check");
  }
  await page.context().close();
}

/** Disputes the first two look-ups, with the demo's advocate to follow; returns the numbers of the complaints. */
export async function disputeTwoLines(resident: Person): Promise<string[]> {
  const { page } = resident;
  await choose(page, 'input[name="line"][value="1"]');
  await choose(page, 'input[name="line"][value="2"]');
  await page.locator('form[action$="/dispute"] button').click();
  await page.waitForURL(/\/dispute\?/);
  await page.locator('[name="wrong"]').fill("I know nobody there but one, and he had no reason to look for my car.");
  await page.locator('[name="known"]').fill("My former partner works at this agency.");
  await choose(page, '[name="want[]"][value="explanation"]');
  await choose(page, '[name="want[]"][value="safety"]');
  await page.locator('label[for^="field-advocate"]', { hasText: "Ada" }).first().click();
  await resident.picture("dispute");
  await pressIntent(resident, "check");
  await resident.picture("dispute-check");
  await pressIntent(resident, "send");
  await page.waitForURL(/\/complaint/);
  await resident.picture("complaint");
  await page.goto(new URL("/complaint", page.url()).href);
  const links = page.getByRole("link", { name: /CP-\d{4}-\d+/ });
  const texts = await links.allInnerTexts();
  return texts.map((text) => /CP-\d{4}-\d+/.exec(text)?.[0] ?? "");
}

/** The intake officer sees the complaint, confirms its receipt and opens an inquiry. */
export async function moveComplaint(stage: Stage, number: string): Promise<void> {
  const intake = await stage.enter("intake");
  const { page } = intake;
  await page.goto(`${stage.portal.url}/intake`);
  await intake.picture("intake-list");
  await page.getByRole("link", { name: number }).first().click();
  await page.waitForURL(/\/intake\/.+/);
  await intake.picture("intake-complaint");
  for (const move of ["acknowledged", "inquiry-opened"]) {
    await choose(page, `[name="kind"][value="${move}"]`);
    await press(intake, "Record this");
  }
  await intake.picture("intake-moved");
  await page.context().close();
}

/** The advocate whom the resident chose sees the complaints among the open ones; returns how many of them. */
export async function followComplaints(stage: Stage, numbers: readonly string[]): Promise<number> {
  const advocate = await stage.enter("advocate");
  await advocate.page.goto(`${stage.portal.url}/advocate`);
  await advocate.picture("advocate-list");
  const links = advocate.page.getByRole("link", { name: new RegExp(numbers.join("|")) });
  const seen = await links.count();
  if (seen > 0) {
    await links.first().click();
    await advocate.picture("advocate-complaint");
  }
  await advocate.page.context().close();
  return seen;
}

/** Who has opened my file: the resident sees every act and every read. */
export async function readReaders(resident: Person, requestUrl: string): Promise<void> {
  await resident.page.goto(`${requestUrl}/readers`);
  await resident.picture("readers");
}
