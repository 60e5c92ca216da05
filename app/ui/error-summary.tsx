import { useEffect, useRef } from "react";
import { fieldId } from "./field.tsx";
import { Say } from "./message.tsx";
import { useWords } from "./words/use-words.tsx";
import type { Message } from "./words/words.ts";

/** What is wrong with a form, at the head of the page, each line leading to its field. Nothing wrong: nothing shown. */
export function ErrorSummary(props: { issues: Readonly<Record<string, Message>> | undefined }) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const entries = Object.entries(props.issues ?? {});
  const { issues } = props;
  useEffect(() => {
    if (issues) box.current?.focus();
  }, [issues]);
  if (entries.length === 0) return null;
  return (
    <div className="usa-alert usa-alert--error wl-error-summary" role="alert" tabIndex={-1} ref={box}>
      <div className="usa-alert__body">
        <h2 className="usa-alert__heading">{t("errors.summary", { count: entries.length })}</h2>
        <ul className="usa-list">
          {entries.map(([name, message]) => (
            <li key={name}>
              {name === "form" ? (
                <Say message={message} />
              ) : (
                <a className="usa-link" href={`#${fieldId(name)}`}>
                  <Say message={message} />
                </a>
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
