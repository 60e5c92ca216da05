import type { LoaderFunctionArgs } from "@remix-run/node";
import { figuresOf } from "#app/histories/document/figures.ts";
import { sayLine } from "#app/histories/document/speak.ts";
import { wordsFor } from "#app/histories/document/words.ts";
import { choicesOf, filterLines, readFilter, writeFilter } from "#app/histories/filter-lines.ts";
import { FIELDS, type Line } from "#app/histories/history.ts";
import { monthsOf } from "#app/histories/months.ts";
import { getReleaseForResident, listReleases } from "#app/histories/queries.server.ts";
import { explainPurpose } from "#app/law/purposes.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import { answering, requireActor } from "../respond.server.ts";

/** A phone must be able to show a page; the PDF has them all. */
const LINES_ON_A_PAGE = 100;
/** To print, so many go on one. */
const LINES_TO_PRINT = 1_000;

/** A released answer as the page gets it: its model, and what follows from the model alone. */
export async function loadRelease(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { locale, portal } = args.context;
  const { history, release, file } = await answering(() =>
    getReleaseForResident(portal, actor, args.params["releaseId"] ?? ""),
  );
  const editions = await listReleases(portal, file.caseId);
  const words = wordsFor(locale);
  const search = new URL(args.request.url).searchParams;
  const choices = choicesOf(history.lines);
  const filter = readFilter(search, choices);
  const fitting = filterLines(history.lines, filter, choices);
  const isWhole = search.get("show") === "all" && fitting.length <= LINES_TO_PRINT;
  const onPage = isWhole ? LINES_TO_PRINT : LINES_ON_A_PAGE;
  const asked = Number(search.get("page")) || 1;
  const pages = Math.max(1, Math.ceil(fitting.length / onPage));
  const page = Math.min(Math.max(1, Math.trunc(asked)), pages);
  const shown = fitting.slice((page - 1) * onPage, page * onPage);
  const { lines: _, ...answer } = history;
  return {
    history: answer,
    release: { id: release.id, sha256: release.sha256, superseded: release.superseded },
    requestId: file.requestId,
    editions: editions.map(({ id, edition, releasedAt, lineCount, newCount }) => ({
      id,
      edition,
      on: localDate(releasedAt, file.zone),
      lines: lineCount,
      isNew: newCount,
    })),
    figures: figuresOf(history),
    months: monthsOf(history),
    redacted: history.lines.flatMap(redactedFields),
    lookUps: {
      choices,
      filter,
      address: writeFilter(filter),
      all: history.lines.length,
      fitting: fitting.length,
      isWhole,
      fitsOnePage: fitting.length <= LINES_TO_PRINT,
      onPage: LINES_ON_A_PAGE,
      page,
      pages,
      // Sentences are made here, from the released model alone; the page adds nothing to it.
      shown: shown.map((line) => ({ line, sentence: sayLine(line, words), purpose: explained(line, locale) })),
    },
  };
}

/** The fields of a line that are held back. */
function redactedFields({ number, cells }: Line) {
  return FIELDS.flatMap((field) => {
    const cell = cells[field];
    return cell.kind === "withheld" ? [{ number, field, ground: cell.ground, reviewOn: cell.reviewOn ?? null }] : [];
  });
}

function explained({ cells }: Line, locale: "en" | "es"): string | null {
  return cells.purpose.kind === "shown" ? (explainPurpose(cells.purpose.text)?.[locale] ?? null) : null;
}

export type ReleaseData = Awaited<ReturnType<typeof loadRelease>>;
