// What is wrong with a page as a browser shows it: for a screen reader, at a desk and on a phone.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import type { Locale } from "#app/ui/locale.ts";

export const DESK = { width: 1280, height: 900 };
/** A phone, or a desk at 400 %: WCAG 1.4.10 allows scrolling in one direction alone. */
export const NARROW = { width: 320, height: 640 };
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What is wrong with a page as it stands: at a desk, and on a phone. */
export async function findFaults(page: Page, locale: Locale): Promise<string[]> {
  const faults = await frameFaults(page, locale);
  for (const viewport of [DESK, NARROW]) {
    await page.setViewportSize(viewport);
    // Legacy: all is looked at in this page, not in a fresh one that must be opened first.
    const { violations } = await new AxeBuilder({ page })
      .withTags(RULES)
      .options({ resultTypes: ["violations"] })
      .setLegacyMode(true)
      .analyze();
    faults.push(
      ...violations.map(({ id, nodes }) => `${viewport.width}: ${id} at ${nodes.map((node) => node.html).join(" | ")}`),
    );
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) faults.push(`320: scrolls sideways by ${wide}`);
  await page.setViewportSize(DESK);
  return faults;
}

async function frameFaults(page: Page, locale: Locale): Promise<string[]> {
  const { lang, headings, here, untied } = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    headings: document.querySelectorAll("h1").length,
    here: document.querySelectorAll(".wl-header__nav [aria-current]").length,
    untied: [...document.querySelectorAll("[aria-describedby], [for], [aria-labelledby]")].flatMap((one) =>
      ["aria-describedby", "for", "aria-labelledby"].flatMap((name) =>
        (one.getAttribute(name) ?? "").split(" ").filter((id) => id !== "" && document.getElementById(id) === null),
      ),
    ),
  }));
  return [
    ...(lang === locale ? [] : [`lang is ${lang}`]),
    ...(headings === 1 ? [] : [`${headings} h1`]),
    ...(here <= 1 ? [] : [`${here} links of the menu are the current one`]),
    ...untied.map((id) => `nothing has the id ${id}`),
  ];
}
