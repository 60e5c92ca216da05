/**
 * The gates before a release leaves: the finished bytes are opened again, by other code than made them,
 * and held against the redacted model and against the list of what was withheld.
 *
 * They run before the file is signed. What "found" means is defined in gates/forbidden.ts.
 */
import { textsOf } from "./document/blocks.ts";
import { composeHistory, fileTitle } from "./document/compose.ts";
import type { DocumentWords } from "./document/word-list.ts";
import { wordsFor } from "./document/words.ts";
import { type ExtractedPage, extractPages } from "./gates/extraction.server.ts";
import {
  exactly,
  type Forbidden,
  forbiddenValues,
  occurrences,
  shownText,
  slippedIntoModel,
  tightly,
} from "./gates/forbidden.ts";
import {
  CLOSED_KEYS,
  expectedOutside,
  heldIn,
  heldInBinary,
  isOf,
  isVocabulary,
  metadataTexts,
  readings,
  rolesOf,
  textsIn,
} from "./gates/outside-pages.ts";
import { readPageDrawing } from "./gates/page-drawing.ts";
import {
  type Dictionary,
  type PdfBytes,
  type PdfObject,
  Reference,
  readPdf,
  UnreadablePdf,
  type Value,
} from "./gates/pdf-objects.ts";
import { readingOrder } from "./gates/reading-order.ts";
import type { History } from "./history.ts";

export type Gate =
  | "readable"
  | "text-equals-model"
  | "withheld-in-text"
  | "withheld-in-model"
  | "withheld-outside-pages"
  | "hidden-text"
  | "operator"
  | "attachment"
  | "script"
  | "annotation"
  | "object"
  | "stream";

export interface GateFailure {
  gate: Gate;
  /** Says where and what kind, never the value or whose it is: an operator reads this. */
  detail: string;
}

export interface GateReport {
  ok: boolean;
  failures: GateFailure[];
}

/**
 * Checks an unsigned release on its bytes.
 *
 * `forbidden` is every value that the edition withholds, in any notation in which it could appear. The
 * report never repeats one. Does not throw for a bad file: that is a failure of the gate "readable".
 */
export async function checkRelease(pdf: Buffer, history: History, forbidden: readonly string[]): Promise<GateReport> {
  const values = forbiddenValues(forbidden);
  const failures: GateFailure[] = withheldInModel(values, history);
  try {
    const file = readPdf(pdf);
    const pages = await extractPages(pdf);
    failures.push(
      ...checkText(file, pages, history, values),
      ...checkPages(file, values),
      ...checkOutside(file, history, values),
    );
  } catch (error) {
    const reason = error instanceof UnreadablePdf ? error.message : "The file cannot be opened as a PDF.";
    failures.push({ gate: "readable", detail: reason });
  }
  return { ok: failures.length === 0, failures: distinct(failures) };
}

function distinct(failures: readonly GateFailure[]): GateFailure[] {
  return [...new Map(failures.map((failure) => [`${failure.gate} ${failure.detail}`, failure])).values()];
}

function withheldInModel(values: readonly Forbidden[], history: History): GateFailure[] {
  const shown = shownText(history);
  const slipped = values.filter((value) => slippedIntoModel(value, shown)).length;
  return slipped === 0
    ? []
    : [
        {
          gate: "withheld-in-model",
          detail: `${slipped} withheld value(s) stand inside free text that the answer shows`,
        },
      ];
}

/** What comes back is what was composed from the model: word for word, in reading order, and nothing besides. */
function checkText(
  file: PdfBytes,
  pages: readonly ExtractedPage[],
  history: History,
  values: readonly Forbidden[],
): GateFailure[] {
  const failures: GateFailure[] = [];
  const composed = composeHistory(history).flatMap((block) => [...textsOf(block)]);
  const tagged = new Map(pages.flatMap((page) => [...page.tagged]));
  const { contents } = readingOrder(file);
  const read = contents.map((content) => tagged.get(content) ?? "");
  if (exactly(read.join("")) !== exactly(composed.join(""))) {
    failures.push({
      gate: "text-equals-model",
      detail: "the tagged text is not, word for word, the text of the answer",
    });
  }
  const inOrder = new Set(contents);
  if (inOrder.size !== contents.length || [...tagged].some(([key, text]) => text.trim() !== "" && !inOrder.has(key))) {
    failures.push({ gate: "text-equals-model", detail: "marked text stands outside the structure, or in it twice" });
  }
  failures.push(...checkFurniture(pages, history));
  const [found, expected] = [
    tightly([...read, ...stray(pages, tagged, inOrder)].join("\n")),
    tightly(composed.join("\n")),
  ];
  const surplus = values.filter(({ tight }) => occurrences(found, tight) > occurrences(expected, tight)).length;
  if (surplus > 0)
    failures.push({ gate: "withheld-in-text", detail: `${surplus} withheld value(s) stand in the text of the pages` });
  return failures;
}

/** Text that is neither furniture nor in the structure. */
function stray(
  pages: readonly ExtractedPage[],
  tagged: ReadonlyMap<string, string>,
  inOrder: ReadonlySet<string>,
): string[] {
  return [
    ...pages.map((page) => page.loose),
    ...[...tagged].flatMap(([key, text]) => (inOrder.has(key) ? [] : [text])),
  ];
}

