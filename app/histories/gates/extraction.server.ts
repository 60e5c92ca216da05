/** What a reader's program gets out of the file: the text of each page by its marked content. */
import { getDocument, VerbosityLevel } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { TextItem, TextMarkedContent } from "pdfjs-dist/types/src/display/api.js";

export interface ExtractedPage {
  /** Text by marked content, such as "12 0" for content 0 of the page that is object 12. */
  tagged: Map<string, string>;
  /** Each artifact's text. */
  artifacts: string[];
  /** Text in no marked content at all. */
  loose: string;
}

/** Extracts the text of every page, one page at a time. Throws when pdf.js cannot open the file. */
export async function extractPages(pdf: Buffer): Promise<ExtractedPage[]> {
  const loading = getDocument({
    data: new Uint8Array(pdf),
    verbosity: VerbosityLevel.ERRORS,
    useSystemFonts: false,
    isEvalSupported: false,
    stopAtErrors: true,
  });
  try {
    const document = await loading.promise;
    const pages: ExtractedPage[] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
      pages.push(sort(items));
      page.cleanup();
    }
    return pages;
  } finally {
    await loading.destroy();
  }
}

/** pdf.js gives the tag too, though its types do not say so. */
type Mark = TextMarkedContent & { tag?: string };

function sort(items: readonly (TextItem | Mark)[]): ExtractedPage {
  const page: ExtractedPage = { tagged: new Map(), artifacts: [], loose: "" };
  const open: { key: string | null; text: string; artifact: boolean }[] = [];
  for (const item of items) {
    if ("str" in item) {
      const text = item.str + (item.hasEOL ? "\n" : "");
      const inner = open.at(-1);
      if (inner === undefined) page.loose += text;
      else inner.text += text;
    } else if (item.type !== "endMarkedContent") {
      open.push({ key: keyOf(item.id), text: "", artifact: item.tag === "Artifact" });
    } else {
      const closed = open.pop();
      if (closed === undefined) continue;
      if (closed.artifact) page.artifacts.push(closed.text);
      else if (closed.key === null) page.loose += closed.text;
      else page.tagged.set(closed.key, (page.tagged.get(closed.key) ?? "") + closed.text);
    }
  }
  for (const { text } of open) page.loose += text;
  return page;
}

/** pdf.js names marked content "p12R_mc0". */
function keyOf(id: string | null | undefined): string | null {
  const found = /^p(\d+)R_mc(\d+)$/.exec(id ?? "");
  return found === null ? null : `${found[1]} ${found[2]}`;
}
