/** From the redacted model to the blocks of the document, section by section. Pure; draws nothing. */
import type { CoverageStatement, History } from "../history.ts";
import type { Block, TableGroup, TextStyle } from "./blocks.ts";
import { composeNews } from "./compose-news.ts";
import { composeNoRecord } from "./compose-no-record.ts";
import { chartBlock, rankingBlock, timelineBlocks } from "./compose-pictures.ts";
import { signalsSection } from "./compose-signals.ts";
import { lookUpTable, withheldTable } from "./compose-tables.ts";
import { figuresOf } from "./figures.ts";
import { groundLetters, sayCovered, sayDate, sayPeriod } from "./speak.ts";
import type { DocumentWords } from "./word-list.ts";
import { wordsFor } from "./words.ts";

/** The whole document as blocks in reading order. Throws UnknownGround when a withholding is not explained. */
export function composeHistory(history: History): Block[] {
  const words = wordsFor(history.locale);
  return [
    ...letter(history, words),
    ...composeNews(history, words),
    ...glance(history, words),
    ...coverage(history, words),
    ...searchedFor(history, words),
    ...lookUps(history, words),
    ...signalsSection(history),
    ...withheld(history, words),
    ...reviews(history, words),
    ...required(history, words),
    // Where no look-up is listed there is none to dispute.
    ...(history.lines.length > 0 ? dispute(words) : []),
    ...readers(history, words),
    ...check(history, words),
    ...glossary(words),
  ];
}

/** The title that a viewer shows for the file: no name and no agency, for it stands in a window's frame. */
export function fileTitle(history: History): string {
  return wordsFor(history.locale).fileTitle(history.reference, history.edition);
}

function heading(text: string, level: 2 | 3 = 2, startsPage = false): Block {
  return { kind: "heading", level, text, bookmark: level === 2, startsPage };
}

function paragraph(text: string, style: TextStyle = "body"): Block {
  return { kind: "paragraph", text, style };
}

function letter(history: History, words: DocumentWords): Block[] {
  const { agency, rule } = history;
  const { facts } = words;
  return [
    {
      kind: "letterhead",
      sender: [agency.name, agency.unit, ...agency.address, agency.email].filter((text) => text.trim() !== ""),
      notice: history.demo ? words.demoNotice : null,
    },
    { kind: "heading", level: 1, text: words.title, bookmark: true, startsPage: false },
    {
      kind: "pairs",
      as: "facts",
      items: [
        { label: facts.reference, value: history.reference },
        { label: facts.edition, value: String(history.edition) },
        { label: facts.requested, value: sayDate(history.requestedOn, words) },
        { label: facts.answered, value: sayDate(history.answeredOn, words) },
        { label: facts.due, value: sayDate(rule.due, words) },
        { label: facts.rule, value: rule.cite },
      ],
    },
    paragraph(words.greeting(history.resident.name)),
    paragraph(words.opening(agency.name, sayDate(history.requestedOn, words), sayPeriod(history.period, words))),
    paragraph(words.contact(agency.unit.trim() === "" ? agency.name : agency.unit, agency.email, history.reference)),
  ];
}

function glance(history: History, words: DocumentWords): Block[] {
  const figures = figuresOf(history);
  const head = heading(words.glance.heading);
  const noRecord = composeNoRecord(history, words);
  if (noRecord !== null) return [head, ...noRecord];
  if (figures.lines + figures.withheld === 0) {
    return [head, paragraph(nothingFound(history, words), "lead"), paragraph(words.glance.notAnAllClear)];
  }
  const said = words.glance.summary({
    ...figures,
    first: figures.first === null ? null : sayDate(figures.first, words),
    last: figures.last === null ? null : sayDate(figures.last, words),
  });
  if (figures.lines === 0) return [head, paragraph(said, "lead")];
  const tiles = [
    { value: words.count(figures.lines), label: words.glance.lookUps(figures.lines) },
    { value: words.count(figures.users), label: words.glance.users(figures.users) },
    { value: words.count(figures.agencies), label: words.glance.agencies(figures.agencies) },
    ...(figures.first === null ? [] : [{ value: sayMonth(figures.first, words), label: words.glance.since }]),
  ];
  return [
    head,
    { kind: "pairs", as: "tiles", items: tiles },
    paragraph(said),
    chartBlock(history, words),
    rankingBlock(history, words),
  ];
}

function sayMonth(date: string, words: DocumentWords): string {
  return `${words.shortMonths[Number(date.slice(5, 7)) - 1] ?? ""} ${date.slice(0, 4)}`;
}

/** The sentence for an empty answer: never "nobody looked", always what the logs cover and do not cover. */
function nothingFound(history: History, words: DocumentWords): string {
  const { covered, uncovered } = sayCovered(history, words);
  return words.glance.nothing(covered, uncovered);
}

function coverage(history: History, words: DocumentWords): Block[] {
  const head = [heading(words.coverage.heading), paragraph(words.coverage.intro)];
  if (history.coverage.length === 0)
    return [...head, paragraph(words.glance.nothing(words.glance.coversNothing, words.glance.coversAll))];
  const items = history.coverage.map((one) => ({
    strong: words.coverage.systemOf(one.system, one.custodian),
    text: coverageStatement(one, words),
  }));
  return [...head, ...timelineBlocks(history, words), { kind: "list", numbered: false, items }];
}

