import type { LoaderFunctionArgs } from "@remix-run/node";
import { figuresOf } from "#app/histories/document/figures.ts";
import { sayLine } from "#app/histories/document/speak.ts";
import { wordsFor } from "#app/histories/document/words.ts";
import { monthsOf } from "#app/histories/months.ts";
import { getReleaseForResident } from "#app/histories/queries.server.ts";
import { explainPurpose } from "#app/law/purposes.ts";
import { answering, requireActor } from "../respond.server.ts";

/** A released answer as the page gets it: its model, and what follows from the model alone. */
export async function loadRelease(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { locale, portal } = args.context;
  const { history, release, file } = await answering(() =>
    getReleaseForResident(portal, actor, args.params["releaseId"] ?? ""),
  );
  const words = wordsFor(locale);
  return {
    history,
    release: { id: release.id, sha256: release.sha256, superseded: release.superseded },
    requestId: file.requestId,
    figures: figuresOf(history),
    months: monthsOf(history),
    // Sentences are made here, from the released model alone; the page adds nothing to it.
    sentences: history.lines.map((line) => sayLine(line, words)),
    purposes: history.lines.map(({ cells }) =>
      cells.purpose.kind === "shown" ? (explainPurpose(cells.purpose.text)?.[locale] ?? null) : null,
    ),
  };
}

export type ReleaseData = Awaited<ReturnType<typeof loadRelease>>;
