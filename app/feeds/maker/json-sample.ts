/** The beginning of a JSON file: made whole where it was cut off, and searched for the lists that may be its rows. Pure. */
import { compilePath, parseJson } from "../formats/json-path.ts";
import { toWay } from "../formats/json-places.ts";

/** A list of objects in a document, as the profile names its place. */
export interface Place {
  place: string;
  rows: number;
}

const NAME = /^[A-Za-z_][\w-]*$/;
/** Lists deeper than this are parts of rows. */
const DEEPEST = 4;
const MOST_PLACES = 20;

/**
 * The longest beginning of a document that can be completed by closing what is open.
 * @returns null when not even one value of it is whole, or it is no JSON at all.
 */
export function completeJson(text: string): string | null {
  if (parseJson(text) !== undefined) return text;
  const open: string[] = [];
  let cut: { at: number; close: string } | null = null;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (quoted) {
      if (sign === "\\") i += 1;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === "{" || sign === "[") open.push(sign === "{" ? "}" : "]");
    else if (sign === "}" || sign === "]") open.pop();
    else if (sign === ",") cut = { at: i, close: open.toReversed().join("") };
  }
  if (cut === null) return null;
  const whole = text.slice(0, cut.at) + cut.close;
  return parseJson(whole) === undefined ? null : whole;
}

/** Where in a document lists of objects stand, the longest first. Lists within rows are looked through by paths. */
export function listPlaces(document: unknown): Place[] {
  const found: Place[] = [];
  const walk = (value: unknown, path: string, depth: number) => {
    if (found.length >= MOST_PLACES || depth > DEEPEST) return;
    if (Array.isArray(value)) {
      const objects = value.filter(isObject);
      // A list that happens to be empty may hold rows in the next file.
      if (value.length === 0 && path !== "") found.push({ place: `${path}[]`, rows: 0 });
      else if (objects.length > 0) found.push({ place: `${path}[]`, rows: objects.length }, ...wrapped(objects, path));
      return;
    }
    if (!isObject(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      if (NAME.test(key)) walk(inner, path === "" ? key : `${path}.${key}`, depth + 1);
    }
  };
  walk(document, "", 0);
  return found.sort((a, b) => b.rows - a.rows);
}

/** Elements that hold the row in one member, as a Bundle's entries hold their resource: an object of some size. */
function wrapped(objects: readonly object[], path: string): Place[] {
  const [first] = objects;
  const keys = Object.keys(first ?? {}).filter((key) => NAME.test(key));
  return keys
    .filter((key) => objects.every((one) => isObject((one as Record<string, unknown>)[key])))
    .filter((key) => !objects.every((one) => Object.keys((one as Record<string, object>)[key] ?? {}).length < 3))
    .map((key) => ({ place: `${path}[].${key}`, rows: objects.length }));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A row of a document, with the name of its list. */
export interface PlacedRow {
  value: object;
  list: string;
}

/** The rows that stand at the places. */
export function rowsAt(document: unknown, places: readonly string[]): PlacedRow[] {
  return places.map(toWay).flatMap(({ steps, list }) => {
    let values: unknown[] = [document];
    for (const step of steps) {
      values = values.flatMap((value) => {
        if (step === null) return Array.isArray(value) ? value : [];
        return isObject(value) && Object.hasOwn(value, step.key) ? [(value as Record<string, unknown>)[step.key]] : [];
      });
    }
    return values.filter(isObject).map((value) => ({ value, list }));
  });
}

/** Whether one place lies within another: its rows would be parts of the other's. */
export function isWithin(place: string, other: string): boolean {
  return place !== other && place.startsWith(`${other}.`);
}

/** The paths of an object's texts and numbers; lists are looked through. */
export function listPaths(value: object, before = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => (isAny(one) ? listPaths(one, before) : [before]));
  return Object.entries(value).flatMap(([key, inner]) => {
    // What cannot be written in a path between quotes cannot be mapped.
    if (key === "" || key.includes("'")) return [];
    const step = /^[A-Za-z_@$][\w@$:-]*$/.test(key) ? key : `'${key}'`;
    const path = before === "" ? step : `${before}.${step}`;
    return isAny(inner) ? listPaths(inner, path) : [path];
  });
}

function isAny(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Each path of the rows, with its texts; of several lists also which one a row stands in. */
export function columnsOf(rows: readonly PlacedRow[]): { name: string; values: string[] }[] {
  const paths = [...new Set(rows.flatMap(({ value }) => listPaths(value)))];
  const lists = new Set(rows.map(({ list }) => list));
  return [...(lists.size > 1 ? ["@list"] : []), ...paths].map((name) => {
    const find = compilePath(name);
    return { name, values: rows.map(({ value, list }) => find(value, list).join(", ")) };
  });
}

/** The short members of an object that may speak of the delivery: a number, a day. */
export function shortMembers(value: unknown): { name: string; text: string }[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => {
    const short = (typeof one === "string" && one.length <= 100) || typeof one === "number";
    return short && name !== "" ? [{ name, text: String(one) }] : [];
  });
}

/** A first line of JSON Lines with one member, an object: it speaks of the delivery. */
export function findHead(value: unknown): { name: string; head: object } | null {
  if (!isObject(value)) return null;
  const entries: [string, unknown][] = Object.entries(value);
  const [name, head] = entries[0] ?? [];
  return entries.length === 1 && name !== undefined && isObject(head) ? { name, head } : null;
}
