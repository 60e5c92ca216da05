/**
 * Where in a JSON value a profile's field stands, in a few signs:
 *
 *     user.name                          a member of a member; arrays on the way are looked through
 *     'user.name'                        one member whose name has a dot
 *     agent[requestor=true].who.display  only elements in which another path has this value (or != has not)
 *     @list                              the name of the list that the row stands in
 */

/** Stands between several values of one field: no delimiter that a person types. */
export const LIST = "\u001f";

/** All scalar values that a path finds, as texts, in order; null is an empty text. */
export type JsonPath = (value: unknown, list: string) => string[];

interface Step {
  name: string;
  conditions: Condition[];
}

interface Condition {
  steps: Step[];
  equal: boolean;
  text: string;
}

/** @throws SyntaxError with a sentence. */
export function compilePath(path: string): JsonPath {
  if (path === "@list") return (_value, list) => (list === "" ? [] : [list]);
  const steps = parsePath(path);
  return (value) => {
    const found: string[] = [];
    collect(value, steps, 0, found);
    return found;
  };
}

const STEP = /\s*(?:'([^']+)'|([A-Za-z_@$][\w@$:-]*))((?:\[[^[\]=!]+!?=[^[\]]*\])*)\s*(\.|$)/y;
const CONDITION = /\[([^[\]=!]+)(!?=)([^[\]]*)\]/g;

function parsePath(path: string): Step[] {
  const steps: Step[] = [];
  // A pattern of its own: conditions hold paths, and are parsed on the way.
  const next = new RegExp(STEP);
  for (let open = true; open; ) {
    const found = next.exec(path);
    if (found === null) throw new SyntaxError(`"${path}" is not a path such as agent[requestor=true].who.display`);
    const [, quoted, plain, conditions = "", end] = found;
    steps.push({ name: quoted ?? plain ?? "", conditions: parseConditions(conditions) });
    open = end === ".";
  }
  return steps;
}

function parseConditions(text: string): Condition[] {
  return [...text.matchAll(CONDITION)].map(([, path = "", sign, value = ""]) => ({
    steps: parsePath(path),
    equal: sign === "=",
    text: value,
  }));
}

function collect(value: unknown, steps: readonly Step[], at: number, found: string[]): void {
  const step = steps[at];
  if (step === undefined) {
    addScalars(value, found);
    return;
  }
  for (const each of Array.isArray(value) ? value : [value]) {
    if (typeof each !== "object" || each === null || !Object.hasOwn(each, step.name)) continue;
    const member: unknown = (each as Record<string, unknown>)[step.name];
    if (step.conditions.length === 0) collect(member, steps, at + 1, found);
    else {
      for (const one of Array.isArray(member) ? member : [member]) {
        if (step.conditions.every((condition) => holds(one, condition))) collect(one, steps, at + 1, found);
      }
    }
  }
}

function holds(value: unknown, { steps, equal, text }: Condition): boolean {
  const found: string[] = [];
  collect(value, steps, 0, found);
  return found.includes(text) === equal;
}

function addScalars(value: unknown, found: string[]): void {
  for (const each of Array.isArray(value) ? value : [value]) {
    if (typeof each === "string") found.push(each);
    else if (typeof each === "number" || typeof each === "boolean") found.push(String(each));
    else if (each === null) found.push("");
  }
}

/** Numbers that would lose digits as doubles: the log's own numbers are often that long. */
const LONG_NUMBER = /[:[,\s]-?\d{16,}|[:[,\s]-?\d[\d.]*[eE.]/;

/**
 * A JSON text as a value, with numbers that a double cannot hold, or would write otherwise, as texts.
 *
 * @returns undefined when it is not JSON.
 */
export function parseJson(text: string): unknown {
  try {
    return LONG_NUMBER.test(text) ? JSON.parse(text, asWritten) : JSON.parse(text);
  } catch (error) {
    // RangeError: nested deeper than the reviver may go.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function asWritten(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== "number" || context?.source === undefined) return value;
  return String(value) === context.source ? value : context.source;
}
