import type { ReactNode } from "react";
import { formatMoment } from "./format.ts";
import { Heading, type HeadingLevel } from "./heading.tsx";
import { Details } from "./page.tsx";
import { useWords } from "./words/use-words.tsx";

/** One step of how a date was worked out, in the reader's language. */
export interface DeadlineStep {
  text: string;
  /** The date after this step, YYYY-MM-DD; of a rule in hours YYYY-MM-DDTHH:MM. */
  on?: string;
  cite?: string;
}

export type DeadlineTone = "still" | "open" | "soon" | "late";

/**
 * When an answer is due, how long that is, and how the date was worked out.
 * `daysLeft` is negative when it has passed; null when the clock stands still or the thing is done (say it in `note`).
 * `tone` where the days left do not say it; `children` stand before the derivation, `foot` after it.
 */
export function DeadlineCard(props: {
  title: string;
  due: string;
  daysLeft: number | null;
  note?: string;
  cite?: string;
  steps: readonly DeadlineStep[];
  level?: HeadingLevel;
  tone?: DeadlineTone;
  children?: ReactNode;
  foot?: ReactNode;
}) {
  const { t, locale } = useWords();
  const { daysLeft } = props;
  return (
    <section className={`wl-deadline wl-deadline--${props.tone ?? toneOf(daysLeft)}`}>
      <Heading level={props.level ?? 2} className="wl-deadline__title">
        {props.title}
      </Heading>
      <p className="wl-deadline__date">
        <time dateTime={props.due}>{formatMoment(props.due, locale, "weekday")}</time>
      </p>
      {daysLeft === null ? null : <p className="wl-deadline__left">{daysLeftText(daysLeft, t)}</p>}
      {props.note ? <p className="wl-deadline__note">{props.note}</p> : null}
      {props.children}
      <Details summary={t("common.howWorkedOut")}>
        <ol className="wl-derivation">
          {props.steps.map((step) => (
            <li key={`${step.text}${step.on ?? ""}`}>
              {step.text}
              {step.on ? (
                <>
                  {" "}
                  <time dateTime={step.on} className="wl-derivation__date">
                    {formatMoment(step.on, locale)}
                  </time>
                </>
              ) : null}
              {step.cite ? <cite className="wl-cite">{step.cite}</cite> : null}
            </li>
          ))}
        </ol>
        {props.cite ? (
          <p>
            {t("common.lawThatBinds")} <cite className="wl-cite">{props.cite}</cite>
          </p>
        ) : null}
      </Details>
      {props.foot}
    </section>
  );
}

function toneOf(daysLeft: number | null): DeadlineTone {
  if (daysLeft === null) return "still";
  if (daysLeft < 0) return "late";
  return daysLeft <= 3 ? "soon" : "open";
}

/** "3 days left", "Due today", "2 days late". */
export function daysLeftText(daysLeft: number, t: ReturnType<typeof useWords>["t"]): string {
  if (daysLeft < 0) return t("common.daysLate", { count: -daysLeft });
  return daysLeft === 0 ? t("common.dueToday") : t("common.daysLeft", { count: daysLeft });
}
