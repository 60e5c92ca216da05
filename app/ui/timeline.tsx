import type { ReactNode } from "react";
import { formatMoment } from "./format.ts";
import { useWords } from "./words/use-words.tsx";

export interface TimelineEntry {
  id: string;
  /** YYYY-MM-DD, of a rule in hours YYYY-MM-DDTHH:MM */
  on: string;
  title: string;
  /** done: it happened. now: here we are. next: expected. late: a date that passed without it. since: from then on. */
  state: "done" | "now" | "next" | "late" | "since";
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
    since: t("common.stateSince"),
  };
  return (
    <ol className="wl-timeline" aria-label={props.label}>
      {props.entries.map((entry) => (
        <li key={entry.id} className={`wl-timeline__entry wl-timeline__entry--${entry.state}`}>
          <p className="wl-timeline__when">
            <time dateTime={entry.on}>{formatMoment(entry.on, locale)}</time>{" "}
            <span className="wl-timeline__state">{states[entry.state]}</span>
          </p>
          <p className="wl-timeline__title">{entry.title}</p>
          {entry.children ? <div className="wl-timeline__more">{entry.children}</div> : null}
        </li>
      ))}
    </ol>
  );
}
