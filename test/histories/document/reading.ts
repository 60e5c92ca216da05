/** What tests read out of a document, by pdf.js and by the gates' own reader. */
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { extractPages } from "#app/histories/gates/extraction.server.ts";
import { isOf } from "#app/histories/gates/outside-pages.ts";
import { Reference, readPdf } from "#app/histories/gates/pdf-objects.ts";
import { readingOrder } from "#app/histories/gates/reading-order.ts";

/** The whole text in reading order, spaces as one. */
export async function textOf(pdf: Buffer): Promise<string> {
  const tagged = new Map((await extractPages(pdf)).flatMap((page) => [...page.tagged]));
  return readingOrder(readPdf(pdf))
    .contents.map((content) => (tagged.get(content) ?? "").replace(/\s+/g, " ").trim())
    .filter((text) => text !== "")
    .join(" ");
}

/** Runs `look` on the document as pdf.js opens it. */
export async function opened<T>(
  pdf: Buffer,
  look: (document: Awaited<ReturnType<typeof getDocument>["promise"]>) => Promise<T>,
): Promise<T> {
  const loading = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  try {
    return await look(await loading.promise);
  } finally {
    await loading.destroy();
  }
}

/** The decoded content of every page, the pages in order. */
export function drawings(pdf: Buffer): string[] {
  const { objects } = readPdf(pdf);
  return [...objects.values()].flatMap(({ value }) => {
    if (!(value instanceof Map) || !isOf(value, "Page")) return [];
    const contents = value.get("Contents");
    const parts = Array.isArray(contents) ? contents : [];
    return [
      parts
        .map((part) => (part instanceof Reference ? (objects.get(part.id)?.stream?.toString("latin1") ?? "") : ""))
        .join("\n"),
    ];
  });
}

/** Every string, stream and object of a file as one text, to be searched for what must not be in it. */
export function everythingIn(pdf: Buffer): string {
  const streams = [...readPdf(pdf).objects.values()].map(({ stream }) => stream?.toString("latin1") ?? "");
  return [pdf.toString("latin1"), ...streams].join("\n");
}
