import { Link } from "@remix-run/react";
import type { Remark } from "#app/histories/list-remarks.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { Section } from "#app/ui/page.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";

/** The lines that a supervisor sent back, each with its remark and the way to it. */
export function Remarks({ caseId, remarks }: { caseId: string; remarks: readonly Remark[] }) {
  const { t } = useWords();
  if (remarks.length === 0) return null;
  return (
    <Section id="remarks" title={t("approval.remarksTitle")}>
      <p>{t("approval.remarksLead")}</p>
      <ul className="usa-list">
        {remarks.map(({ eventId, when, remark, answered }) => (
          <li key={eventId}>
            <Link className="usa-link" to={`/desk/cases/${caseId}/line/${eventId}`}>
              {t("approval.remarkOn", { when })}
            </Link>{" "}
            <StatusTag tone={answered ? "good" : "warn"}>
              {answered ? t("approval.remarkAnswered") : t("approval.remarkOpen")}
            </StatusTag>{" "}
            <bdi>{remark}</bdi>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** On the page of one line: what was asked of it. */
export function RemarkHere({ eventId, remarks }: { eventId: string; remarks: readonly Remark[] }) {
  const { t } = useWords();
  const own = remarks.find((one) => one.eventId === eventId);
  if (!own) return null;
  return (
    <Alert kind={own.answered ? "info" : "warning"} title={t("approval.remarkHere")}>
      {own.remark}
    </Alert>
  );
}
