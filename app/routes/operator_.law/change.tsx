import type { Evidence } from "#app/law/words.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { formatDate } from "#app/ui/format.ts";
import { SummaryList } from "#app/ui/summary-list.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { EVIDENCE_WORDS } from "./evidence.ts";

/** A pending change as the page is handed it. */
export interface ShownChange {
  id: string;
  title: string;
  effect: string;
  status: string;
  cite: string;
  evidence: Evidence;
  needs: "month-and-day" | null;
  /** Null while it is off. */
  switched: { from: string; detail: string | null } | null;
}

/** One change that may come: what it would do, where it stood, and whether it is on. */
export function ChangeCard({ change }: { change: ShownChange }) {
  const { t } = useWords();
  const { switched } = change;
  return (
    <Card
      level={3}
      title={change.title}
      status={<Switched change={change} />}
      foot={
        <ButtonLink to={`/operator/law?change=${change.id}`} look="outline">
          {t(switched ? "changes.move" : "changes.switch")} <span className="usa-sr-only">{change.title}</span>
        </ButtonLink>
      }
    >
      <SummaryList
        items={[
          { label: t("changes.effect"), value: change.effect },
          { label: t("changes.status"), value: change.status },
          { label: t("changes.cite"), value: <cite className="wl-cite">{change.cite}</cite> },
          { label: t("changes.evidence"), value: t(EVIDENCE_WORDS[change.evidence]) },
          ...(switched?.detail ? [{ label: t("changes.holiday"), value: switched.detail }] : []),
        ]}
      />
    </Card>
  );
}

function Switched({ change: { switched } }: { change: ShownChange }) {
  const { t, locale } = useWords();
  if (!switched) return <StatusTag tone="neutral">{t("changes.off")}</StatusTag>;
  return <StatusTag tone="good">{t("changes.on", { date: formatDate(switched.from, locale) })}</StatusTag>;
}
