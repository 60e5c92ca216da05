import type { LoaderFunctionArgs } from "@remix-run/node";
import { parseJson } from "#app/feeds/formats/json-path.ts";
import { drawRuler, type FixedColumn, guessFixed, linesOf } from "#app/feeds/maker/fixed-columns.ts";
import { findHead, listPlaces, shortMembers } from "#app/feeds/maker/json-sample.ts";
import { type Layout, textOf } from "#app/feeds/maker/sample.ts";
import { openProfileDraft } from "#app/feeds/stored-profile-draft.server.ts";
import { logPath, slugsOf } from "../desk.feeds.states.ts";
import { answering, requireActor } from "../respond.server.ts";
import { KINDS, type LayoutKind } from "./layout-fields.ts";
import { typedOfLayout } from "./layout-form.server.ts";

export const inputOf = ({ params }: Pick<LoaderFunctionArgs, "params">) => ({
  ...slugsOf(params),
  draftId: params["draftId"] ?? "",
});

export const draftPath = (input: ReturnType<typeof inputOf>) => `${logPath(input)}/profile/${input.draftId}`;

/** Lines for columns that are still to come. */
const MORE = 4;
/** So much of each line, and of a member's text, is shown. */
const SHOWN = 200;

/** The kind that the address asks for, when it asks for one. */
export function kindOf(request: Request, otherwise: LayoutKind): LayoutKind {
  const asked = new URL(request.url).searchParams.get("kind");
  return KINDS.find((kind) => kind === asked) ?? otherwise;
}

/** How the sample is built, and the sample as that kind of file is looked at. */
export async function loadLayout(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const input = inputOf(args);
  const { sample, bytes } = await answering(() => openProfileDraft(args.context.portal, actor, input));
  const kind = kindOf(args.request, sample.format.kind);
  const layout = sample.format.kind === kind ? sample.format : firstLayout(kind, bytes);
  return {
    draft: draftPath(input),
    log: logPath(input),
    kind,
    saved: typedOfLayout(layout),
    ...shownOf(kind, bytes, layout),
  };
}

/** For a kind that nobody guessed. */
function firstLayout(kind: LayoutKind, bytes: Uint8Array): Layout {
  switch (kind) {
    case "csv":
      return { kind, delimiter: ",", headerRow: true };
    case "fixed-width":
      return { kind, ...(guessFixed(linesOf(bytes)) ?? { skip: 0, least: 1, columns: [] }) };
    case "json-lines":
      return { kind, head: null, facts: {} };
    case "json":
      return { kind, items: [], marks: [], facts: {} };
  }
}

function shownOf(kind: LayoutKind, bytes: Uint8Array, layout: Layout) {
  const lines = linesOf(bytes);
  const columns: readonly FixedColumn[] = layout.kind === "fixed-width" ? layout.columns : [];
  const document = kind === "json" ? parseJson(textOf(bytes)) : undefined;
  const head = kind === "json-lines" ? findHead(parseJson(lines[0] ?? "")) : null;
  const members = kind === "json" ? shortMembers(document) : shortMembers(head?.head);
  return {
    ruler: kind === "fixed-width" ? drawRuler(lines, columns) : null,
    rows: columns.length + MORE,
    lines: lines.slice(0, 5).map((line) => line.slice(0, SHOWN)),
    places: kind === "json" ? listPlaces(document) : [],
    head: head?.name ?? null,
    members: members.map(({ name, text }) => ({ name, text: text.slice(0, 40) })),
  };
}

export type LayoutData = Awaited<ReturnType<typeof loadLayout>>;
