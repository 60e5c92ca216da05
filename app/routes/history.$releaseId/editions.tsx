import { Link } from "@remix-run/react";
import { runsOf } from "#app/histories/news.ts";
import { Alert } from "#app/ui/alert.tsx";
import { formatDate } from "#app/ui/format.ts";
import { Section } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { ReleaseData } from "./load-release.server.ts";

/** What this edition says that the one before it did not. */
export function News({ data: { history } }: { data: ReleaseData }) {
  const { t, locale } = useWords();
  const { news } = history;
  if (news === undefined) return null;
  const numbers = (of: readonly number[]) =>
    runsOf(of)
      .map(([from, to]) => (from === to ? `${from}` : t("editions.run", { from, to })))
      .join(", ");
  const { lines, changed, gone } = news;
  return (
    <Alert kind="info" title={t("editions.newsTitle", { edition: history.edition })}>
      <p>{t("editions.newsSince", { edition: news.edition, date: formatDate(news.releasedOn, locale) })}</p>
      <ul className="usa-list">
        {lines.length > 0 ? <li>{t("editions.newsLines", { count: lines.length, numbers: numbers(lines) })}</li> : null}
        {changed.length > 0 ? (
          <li>{t("editions.newsChanged", { count: changed.length, numbers: numbers(changed) })}</li>
        ) : null}
        {gone > 0 ? <li>{t("editions.newsGone", { count: gone })}</li> : null}
        {lines.length + changed.length + gone === 0 ? <li>{t("editions.newsNothing")}</li> : null}
      </ul>
    </Alert>
  );
}

/** Every edition of this answer, newest first; nothing where there is only this one. */
export function Editions({ data: { editions, release } }: { data: ReleaseData }) {
  const { t, locale } = useWords();
  if (editions.length < 2) return null;
  return (
    <Section id="editions" title={t("editions.title")}>
      <p>{t("editions.lead")}</p>
      <ul className="usa-list">
        {editions.map(({ id, edition, on, lines, isNew }) => {
          const name = t("editions.edition", { edition, date: formatDate(on, locale) });
          return (
            <li key={id}>
              {id === release.id ? (
                <strong aria-current="page">{name}</strong>
              ) : (
                <Link className="usa-link" to={`/history/${id}`}>
                  {name}
                </Link>
              )}
              : {t("request.releaseLines", { count: lines })}
              {isNew === null ? null : <> {t("editions.newLines", { count: isNew })}</>}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
