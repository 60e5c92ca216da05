/** A strict reader of iCalendar files (RFC 5545), by nobody's library: what it takes, every program takes. */

export interface IcsEvent {
  readonly uid: string;
  readonly sequence: number;
  /** As written, in UTC: 20260302T170000Z. */
  readonly stamp: string;
  /** YYYY-MM-DD */
  readonly on: string;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
  /** Every property by its name, as written. */
  readonly properties: ReadonlyMap<string, string>;
}

export interface IcsCalendar {
  readonly name: string;
  readonly events: readonly IcsEvent[];
}

interface ContentLine {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
}

const TEXTS = new Set(["SUMMARY", "DESCRIPTION", "PRODID", "VERSION", "CLASS", "TRANSP", "NAME", "X-WR-CALNAME"]);
const OF_CALENDAR = ["VERSION", "PRODID", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"];
const OF_EVENT = ["UID", "SEQUENCE", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "URL", "TRANSP", "CLASS"];
const OF_MICROSOFT = ["CDO-ALLDAYEVENT", "MSNCALENDAR-ALLDAYEVENT", "CDO-BUSYSTATUS"].map(
  (name) => `X-MICROSOFT-${name}`,
);

/** @throws Error with what is wrong, at the first thing that is */
export function readIcs(bytes: Uint8Array): IcsCalendar {
  const lines = unfold(bytes).map(readLine);
  const events: IcsEvent[] = [];
  let calendar: ContentLine[] | null = null;
  let event: ContentLine[] | null = null;
  for (const [index, line] of lines.entries()) {
    const mark = `${line.name}:${line.value}`;
    if (mark === "BEGIN:VCALENDAR") {
      if (index !== 0) throw new Error("a second calendar begins");
      calendar = [];
    } else if (mark === "END:VCALENDAR") {
      if (event || index !== lines.length - 1) throw new Error("the calendar ends too early");
    } else if (mark === "BEGIN:VEVENT") {
      if (event || !calendar) throw new Error("an event begins where none may");
      event = [];
    } else if (mark === "END:VEVENT") {
      if (!event) throw new Error("an event ends that never began");
      events.push(readEvent(event));
      event = null;
    } else if (event) event.push(line);
    else if (calendar && events.length === 0) calendar.push(line);
    else throw new Error(`${line.name} stands where it may not`);
  }
  if (lines.at(-1)?.name !== "END") throw new Error("the calendar does not end");
  const properties = onlyOnce(calendar ?? [], OF_CALENDAR);
  for (const name of ["PRODID", "VERSION"]) if (!properties.has(name)) throw new Error(`no ${name}`);
  if (properties.get("VERSION")?.value !== "2.0") throw new Error("not version 2.0");
  const uids = events.map(({ uid }) => uid);
  if (new Set(uids).size !== uids.length) throw new Error("two events have one UID");
  return { name: properties.get("X-WR-CALNAME")?.value ?? "", events };
}

/** Lines end with CRLF and hold 75 octets at most (3.1); no character is cut in two. */
function unfold(bytes: Uint8Array): string[] {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  if (!text.endsWith("\r\n")) throw new Error("the last line does not end with CRLF");
  // What is left of the breaks once each CRLF is gone is a bare CR or LF.
  if (/\p{Cc}/u.test(text.replace(/\r\n|\t/g, ""))) throw new Error("a control character, or a bare CR or LF");
  const physical = text.slice(0, -2).split("\r\n");
  const lines: string[] = [];
  for (const line of physical) {
    if (Buffer.byteLength(line) > 75) throw new Error(`a line of ${Buffer.byteLength(line)} octets`);
    if (line === "") throw new Error("an empty line");
    if (!/^[ \t]/.test(line)) lines.push(line);
    else if (lines.length === 0) throw new Error("the first line is a continuation");
    else lines.push((lines.pop() ?? "") + line.slice(1));
  }
  return lines;
}

function readLine(line: string): ContentLine {
  const [, name = "", parameters = "", value = ""] =
    /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$/.exec(line) ?? [];
  if (name === "") throw new Error(`no content line: ${line}`);
  const pairs = [...parameters.matchAll(/;([A-Za-z0-9-]+)=("[^"]*"|[^";:,]*)/g)];
  const read = { name, parameters: new Map(pairs.map(([, key = "", of = ""]) => [key, of])), value };
  if (TEXTS.has(name) && !/^(?:[^\\;,]|\\[\\;,nN])*$/.test(value)) throw new Error(`${name} is not escaped: ${value}`);
  return read;
}

function onlyOnce(lines: readonly ContentLine[], allowed: readonly string[]): Map<string, ContentLine> {
  const properties = new Map<string, ContentLine>();
  for (const line of lines) {
    if (!allowed.includes(line.name)) throw new Error(`${line.name} is not expected here`);
    if (properties.has(line.name)) throw new Error(`${line.name} stands there twice`);
    properties.set(line.name, line);
  }
  return properties;
}

function readEvent(lines: readonly ContentLine[]): IcsEvent {
  const properties = onlyOnce(lines, [...OF_EVENT, ...OF_MICROSOFT]);
  const get = (name: string) => {
    const line = properties.get(name);
    if (!line || line.value === "") throw new Error(`an event without ${name}`);
    return line;
  };
  const [start, stamp, url] = [get("DTSTART"), get("DTSTAMP"), get("URL")];
  if (start.parameters.get("VALUE") !== "DATE") throw new Error("an event of an hour, not of a day");
  const [, year = "", month = "", day = ""] = /^(\d{4})(\d{2})(\d{2})$/.exec(start.value) ?? [];
  const on = `${year}-${month}-${day}`;
  if (new Date(`${on}T00:00:00Z`).toISOString().slice(0, 10) !== on) throw new Error(`no day: ${start.value}`);
  if (!/^\d{8}T\d{6}Z$/.test(stamp.value)) throw new Error(`DTSTAMP is not in UTC: ${stamp.value}`);
  if (!URL.canParse(url.value)) throw new Error(`no address: ${url.value}`);
  const sequence = get("SEQUENCE").value;
  if (!/^\d+$/.test(sequence)) throw new Error(`no sequence: ${sequence}`);
  return {
    uid: get("UID").value,
    sequence: Number(sequence),
    stamp: stamp.value,
    on,
    summary: plain(get("SUMMARY").value),
    description: plain(get("DESCRIPTION").value),
    url: url.value,
    properties: new Map([...properties].map(([name, { value }]) => [name, value])),
  };
}

function plain(text: string): string {
  return text.replace(/\\([\\;,nN])/g, (_, escaped: string) => (/[nN]/.test(escaped) ? "\n" : escaped));
}