function checkFurniture(pages: readonly ExtractedPage[], history: History): GateFailure[] {
  const words = wordsFor(history.locale);
  const allowed = furniture(history, words);
  const failures: GateFailure[] = [];
  for (const [index, page] of pages.entries()) {
    const number = exactly(words.page(index + 1, pages.length));
    if (page.artifacts.some((text) => !allowed.has(exactly(text)) && exactly(text) !== number)) {
      failures.push({
        gate: "text-equals-model",
        detail: `page ${index + 1} holds text that is no content and no furniture`,
      });
    }
    if (page.loose.trim() !== "")
      failures.push({ gate: "text-equals-model", detail: `page ${index + 1} holds text without a tag` });
  }
  return failures;
}

function furniture(history: History, words: DocumentWords): ReadonlySet<string> {
  const head = words.runningHead(history.reference, history.edition);
  const demo = history.demo ? words.demoLabel : "";
  const headers = composeHistory(history).flatMap((block) =>
    block.kind === "table" ? [block.columns.map((column) => column.header).join("")] : [],
  );
  return new Set(["", head, demo, head + demo, ...headers].map(exactly));
}

/** What the pages draw, beside their text. */
function checkPages(file: PdfBytes, values: readonly Forbidden[]): GateFailure[] {
  const failures: GateFailure[] = [];
  for (const { value } of file.objects.values()) {
    if (!(value instanceof Map) || !isOf(value, "Page")) continue;
    const drawing = readPageDrawing(Buffer.concat(streamsOf(file, value.get("Contents"))), sizeOf(value));
    failures.push(...drawing.faults);
    if (holdsAny(drawing, values, new Set()))
      failures.push({
        gate: "withheld-outside-pages",
        detail: "a withheld value stands in the properties or comments of a page",
      });
    if (drawing.strings.length > 0)
      failures.push({ gate: "operator", detail: "a page's marked content has properties that a release does not use" });
  }
  return failures;
}

function streamsOf(file: PdfBytes, contents: Value | undefined): Buffer[] {
  const references = Array.isArray(contents) ? contents : [contents];
  return references.flatMap((one) => {
    const stream = one instanceof Reference ? file.objects.get(one.id)?.stream : null;
    return stream === null || stream === undefined ? [] : [stream, Buffer.from("\n")];
  });
}

function sizeOf(page: Dictionary): { width: number; height: number } {
  const box = page.get("MediaBox");
  const [width, height] = Array.isArray(box) ? [box[2], box[3]] : [];
  return { width: typeof width === "number" ? width : 0, height: typeof height === "number" ? height : 0 };
}

function holdsAny(
  found: { strings: readonly Buffer[]; names: readonly string[]; comments: readonly string[] },
  values: readonly Forbidden[],
  expected: ReadonlySet<string>,
): boolean {
  return (
    found.strings.some((bytes) => holds(bytes, values, expected)) ||
    found.names.some((name) => !isVocabulary(name) && heldIn(name, values, expected) !== null) ||
    found.comments.some((comment) => heldIn(comment, values, expected) !== null)
  );
}

function holds(bytes: Buffer, values: readonly Forbidden[], expected: ReadonlySet<string>): boolean {
  const texts = readings(bytes);
  return (
    !texts.some((text) => expected.has(tightly(text))) && texts.some((text) => heldIn(text, values, expected) !== null)
  );
}

/** Objects, metadata, fonts and all that nothing points at. */
function checkOutside(file: PdfBytes, history: History, values: readonly Forbidden[]): GateFailure[] {
  const failures: GateFailure[] = [];
  const roles = rolesOf(file);
  const expected = expectedOutside(composeHistory(history), fileTitle(history), wordsFor(history.locale).language);
  const found = (where: string): number =>
    failures.push({ gate: "withheld-outside-pages", detail: `a withheld value stands in ${where}` });
  if (holdsAny({ ...textsIn({ value: file.trailer }), comments: file.comments }, values, expected))
    found("the trailer or a comment");
  for (const object of file.objects.values()) {
    const texts = textsIn(object);
    failures.push(...closedKeys(texts.names));
    if (holdsAny({ ...texts, comments: [] }, values, expected)) found("a string or name of an object");
    if (object.stream !== null) checkStream(object, object.stream);
  }
  return failures;

  function checkStream(object: PdfObject, stream: Buffer): void {
    const role = roles.get(object.id);
    if (role === undefined) {
      failures.push({ gate: "stream", detail: "the file holds a stream that nothing in a release asks for" });
      if (heldInBinary(stream, values) !== null || heldIn(stream.toString("utf8"), values, expected) !== null)
        found("a stream that nothing asks for");
    } else if (role === "metadata") {
      if (metadataTexts(stream).some((text) => heldIn(text, values, expected) !== null)) found("the metadata");
    } else if (role !== "content" && heldInBinary(stream, values) !== null) found("a font");
  }
}

function closedKeys(names: readonly string[]): GateFailure[] {
  return names.flatMap((name) => {
    const gate = CLOSED_KEYS.get(name);
    return gate === undefined
      ? []
      : [{ gate: gate as Gate, detail: `the file has the entry ${name}, which a release must not have` }];
  });
}
