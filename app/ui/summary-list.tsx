import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useWords } from "./words/use-words.tsx";

/** One answer. With `changeTo` it has a way to change it. */
export interface SummaryItem {
  label: string;
  value: ReactNode;
  changeTo?: string;
}

/** Answers to check before sending, or facts of a thing: label, value, change. */
export function SummaryList(props: { items: readonly SummaryItem[] }) {
  const { t } = useWords();
  return (
    <dl className="wl-summary">
      {props.items.map((item) => (
        <div key={item.label} className="wl-summary__row">
          <dt>{item.label}</dt>
          <dd>{item.value === "" || item.value === null ? <i>{t("common.notGiven")}</i> : item.value}</dd>
          {item.changeTo ? (
            <dd className="wl-summary__change">
              <Link to={item.changeTo} className="usa-link">
                {t("common.change")}
                <span className="usa-sr-only"> {item.label}</span>
              </Link>
            </dd>
          ) : null}
        </div>
      ))}
    </dl>
  );
}
