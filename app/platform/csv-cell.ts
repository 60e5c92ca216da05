/** What a spreadsheet would take for a formula, or skip before one. */
const FORMULA = /^[\s\u200b\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

/**
 * One cell of a CSV file for people with spreadsheets: always quoted, and text that a spreadsheet would
 * run begins with an apostrophe, so that it stays text. Numbers are written as they are.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const inert = FORMULA.test(value) ? `'${value}` : value;
  return `"${inert.replaceAll('"', '""')}"`;
}

/** A whole file, with a header, in the line ends that RFC 4180 asks for. */
export function csvFile<K extends string>(
  columns: readonly K[],
  rows: readonly Readonly<Record<K, string | number | null>>[],
): string {
  const lines = rows.map((row) => columns.map((column) => csvCell(row[column])).join(","));
  return `${[columns.map(csvCell).join(","), ...lines].join("\r\n")}\r\n`;
}
