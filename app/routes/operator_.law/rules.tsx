import type { Evidence } from "#app/law/words.ts";
import { formatDate } from "#app/ui/format.ts";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { EVIDENCE_WORDS } from "./evidence.ts";

/** One version of a rule as the page is handed it. */
interface ShownRule {
  id: string;
  title: string;
  cite: string;
  evidence: Evidence;
  /** Such as "10 days". */
  period: string;
  extension: string | null;
  inForce: { from: string | null; to: string | null };
}

/** Every version of every rule, for an operator who reads what the portal runs. */
export function RuleTable({ rules }: { rules: readonly ShownRule[] }) {
  const { t } = useWords();
  return (
    <Table
      caption={t("changes.rules")}
      hideCaption
      columns={[
        { id: "rule", label: t("changes.rule"), rowHeader: true },
        { id: "period", label: t("changes.period") },
        { id: "cite", label: t("changes.cite") },
        { id: "evidence", label: t("changes.evidence") },
        { id: "inForce", label: t("changes.inForce") },
      ]}
      rows={rules.map((rule) => ({
        id: `${rule.id} ${rule.inForce.from ?? ""}`,
        cells: {
          rule: (
            <>
              {rule.title} <code>{rule.id}</code>
            </>
          ),
          period:
            rule.extension === null
              ? rule.period
              : t("changes.extension", { period: rule.period, extension: rule.extension }),
          cite: <cite className="wl-cite">{rule.cite}</cite>,
          evidence: t(EVIDENCE_WORDS[rule.evidence]),
          inForce: <InForce {...rule.inForce} />,
        },
      }))}
    />
  );
}

function InForce({ from, to }: ShownRule["inForce"]) {
  const { t, locale } = useWords();
  const say = (date: string) => formatDate(date, locale);
  if (from !== null && to !== null) return <>{t("changes.between", { from: say(from), to: say(to) })}</>;
  if (from !== null) return <>{t("changes.since", { from: say(from) })}</>;
  return <>{to === null ? t("changes.always") : t("changes.until", { to: say(to) })}</>;
}
