import type { ComplaintEvent, State } from "#app/complaints/complaint.ts";
import { Alert } from "../alert.tsx";
import { DeadlineCard, daysLeftText } from "../deadline-card.tsx";
import { formatDate, formatShortDate } from "../format.ts";
import { Details } from "../page.tsx";
import { StatusTag, type Tone } from "../tag.tsx";
import { Timeline } from "../timeline.tsx";
import { useWords } from "../words/use-words.tsx";
import { EVENT_WORDS, FINDING_WORDS, STATE_WORDS } from "./complaint-words.ts";
import type { ShownSummary } from "./shown-complaint.ts";

const TONES: Readonly<Record<State, Tone>> = {
  received: "info",
  acknowledged: "info",
  "inquiry-opened": "info",
  finding: "good",
  appealed: "warn",
  closed: "neutral",
  withdrawn: "neutral",
};

/** How a complaint stands, in a word or two. */
export function StateTag(props: { state: State }) {
  const { t } = useWords();
  return <StatusTag tone={TONES[props.state]}>{t(STATE_WORDS[props.state])}</StatusTag>;
}

/** The next date in little room, always saying whose date it is. */
export function NextDateText({ summary }: { summary: ShownSummary }) {
  const { t, locale } = useWords();
  const { next } = summary;
  if (!next) return <>{t("complaint.nextNone")}</>;
  return (
    <>
      <time dateTime={next.on}>{formatShortDate(next.on, locale)}</time>
      {", "}
      {next.daysLeft < 0 ? (
        <StatusTag tone="bad">{daysLeftText(next.daysLeft, t)}</StatusTag>
      ) : (
        daysLeftText(next.daysLeft, t)
      )}{" "}
      <span className="wl-fine">({next.source === "law" ? t("complaint.byLaw") : t("complaint.byPortal")})</span>
    </>
  );
}

/** The next date with how it came about: the law's own, or plainly only ours. Nothing once it has ended. */
export function NextDateCard({ summary, forAgency }: { summary: ShownSummary; forAgency?: boolean }) {
  const { t, locale } = useWords();
  const { next } = summary;
  if (!next) return null;
  if (next.source === "law") {
    const { on, daysLeft, cite, steps } = next;
    return (
      <DeadlineCard
        title={t("complaint.nextTitleLaw")}
        due={on}
        daysLeft={daysLeft}
        cite={cite}
        steps={steps}
        level={3}
      />
    );
  }
  return (
    <Alert kind={next.daysLeft < 0 ? "warning" : "info"} title={t("complaint.nextTitlePortal")} level={3}>
      <p>
        <strong>
          <time dateTime={next.on}>{formatDate(next.on, locale)}</time>
        </strong>{" "}
        ({daysLeftText(next.daysLeft, t)})
      </p>
      <p>{t("complaint.nextPortalText", { days: next.days, since: formatDate(next.since, locale) })}</p>
      {next.daysLeft < 0 && !forAgency ? <p>{t("complaint.nextPortalLate")}</p> : null}
    </Alert>
  );
}

/** What time the law leaves for discipline, and that an officer's leaving ends nothing. */
export function LegalNotes({ summary }: { summary: ShownSummary }) {
  const { t, locale } = useWords();
  const { limit } = summary;
  return (
    <>
      {summary.officerLeftOn && !summary.ended ? (
        <Alert kind="warning" title={t("complaint.officerLeftTitle")} level={3}>
          <p>{t("complaint.officerLeftText")}</p>
        </Alert>
      ) : null}
      {limit ? (
        <Details summary={t("complaint.limitTitle")}>
          <p>
            {t(limit.passed ? "complaint.limitPassed" : "complaint.limitText", { on: formatDate(limit.on, locale) })}
          </p>
          <ol className="wl-derivation">
            {limit.steps.map((step) => (
              <li key={step.text}>
                {step.text} {step.cite ? <cite className="wl-cite">{step.cite}</cite> : null}
              </li>
            ))}
          </ol>
        </Details>
      ) : null}
    </>
  );
}

/** What has happened, and the date that comes next in its place. */
export function ComplaintTimeline(props: {
  summary: ShownSummary;
  events: readonly (ComplaintEvent & { id: string; note?: string | null })[];
}) {
  const { t } = useWords();
  const { next } = props.summary;
  const happened = props.events.map((event, index) => ({
    id: event.id,
    on: event.on,
    title: t(EVENT_WORDS[event.kind]),
    state: index === props.events.length - 1 ? ("now" as const) : ("done" as const),
    children: (
      <>
        {event.detail ? <p>{t(FINDING_WORDS[event.detail])}</p> : null}
        {event.note ? <p className="wl-cell">{event.note}</p> : null}
      </>
    ),
  }));
  const title = next?.source === "law" ? t("complaint.nextTitleLaw") : t("complaint.nextTitlePortal");
  const expected = next
    ? [{ id: "next", on: next.on, title, state: next.daysLeft < 0 ? ("late" as const) : ("next" as const) }]
    : [];
  return <Timeline label={t("complaint.timelineLabel")} entries={[...happened, ...expected]} />;
}
