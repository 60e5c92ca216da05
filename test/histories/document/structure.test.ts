import { describe, expect, it } from "vitest";
import { isOf } from "#app/histories/gates/outside-pages.ts";
import { Name, readPdf } from "#app/histories/gates/pdf-objects.ts";
import { renderHistory } from "#app/histories/render-history.server.ts";
import { historyOf } from "./histories.ts";
import { opened } from "./reading.ts";

interface StructureNode {
  role?: string;
  alt?: string;
  children?: StructureNode[];
}

function rolesIn(node: StructureNode): string[] {
  return [...(node.role === undefined ? [] : [node.role]), ...(node.children ?? []).flatMap(rolesIn)];
}

function find(node: StructureNode, role: string): StructureNode[] {
  return [...(node.role === role ? [node] : []), ...(node.children ?? []).flatMap((child) => find(child, role))];
}

describe("the document's structure", () => {
  it("says its title and language, that it is tagged, and that it follows PDF/UA-1", async () => {
    const pdf = await renderHistory(historyOf(3, { locale: "es" }));
    await opened(pdf, async (document) => {
      const { info, metadata } = await document.getMetadata();
      expect(info).toMatchObject({
        Title: "Quién consultó sus datos: respuesta WL-2026-00012-A, edición 1",
        Language: "es-US",
      });
      expect(await document.getMarkInfo()).toMatchObject({ Marked: true });
      expect(await document.getViewerPreferences()).toMatchObject({ DisplayDocTitle: true });
      expect(metadata?.get("pdfuaid:part")).toBe("1");
    });
  });

  it("names neither the resident nor the agency in its title, subject or author", async () => {
    const pdf = await renderHistory(historyOf(3));
    const said = await opened(pdf, async (document) => JSON.stringify(await document.getMetadata()));
    expect(said).not.toMatch(/Nguy|Luc|Alder|Subject"|Author"/);
  });

  it("leads to each section by a bookmark", async () => {
    const titles = await opened(await renderHistory(historyOf(3)), async (document) =>
      (await document.getOutline()).map(({ title }) => title),
    );
    expect(titles).toEqual([
      "Who looked you up",
      "Your answer at a glance",
      "What the logs cover, and what they do not",
      "What we searched for",
      "The look-ups, newest first",
      "What we withheld, and why",
      "If you disagree: have this answer reviewed",
      "If a look-up was not right: dispute it",
      "Who at the agency opened your file",
      "How to check that this document is genuine",
      "The words in this document",
    ]);
  });

  it("tags the look-ups as a table with header cells", async () => {
    const tree = await opened(await renderHistory(historyOf(2)), async (document) =>
      (await document.getPage(3)).getStructTree(),
    );
    const [table] = find(tree as StructureNode, "Table");
    expect(rolesIn(find(table ?? {}, "THead")[0] ?? {})).toEqual(["THead", "TR", ...Array(8).fill("TH")]);
    expect(rolesIn(find(table ?? {}, "TBody")[0] ?? {})).toEqual([
      "TBody",
      ...Array(2)
        .fill(["TR", "TH", "TD", "TR", ...Array(7).fill("TD")])
        .flat(),
    ]);
  });

  it("gives every header cell a scope", async () => {
    const { objects } = readPdf(await renderHistory(historyOf(4)));
    const scopes = [...objects.values()].flatMap(({ value }) => {
      if (!(value instanceof Map) || !isOf(value, "StructElem")) return [];
      const kind = value.get("S");
      const attributes = value.get("A");
      if (!(kind instanceof Name) || kind.name !== "TH") return [];
      const scope = attributes instanceof Map ? attributes.get("Scope") : undefined;
      return [scope instanceof Name ? scope.name : "none"];
    });
    expect(scopes.filter((scope) => scope === "Row").length).toBeGreaterThan(4);
    expect(new Set(scopes)).toEqual(new Set(["Row", "Column"]));
  });

  it("says each picture in words", async () => {
    const alts = await opened(await renderHistory(historyOf(6)), async (document) => {
      const numbers = Array.from({ length: document.numPages }, (_, index) => index + 1);
      const trees = await Promise.all(numbers.map(async (number) => (await document.getPage(number)).getStructTree()));
      return trees.flatMap((tree) => find(tree as StructureNode, "Figure").map(({ alt }) => alt ?? ""));
    });
    expect(alts).toHaveLength(4);
    expect(alts[0]).toMatch(
      /^Bar chart of the look-ups by month\. .*June 2025: \d|^Bar chart of the look-ups by month\. \w+ 202\d: \d/,
    );
    expect(alts[1]).toBe(
      "Bar chart of the look-ups by the agency that made them. Alder Creek Police: 4; Marin Hills Sheriff: 2.",
    );
    expect(alts[3]).toBe("Square code for a phone’s camera. It opens https://wholooked.example/check");
    expect(alts[2]).toContain(
      "Plate network: log held and searched: June 1, 2025 to November 30, 2025 and January 15, 2026 to June 10, 2026; gap: no log held: December 1, 2025 to January 14, 2026.",
    );
  });

  it("is the same bytes for the same history, and another file for another", async () => {
    const [first, again, other] = await Promise.all([
      renderHistory(historyOf(5)),
      renderHistory(historyOf(5)),
      renderHistory(historyOf(5, { edition: 2 })),
    ]);
    expect(again.equals(first)).toBe(true);
    expect(other.equals(first)).toBe(false);
  });
});
