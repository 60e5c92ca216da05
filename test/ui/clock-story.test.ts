import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, describe, expect, it } from "vitest";
import { viewClock } from "#app/law/clock-view.ts";
import type { ClockEvent } from "#app/law/event.ts";
import { LAW } from "#app/law/law.ts";
import { LETTERS_ON_A_LINE } from "#app/ui/clock-layout.ts";
import { shownMarks, spansOf } from "#app/ui/clock-picture.tsx";
import { ClockStory } from "#app/ui/clock-story.tsx";
import { formatMoment } from "#app/ui/format.ts";
import { LOCALES, type Locale } from "#app/ui/locale.ts";
import { en } from "#app/ui/words/en/index.ts";
import { es } from "#app/ui/words/es/index.ts";
import { LocaleProvider } from "#app/ui/words/use-words.tsx";
import { registerWords } from "#app/ui/words/words.ts";

beforeAll(() => {
  registerWords("en", en);
  registerWords("es", es);
});

const RECEIVED: ClockEvent = { kind: "received", on: "2026-09-03" };
const PAUSED: readonly ClockEvent[] = [
  RECEIVED,
  { kind: "information-asked", on: "2026-09-10" },
  { kind: "information-received", on: "2026-09-17" },
];

function viewOf(rule: string, events: readonly ClockEvent[], today: string, locale: Locale = "en") {
  return viewClock(LAW.compute(rule, events), LAW.getRule(rule, "2026-09-03"), { today, locale, target: "2026-09-08" });
}

function pageOf(view: ReturnType<typeof viewOf>, locale: Locale = "en", notices = {}): string {
  const children = createElement(ClockStory, { view, reader: "resident", ...notices });
  const inLanguage = { locale, children };
  return renderToStaticMarkup(createElement(LocaleProvider, inLanguage));
}

/** The page as a screen reader gets it. */
const heard = (html: string) => html.replace(/<div class="wl-clock" aria-hidden="true">.*?<\/div>/s, "");

describe("the story of a clock", () => {
  it.each(LOCALES)("says in its list every day that its picture shows (%s)", (locale) => {
    const view = viewOf("uk.gdpr.dsar", PAUSED, "2026-11-20", locale);
    const list = heard(pageOf(view, locale));
    expect(list).not.toContain("<svg");
    for (const { on } of view.marks)
      expect(list).toContain(`<time dateTime="${on}">${formatMoment(on, locale)}</time>`);
    expect(list.match(/<li /g)?.length).toBe(view.marks.length);
    expect(list).toContain(locale === "en" ? "Not counted: 8 days." : "No se cuentan: 8 días.");
  });

  it("hides the whole picture from screen readers, and keeps it out of the tab order", () => {
    const html = pageOf(viewOf("uk.gdpr.dsar", PAUSED, "2026-09-20"));
    for (const [tag] of html.matchAll(/<svg[^>]*>/g)) {
      expect(tag).toContain('aria-hidden="true"');
      expect(tag).toContain('focusable="false"');
    }
    expect(html.match(/<pattern id="([^"]+)"/g)).toHaveLength(3);
    expect(new Set(html.match(/<pattern id="([^"]+)"/g)).size, "each sheet has its own hatching").toBe(3);
  });

  it("tells in its place what the resident was told", () => {
    const notices = [
      { kind: "acknowledged" as const, on: "2026-09-04", due: "2026-09-14", dueBefore: null },
      { kind: "moved" as const, on: "2026-09-09", due: "2026-09-15", dueBefore: "2026-09-14" },
    ];
    const list = heard(pageOf(viewOf("ca.cpra.determination", [RECEIVED], "2026-09-10"), "en", { notices }));
    const days = [...list.matchAll(/<time dateTime="([^"]+)">/g)].map(([, on]) => on);
    expect(days).toEqual(days.toSorted());
    expect(list).toContain("The date moved from September 14, 2026 to September 15, 2026.");
  });
});

describe("the picture", () => {
  it.each(LOCALES)("has room for each of its labels (%s)", (locale) => {
    const words = { en, es }[locale].clock;
    const short = Object.entries(words).filter(([name]) => name.startsWith("short"));
    expect(short.length).toBe(11);
    for (const [name, text] of short) expect(text.length, name).toBeLessThanOrEqual(LETTERS_ON_A_LINE);
    for (let month = 1; month <= 12; month += 1) {
      const day = `2026-${String(month).padStart(2, "0")}-28T22:30`;
      expect(formatMoment(day, locale, "short").length).toBeLessThanOrEqual(LETTERS_ON_A_LINE);
    }
  });

  it("leaves today out where it would squeeze everything else together", () => {
    const kinds = (today: string) =>
      shownMarks(viewOf("ca.cpra.determination", [RECEIVED], today)).map(({ kind }) => kind);
    expect(kinds("2026-09-10")).toContain("today");
    expect(kinds("2026-09-20")).toContain("today");
    expect(kinds("2036-09-20")).not.toContain("today");
  });

  it("draws the days that are late and the days that stood still, also where today is too far away", () => {
    const late = viewOf("ca.cpra.determination", [RECEIVED], "2036-09-20");
    const paused = viewOf("uk.gdpr.dsar", PAUSED, "2026-09-20");
    const open = viewOf("uk.gdpr.dsar", PAUSED.slice(0, 2), "2026-09-15");
    const spans = [late, paused, open].map((view) => spansOf(view, shownMarks(view)));
    expect(spans.map((all) => all.map(({ id }) => id))).toEqual([
      ["time 0", "late 0"],
      ["time 0", "still 0"],
      ["time 0", "still 0"],
    ]);
    const soon = viewOf("ca.cpra.determination", [RECEIVED], "2026-09-18");
    expect(spansOf(soon, shownMarks(soon)).map(({ id }) => id)).toContain("late 0");
    const still = spans[1]?.find(({ id }) => id === "still 0");
    expect((still?.to ?? 0) - (still?.from ?? 0)).toBe(7);
  });
});
