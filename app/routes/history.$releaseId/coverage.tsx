import { findNoRecordLaw } from "#app/law/no-record.ts";
import { Alert } from "#app/ui/alert.tsx";
import { CoverageBar } from "#app/ui/coverage-bar.tsx";
import { formatDate, formatPeriod } from "#app/ui/format.ts";
import { Section } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { ReleaseData } from "./load-release.server.ts";
import { ReleasedText } from "./released-text.tsx";

type Shown = { history: ReleaseData["history"] };

/** No look-up was found, which is not the same as: nobody looked, nor as: nothing could be searched for. */
export function NothingFound({ history }: Shown) {
  const { t, locale } = useWords();
  if (history.searchedFor.length === 0) {
    return (
      <Alert kind="warning" title={t("history.notSearched")}>
        {t("history.notSearchedText")}
      </Alert>
    );
  }
  const say = (periods: readonly { from: string; to: string }[]) =>
    periods.map((period) => formatPeriod(period, locale, t("common.to"))).join("; ");
  const law = findNoRecordLaw(history.rule.id);
  return (
    <Alert kind="info" title={law ? t("editions.noRecord") : t("history.nothing")}>
      {law ? (
        <p>
          {law.words[locale]} <cite className="wl-cite">{law.cite}</cite>
        </p>
      ) : (
        <p>{t("history.nothingText")}</p>
      )}
      <ul className="usa-list">
        {history.coverage.map(({ system, held, missing }) => (
          <li key={system}>
            {system}: {held.length === 0 ? t("history.coversNone") : t("history.covers", { periods: say(held) })}{" "}
            {held.length > 0
              ? missing.length === 0
                ? t("history.coversAll")
                : t("history.coversNot", { periods: say(missing) })
              : null}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

/** What the logs really contain of the period asked about, system by system. */
export function CoverageOfLogs({ history }: Shown) {
  const { t, locale } = useWords();
  return (
    <Section id="coverage" title={t("history.coverage")}>
      <p>{t("history.coverageLead")}</p>
      {history.coverage.map(({ system, asked, held, missing, unread, latest }) => (
        <div key={system}>
          <CoverageBar label={system} asked={asked} held={held} missing={missing} />
          <p>
            {latest === null ? t("history.latestNone") : t("history.latest", { date: formatDate(latest, locale) })}{" "}
            {unread > 0 ? t("history.unread", { count: unread }) : null}
          </p>
        </div>
      ))}
    </Section>
  );
}

/** The identifiers that were verified and searched for, each with its days. */
export function SearchedFor({ history }: Shown) {
  const { t, locale } = useWords();
  return (
    <Section id="searched-for" title={t("history.searchedFor")}>
      <p>{history.searchedFor.length === 0 ? t("history.searchedNone") : t("history.searchedForLead")}</p>
      <ul className="usa-list">
        {history.searchedFor.map(({ kind, value, from, to }) => (
          <li key={`${kind} ${value} ${from}`}>
            <strong>
              <ReleasedText history={history}>{kind}</ReleasedText> <bdi>{value}</bdi>
            </strong>
            :{" "}
            {to === null
              ? t("history.searchedStill", { from: formatDate(from, locale) })
              : formatPeriod({ from, to }, locale, t("common.to"))}
          </li>
        ))}
      </ul>
    </Section>
  );
}
