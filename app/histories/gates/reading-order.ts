/** The text as a screen reader says it: by the structure tree, not by the order of drawing. */
import { type Dictionary, type PdfBytes, Reference, type Value } from "./pdf-objects.ts";

export interface ReadingOrder {
  /** Marked contents in order, such as "12 0": content 0 of the page that is object 12. */
  contents: string[];
}

/** Walks the structure tree from its root. An untagged file has no order at all. */
export function readingOrder(file: PdfBytes): ReadingOrder {
  const contents: string[] = [];
  const catalog = dictionaryAt(file, file.trailer.get("Root"));
  const root = dictionaryAt(file, catalog?.get("StructTreeRoot"));
  const walk = (value: Value | undefined, page: number | null): void => {
    if (Array.isArray(value)) for (const one of value) walk(one, page);
    else if (typeof value === "number") contents.push(`${page ?? "none"} ${value}`);
    else if (value instanceof Reference) {
      const element = dictionaryAt(file, value);
      walk(element?.get("K"), pageOf(element) ?? page);
    } else if (value instanceof Map && value.has("MCID")) walk(value.get("MCID"), pageOf(value) ?? page);
    else if (value instanceof Map) walk(value.get("K"), pageOf(value) ?? page);
  };
  walk(root?.get("K"), null);
  return { contents };
}

function pageOf(element: Dictionary | null): number | null {
  const page = element?.get("Pg");
  return page instanceof Reference ? page.id : null;
}

function dictionaryAt(file: PdfBytes, value: Value | undefined): Dictionary | null {
  const found = value instanceof Reference ? file.objects.get(value.id)?.value : value;
  return found instanceof Map ? found : null;
}
