import type { Line } from "#app/histories/history.ts";
import { Details } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { ReleaseData } from "./load-release.server.ts";
import { ReleasedText } from "./released-text.tsx";

/** What the resident may want to ask about in one look-up, in the words that were released; nothing where there is none. */
export function LookUpSignals({ line, history }: { line: Line; history: ReleaseData["history"] }) {
  const { t } = useWords();
  const said = (history.signals ?? []).filter(({ id }) => line.signals?.includes(id));
  if (said.length === 0) return null;
  return (
    <>
      <p>
        {t("signals.lineLabel")}{" "}
        <ReleasedText history={history}>{said.map(({ name }) => name).join("; ")}</ReleasedText>
      </p>
      <Details summary={t("signals.whyShown")}>
        <p>{t("signals.answerLead")}</p>
        {said.map(({ id, plain, source }) => (
          <p key={id}>
            <ReleasedText history={history}>
              {plain} <span className="wl-fine">{source}</span>
            </ReleasedText>
          </p>
        ))}
      </Details>
    </>
  );
}
