import { compileColumns, emptyTexts, fieldIdentity } from "../profile-texts.ts";
import { compileEventReader, type RowFacts } from "../read-row.ts";
import { type FileRow, type ReadContext, toBadRow } from "./file-row.ts";
import type { FixedWidthFormat } from "./format.ts";
import { type Line, type LineProblemRow, readLines } from "./read-lines.ts";

/** Lines whose columns stand at fixed places, counted in characters. */
export async function* readFixedRows(
  source: AsyncIterable<Uint8Array>,
  format: FixedWidthFormat,
  { profile, now, limits }: ReadContext,
): AsyncGenerator<FileRow[]> {
  const names = format.columns.map(({ name }) => name);
  const width = Math.max(...format.columns.map(({ to }) => to));
  const texts = emptyTexts();
  const fill = compileColumns(profile, names, texts);
  const event = compileEventReader(profile, texts, now);

  function toRow(line: Line | LineProblemRow): FileRow {
    if ("problem" in line) return line;
    const source = { number: line.number, raw: line.raw, bytes: line.raw.length };
    const characters = [...line.text.trimEnd()];
    const whole = [...line.text].length;
    if (line.open && whole < width) return toBadRow(source, "cut-off");
    if (whole < format.least || characters.length > width) return toBadRow(source, "line-length");
    fill(
      format.columns.map(({ from, to }) =>
        characters
          .slice(from - 1, to)
          .join("")
          .trim(),
      ),
    );
    const facts: RowFacts = { source, simple: false, identity: () => fieldIdentity(texts) };
    const read = event(facts);
    return typeof read === "string" ? toBadRow(source, read) : read;
  }

  for await (const lines of readLines(source, limits)) {
    const rows = lines.filter((line) => line.number > format.skip).map(toRow);
    if (rows.length > 0) yield rows;
  }
}
