import { describe, expect, it } from "vitest";
import { MARK, MARK_FILL } from "#app/histories/document/look.ts";
import { extractPages } from "#app/histories/gates/extraction.server.ts";
import { checkRelease } from "#app/histories/gates.server.ts";
import { FIELDS } from "#app/histories/history.ts";
import { renderHistory } from "#app/histories/render-history.server.ts";
import { allWithheld, historyOf, lineOf, shown, withheld } from "./histories.ts";
import { drawings, everythingIn, opened } from "./reading.ts";

function marks(pdf: Buffer): { width: number; height: number }[] {
  const drawn = new RegExp(`${MARK_FILL.replaceAll(".", "\\.")} rg \\S+ \\S+ (\\S+) (\\S+) re f`, "g");
  return drawings(pdf).flatMap((page) =>
    [...page.matchAll(drawn)].map(([, width, height]) => ({ width: Number(width), height: Number(height) })),
  );
}

describe("the mark of a withheld value", () => {
  it("has one width, whatever the field, the ground, the language", async () => {
    const grounds = Array.from({ length: 30 }, (_, index) => ({
      id: `g${index}`,
      cite: `Code § ${index}`,
      plain: `Ground ${index}.`,
      uses: 1,
    }));
    const lines = Array.from({ length: 30 }, (_, index) =>
      lineOf(index + 1, null, Object.fromEntries(FIELDS.map((field) => [field, withheld(`g${index}`)]))),
    );
    for (const locale of ["en", "es"] as const) {
      const found = marks(await renderHistory(historyOf(30, { locale, lines, grounds, withheld: [] })));
      expect(found).toHaveLength(30 * FIELDS.length);
      expect(new Set(found.map(({ width, height }) => `${width} x ${height}`))).toEqual(
        new Set([`${MARK.width} x ${MARK.height}`]),
      );
    }
  });

  it("holds its label, in either language", async () => {
    for (const [locale, label] of [
      ["en", "WITHHELD B"],
      ["es", "RETENIDO B"],
    ] as const) {
      const widths = await opened(await renderHistory(allWithheld(1, { locale })), async (document) => {
        const pages = Array.from({ length: document.numPages }, (_, index) => document.getPage(index + 1));
        const contents = await Promise.all((await Promise.all(pages)).map((page) => page.getTextContent()));
        return contents
          .flatMap(({ items }) => items)
          .flatMap((item) => ("str" in item && item.str === label ? [item.width] : []));
      });
      expect(widths).toHaveLength(FIELDS.length);
      expect(Math.max(...widths)).toBeLessThan(MARK.width - 8);
    }
  });
});

describe("what is withheld", () => {
  it.each(FIELDS)("has no place in the model to stand in: %s", async (field) => {
    const smuggled = { ...withheld(), text: "CANARY-4711" };
    const history = historyOf(1, { lines: [lineOf(1, "2026-01-01", { [field]: smuggled })] });
    await expect(renderHistory(history)).rejects.toThrow(/unrecognized/i);
  });

  it("leaves no trace in any byte, stream or string", async () => {
    const open = historyOf(1, {
      lines: [lineOf(1, "2026-01-01", { user: shown("Kowalczyk-4711"), purpose: shown("Tip from Marta Quill") })],
    });
    const closed = historyOf(1, { lines: [lineOf(1, "2026-01-01", { user: withheld(), purpose: withheld() })] });
    expect((await checkRelease(await renderHistory(open), open, [])).ok).toBe(true);
    const everything = everythingIn(await renderHistory(closed));
    expect(everything).not.toMatch(/Kowalczyk|4711|Marta|Quill/i);
  });
});

describe("a long answer", () => {
  it("about fifty systems draws each of them on the paper", async () => {
    const asked = { from: "2025-06-01", to: "2026-06-10" };
    const coverage = Array.from({ length: 50 }, (_, index) => ({
      ...{ system: `System of a rather long name, number ${index}`, custodian: "Alder Creek Police" },
      ...{ asked, held: [asked], missing: [], unread: 0, latest: null },
    }));
    const history = historyOf(0, { coverage });
    expect(await checkRelease(await renderHistory(history), history, [])).toEqual({ ok: true, failures: [] });
  });

  it("of 1,000 look-ups repeats the header on each page, numbers the pages, and passes the gates", async () => {
    const history = historyOf(1000);
    const pdf = await renderHistory(history);
    const pages = await extractPages(pdf);
    const squeezed = pages.map((page) => page.artifacts.map((text) => text.replace(/\s+/g, "")));
    const header = "No.WhenSystemAgencyUserSearchedbyReason,casenumberHowwidely";
    expect(squeezed.filter((artifacts) => artifacts.includes(header)).length).toBeGreaterThan(100);
    for (const [index, artifacts] of squeezed.entries())
      expect(artifacts).toContain(`Page${index + 1}of${pages.length}`);
    expect(await checkRelease(pdf, history, ["Kowalczyk"])).toEqual({ ok: true, failures: [] });
  }, 60_000);

  it("carries a reason longer than a page over, whole", async () => {
    const purpose = Array.from({ length: 900 }, (_, index) => `word${index}`).join(" ");
    const history = historyOf(3, {
      lines: [lineOf(1, "2026-03-01"), lineOf(2, "2026-02-01", { purpose: shown(purpose) }), lineOf(3, "2026-01-01")],
    });
    expect(await checkRelease(await renderHistory(history), history, [])).toEqual({ ok: true, failures: [] });
  });

  it("breaks an endless word in its column and keeps every letter of it", async () => {
    const history = historyOf(1, { lines: [lineOf(1, "2026-03-01", { user: shown("x9".repeat(200)) })] });
    expect(await checkRelease(await renderHistory(history), history, [])).toEqual({ ok: true, failures: [] });
  });
});
