/**
 * A question to the calculator, from an address and back to it. An address to share is plain:
 * `?rule=ca.cpra.determination&on=2026-11-23&event=extended:2026-11-25&closed=2026-12-24&calendar=...`,
 * for a rule in hours `&at=16:30` and `event=answered:2026-11-25T09:00`. What a form sends (`on.month=11`, `event0=...`)
 * is turned into that. It holds a rule, days and kinds of events, and nobody's name.
 */

export interface AskedEvent {
  readonly kind: string;
  /** As typed: YYYY-MM-DD, or whatever stood in the three boxes. */
  readonly on: string;
  /** Time of day, for a rule in hours; else empty. */
  readonly at: string;
}

/** Everything as typed; empty where nothing was. */
export interface Question {
  readonly rule: string;
  readonly on: string;
  readonly at: string;
  readonly events: readonly AskedEvent[];
  readonly closed: readonly string[];
  readonly calendar: string;
  /** A further blank row is wanted. */
  readonly add: "event" | "closed" | "";
}

export interface ReadQuestion {
  readonly question: Question;
  /** Something was longer than anything that could be meant, and was cut. */
  readonly cut: boolean;
  /** There were more events or closed days than are read. */
  readonly tooMany: boolean;
  /** It came from the form: the plain address is another one. */
  readonly fromForm: boolean;
}

export const MOST_EVENTS = 6;
export const MOST_CLOSED = 14;
const LONGEST_NAME = 80;
const LONGEST_PART = 12;
/** Nothing behind this is even looked at. */
const LONGEST_READ = 400;

const FORM_FIELD = /^(?:(?:on|event\d+On|closed\d+)\.(?:year|month|day)|event\d+(?:At)?)$/;

/** Reads an address's query. Nothing in it can be refused: what is wrong is said beside its field. */
export function readQuestion(search: URLSearchParams): ReadQuestion {
  const noted = { cut: false };
  const clip = (text: string, most: number) => {
    // Nobody types a control character, and a page must not carry one.
    const letters = [
      ...text
        .slice(0, LONGEST_READ)
        .replace(/\p{Cc}/gu, "")
        .trim(),
    ];
    if (letters.length > most) noted.cut = true;
    return letters.slice(0, most).join("").trim().toWellFormed();
  };
  const fromForm = [...search.keys()].some((name) => FORM_FIELD.test(name));
  const rows = fromForm ? formRows(search, clip) : plainRows(search, clip);
  const events = rows.events.filter(({ kind, on, at }) => kind !== "" || on !== "" || at !== "");
  const closed = rows.closed.filter((on) => on !== "");
  const add = search.get("add");
  const question = {
    rule: clip(search.get("rule") ?? "", LONGEST_NAME),
    on: rows.on,
    at: clip(search.get("at") ?? "", LONGEST_PART),
    events: events.slice(0, MOST_EVENTS),
    closed: closed.slice(0, MOST_CLOSED),
    calendar: clip(search.get("calendar") ?? "", LONGEST_NAME),
    add: add === "event" || add === "closed" ? add : "",
  } as const;
  return {
    question,
    cut: noted.cut,
    tooMany: events.length > MOST_EVENTS || closed.length > MOST_CLOSED,
    fromForm,
  };
}

type Clip = (text: string, most: number) => string;
type Rows = Pick<Question, "on" | "events" | "closed">;

function plainRows(search: URLSearchParams, clip: Clip): Rows {
  const event = (text: string): AskedEvent => {
    const [, kind = text, moment = ""] = /^([^:]*):(.*)$/s.exec(text) ?? [];
    const [on, at] = partMoment(moment);
    return { kind: clip(kind, LONGEST_NAME), on: clip(on, LONGEST_PART * 3), at: clip(at, LONGEST_PART) };
  };
  return {
    on: clip(search.get("on") ?? "", LONGEST_PART * 3),
    // One more than is kept, so that too many are noticed; a thousand cost nothing.
    events: search
      .getAll("event")
      .slice(0, MOST_EVENTS + 1)
      .map(event),
    closed: search
      .getAll("closed")
      .slice(0, MOST_CLOSED + 1)
      .map((on) => clip(on, LONGEST_PART * 3)),
  };
}

/** A day and a time of day at the last T: a month may be typed as OCT. */
function partMoment(moment: string): [on: string, at: string] {
  const place = moment.lastIndexOf("T");
  return place < 0 ? [moment, ""] : [moment.slice(0, place), moment.slice(place + 1)];
}

/** So that the last T parts them again. */
function joinMoment({ on, at }: AskedEvent): string {
  return at === "" && !on.includes("T") ? on : `${on}T${at}`;
}

function formRows(search: URLSearchParams, clip: Clip): Rows {
  const text = (name: string) => search.get(name) ?? "";
  const day = (name: string) => {
    // A hyphen parts the boxes from each other: one that was typed becomes another.
    const [year = "", month = "", date = ""] = ["year", "month", "day"].map((part) =>
      clip(text(`${name}.${part}`), LONGEST_PART).replaceAll("-", "\u2011"),
    );
    const blank = year === "" && month === "" && date === "";
    return blank ? "" : `${year}-${padded(month)}-${padded(date)}`;
  };
  const numbers = (most: number) => Array.from({ length: most + 1 }, (_, number) => number);
  return {
    on: day("on"),
    events: numbers(MOST_EVENTS).map((number) => ({
      kind: clip(text(`event${number}`), LONGEST_NAME),
      on: day(`event${number}On`),
      // Of a time of day the T stands before it alone.
      at: clip(text(`event${number}At`), LONGEST_PART).replaceAll("T", "t"),
    })),
    closed: numbers(MOST_CLOSED).map((number) => day(`closed${number}`)),
  };
}

function padded(part: string): string {
  return part === "" ? "" : part.padStart(2, "0");
}

/** The plain address of a question. */
export function addressOf(question: Partial<Question>): string {
  const { rule = "", on = "", at = "", events = [], closed = [], calendar = "", add = "" } = question;
  const pairs = [
    ["rule", rule],
    ["on", on],
    ["at", at],
    ...events.map((event) => ["event", `${event.kind}:${joinMoment(event)}`]),
    ...closed.map((day) => ["closed", day]),
    ["calendar", calendar],
    ["add", add],
  ].filter(([, value]) => value !== "");
  const query = new URLSearchParams(pairs).toString().replaceAll("%3A", ":");
  return query === "" ? "/deadlines" : `/deadlines?${query}`;
}

/** The fields of the form, as typed. */
export function typedOf({ rule, on, at, events, closed, calendar }: Question): Record<string, string> {
  const rows = events.flatMap((event, index) => [
    [`event${index}`, event.kind],
    [`event${index}On`, event.on],
    [`event${index}At`, event.at],
  ]);
  const days = closed.map((day, index) => [`closed${index}`, day]);
  return Object.fromEntries([["rule", rule], ["on", on], ["at", at], ["calendar", calendar], ...rows, ...days]);
}
