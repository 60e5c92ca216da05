import { Link } from "@remix-run/react";
import { formatInstant, formatNumber } from "#app/ui/format.ts";
import { Pagination } from "#app/ui/pagination.tsx";
import { Table } from "#app/ui/table.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { BATCH_STATES } from "../desk.feeds.states.ts";
import { daysWords, latenessWords, viaWords } from "../desk.feeds.words.ts";
import type { LogData } from "./load-log.server.ts";

/** The deliveries of a log, each with what became of its rows, and whether it was in time. */
export function Batches({ log }: { log: LogData }) {
  const words = useWords();
  const { t, locale } = words;
  if (log.batches.length === 0) return <p>{t("feeds.noBatches")}</p>;
  const number = (value: number) => formatNumber(value, locale);
  return (
    <>
      <Table
        caption={t("feedsLog.batchesCaption")}
        hideCaption
        columns={[
          { id: "received", label: t("feeds.received"), rowHeader: true },
          { id: "state", label: t("feeds.state") },
          { id: "via", label: t("feedsLog.via") },
          { id: "number", label: t("feedsLog.number"), numeric: true },
          { id: "days", label: t("feeds.days") },
          { id: "late", label: t("feedsLog.lateness") },
          { id: "rows", label: t("feeds.rows"), numeric: true },
          { id: "stored", label: t("feeds.stored"), numeric: true },
          { id: "duplicates", label: t("feeds.duplicates"), numeric: true },
          { id: "quarantined", label: t("feeds.quarantined"), numeric: true },
          { id: "discarded", label: t("feedsLog.discarded"), numeric: true },
        ]}
        rows={log.batches.map((batch) => {
          const received = formatInstant(batch.receivedAt, log.zone, locale);
          return {
            id: batch.id,
            strong: batch.state !== "finished",
            cells: {
              received: log.mayRead ? (
                <Link className="usa-link" to={`/desk/feeds/${batch.id}`}>
                  {received}
                </Link>
              ) : (
                received
              ),
              state: <StatusTag tone={BATCH_STATES[batch.state].tone}>{t(BATCH_STATES[batch.state].words)}</StatusTag>,
              via: viaWords(words, batch.via),
              number: batch.sequenceNo === null ? "" : number(batch.sequenceNo),
              days: daysWords(words, batch),
              late: latenessWords(words, batch),
              rows: number(batch.rows),
              stored: number(batch.stored),
              duplicates: number(batch.duplicates),
              quarantined: number(batch.quarantined),
              discarded: number(batch.discarded),
            },
          };
        })}
      />
      <Pagination page={log.page} pages={log.pages} hrefFor={(page) => `${log.path}?page=${page}#batches`} />
    </>
  );
}
