import { opened } from "#test/histories/document/reading.ts";

/** What a printed sheet says, line by line. */
export function pdfText(pdf: Buffer): Promise<string> {
  return opened(pdf, async (document) => {
    const texts: string[] = [];
    for (let number = 1; number <= document.numPages; number++) {
      const { items } = await (await document.getPage(number)).getTextContent();
      for (const item of items) if ("str" in item) texts.push(`${item.str}${item.hasEOL ? "\n" : ""}`);
    }
    return texts.join("");
  });
}
