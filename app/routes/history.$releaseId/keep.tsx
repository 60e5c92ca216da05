import { ButtonLink } from "#app/ui/button.tsx";
import { Section } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { ReleaseData } from "./load-release.server.ts";

/** The answer to keep: as the signed document, as a table, as data. */
export function Keep({ release }: { release: ReleaseData["release"] }) {
  const { t } = useWords();
  return (
    <div className="wl-screen">
      <Section id="keep" title={t("answer.keep")}>
        <p>{t("answer.keepLead")}</p>
        <p>
          <ButtonLink to={`/history/${release.id}.pdf`} look="outline" document>
            {t("history.download")}
          </ButtonLink>
        </p>
        <ul className="usa-list">
          <li>
            <a className="usa-link" href={`/history/${release.id}.csv`}>
              {t("answer.csv")}
            </a>
          </li>
          <li>
            <a className="usa-link" href={`/history/${release.id}.json`}>
              {t("answer.json")}
            </a>
          </li>
        </ul>
        <p className="usa-hint">{t("history.downloadHint")}</p>
      </Section>
    </div>
  );
}
