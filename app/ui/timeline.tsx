import type { ReactNode } from "react";
import { formatDate } from "./format.ts";
import { useWords } from "./words/use-words.tsx";

export interface TimelineEntry {
  id: string;
  /** YYYY-MM-DD */
  on: string;
  title: string;
  /** done: it happened. now: here we are. next: expected. late: a date that passed without it. */
  state: "done" | "now" | "next" | "late";
  children?: ReactNode;
}

/** What happened and what comes next, in order; a passed deadline stands in its place. */
export function Timeline(props: { entries: readonly TimelineEntry[]; label: string }) {
  const { t, locale } = useWords();
  const states = {
    done: t("common.stateDone"),
    now: t("common.stateNow"),
    next: t("common.stateNext"),
    late: t("common.stateLate"),
  };
  return (
    <ol className="wl-timeline" aria-label={props.label}>
      {props.entries.map((entry) => (
        <li key={entry.id} className={`wl-timeline__entry wl-timeline__entry--${entry.state}`}>
          <p className="wl-timeline__when">
            <time dateTime={entry.on}>{formatDate(entry.on, locale)}</time>{" "}
            <span className="wl-timeline__state">{states[entry.state]}</span>
          </p>
          <p className="wl-timeline__title">{entry.title}</p>
          {entry.children ? <div className="wl-timeline__more">{entry.children}</div> : null}
        </li>
      ))}
    </ol>
  );
}
