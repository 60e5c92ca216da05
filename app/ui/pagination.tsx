import { Link } from "@remix-run/react";
import { useWords } from "./words/use-words.tsx";

/** Forward and back through a long list. Pages count from 1; one page alone shows nothing. */
export function Pagination(props: { page: number; pages: number; hrefFor: (page: number) => string }) {
  const { t } = useWords();
  const { page, pages } = props;
  if (pages <= 1) return null;
  return (
    <nav className="wl-pagination" aria-label={t("common.pages")}>
      {page > 1 ? (
        <Link className="usa-link" rel="prev" to={props.hrefFor(page - 1)}>
          {t("common.previous")}
        </Link>
      ) : null}
      <span>{t("common.pageOf", { page, pages })}</span>
      {page < pages ? (
        <Link className="usa-link" rel="next" to={props.hrefFor(page + 1)}>
          {t("common.next")}
        </Link>
      ) : null}
    </nav>
  );
}
