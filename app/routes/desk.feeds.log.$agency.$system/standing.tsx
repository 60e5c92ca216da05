import { Alert } from "#app/ui/alert.tsx";
import { formatDate, formatPeriod } from "#app/ui/format.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { LogData } from "./load-log.server.ts";

/** What is due, what is about to be lost at the source, and what waits. */
export function Standing({ log }: { log: LogData }) {
  const { t, locale } = useWords();
  const { next, source, unread, unreadSince, latest } = log.coverage;
  const date = (on: string) => formatDate(on, locale);
  const due = { from: date(next.from), due: date(next.dueOn) };
  return (
    <>
      {next.lateBy > 0 ? (
        <Alert kind="warning">{t("feedsLog.overdue", { ...due, count: next.lateBy })}</Alert>
      ) : (
        <Alert kind="info">{t("feedsLog.nextDue", due)}</Alert>
      )}
      {source?.next ? (
        <Alert kind="warning">
          {t("feedsLog.purgeSoon", {
            count: source.next.inDays,
            day: date(source.next.day),
            on: date(source.next.purgedOn),
          })}
        </Alert>
      ) : null}
      {source && source.lost.length > 0 ? (
        <Alert kind="error">
          {t("feedsLog.lost", {
            periods: source.lost.map((period) => formatPeriod(period, locale, t("common.to"))).join("; "),
          })}
        </Alert>
      ) : null}
      {source === null ? <p>{t("feedsLog.sourceUnknown")}</p> : null}
      <p>
        {latest === null ? t("feeds.latestNever") : t("feeds.latest", { date: date(latest) })}{" "}
        {unread === 0 ? t("feeds.waitingNone") : t("feeds.waiting", { count: unread })}{" "}
        {unreadSince === null ? null : t("feedsLog.unreadSince", { date: date(unreadSince) })}
      </p>
    </>
  );
}
