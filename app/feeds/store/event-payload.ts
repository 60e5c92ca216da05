/**
 * The text that is sealed for an event: a JSON array by position, because names would be three quarters of
 * it a billion times over. Its first element is the version of this layout; texts of before, with names,
 * are still read.
 *
 * Written for every row, so put together by hand; a test holds it against JSON.stringify.
 */
import { ABSENT_STATES, type AccessEvent, accessEventSchema, type Cell, type StoredEvent } from "../access-event.ts";

export const LAYOUT = 2;
/** Cells of an event, in the order of the payload. */
export const EVENT_CELLS = ["sourceId", "org", "user", "purpose", "caseNumber", "textPrompt", "moderation"] as const;
export const SCOPE_CELLS = ["networks", "devices", "timeFrame", "searchType", "filters"] as const;
/** Has a place of its own in the array, so is not among the named rest. */
const PLACED = new Set<string>([...EVENT_CELLS, "at", "zone", "timeAsLogged", "searchedBy", "scope"]);

const codeOf = new Map<string, number>(ABSENT_STATES.map((state, i) => [state, i]));

/** A JSON string. Most texts of a log need no escape. */
function quoted(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || code > 126 || code === 34 || code === 92) return JSON.stringify(text);
  }
  return `"${text}"`;
}

/** What a cell may have beside its state: a code's meaning, a birth date as it was read. */
type AnyCell = Cell & { meaning?: unknown; date?: unknown };

/** A value as its text, an absent cell as its state's number, with the mark that stood there; else as it is. */
export function packCell(cell: AnyCell): string {
  if (cell.state === "value") {
    return cell.meaning === undefined && cell.date === undefined ? quoted(cell.value) : JSON.stringify(cell);
  }
  return cell.mark === undefined ? String(codeOf.get(cell.state)) : `[${codeOf.get(cell.state)},${quoted(cell.mark)}]`;
}

function unpackCell(packed: unknown): unknown {
  if (typeof packed === "string") return { state: "value", value: packed };
  if (typeof packed === "number") return { state: ABSENT_STATES[packed] };
  if (Array.isArray(packed)) return { state: ABSENT_STATES[packed[0] as number], mark: packed[1] };
  return packed;
}

/** The sealed text of an event. Its instant is in it, so that no other can be written beside it. */
export function packEvent(event: StoredEvent): string {
  let terms = "";
  for (const { kind, ...cell } of event.searchedBy) {
    terms += `${terms === "" ? "" : ","}["${kind}",${packCell(cell as AnyCell)}]`;
  }
  let packed = `[${LAYOUT},${Date.parse(event.at)},${quoted(event.zone)},${quoted(event.timeAsLogged)},[${terms}]`;
  for (const name of EVENT_CELLS) packed += `,${packCell(event[name])}`;
  for (const name of SCOPE_CELLS) packed += `,${packCell(event.scope[name])}`;
  const rest: Record<string, unknown> = {};
  let hasRest = false;
  for (const name in event) {
    if (PLACED.has(name)) continue;
    rest[name] = event[name as keyof StoredEvent];
    hasRest = true;
  }
  return hasRest ? `${packed},${JSON.stringify(rest)}]` : `${packed}]`;
}

/** @throws when the text is none that `packEvent` or an earlier edition wrote. */
export function unpackEvent(text: string): AccessEvent {
  const packed = JSON.parse(text) as unknown;
  if (!Array.isArray(packed)) return accessEventSchema.parse(packed);
  if (packed[0] !== LAYOUT) throw new Error("an event has an unknown layout");
  const [, at, zone, timeAsLogged, terms, ...cells] = packed as [number, number, string, string, [string, unknown][]];
  const scopeFrom = EVENT_CELLS.length;
  const restAt = scopeFrom + SCOPE_CELLS.length;
  return accessEventSchema.parse({
    at: new Date(at).toISOString(),
    zone,
    timeAsLogged,
    searchedBy: terms.map(([kind, cell]) => ({ kind, ...(unpackCell(cell) as object) })),
    ...Object.fromEntries(EVENT_CELLS.map((name, i) => [name, unpackCell(cells[i])])),
    scope: Object.fromEntries(SCOPE_CELLS.map((name, i) => [name, unpackCell(cells[scopeFrom + i])])),
    ...((cells[restAt] ?? {}) as object),
  });
}
