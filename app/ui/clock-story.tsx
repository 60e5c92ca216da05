import type { ReactNode } from "react";
import type { Mark } from "#app/law/clock-marks.ts";
import type { ClockView } from "#app/law/clock-view.ts";
import { ClockPicture } from "./clock-picture.tsx";
import { type ClockReader, lineTitle } from "./clock-words.ts";
import { daysLeftText } from "./deadline-card.tsx";
import { formatMoment } from "./format.ts";
import { Details } from "./page.tsx";
import { Timeline, type TimelineEntry } from "./timeline.tsx";
import { useWords } from "./words/use-words.tsx";
import type { Words } from "./words/words.ts";

/** What a resident was told of the dates. */
export interface ToldNotice {
  kind: "acknowledged" | "extended" | "moved" | "may-complain";
  /** The day at the agency. */
  on: string;
  due: string;
  dueBefore: string | null;
}

/**
 * The days of a clock as a picture, and the same days as a list that everyone can read; `folded` where a list
 * would stand in the way of the work.
 */
export function ClockStory(props: {
  view: ClockView;
  reader: ClockReader;
  label?: string;
  notices?: readonly ToldNotice[];
  /** By when records are promised that are not out yet, "YYYY-MM-DDTHH:MM" at the agency. */
  promised?: string | null;
  folded?: boolean;
}) {
  const { view, reader, notices = [], promised = null } = props;
  const words = useWords();
  const days = view.marks.map((mark) => entryOf(mark, view, reader, words));
  const told = notices.map((notice, index) => toldEntry(notice, index, words));
  const records = promised === null ? [] : [promisedEntry(promised, view, words)];
  const label = props.label ?? words.t("clock.timeline");
  const list = <Timeline label={label} entries={[...days, ...told, ...records].sort(inOrder)} />;
  return (
    <>
      <ClockPicture view={view} />
      {props.folded ? <Details summary={label}>{list}</Details> : list}
    </>
  );
}

/** By days; of one day first what happened, then what lasts, then what is to come. */
function inOrder(a: TimelineEntry, b: TimelineEntry): number {
  const [one, other] = [a.on.slice(0, 10), b.on.slice(0, 10)];
  return one === other ? TURN[a.state] - TURN[b.state] : one < other ? -1 : 1;
}

const TURN = { done: 0, now: 1, late: 2, next: 2, since: 2 } as const satisfies Record<TimelineEntry["state"], number>;

function entryOf(mark: Mark, view: ClockView, reader: ClockReader, words: Words): TimelineEntry {
  const more = moreOf(mark, view, words);
  return {
    id: `${mark.kind} ${mark.on} ${mark.stop ?? ""}`,
    on: mark.on,
    title: lineTitle(mark, view, reader, words),
    state: mark.state,
    ...(more === null ? {} : { children: more }),
  };
}

function moreOf({ kind, on, stop, state, arguable }: Mark, view: ClockView, { t }: Words): ReactNode {
  if (kind === "asked") return <p>{t(arguable ? "clock.lineArguable" : "clock.lineNoEffect")}</p>;
  if (kind === "restarted") return <p>{t("clock.lineAnew")}</p>;
  if (kind === "due" && state === "late" && view.daysLeft !== null && view.daysLeft < 0) {
    return <p>{daysLeftText(view.daysLeft, t)}</p>;
  }
  if (kind !== "went-on") return null;
  const length = view.stretches.find((stretch) => stretch.to === on && stretch.stop === stop)?.length;
  return length ? <p>{t("clock.lineNotCounted", { length })}</p> : null;
}

function promisedEntry(promised: string, { today }: ClockView, { t }: Words): TimelineEntry {
  const state = today > promised.slice(0, 10) ? "late" : "next";
  return { id: "promised", on: promised, title: t("clock.linePromised"), state };
}

const TOLD = {
  acknowledged: "clock.lineToldAcknowledged",
  extended: "clock.lineToldExtended",
  moved: "clock.lineToldMoved",
  "may-complain": "clock.lineToldComplain",
} as const;

function toldEntry({ kind, on, due, dueBefore }: ToldNotice, index: number, { t, locale }: Words): TimelineEntry {
  const moved = dueBefore === null ? null : { before: formatMoment(dueBefore, locale), due: formatMoment(due, locale) };
  return {
    id: `told ${index}`,
    on,
    title: t(TOLD[kind]),
    state: "done",
    ...(moved ? { children: <p>{t("clock.lineMoved", moved)}</p> } : {}),
  };
}
