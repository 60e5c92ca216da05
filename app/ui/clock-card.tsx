import { Link } from "@remix-run/react";
import type { ClockView } from "#app/law/clock-view.ts";
import { daysBetween } from "#app/law/local-date.ts";
import { type ClockReader, EVIDENCE_WORDS, stretchLine } from "./clock-words.ts";
import { DeadlineCard, daysLeftText } from "./deadline-card.tsx";
import { formatMoment } from "./format.ts";
import { Heading, type HeadingLevel } from "./heading.tsx";
import { Details } from "./page.tsx";
import { useWords } from "./words/use-words.tsx";
import type { Words } from "./words/words.ts";

interface Props {
  view: ClockView;
  reader: ClockReader;
  level?: HeadingLevel;
  /** By when records are promised that are not out yet, "YYYY-MM-DDTHH:MM" at the agency. */
  promised?: string | null;
}

/**
 * The deadline card of a clock, the same for everyone who may see it: the date or the two dates, the days
 * left, when the clock stood still, what follows if the day passes, from when on one can complain and how.
 */
export function ClockCard({ view, reader, level = 2, promised = null }: Props) {
  const words = useWords();
  const note = noteOf(view, words);
  return (
    <DeadlineCard
      title={titleOf(view, words)}
      due={view.due}
      daysLeft={view.daysLeft}
      {...(view.overdue ? { tone: "late" } : {})}
      {...(note === null ? {} : { note })}
      cite={view.cite}
      steps={view.steps}
      level={level}
      foot={<Bodies view={view} reader={reader} />}
    >
      {promised === null ? null : <Promised view={view} reader={reader} promised={promised} />}
      <TwoDates view={view} reader={reader} />
      <p>{words.t("clock.act", { act: view.act })}</p>
      <Stretches view={view} />
      <IfItPasses view={view} reader={reader} level={level} />
    </DeadlineCard>
  );
}

function titleOf({ who, duty }: ClockView, { t }: Words): string {
  if (duty === "keep-through") return t("clock.dueKeep");
  return t(who === "resident" ? "clock.dueResident" : "clock.dueAgency");
}

/** How it stands, where the days left do not say it: answered, or overdue, which is never forgotten. */
function noteOf(view: ClockView, { t, locale }: Words): string | null {
  const { answeredOn, overdue, overdueSince, lateBy, today, due } = view;
  const since = overdueSince === null ? "" : formatMoment(overdueSince, locale);
  if (!isDuty(view)) return today > due.slice(0, 10) && answeredOn === null ? t("clock.dayPassed") : null;
  if (overdueSince !== null && !overdue) {
    const came = answeredOn === null ? "" : `${t("clock.answerCame", { on: formatMoment(answeredOn, locale) })} `;
    return `${came}${t("clock.overdueBefore", { since })}`;
  }
  if (answeredOn === null) return overdue ? t("clock.overdueSince", { since }) : null;
  const on = formatMoment(answeredOn, locale);
  if (lateBy === null) return t("clock.answeredInTime", { on });
  return lateBy === 0 ? t("clock.answeredLateHours", { on }) : t("clock.answeredLate", { on, since, count: lateBy });
}

/** The decision has been told; the records come by a day that the agency itself named. */
function Promised({ view, reader, promised }: Props & { promised: string }) {
  const { t, locale } = useWords();
  const left = daysBetween(view.today, promised.slice(0, 10));
  const ways = reader === "resident" && left < 0 ? view.waysOn : [];
  return (
    <>
      <p>
        <strong>
          {t(reader === "agency" ? "clock.promisedAgency" : "clock.promised")}{" "}
          <time dateTime={promised}>{formatMoment(promised, locale, "weekday")}</time>
        </strong>{" "}
        ({left < 0 ? t("clock.promisedPassed") : daysLeftText(left, t)})
      </p>
      {left < 0 ? <p>{t(reader === "agency" ? "clock.promisedLateAgency" : "clock.promisedLate")}</p> : null}
      {ways.length === 0 ? null : <WaysOn ways={ways} from={view.today} />}
    </>
  );
}