function coverageStatement(one: CoverageStatement, words: DocumentWords): string {
  return words.coverage.statement({
    system: one.system,
    custodian: one.custodian,
    asked: sayPeriod(one.asked, words),
    held: one.held.map((period) => sayPeriod(period, words)),
    missing: one.missing.map((period) => sayPeriod(period, words)),
    unread: one.unread,
    latest: one.latest === null ? null : sayDate(one.latest, words),
  });
}

function searchedFor(history: History, words: DocumentWords): Block[] {
  const head = [heading(words.searched.heading), paragraph(words.searched.intro)];
  if (history.searchedFor.length === 0) return [...head, paragraph(words.searched.nothing)];
  const rows = history.searchedFor.map(({ kind, value, from, to }) => [
    kind,
    value,
    to === null ? words.openPeriod(sayDate(from, words)) : sayPeriod({ from, to }, words),
  ]);
  return [
    ...head,
    plainTable([words.searched.kind, words.searched.value, words.searched.period], [0.26, 0.34, 0.4], rows),
  ];
}

function lookUps(history: History, words: DocumentWords): Block[] {
  if (history.lines.length === 0) return [heading(words.lookUps.heading), paragraph(words.lookUps.nothing)];
  return [heading(words.lookUps.heading, 2, true), paragraph(words.lookUps.intro), lookUpTable(history, words)];
}

function withheld(history: History, words: DocumentWords): Block[] {
  const table = withheldTable(history, words);
  if (table === null) return [heading(words.withheld.heading), paragraph(words.withheld.none)];
  const letterOf = groundLetters(history);
  const grounds = history.grounds.map((ground) => ({
    strong: words.withheld.ground(letterOf(ground.id), ground.plain, ground.cite),
    text: words.withheld.uses(ground.uses),
  }));
  return [
    heading(words.withheld.heading),
    paragraph(words.withheld.intro),
    table,
    heading(words.withheld.groundsHeading, 3),
    { kind: "list", numbered: false, items: grounds },
    paragraph(words.withheld.responsible),
  ];
}

function reviews(history: History, words: DocumentWords): Block[] {
  const head = [heading(words.reviews.heading), paragraph(words.reviews.intro)];
  if (history.reviews.length === 0) return [...head, paragraph(words.reviews.nothing)];
  return [
    ...head,
    {
      kind: "list",
      numbered: true,
      items: history.reviews.map((way) => ({ strong: "", text: words.reviews.item(way.plain, way.cite) })),
    },
  ];
}

/** Nothing is claimed where the collected law names nothing that an answer must contain. */
function required(history: History, words: DocumentWords): Block[] {
  const items = (history.rule.mustSay ?? []).map(({ plain, cite }) => ({
    strong: "",
    text: words.reviews.item(plain, cite),
  }));
  if (items.length === 0) return [];
  return [heading(words.required.heading), paragraph(words.required.intro), { kind: "list", numbered: false, items }];
}

function dispute(words: DocumentWords): Block[] {
  return [heading(words.dispute.heading), paragraph(words.dispute.intro), steps(words.dispute.steps)];
}

function steps(texts: readonly string[]): Extract<Block, { kind: "list" }> {
  return { kind: "list", numbered: true, items: texts.map((text) => ({ strong: "", text })) };
}

function readers(history: History, words: DocumentWords): Block[] {
  const head = [heading(words.readers.heading), paragraph(words.readers.intro)];
  if (history.readers.length === 0) return [...head, paragraph(words.readers.nothing)];
  const rows = history.readers.map(({ at, role, act }) => [at, words.readers.roles[role] ?? role, act]);
  return [...head, plainTable([words.readers.at, words.readers.role, words.readers.act], [0.3, 0.28, 0.42], rows)];
}

function check(history: History, words: DocumentWords): Block[] {
  const address = history.checkUrl;
  const beside = { address, alt: words.check.code(address) };
  return [heading(words.check.heading), paragraph(words.check.intro), { ...steps(words.check.steps(address)), beside }];
}

function glossary(words: DocumentWords): Block[] {
  const items = words.glossary.entries.map(([label, value]) => ({ label, value }));
  return [heading(words.glossary.heading), paragraph(words.glossary.intro), { kind: "pairs", as: "terms", items }];
}

function plainTable(
  headers: readonly string[],
  shares: readonly number[],
  rows: readonly (readonly string[])[],
): Block {
  return {
    kind: "table",
    columns: headers.map((header, index) => ({ header, share: shares[index] ?? 0 })),
    *groups(): Iterable<TableGroup> {
      for (const row of rows) {
        yield [
          row.map((text, column) => ({
            column,
            columns: 1,
            rows: 1,
            header: column === 0,
            parts: [{ kind: "text", text, style: column === 0 ? "number" : "cell" }],
          })),
        ];
      }
    },
  };
}
