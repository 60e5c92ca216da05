import type { SignalView } from "#app/histories/signals/case-signals.server.ts";
import { Details } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";

/** What may be worth a question in a line; nothing where no signal is on, or none holds. */
export function LineSignals({ line }: { line: { readonly signals: readonly SignalView[] } }) {
  const { t } = useWords();
  if (line.signals.length === 0) return null;
  return (
    <Details summary={`${t("signals.lineLabel")} ${line.signals.map(({ name }) => name).join("; ")}`}>
      <ul className="usa-list">
        {line.signals.map(({ id, text }) => (
          <li key={id}>{text}</li>
        ))}
      </ul>
    </Details>
  );
}
