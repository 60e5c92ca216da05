/**
 * What must have been told in a simulated year, worked out after it from the dates alone: for every hour at
 * which a worker ran, what was true then; the first hour at which something is true is when it is told. It
 * shares the law's arithmetic with the portal and nothing else: own days, own zones, own order.
 */
import { lawWith } from "#app/law/law.ts";
import { standing, type Year, type YearCase } from "#test/requests/given-year.ts";

export interface Expected {
  readonly number: string;
  readonly audience: "resident" | "staff";
  /** Without the count of a move that was repeated. */
  readonly kind: string;
  readonly due: string;
  readonly dueBefore: string | null;
  readonly at: string;
}

/** The day and hour on the wall, by the platform's own tables of zones. */
export function wallClock(at: Date, zone: string): { day: string; hour: number } {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return { day: `${part("year")}-${part("month")}-${part("day")}`, hour: Number(part("hour")) };
}

const dayNumber = (day: string) => Date.parse(`${day}T12:00:00Z`) / 86_400_000;

/** Each step with the days before the date on which it is the nearest one. */
const WINDOWS: readonly [kind: string, first: number, last: number][] = [
  ["soon-7", 7, 4],
  ["soon-3", 3, 2],
  ["soon-1", 1, 1],
  ["due-today", 0, 0],
  ["overdue", -1, Number.NEGATIVE_INFINITY],
];

export function expectedOf(year: Year, one: YearCase, sweeps: readonly Date[]): Expected[] {
  const expected: Expected[] = [];
  const seen = new Set<string>();
  let known: string | null = null;
  for (const at of sweeps) {
    if (at < one.filedAt) continue;
    const now = clockAt(year, one, at);
    if (now === null) return expected;
    known = now.toldByAct ?? known ?? now.due;
    const { day, hour } = wallClock(at, one.agency.zone);
    if (hour < 7) continue;
    const tell = (audience: "resident" | "staff", kind: string, dueBefore: string | null = null) =>
      expected.push({ number: one.number, audience, kind, due: now.due, dueBefore, at: at.toISOString() });
    if (now.due !== known) {
      tell("resident", "moved", known);
      tell("staff", "moved", known);
      known = now.due;
    }
    if (now.stands) continue;
    const left = dayNumber(now.due) - dayNumber(day);
    const step = WINDOWS.find(([, first, last]) => left <= first && left >= last)?.[0];
    const todays: ["resident" | "staff", string][] = step === undefined ? [] : [["staff", step]];
    if (day > now.latest) todays.push(["resident", "may-complain"]);
    for (const [audience, kind] of todays) {
      const key = [audience, kind, now.turn, now.due].join(" ");
      if (!seen.has(key)) tell(audience, kind);
      seen.add(key);
    }
  }
  return expected;
}

interface Now {
  readonly due: string;
  readonly latest: string;
  /** The clock stands still. */
  readonly stands: boolean;
  /** The newest event that changed anything. */
  readonly turn: string;
  /** The date of which the newest act has told the resident. */
  readonly toldByAct: string | null;
}

const toldAlready = new WeakMap<YearCase, Set<string>>();

/** Null once answered. */
function clockAt(year: Year, one: YearCase, at: Date): Now | null {
  const events = one.events.filter((event) => event.at <= at);
  if (events.some(({ act }) => act.kind === "answered")) return null;
  const clock = dates(year, one, events, at);
  const acts = toldAlready.get(one) ?? new Set();
  toldAlready.set(one, acts);
  const told = events.find(({ id, act }) => act.told && !acts.has(id));
  if (told) acts.add(told.id);
  return {
    due: clock.due,
    latest: clock.latest,
    stands: clock.stoppedSince !== null,
    turn: events.findLast(({ act }) => !act.idle)!.id,
    toldByAct: told ? dates(year, one, events.slice(0, events.indexOf(told) + 1), told.at).due : null,
  };
}

const worked = new Map<string, ReturnType<ReturnType<typeof lawWith>["compute"]>>();

/** The law's arithmetic, done once for the same question. */
function dates(year: Year, { rule, agency }: YearCase, events: YearCase["events"], at: Date) {
  const closures = standing(year.closures.get(agency.slug), at, []);
  const switches = standing(year.switches, at, []);
  const dated = events.map(({ act, on }) => ({ kind: act.kind, on }));
  const key = JSON.stringify([rule, dated, closures, switches]);
  const clock = worked.get(key) ?? lawWith(switches).compute(rule, dated, { closures });
  worked.set(key, clock);
  return clock;
}
