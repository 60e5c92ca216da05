/**
 * The heart: matched events and decisions in, the lines of an answer out.
 *
 * By allow-list: a value gets into a line only from `cellsOf`, and only where the line is disclosed
 * and its field is not redacted. An undecided line is a fault, never a disclosure.
 */
import { type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import { answerWords } from "./answer-words.ts";
import { type Cells, cellsOf, instantOf, type MatchedEvent, type Reading } from "./cells.ts";
import { type Decision, type Effective, hidesField, hidesLine, isUndecided } from "./decision.ts";
import { type Hiding, hideDates, hidingOf } from "./hide-in-text.ts";
import { type Cell, FIELDS, type Field, type History, type Line } from "./history.ts";

export interface Redacted {
  readonly lines: Line[];
  readonly withheld: History["withheld"];
  /** How often each exemption was used, by its id. */
  readonly uses: ReadonlyMap<string, number>;
  /** Which event stands behind which number. Never part of the model. */
  readonly eventIds: ReadonlyMap<number, string>;
}

/** A line that nobody has decided, or a withholding without a ground: nothing may be made of it. */
export class NotDecided extends Error {
  constructor() {
    super("An event has no decision that could be carried out.");
    this.name = "NotDecided";
  }
}

interface Draft {
  readonly eventId: string;
  readonly instant: Date;
  readonly on: LocalDate | null;
  readonly cells: Cells;
}

/** @throws NotDecided */
export function redactEvents(
  events: readonly MatchedEvent[],
  effectiveOf: (eventId: string) => Effective,
  reading: Reading,
): Redacted {
  const uses = new Map<string, number>();
  const use = (ground: string) => uses.set(ground, (uses.get(ground) ?? 0) + 1);
  const hiding = hidingOf(events, effectiveOf);
  const drafts: Draft[] = [];
  const hidden: { eventId: string; decision: Decision; ground: string }[] = [];
  for (const matched of events) {
    const effective = effectiveOf(matched.eventId);
    if (isUndecided(effective)) throw new NotDecided();
    const decision = hidesLine(effective);
    if (decision) hidden.push({ eventId: matched.eventId, decision, ground: groundOf(decision) });
    else drafts.push(draftOf(matched, effective, reading, hiding));
  }

  const eventIds = new Map<number, string>();
  const lines = inOrder(drafts).map(({ eventId, on, cells }, index): Line => {
    eventIds.set(index + 1, eventId);
    for (const field of FIELDS) if (cells[field].kind === "withheld") use(cells[field].ground);
    return { number: index + 1, on, cells };
  });
  const withheld = hidden.sort(byWhatIsSaid).map(({ eventId, decision, ground }, index) => {
    const number = lines.length + index + 1;
    eventIds.set(number, eventId);
    use(ground);
    const outcome = decision.outcome === "defer" ? ("defer" as const) : ("withhold" as const);
    return { number, ground, outcome, reviewOn: decision.reviewOn };
  });
  return { lines, withheld, uses, eventIds };
}

function draftOf(matched: MatchedEvent, effective: Effective, reading: Reading, hiding: Hiding): Draft {
  const instant = instantOf(matched.event);
  const hidesTime = hidesField(effective, "at") !== null;
  const mark = answerWords(reading.locale).mark;
  const clean = (field: Field, cell: Cell): Cell => {
    if (cell.kind !== "shown" || !WRITTEN.includes(field)) return cell;
    const text = hiding.hideIn(matched.eventId, cell.text, mark);
    return { kind: "shown", text: hidesTime && FREE_TEXT.includes(field) ? hideDates(text, mark) : text };
  };
  const cells = cellsOf(matched, reading);
  for (const field of FIELDS) {
    const decision = hidesField(effective, field);
    cells[field] = decision ? withheldCell(decision) : clean(field, cells[field]);
  }
  return { eventId: matched.eventId, instant, on: hidesTime ? null : localDate(instant, reading.zone), cells };
}

function withheldCell(decision: Decision): Cell {
  return { kind: "withheld", ground: groundOf(decision), reviewOn: decision.reviewOn };
}

/** Where people type freely. */
const FREE_TEXT: readonly Field[] = ["purpose", "caseNumber", "scope"];
/** Where a value that is withheld in its own column may stand a second time: a user's name often names the agency. */
const WRITTEN: readonly Field[] = [...FREE_TEXT, "agency", "user"];

/**
 * Newest first. A line whose time is withheld stands at the end, ordered by what it says and not by
 * when it was: its neighbours would give the time away.
 */
function inOrder(drafts: readonly Draft[]): Draft[] {
  const dated = drafts.filter((draft) => draft.on !== null);
  const undated = drafts.filter((draft) => draft.on === null);
  dated.sort((a, b) => b.instant.getTime() - a.instant.getTime() || compare(a.eventId, b.eventId));
  undated.sort((a, b) => compare(JSON.stringify(a.cells), JSON.stringify(b.cells)));
  return [...dated, ...undated];
}

/** Withheld lines are numbered after all others, by ground and date of review: their place tells no time. */
function byWhatIsSaid(a: { decision: Decision; ground: string }, b: { decision: Decision; ground: string }): number {
  const key = ({ decision, ground }: { decision: Decision; ground: string }) =>
    [ground, decision.outcome, decision.reviewOn ?? ""].join("|");
  return compare(key(a), key(b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function groundOf(decision: Decision): string {
  if (decision.exemption === null) throw new NotDecided();
  return decision.exemption;
}