/** Something that an agency must do by a day, so that it can be late. */
function isDuty({ complainFrom }: ClockView): boolean {
  return complainFrom !== null;
}

function TwoDates({ view, reader }: Props) {
  const { t, locale } = useWords();
  const { due, latest, complainFrom, answeredOn } = view;
  if (latest === due || answeredOn !== null) return null;
  const days = { due: formatMoment(due, locale), latest: formatMoment(latest, locale) };
  if (complainFrom === null) return <p>{t("clock.twoDatesOther", days)}</p>;
  const from = formatMoment(complainFrom, locale);
  const key = reader === "agency" ? "clock.twoDatesAgency" : "clock.twoDates";
  return <p>{t(key, { due: days.due, from })}</p>;
}

function Stretches({ view }: { view: ClockView }) {
  const words = useWords();
  if (view.stretches.length === 0) return null;
  return (
    <>
      <p className="wl-deadline__label">{words.t("clock.stretches")}</p>
      <ul className="wl-deadline__list">
        {view.stretches.map((stretch) => (
          <li key={`${stretch.stop} ${stretch.from}`}>
            {stretchLine(stretch, words)} <cite className="wl-cite">{stretch.cite}</cite>
          </li>
        ))}
      </ul>
    </>
  );
}

function IfItPasses({ view, reader, level = 2 }: Props) {
  const { t } = useWords();
  if (!isDuty(view) || view.answeredOn !== null) return null;
  return (
    <>
      <Heading level={level === 4 ? 4 : ((level + 1) as HeadingLevel)} className="wl-deadline__label">
        {t("clock.passesTitle")}
      </Heading>
      {view.silence ? (
        <p>
          {view.silence.text} <cite className="wl-cite">{view.silence.cite}</cite>
        </p>
      ) : (
        <p>{t("clock.passesNothing")}</p>
      )}
      <Complain view={view} reader={reader} />
    </>
  );
}

function Complain({ view, reader }: Props) {
  const { t, locale } = useWords();
  const { complainFrom, mayComplain, stoppedSince, waysOn } = view;
  if (complainFrom === null) return null;
  const from = formatMoment(complainFrom, locale);
  const key = reader === "agency" ? "clock.complainAgency" : mayComplain ? "clock.complainNow" : "clock.complainFrom";
  // While the clock stands still its dates are not known yet, and so neither is this one.
  const day = stoppedSince === null ? <p>{t(waysOn.length === 0 ? "clock.lateFrom" : key, { from })}</p> : null;
  return (
    <>
      {day}
      {waysOn.length === 0 ? <p>{t("clock.waysNone")}</p> : <WaysOn ways={waysOn} from={complainFrom} />}
    </>
  );
}

function WaysOn({ ways, from }: { ways: ClockView["waysOn"]; from: string }) {
  const { t } = useWords();
  return (
    <ul className="wl-deadline__list">
      {ways.map((way) => (
        <li key={way.id}>
          {way.text} <cite className="wl-cite">{way.cite}</cite>
          {way.evidence === "V" ? null : <> ({t(EVIDENCE_WORDS[way.evidence])})</>}
          {way.clock ? (
            <>
              {" "}
              <Link className="usa-link" to={`/deadlines?rule=${encodeURIComponent(way.clock)}&on=${from}`}>
                {t("clock.wayDeadline")}
                <span className="usa-sr-only"> {way.cite}</span>
              </Link>
            </>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** Who else there is, and what they cannot do: of use once an answer is late. */
function Bodies({ view, reader }: Props) {
  const { t } = useWords();
  if (view.bodies.length === 0 || reader === "agency" || !view.mayComplain) return null;
  return (
    <Details summary={t("clock.bodiesTitle")}>
      <p>{t("clock.bodiesLead")}</p>
      <ul className="wl-deadline__list">
        {view.bodies.map((body) => (
          <li key={body.id}>
            <strong>{body.name}</strong> <cite className="wl-cite">{body.cite}</cite>
            <br />
            {t("clock.bodyAccepts", { text: body.accepts })} {t("clock.bodyCannot", { text: body.cannotDo })}
          </li>
        ))}
      </ul>
    </Details>
  );
}
