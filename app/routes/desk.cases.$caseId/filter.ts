/** What a clerk's list is narrowed to, in its address and back. No user's name and nothing of the resident stands there. */
import { type LineFilter, SHOWN, type Show } from "#app/histories/facets.ts";
import { isLocalDate } from "#app/law/local-date.ts";
import type { RejectedForm } from "#app/ui/form.ts";

const NAMES = ["system", "agency", "from", "to", "group"] as const;

export interface WantedList {
  readonly show: Show;
  readonly filter: Omit<LineFilter, "show">;
  readonly page: number;
  /** As it was typed, for the form. */
  readonly asked: Record<string, string>;
  /** A day that there is not is told, and narrows nothing. */
  readonly rejected: RejectedForm | null;
}

export function readWanted(search: URLSearchParams): WantedList {
  const asked = Object.fromEntries(NAMES.map((name) => [name, (search.get(name) ?? "").trim()]));
  const text = (name: (typeof NAMES)[number]) => asked[name] || null;
  const day = (name: "from" | "to") => (isLocalDate(asked[name] ?? "") ? text(name) : null);
  const wrong = (["from", "to"] as const).filter((name) => asked[name] !== "" && day(name) === null);
  const issues = Object.fromEntries(wrong.map((name) => [name, { key: "errors.dateNotReal" as const }]));
  return {
    show: SHOWN.find((one) => one === search.get("show")) ?? "all",
    filter: {
      systemId: text("system"),
      agency: text("agency"),
      from: day("from"),
      to: day("to"),
      groupOf: text("group"),
    },
    page: Number(search.get("page")) || 1,
    asked,
    rejected: wrong.length > 0 ? { issues, typed: asked } : null,
  };
}

/** The same list, with something changed; `null` takes it out. */
export function searchFor(
  list: { readonly show: Show; readonly filter: Omit<LineFilter, "show">; readonly page?: number },
  change: Readonly<Record<string, string | null>> = {},
): string {
  const { systemId, agency, from, to, groupOf } = list.filter;
  const all: Record<string, string | null> = {
    show: list.show,
    ...{ system: systemId, agency, from, to, group: groupOf },
    page: (list.page ?? 1) > 1 ? String(list.page) : null,
    ...change,
  };
  const kept = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== null && pair[1] !== "");
  return `?${new URLSearchParams(kept)}`;
}

/** Whether anything but the decision itself narrows the list. */
export function isNarrowed({ systemId, agency, from, to, groupOf }: Omit<LineFilter, "show">): boolean {
  return [systemId, agency, from, to, groupOf].some((one) => one !== null);
}
