import { ButtonLink, Buttons } from "#app/ui/button.tsx";
import { formatDate } from "#app/ui/format.ts";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { LogData } from "./load-log.server.ts";

/** What the custodian promised when; the newest first. */
export function Promises({ log }: { log: LogData }) {
  const { t, locale } = useWords();
  return (
    <>
      <p>{t("feedsLog.promiseSince", { date: formatDate(log.since, locale) })}</p>
      <Table
        caption={t("feedsLog.promiseCaption")}
        hideCaption
        columns={[
          { id: "from", label: t("feedsLog.promiseFrom"), rowHeader: true },
          { id: "rhythm", label: t("feedsLog.promiseRhythm") },
          { id: "kept", label: t("feedsLog.promiseKept") },
        ]}
        rows={log.promises.toReversed().map(({ from, rhythmDays, keptDays }) => ({
          id: from ?? "first",
          cells: {
            from: from === null ? t("feedsLog.promiseFirst") : formatDate(from, locale),
            rhythm: t("feedsLog.days", { count: rhythmDays }),
            kept: keptDays === null ? t("feedsLog.unknown") : t("feedsLog.days", { count: keptDays }),
          },
        }))}
      />
      {log.mayChangePromise ? (
        <Buttons>
          <ButtonLink look="outline" to={`${log.path}/promise`}>
            {t("feedsLog.changePromise")}
          </ButtonLink>
        </Buttons>
      ) : null}
    </>
  );
}
