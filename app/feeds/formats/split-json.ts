/**
 * The elements of a JSON document that are rows, cut out of the stream of bytes: the document itself is never in
 * memory. Between the elements the grammar is kept strictly; inside one only brackets and quotes are counted,
 * because the element is parsed afterwards by itself, and one that is broken must not cost the others.
 */
import type { JsonFormat } from "./format.ts";
import { type Element, type JsonProblemRow, JsonSplitter } from "./json-splitter.ts";
import { inPieces, LIMITS, type Limits } from "./limits.ts";

/** A document of another kind: it has neither a list of rows nor a member that tells it. */
export class NotThisDocument extends Error {}

/**
 * @param source UTF-8 in any chunking. Several documents may follow each other.
 * @param onMembers Told at the end what the documents say of themselves: their short members beside the lists.
 * @throws NotThisDocument at the end; no element has been handed out then.
 */
export async function* splitJson(
  source: AsyncIterable<Uint8Array>,
  format: JsonFormat,
  limits: Limits = LIMITS,
  onMembers?: (members: ReadonlyMap<string, string>) => void,
): AsyncGenerator<(Element | JsonProblemRow)[]> {
  const splitter = new JsonSplitter(format, limits);
  for await (const piece of inPieces(source, limits.piece)) {
    splitter.feed(piece);
    for (let rows = splitter.take(); rows.length > 0; rows = splitter.take()) yield rows;
  }
  const last = splitter.end();
  if (!splitter.recognised) throw new NotThisDocument();
  if (last.length > 0) yield last;
  onMembers?.(splitter.members);
}
