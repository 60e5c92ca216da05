/** Dates, grounds and look-ups in words of the document's language. */
import { explainPurpose } from "#app/law/purposes.ts";
import type { Cell, History, Line } from "../history.ts";
import { toldDay } from "./figures.ts";
import type { DocumentWords, Spoken } from "./word-list.ts";

/** "2026-03-09" as a reader writes it. */
export function sayDate(date: string, words: DocumentWords): string {
  return words.date(
    Number(date.slice(8, 10)),
    words.months[Number(date.slice(5, 7)) - 1] ?? "",
    Number(date.slice(0, 4)),
  );
}

export function sayPeriod(period: { from: string; to: string }, words: DocumentWords): string {
  return words.period(sayDate(period.from, words), sayDate(period.to, words));
}

/** What the logs cover of the days that were asked about and what they do not, system by system. */
export function sayCovered(history: History, words: DocumentWords): { covered: string; uncovered: string } {
  const say = (which: "held" | "missing", none: string): string => {
    const said = history.coverage.flatMap(({ system, [which]: periods }) =>
      periods.length === 0
        ? []
        : [words.glance.covers(system, words.list(periods.map((period) => sayPeriod(period, words))))],
    );
    return said.length === 0 ? none : said.join("; ");
  };
  return { covered: say("held", words.glance.coversNothing), uncovered: say("missing", words.glance.coversAll) };
}

/** One look-up as one plain sentence or two; a withheld field is said to be withheld, whatever it holds. */
export function sayLine(line: Line, words: DocumentWords): string {
  const { cells } = line;
  const day = toldDay(line);
  const meaning = cells.purpose.kind === "shown" ? explainPurpose(cells.purpose.text) : null;
  const sentence = words.sentence({
    on: day === null ? null : sayDate(day, words),
    system: spoken(cells.system),
    agency: spoken(cells.agency),
    user: spoken(cells.user),
    searchedBy: spoken(cells.searchedBy),
    purpose: spoken(cells.purpose),
    caseNumber: spoken(cells.caseNumber),
  });
  return meaning === null ? sentence : `${sentence} ${words.plainly(meaning[words.locale])}`;
}

function spoken(cell: Cell): Spoken {
  if (cell.kind === "withheld") return { kind: "withheld" };
  if (cell.kind === "shown") return cell.text.trim() === "" ? { kind: "missing" } : { kind: "shown", text: cell.text };
  return { kind: cell.why === "empty" || cell.why === "not-exported" ? "missing" : "hidden" };
}

/** The model names a ground that it does not explain: nothing may leave on it. */
export class UnknownGround extends Error {
  constructor() {
    super("A cell or line is withheld on a ground that the answer does not explain.");
    this.name = "UnknownGround";
  }
}

/** A, B, ... Z, AA, AB, ... for the grounds in the order of the model. Throws UnknownGround for any other. */
export function groundLetters(history: History): (ground: string) => string {
  const letters = new Map(history.grounds.map((ground, index) => [ground.id, letter(index)]));
  return (ground) => {
    const found = letters.get(ground);
    if (found === undefined) throw new UnknownGround();
    return found;
  };
}

function letter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letter(Math.floor(index / 26) - 1) + last;
}
