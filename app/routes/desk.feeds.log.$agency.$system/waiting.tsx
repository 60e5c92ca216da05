import { ButtonLink, Buttons } from "#app/ui/button.tsx";
import { formatDate, formatNumber } from "#app/ui/format.ts";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { LogData } from "./load-log.server.ts";

/** Why rows of a log wait, and since when. */
export function QuarantineGroups(props: { groups: NonNullable<LogData["quarantine"]>; path: string }) {
  const { t, locale } = useWords();
  return (
    <>
      {props.groups.length === 0 ? (
        <p>{t("feeds.waitingNone")}</p>
      ) : (
        <Table
          caption={t("feedsQuarantine.groupsCaption")}
          hideCaption
          columns={[
            { id: "reason", label: t("feedsQuarantine.reason"), rowHeader: true },
            { id: "rows", label: t("feedsQuarantine.rows"), numeric: true },
            { id: "since", label: t("feedsQuarantine.since") },
          ]}
          rows={props.groups.map(({ reason, rows, since }) => ({
            id: reason,
            cells: { reason, rows: formatNumber(rows, locale), since: formatDate(since, locale) },
          }))}
        />
      )}
      <Buttons>
        <ButtonLink look="outline" to={`${props.path}/quarantine`}>
          {t("feedsLog.work")}
        </ButtonLink>
      </Buttons>
    </>
  );
}
