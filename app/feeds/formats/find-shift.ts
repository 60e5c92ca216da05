/**
 * Are the cells of a row shifted against its header? Said only where a cell cannot be what its column means and a
 * neighbour's can: the row then waits with that reason, because moving the cells back would be a guess.
 */
import { IDENTIFIER_KINDS } from "../identifier.ts";
import { readLogTime } from "../log-time.ts";
import { findPlates } from "../plates-in-text.ts";
import type { RowProblem } from "../problem.ts";
import { FIELDS, type Field, type Profile } from "../profile.ts";
import { isCount } from "../read-row.ts";

/** How far a comma too many, or a cell that was dropped, moves the others. */
const REACH = 3;

/** Fields in which a bare number is nothing strange. */
const NUMERIC: readonly Field[] = [
  ...IDENTIFIER_KINDS,
  ...(["term", "sourceId", "user", "orgCode", "caseNumber", "queryId", "groupId", "networks", "devices"] as const),
];

export function isShifted(
  profile: Profile,
  names: readonly string[],
  cells: readonly string[],
  problem: RowProblem,
): boolean {
  const fieldAt = fieldsOf(profile, names);
  const near = (column: number, reach: number, test: (text: string, field: Field | null) => boolean) =>
    cells.some((cell, i) => i !== column && Math.abs(i - column) <= reach && test(cell.trim(), fieldAt[i] ?? null));
  const columnsOf = (field: Field) => fieldAt.flatMap((each, i) => (each === field ? [i] : []));
  switch (problem) {
    case "time":
    case "time-zone":
    case "time-order":
    case "time-range":
      return columnsOf("at").some((column) => near(column, REACH, (text) => isTime(text, profile)));
    case "count":
      return (["networks", "devices"] as const).some((field) =>
        columnsOf(field).some(
          (column) =>
            !isCount((cells[column] ?? "").trim()) &&
            near(column, 1, (text, other) => other !== null && !NUMERIC.includes(other) && isCount(text)),
        ),
      );
    case "plate":
      return columnsOf("plate").some((column) => near(column, 1, (text) => isBarePlate(text)));
    default:
      return false;
  }
}

/** The field that each column feeds; null for one that feeds none, or only a part of one. */
function fieldsOf(profile: Profile, names: readonly string[]): (Field | null)[] {
  return names.map((name) => FIELDS.find((field) => profile.fields[field]?.includes(name)) ?? null);
}

function isTime(text: string, profile: Profile): boolean {
  return text !== "" && typeof readLogTime(text, profile.time) !== "string";
}

function isBarePlate(text: string): boolean {
  return /^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9-]{5,8}$/.test(text) && findPlates(text).length === 1;
}
