import type { RowProblem } from "../problem.ts";
import type { FileRow } from "./file-row.ts";
import { NotThisDocument } from "./split-json.ts";

/** Rows that are looked at before a file without a header is believed. */
const LOOKED_AT = 20;

/**
 * Passes rows on, unless the file is plainly of another kind: a format without a header tells it only by its first
 * rows being none. Else a wrong file would fill the quarantine with its every line.
 *
 * @param wrong What a row of another kind of file looks like.
 * @throws NotThisDocument before any row is passed on.
 */
export async function* unlessOfAnotherKind(
  groups: AsyncIterable<FileRow[]>,
  wrong: readonly RowProblem[],
): AsyncGenerator<FileRow[]> {
  const first: FileRow[] = [];
  let believed = false;
  let failed: { error: unknown } | null = null;
  const judge = () => {
    const looked = first.slice(0, LOOKED_AT);
    const isWrong = (row: FileRow) => row.problem !== null && wrong.includes(row.problem);
    if (looked.length > 0 && looked.every(isWrong)) throw new NotThisDocument();
    believed = true;
  };
  try {
    for await (const group of groups) {
      if (believed) {
        yield group;
        continue;
      }
      first.push(...group);
      if (first.length < LOOKED_AT) continue;
      judge();
      yield first;
    }
  } catch (error) {
    failed = { error };
  }
  if (believed) {
    if (failed !== null) throw failed.error;
    return;
  }
  // Of a source that failed early the rows before that are passed on; what they are is then the lesser question.
  if (failed === null) judge();
  if (first.length > 0) yield first;
  if (failed !== null) throw failed.error;
}
