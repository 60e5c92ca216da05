import { type ColumnIssue, LONGEST_LINE, readColumns } from "#app/feeds/maker/fixed-columns.ts";
import { isWithin } from "#app/feeds/maker/json-sample.ts";
import { DELIMITERS, type Layout, layoutSchema } from "#app/feeds/maker/sample.ts";
import type { Message } from "#app/ui/words/words.ts";
import { FACTS, factField, fixedField } from "./layout-fields.ts";

type Issues = Record<string, Message>;
export type ReadLayout = { layout: Layout; issues: null } | { layout: null; issues: Issues };

/** The layout that was typed for one kind of file, or what is wrong with it. */
export function readLayout(kind: string, typed: Record<string, string>): ReadLayout {
  switch (kind) {
    case "csv":
      return checked({
        kind,
        delimiter: DELIMITERS.find((sign) => sign === typed["delimiter"]) ?? ",",
        headerRow: typed["headerRow"] !== "no",
      });
    case "fixed-width":
      return readFixed(typed);
    case "json-lines":
      return checked({ kind, head: typed["head"] || null, facts: factsOf(typed) });
    default:
      return readDocument(typed);
  }
}

function checked(layout: unknown): ReadLayout {
  const read = layoutSchema.safeParse(layout);
  if (read.success) return { layout: read.data, issues: null };
  return { layout: null, issues: { form: { key: "feedsLayout.refusedSample" } } };
}

function readFixed(typed: Record<string, string>): ReadLayout {
  const issues: Issues = {};
  const listed = Array.from({ length: Number(typed["rows"] ?? 0) || 0 }, (_, i) => ({
    name: typed[fixedField(i, "name")] ?? "",
    from: typed[fixedField(i, "from")] ?? "",
    to: typed[fixedField(i, "to")] ?? "",
  }));
  const { columns, issues: wrong } = readColumns(listed);
  for (const issue of wrong) issues[fixedField(issue.index, issue.part)] = sentenceOf(issue);
  const skip = numberIn(typed["skip"] || "0", 0);
  const least = numberIn(typed["least"] ?? "", 1);
  if (skip === null) issues["skip"] = { key: "feedsLayout.refusedSkip", params: { most: LONGEST_LINE } };
  if (least === null) issues["least"] = { key: "feedsLayout.refusedNumber", params: { most: LONGEST_LINE } };
  if (wrong.length === 0 && columns.length < 2) issues["form"] = { key: "feedsLayout.refusedColumns" };
  if (Object.keys(issues).length > 0) return { layout: null, issues };
  return checked({ kind: "fixed-width", skip, least, columns });
}

function sentenceOf({ why, params }: ColumnIssue): Message {
  return { key: why, params };
}

function numberIn(text: string, least: number): number | null {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  return number >= least && number <= LONGEST_LINE ? number : null;
}

function readDocument(typed: Record<string, string>): ReadLayout {
  const items = (typed["items"] ?? "").split("\n").filter((place) => place !== "");
  if (items.length === 0) return { layout: null, issues: { items: { key: "feedsLayout.refusedPlaces" } } };
  if (items.some((place) => items.some((other) => isWithin(place, other)))) {
    return { layout: null, issues: { items: { key: "feedsLayout.refusedWithin" } } };
  }
  return checked({ kind: "json", items, marks: [], facts: factsOf(typed) });
}

function factsOf(typed: Record<string, string>) {
  const said = FACTS.map((fact) => [fact, typed[factField(fact)] ?? ""] as const);
  return Object.fromEntries(said.filter(([, name]) => name !== ""));
}

/** What the form shows of a layout. */
export function typedOfLayout(layout: Layout): Record<string, string> {
  switch (layout.kind) {
    case "csv":
      return { delimiter: layout.delimiter, headerRow: layout.headerRow ? "yes" : "no" };
    case "fixed-width":
      return {
        skip: String(layout.skip),
        least: String(layout.least),
        ...Object.fromEntries(
          layout.columns.flatMap(({ name, from, to }, i) => [
            [fixedField(i, "name"), name],
            [fixedField(i, "from"), String(from)],
            [fixedField(i, "to"), String(to)],
          ]),
        ),
      };
    case "json-lines":
      return { head: layout.head ?? "", ...typedFacts(layout.facts) };
    case "json":
      return { items: layout.items.join("\n"), ...typedFacts(layout.facts) };
  }
}

function typedFacts(facts: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(FACTS.map((fact) => [factField(fact), facts[fact] ?? ""]));
}
