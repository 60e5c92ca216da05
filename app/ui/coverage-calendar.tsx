import type { DayState } from "#app/feeds/coverage-calendar.ts";
import { type DayCell, layMonths, lengthOf, type MonthCells, type ShownRun } from "./coverage-layout.ts";
import { formatDate, formatMonth, formatNumber, formatPeriod } from "./format.ts";
import { Details } from "./page.tsx";
import { Table } from "./table.tsx";
import { useWords } from "./words/use-words.tsx";
import type { WordKey } from "./words/words.ts";

const STATE_WORDS = {
  arrived: "feedsLog.stateArrived",
  late: "feedsLog.stateLate",
  waiting: "feedsLog.stateWaiting",
  missing: "feedsLog.stateMissing",
  "not-due": "feedsLog.stateNotDue",
  ahead: "feedsLog.stateAhead",
} as const satisfies Readonly<Record<DayState, WordKey>>;

/** Days that have not come yet are drawn, and need no word. */
const SAID: readonly DayState[] = ["arrived", "late", "waiting", "missing", "not-due"];

/** A year of a log, each day as it stands: a picture, and the same in a table. */
export function CoverageCalendar(props: { year: number; runs: readonly ShownRun<DayState>[] }) {
  const { t } = useWords();
  const passed = props.runs.filter(({ state }) => state !== "ahead");
  const present = SAID.filter((state) => passed.some((run) => run.state === state));
  if (passed.length === 0) return <p>{t("feedsLog.noDays")}</p>;
  return (
    <figure className="wl-calendar">
      <figcaption>{t("feedsLog.calendarLead", { year: props.year })}</figcaption>
      <ul className="wl-calendar__key">
        {present.map((state) => (
          <li key={state}>
            <svg viewBox="0 0 10 10" aria-hidden="true" focusable="false">
              <DayMark state={state} x={0} y={0} />
            </svg>
            {t(STATE_WORDS[state])}
          </li>
        ))}
      </ul>
      <div className="wl-calendar__months" aria-hidden="true">
        {layMonths(props.runs).map((month) => (
          <Month key={month.month} month={month} />
        ))}
      </div>
      <Details summary={t("feedsLog.asTable")}>
        <Runs year={props.year} runs={passed} />
      </Details>
    </figure>
  );
}

function Month({ month }: { month: MonthCells<DayState> }) {
  const { locale } = useWords();
  return (
    <div className="wl-calendar__month">
      <span className="wl-calendar__name">{formatMonth(month.month, locale)}</span>
      <svg viewBox={`0 0 70 ${month.weeks * 10}`} aria-hidden="true" focusable="false">
        {month.cells.map((cell) => (
          <Day key={cell.on} cell={cell} />
        ))}
      </svg>
    </div>
  );
}

function Day({ cell }: { cell: DayCell<DayState> }) {
  const [x, y] = [cell.column * 10, cell.week * 10];
  return (
    <g>
      <DayMark state={cell.state} x={x} y={y} />
      <text className={`wl-day__number wl-day__number--${cell.state}`} x={x + 5} y={y + 6.4} textAnchor="middle">
        {cell.number}
      </text>
    </g>
  );
}

/** A day's box. The states differ in their shapes too, for whoever sees no colours. */
function DayMark({ state, x, y }: { state: DayState; x: number; y: number }) {
  return (
    <>
      <rect className={`wl-day wl-day--${state}`} x={x + 0.5} y={y + 0.5} width={9} height={9} />
      {state === "late" ? <path className="wl-day__stroke" d={`M${x + 0.5} ${y + 9.5}h9`} /> : null}
      {state === "waiting" ? <path className="wl-day__corner" d={`M${x + 5.5} ${y + 0.5}h4v4z`} /> : null}
      {state === "missing" ? <path className="wl-day__cross" d={`M${x + 0.5} ${y + 0.5}l9 9m0-9l-9 9`} /> : null}
    </>
  );
}

function Runs({ year, runs }: { year: number; runs: readonly ShownRun<DayState>[] }) {
  const { t, locale } = useWords();
  return (
    <Table
      caption={t("feedsLog.tableCaption", { year })}
      hideCaption
      columns={[
        { id: "days", label: t("feedsLog.dayFrom"), rowHeader: true },
        { id: "state", label: t("feedsLog.dayState") },
        { id: "count", label: t("feedsLog.dayCount"), numeric: true },
      ]}
      rows={runs.map((run) => ({
        id: run.from,
        strong: run.state === "missing",
        cells: {
          days: run.from === run.to ? formatDate(run.from, locale) : formatPeriod(run, locale, t("common.to")),
          state: t(STATE_WORDS[run.state]),
          count: formatNumber(lengthOf(run), locale),
        },
      }))}
    />
  );
}
