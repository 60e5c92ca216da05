import { EmptyState } from "#app/ui/alert.tsx";
import { formatDate, formatPeriod } from "#app/ui/format.ts";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { Words } from "#app/ui/words/words.ts";
import type { LogData } from "./load-log.server.ts";

type Gap = LogData["gaps"][number];

/** Each gap with its cause and what to do about it. */
export function Gaps({ log }: { log: LogData }) {
  const words = useWords();
  const { t } = words;
  const { gaps } = log;
  if (gaps.length === 0) {
    return (
      <EmptyState title={t("feedsLog.gapsNone")} level={3}>
        {t("feedsLog.gapsNoneText")}
      </EmptyState>
    );
  }
  return (
    <>
      <p>{t("feedsLog.gapsLead")}</p>
      <Table
        caption={t("feedsLog.gapsTitle")}
        hideCaption
        columns={[
          { id: "days", label: t("feedsLog.gapDays"), rowHeader: true },
          { id: "why", label: t("feedsLog.gapWhy") },
          { id: "act", label: t("feedsLog.gapDo") },
        ]}
        rows={gaps.map((gap) => ({
          id: `${gap.cause} ${gap.period?.from ?? gap.numbers?.first}`,
          cells: { days: daysOf(words, gap), why: whyOf(words, gap), act: actOf(words, gap) },
        }))}
      />
    </>
  );
}

function daysOf({ t, locale }: Words, { period }: Gap): string {
  if (period === null) return t("feedsLog.gapNoDays");
  if (period.from === period.to) return formatDate(period.from, locale);
  return formatPeriod(period, locale, t("common.to"));
}

function whyOf({ t }: Words, { cause, numbers }: Gap): string {
  switch (cause) {
    case "before":
      return t("feedsLog.whyBefore");
    case "between":
      return t("feedsLog.whyBetween");
    case "number": {
      const { first, last } = numbers ?? { first: 0, last: 0 };
      return t("feedsLog.whyNumber", { count: last - first + 1, first, last });
    }
    case "silence":
      return t("feedsLog.whySilence");
    case "overdue":
      return t("feedsLog.whyOverdue");
  }
}

const ACTS = {
  before: "feedsLog.doBefore",
  between: "feedsLog.doBetween",
  number: "feedsLog.doNumber",
  silence: "feedsLog.doSilence",
  overdue: "feedsLog.doOverdue",
} as const;

function actOf({ t, locale }: Words, { cause, lost, purgedOn }: Gap): string {
  if (lost) return t("feedsLog.doLost");
  const by = purgedOn === null ? [] : [t("feedsLog.doBy", { on: formatDate(purgedOn, locale) })];
  return [t(ACTS[cause]), ...by].join(" ");
}
