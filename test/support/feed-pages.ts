// What opens a browser on the logs' pages, as one who has entered already.
import { mkdirSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import type { Locale } from "#app/ui/locale.ts";
import { DESK, NARROW } from "./page-faults.ts";
import type { PortalProcess } from "./portal-process.ts";
import type { Visitor } from "./visitor.ts";

/** A browser of its own for the visitor, in one language. */
export async function enter(
  browser: Browser,
  portal: PortalProcess,
  visitor: Visitor,
  locale: Locale,
  options: { scripts?: boolean } = {},
) {
  const context = await browser.newContext({
    viewport: DESK,
    locale: locale === "es" ? "es-US" : "en-US",
    reducedMotion: "reduce",
    javaScriptEnabled: options.scripts ?? true,
  });
  for (const pair of visitor.cookies().split("; ")) {
    const [name = "", value = ""] = pair.split("=");
    await context.addCookies([{ name, value, url: portal.url }]);
  }
  const page = await context.newPage();
  await page.goto(`${portal.url}/language/${locale}?back=/desk/feeds`);
  return { context, page };
}

/** For whoever wants to look: WL_PICTURES names a folder. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env["WL_PICTURES"];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}-desk.png`, fullPage: true });
  await page.setViewportSize(NARROW);
  await page.screenshot({ path: `${folder}/${name}-phone.png`, fullPage: true });
  await page.setViewportSize(DESK);
}
