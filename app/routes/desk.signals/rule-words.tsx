import { SummaryList } from "#app/ui/summary-list.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { ShownRule } from "./act.server.ts";

/** What a signal says to whom, and where it comes from. */
export function RuleWords({ rule }: { rule: ShownRule }) {
  const { t } = useWords();
  return (
    <SummaryList
      items={[
        { label: t("signals.clerkReads"), value: rule.clerk },
        { label: t("signals.residentReads"), value: rule.resident },
        { label: t("signals.source"), value: rule.source },
        { label: t("signals.rule"), value: t("signals.ruleVersion", { id: rule.id, version: rule.version }) },
      ]}
    />
  );
}
