import { readFileSync } from "node:fs";
import { fromRoot } from "./named-tests.ts";

/**
 * The rows of every table of a Markdown file under these headings, each row as heading -> text. Another table is passed
 * over; a row that has more or fewer cells than its heading is an error, since then a cell was lost.
 */
export function rowsOfTables<Heading extends string>(
  path: string,
  headings: readonly Heading[],
): Record<Heading, string>[] {
  const rows: Record<Heading, string>[] = [];
  let inside = false;
  for (const [index, line] of readFileSync(fromRoot(path), "utf8").split("\n").entries()) {
    const cells = cellsOf(line);
    if (cells === null) inside = false;
    else if (inside && !cells.every((cell) => /^:?-+:?$/.test(cell))) {
      if (cells.length !== headings.length) throw new Error(`${path}:${index + 1} has ${cells.length} cells`);
      rows.push(Object.fromEntries(headings.map((heading, at) => [heading, cells[at]])) as Record<Heading, string>);
    } else if (headings.every((heading, at) => cells[at] === heading)) inside = true;
  }
  return rows;
}

/** A `|` inside a cell is written `\|`. */
function cellsOf(line: string): string[] | null {
  if (!/^\|.*\|$/.test(line)) return null;
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
}

/** What stands in backquotes in a cell. */
export const quotedIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text ?? "");
