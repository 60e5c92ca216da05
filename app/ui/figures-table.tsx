import { formatNumber } from "./format.ts";
import { Table } from "./table.tsx";
import { StatusTag } from "./tag.tsx";
import { useWords } from "./words/use-words.tsx";

/** Counts of cases, as the pages show them. */
export interface ShownFigures {
  cases: number;
  inTime: number;
  late: number;
  open: number;
  overdueNow: number;
  everOverdue: number;
  extended: number;
  together: number;
  /** Null while none is answered. */
  medianDays: number | null;
}

const COUNTS = ["cases", "inTime", "late", "open", "overdueNow", "everOverdue", "extended"] as const;

/** Figures in rows, each named by a month or an agency. */
export function FiguresTable(props: {
  caption: string;
  hideCaption?: boolean;
  /** Over the names of the rows. */
  of: string;
  rows: readonly { id: string; name: string; figures: ShownFigures }[];
}) {
  const { t, locale } = useWords();
  return (
    <Table
      caption={props.caption}
      hideCaption={props.hideCaption ?? false}
      columns={[
        { id: "name", label: props.of, rowHeader: true },
        ...COUNTS.map((id) => ({ id, label: t(`figures.${id}`), numeric: true })),
        { id: "together", label: t("figures.together"), numeric: true },
        { id: "medianDays", label: t("figures.medianDays"), numeric: true },
      ]}
      rows={props.rows.map(({ id, name, figures }) => ({
        id,
        cells: {
          name,
          ...Object.fromEntries(COUNTS.map((count) => [count, formatNumber(figures[count], locale)])),
          together: <Together count={figures.together} />,
          medianDays: figures.medianDays === null ? t("figures.noMedian") : formatNumber(figures.medianDays, locale),
        },
      }))}
    />
  );
}

/** Stands out on purpose where there are any. */
function Together({ count }: { count: number }) {
  const { locale } = useWords();
  const number = formatNumber(count, locale);
  return count === 0 ? number : <StatusTag tone="warn">{number}</StatusTag>;
}
