import { Link } from "@remix-run/react";
import { formatDate } from "#app/ui/format.ts";
import { Section } from "#app/ui/page.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { ReleaseData } from "./load-release.server.ts";

/** Every edition that went out, newest first; those after the first are supplements. */
export function Editions({ data }: { data: ReleaseData }) {
  const { t, locale } = useWords();
  return (
    <Section id="editions" title={t("answer.editions")}>
      <p>{t("answer.editionsLead")}</p>
      <ul className="usa-list">
        {data.editions.map(({ id, edition, on, lines, withheld }) => {
          const name = t("answer.edition", { edition, date: formatDate(on, locale) });
          return (
            <li key={id}>
              {id === data.release.id ? (
                <strong>{name}</strong>
              ) : (
                <Link className="usa-link" to={`/history/${id}`}>
                  {name}
                </Link>
              )}
              {id === data.release.id ? ` (${t("answer.editionHere")})` : null}{" "}
              {edition > 1 ? <StatusTag tone="info">{t("answer.supplement")}</StatusTag> : null}
              <br />
              {t("answer.editionCounts", { lines, withheld })}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
