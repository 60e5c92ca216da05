import { Link } from "@remix-run/react";
import type { Reviews as ReviewsOfCase } from "#app/histories/get-reviews.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { formatDate } from "#app/ui/format.ts";
import { Details } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { FIELD_WORDS } from "../desk.words.ts";

/** What came back and waits, with the way to each; and what comes back on which day. */
export function Reviews({ caseId, reviews }: { caseId: string; reviews: ReviewsOfCase }) {
  const { t, locale } = useWords();
  const { waiting, next } = reviews;
  const lines = new Set(waiting.map(({ eventId }) => eventId)).size;
  return (
    <>
      {lines > 0 ? (
        <Alert kind="warning" title={t("reviews.waitingTitle", { count: lines })}>
          <p>{t("reviews.waitingText")}</p>
          <ul className="usa-list">
            {waiting.map(({ eventId, when, field, on }) => (
              <li key={`${eventId} ${field}`}>
                <Link className="usa-link" to={`/desk/cases/${caseId}/line/${eventId}`}>
                  {t("reviews.lineOf", { when })}
                </Link>
                , {field === "*" ? t("reviews.wholeLine") : t(FIELD_WORDS[field])} (
                {t("reviews.day", { date: formatDate(on, locale) })})
              </li>
            ))}
          </ul>
        </Alert>
      ) : null}
      {next.length > 0 ? (
        <Details summary={t("reviews.title")}>
          <p>{t("reviews.nextText")}</p>
          <ul className="usa-list">
            {next.map(({ on, count }) => (
              <li key={on}>{t("reviews.nextDay", { date: formatDate(on, locale), count })}</li>
            ))}
          </ul>
        </Details>
      ) : null}
    </>
  );
}
