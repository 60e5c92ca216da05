import type { LawText } from "#app/law/clock-view.ts";
import { ClockCard } from "#app/ui/clock-card.tsx";
import { ClockStory } from "#app/ui/clock-story.tsx";
import { EVIDENCE_WORDS, periodText } from "#app/ui/clock-words.ts";
import { formatMoment } from "#app/ui/format.ts";
import { Details, Section } from "#app/ui/page.tsx";
import { SummaryList } from "#app/ui/summary-list.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { DeadlinesData } from "./load-deadlines.server.ts";

type Result = NonNullable<DeadlinesData["result"]>;

/** The answer of the calculator: the card, the picture, and what the law says beside the date. */
export function ResultParts({ result }: { result: Result }) {
  const { t } = useWords();
  const { view, rule } = result;
  return (
    <div className="wl-result">
      <Section id="result" title={rule.title}>
        <ClockCard view={view} reader="anyone" level={3} />
        {view.caveat ? <p>{t("deadlines.caveat", { text: view.caveat })}</p> : null}
      </Section>
      <Section id="days" title={t("deadlines.days")}>
        <ClockStory view={view} reader="anyone" />
      </Section>
      <Answer result={result} />
      <MoreTime result={result} />
      <Limits result={result} />
      <AboutRule result={result} />
    </div>
  );
}

function Answer({ result: { rule } }: { result: Result }) {
  const { t } = useWords();
  if (rule.answerMustSay.length === 0 && !rule.fee) return null;
  return (
    <Section id="answer" title={t("deadlines.answer")}>
      <LawList sayings={rule.answerMustSay} />
      {rule.fee ? (
        <p>
          <LawLine saying={{ ...rule.fee, text: t("deadlines.fee", { text: rule.fee.text }) }} />
        </p>
      ) : null}
    </Section>
  );
}

/** What the resident may not get, and until when there is anything to get. */
function Limits({ result: { rule } }: { result: Result }) {
  const { t } = useWords();
  return (
    <>
      {rule.mayRefuse.length > 0 ? (
        <Section id="refuse" title={t("deadlines.refuse")}>
          <LawList sayings={rule.mayRefuse} />
        </Section>
      ) : null}
      {rule.retention ? (
        <Section id="kept" title={t("deadlines.kept")}>
          <p>
            <LawLine saying={rule.retention} />
          </p>
        </Section>
      ) : null}
    </>
  );
}

function LawList({ sayings }: { sayings: readonly LawText[] }) {
  return (
    <ul className="usa-list">
      {sayings.map((saying) => (
        <li key={saying.text}>
          <LawLine saying={saying} />
        </li>
      ))}
    </ul>
  );
}

/** Words of the law with their source, and how sure we are unless it was read. */
function LawLine({ saying: { text, cite, evidence } }: { saying: LawText }) {
  const { t } = useWords();
  return (
    <>
      {text} <cite className="wl-cite">{cite}</cite>
      {evidence === "V" ? null : <> ({t(EVIDENCE_WORDS[evidence])})</>}
    </>
  );
}

const MORE_TIME = {
  taken: "deadlines.moreTaken",
  until: "deadlines.moreUntil",
  "no-longer": "deadlines.moreNoLonger",
  open: "deadlines.moreOpen",
  answered: "deadlines.moreAnswered",
} as const;

function MoreTime({ result: { rule, moreTime, view } }: { result: Result }) {
  const { t, locale } = useWords();
  if (view.duty !== "act-by" || view.who !== "agency") return null;
  const { extension } = rule;
  if (moreTime.can === "never" || !extension) {
    return (
      <Section id="more" title={t("deadlines.more")}>
        <p>{t("deadlines.moreNever")}</p>
      </Section>
    );
  }
  const day = "on" in moreTime ? formatMoment(moreTime.on, locale) : "";
  return (
    <Section id="more" title={t("deadlines.more")}>
      <p>
        {t("deadlines.moreLongest", { longest: extension.longest, who: extension.who })}{" "}
        {extension.inAll ? `${t("deadlines.moreInAll", { whole: extension.inAll })} ` : null}
        <cite className="wl-cite">{extension.cite}</cite>
      </p>
      <p>{t(MORE_TIME[moreTime.can], { on: day })}</p>
      <p>{t("deadlines.moreNotice", { text: extension.text })}</p>
      {extension.grounds.length === 0 ? (
        <p>{t("deadlines.moreNoGrounds")}</p>
      ) : (
        <>
          <p>{t("deadlines.moreGrounds")}</p>
          <ul className="usa-list">
            {extension.grounds.map((ground) => (
              <li key={ground.id}>
                {ground.text}
                {ground.evidence === "V" ? null : <> ({t(EVIDENCE_WORDS[ground.evidence])})</>}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

/** How sure we are, since when the rule stands, and what may change it. */
function AboutRule({ result: { rule } }: { result: Result }) {
  const words = useWords();
  const { t } = words;
  return (
    <Section id="rule" title={t("deadlines.about")}>
      <SummaryList
        items={[
          { label: t("deadlines.aboutStart"), value: rule.trigger },
          { label: t("deadlines.aboutPeriod"), value: rule.period },
          { label: t("deadlines.aboutCite"), value: rule.cite },
          { label: t("deadlines.aboutSure"), value: t(EVIDENCE_WORDS[rule.evidence]) },
          { label: t("deadlines.aboutSource"), value: <span lang="en">{rule.sourceVersion}</span> },
          { label: t("deadlines.aboutInForce"), value: periodText(rule.inForce, words) },
        ]}
      />
      {rule.pauseGrounds.length > 0 ? (
        <>
          <p>{t("deadlines.aboutPauses")}</p>
          <ul className="usa-list">
            {rule.pauseGrounds.map((ground) => (
              <li key={ground.id}>{ground.text}</li>
            ))}
          </ul>
        </>
      ) : null}
      {rule.changes.length > 0 ? (
        <Details summary={t("deadlines.changes", { count: rule.changes.length })} open>
          <ul className="usa-list">
            {rule.changes.map((change) => (
              <li key={change.id}>
                <strong>{change.title}</strong> {change.effect} {change.status}{" "}
                <cite className="wl-cite">{change.cite}</cite>
              </li>
            ))}
          </ul>
        </Details>
      ) : null}
    </Section>
  );
}
