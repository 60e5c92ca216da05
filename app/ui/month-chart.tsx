import { formatMonth, formatNumber } from "./format.ts";
import { Details } from "./page.tsx";
import { useWords } from "./words/use-words.tsx";

export interface MonthCount {
  /** YYYY-MM */
  month: string;
  count: number;
  /** No log for this month: its count is not zero but unknown. */
  unknown?: boolean;
}

/** How many in each month: bars to look at, and the same figures as a table. */
export function MonthChart(props: { title: string; months: readonly MonthCount[] }) {
  const { t, locale } = useWords();
  const { months } = props;
  const highest = Math.max(1, ...months.map((month) => month.count));
  const first = months.at(0);
  const last = months.at(-1);
  if (!first || !last) return null;
  const amount = (month: MonthCount) => (month.unknown ? t("common.noLog") : formatNumber(month.count, locale));
  return (
    <figure className="wl-months">
      <figcaption>{props.title}</figcaption>
      <div className="wl-months__picture" aria-hidden="true">
        <span className="wl-months__top">{formatNumber(highest, locale)}</span>
        <svg viewBox={`0 0 ${months.length * 10} 100`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
          {gapsOf(months).map(({ from, length }) => (
            <rect
              key={from}
              className="wl-months__unknown"
              x={from * 10 + 1}
              y={0}
              width={length * 10 - 2}
              height={100}
            />
          ))}
          {months.map((month, index) => (
            <Bar key={month.month} month={month} x={index * 10 + 1} highest={highest} />
          ))}
        </svg>
        <span className="wl-months__ends">
          <span>{formatMonth(first.month, locale)}</span>
          <span>{formatMonth(last.month, locale)}</span>
        </span>
      </div>
      {months.some((month) => month.unknown) ? <p className="wl-fine">{t("common.noLogKey")}</p> : null}
      <Details summary={t("common.asTable")}>
        <table className="usa-table usa-table--compact">
          <caption className="usa-sr-only">{props.title}</caption>
          <tbody>
            {months.map((month) => (
              <tr key={month.month}>
                <th scope="row">{formatMonth(month.month, locale)}</th>
                <td className="wl-numeric">{amount(month)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Details>
    </figure>
  );
}

/** Runs of months without a log, each one box. */
function gapsOf(months: readonly MonthCount[]): { from: number; length: number }[] {
  const gaps: { from: number; length: number }[] = [];
  for (const [index, { unknown }] of months.entries()) {
    if (!unknown) continue;
    const last = gaps.at(-1);
    if (last && last.from + last.length === index) last.length += 1;
    else gaps.push({ from: index, length: 1 });
  }
  return gaps;
}

function Bar(props: { month: MonthCount; x: number; highest: number }) {
  const { month, x, highest } = props;
  if (month.unknown) return null;
  const height = (100 * month.count) / highest;
  return <rect className="wl-months__bar" x={x} y={100 - height} width={8} height={height} />;
}
