import { Link } from "@remix-run/react";
import { errorSentences } from "./error-sentences.ts";
import { Page } from "./page.tsx";
import { useWords } from "./words/use-words.tsx";

/** What stands where a page could not: not here, not possible, or our fault; with a way back. */
export function ErrorPage(props: { error: unknown; requestId: string | undefined }) {
  const { t, say } = useWords();
  const { title, text } = errorSentences(props.error);
  return (
    <Page title={say(title)}>
      <p>{say(text)}</p>
      <p>
        <Link className="usa-link" to="/">
          {t("common.home")}
        </Link>
      </p>
      {props.requestId ? <p className="wl-fine">{t("errors.reference", { requestId: props.requestId })}</p> : null}
    </Page>
  );
}
