/**
 * The text that is sealed for an event: a JSON array by position, because names would be three quarters of
 * it a billion times over. Its first element is the version of this layout; texts of before, with names,
 * are still read.
 */
import {
  ABSENT_STATES,
  type AbsentState,
  type AccessEvent,
  accessEventSchema,
  type StoredEvent,
} from "../access-event.ts";

const LAYOUT = 2;
const EVENT_CELLS = ["sourceId", "org", "user", "purpose", "caseNumber", "textPrompt", "moderation"] as const;
const SCOPE_CELLS = ["networks", "devices", "timeFrame", "searchType", "filters"] as const;
/** Has a place of its own in the array, so is not among the named rest. */
const PLACED = new Set<string>([...EVENT_CELLS, "at", "zone", "timeAsLogged", "searchedBy", "scope"]);

const codeOf = new Map<string, number>(ABSENT_STATES.map((state, i) => [state, i]));

interface LooseCell {
  state: string;
  value?: string | undefined;
  mark?: string | undefined;
}

/** A value as its text, an absent cell as its state's number, with the mark that stood there; else as it is. */
function packCell(cell: LooseCell): unknown {
  const keys = Object.keys(cell).length;
  if (cell.state === "value") return keys === 2 ? cell.value : cell;
  const code = codeOf.get(cell.state);
  if (code === undefined) return cell;
  if (keys === 1) return code;
  return keys === 2 && cell.mark !== undefined ? [code, cell.mark] : cell;
}

function unpackCell(packed: unknown): unknown {
  if (typeof packed === "string") return { state: "value", value: packed };
  if (typeof packed === "number") return { state: ABSENT_STATES[packed] };
  if (Array.isArray(packed)) return { state: ABSENT_STATES[packed[0] as number] as AbsentState, mark: packed[1] };
  return packed;
}

/** The sealed text of an event. Its instant is in it, so that no other can be written beside it. */
export function packEvent(event: StoredEvent): string {
  const terms = event.searchedBy.map(({ kind, ...cell }) => [kind, packCell(cell as LooseCell)]);
  const packed: unknown[] = [
    LAYOUT,
    Date.parse(event.at),
    event.zone,
    event.timeAsLogged,
    terms,
    ...EVENT_CELLS.map((name) => packCell(event[name])),
    ...SCOPE_CELLS.map((name) => packCell(event.scope[name])),
  ];
  const rest = Object.entries(event).filter(([name, value]) => !PLACED.has(name) && value !== undefined);
  if (rest.length > 0) packed.push(Object.fromEntries(rest));
  return JSON.stringify(packed);
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
