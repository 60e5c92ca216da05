/**
 * The gates before a release leaves: the finished bytes are opened again, by other code than made them,
 * and held against the redacted model and against the list of what was withheld.
 *
 * They run on the signed bytes, the very ones that leave. What "found" means is defined in gates/forbidden.ts.
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
import { type SignatureParts, signatureParts } from "./gates/signature-parts.ts";
import type { History } from "./history.ts";
import { readSignature } from "./signature/read-signature.ts";

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
  | "stream"
  | "signature";

export interface GateFailure {
  gate: Gate;
  /** Says where and what kind, never the value or whose it is: an operator reads this. */
  detail: string;
}

export interface GateReport {
  ok: boolean;
  failures: GateFailure[];
}

/** By whose certificate, and when, a release must be signed. */
export interface Seal {
  /** SHA-256 of the certificate, hex. */
  readonly certificate: string;
  readonly at: Date;
}

/**
 * Checks a release on its bytes: signed as `seal` says, or, where that is null, not signed at all.
 *
 * `forbidden` is every value that the edition withholds, in any notation in which it could appear. The
 * report never repeats one. Does not throw for a bad file: that is a failure of the gate "readable".
 */
export async function checkRelease(
  pdf: Buffer,
  history: History,
  forbidden: readonly string[],
  seal: Seal | null = null,
): Promise<GateReport> {
  const values = forbiddenValues(forbidden);
  const failures: GateFailure[] = [...withheldInModel(values, history), ...(await checkSignature(pdf, seal))];
  try {
    const file = readPdf(pdf);
    const pages = await extractPages(pdf);
    const parts = signatureParts(file, seal?.at ?? null);
    failures.push(
      ...parts.faults.map((detail) => ({ gate: "signature" as const, detail })),
      ...checkText(file, pages, history, values),
      ...checkPages(file, values),
      ...checkOutside(file, history, values, parts),
    );
  } catch (error) {
    const reason = error instanceof UnreadablePdf ? error.message : "The file cannot be opened as a PDF.";
    failures.push({ gate: "readable", detail: reason });
  }
  return { ok: failures.length === 0, failures: distinct(failures) };
}

/** One signature, by that certificate, over every byte but its own. */
async function checkSignature(pdf: Buffer, seal: Seal | null): Promise<GateFailure[]> {
  const { state, certificates } = await readSignature(pdf);
  const due = seal === null ? "none" : "valid";
  if (state !== due) return [{ gate: "signature", detail: `the signature must be "${due}" and is "${state}"` }];
  const isOurs = seal === null || (certificates.length === 1 && certificates[0] === seal.certificate);
  return isOurs ? [] : [{ gate: "signature", detail: "the file is signed by another certificate" }];
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
function checkOutside(
  file: PdfBytes,
  history: History,
  values: readonly Forbidden[],
  parts: SignatureParts,
): GateFailure[] {
  const failures: GateFailure[] = [];
  const roles = rolesOf(file);
  const expected = expectedOutside(composeHistory(history), fileTitle(history), wordsFor(history.locale).language);
  const found = (where: string): number =>
    failures.push({ gate: "withheld-outside-pages", detail: `a withheld value stands in ${where}` });
  if (holdsAny({ ...textsIn({ value: file.trailer }), comments: file.comments }, values, expected))
    found("the trailer or a comment");
  for (const object of file.objects.values()) {
    const texts = textsIn(object.id === parts.signature ? signatureTexts(object) : object);
    failures.push(...closedKeys(texts.names, parts.allowed.get(object.id)));
    if (holdsAny({ ...texts, comments: [] }, values, expected)) found("a string or name of an object");
    if (object.stream !== null) checkStream(object, object.stream);
    if (object.id === parts.signature && heldInBinary(signatureBytes(object), values) !== null) found("the signature");
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

function signatureBytes({ value }: PdfObject): Buffer {
  const contents = value instanceof Map ? value.get("Contents") : undefined;
  return Buffer.isBuffer(contents) ? contents : Buffer.alloc(0);
}

/** Without the signature's bytes, in which every short value stands by chance, and its time (signature-parts.ts). */
function signatureTexts({ value }: PdfObject): Pick<PdfObject, "value"> {
  const entries = [...(value instanceof Map ? value : [])].filter(([key]) => key !== "Contents" && key !== "M");
  return { value: new Map(entries) };
}

/** @param allowed one such key that this object has by right, once */
function closedKeys(names: readonly string[], allowed: string | undefined): GateFailure[] {
  const first = allowed === undefined ? -1 : names.indexOf(allowed);
  return names.flatMap((name, index) => {
    const gate = CLOSED_KEYS.get(name);
    return gate === undefined || index === first
      ? []
      : [{ gate: gate as Gate, detail: `the file has the entry ${name}, which a release must not have` }];
  });
}
