import { formatMonth, formatNumber } from "./format.ts";
import { useWords } from "./words/use-words.tsx";

/** How many cases of one month ended how. */
export interface MonthParts {
  /** YYYY-MM */
  month: string;
  inTime: number;
  late: number;
  open: number;
}

const PARTS = ["inTime", "late", "open"] as const;

/** One bar for each month, in three parts that differ without colour. The table beside it says the same. */
export function FiguresChart(props: { title: string; months: readonly MonthParts[] }) {
  const { t, locale } = useWords();
  const months = withEmptyYear(props.months);
  const first = months.at(0);
  const last = months.at(-1);
  if (!first || !last) return null;
  const highest = Math.max(1, ...months.map(({ inTime, late, open }) => inTime + late + open));
  return (
    <figure className="wl-months">
      <figcaption>{props.title}</figcaption>
      <ul className="wl-figures__key">
        {PARTS.map((part) => (
          <li key={part}>
            <svg viewBox="0 0 10 10" aria-hidden="true" focusable="false">
              <rect className={`wl-figures__${part}`} x={0} y={0} width={10} height={10} />
            </svg>
            {t(`figures.${part}`)}
          </li>
        ))}
      </ul>
      <div className="wl-months__picture" aria-hidden="true">
        <span className="wl-months__top">{formatNumber(highest, locale)}</span>
        <svg viewBox={`0 0 ${months.length * 10} 100`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
          {months.map((month, index) => (
            <Bar key={month.month} month={month} x={index * 10 + 1} highest={highest} />
          ))}
        </svg>
        <span className="wl-months__ends">
          <span>{formatMonth(first.month, locale)}</span>
          <span>{formatMonth(last.month, locale)}</span>
        </span>
      </div>
    </figure>
  );
}

const SHOWN_MONTHS = 12;

/** A first month alone would fill the whole picture: empty ones stand before it, up to a year. */
function withEmptyYear(months: readonly MonthParts[]): MonthParts[] {
  const shown = [...months];
  for (let [first] = shown; first && shown.length < SHOWN_MONTHS; [first] = shown) {
    shown.unshift({ month: monthBefore(first.month), inTime: 0, late: 0, open: 0 });
  }
  return shown;
}

function monthBefore(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, "0")}`;
}

/** From the ground up: in time, late, open. */
function Bar({ month, x, highest }: { month: MonthParts; x: number; highest: number }) {
  let below = 0;
  return PARTS.map((part) => {
    const height = (100 * month[part]) / highest;
    const y = 100 - below - height;
    below += height;
    return height === 0 ? null : (
      <rect key={part} className={`wl-figures__${part}`} x={x} y={y} width={8} height={height} />
    );
  });
}
