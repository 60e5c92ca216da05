import type { Absence, Cell } from "#app/histories/history.ts";
import { useWords } from "./words/use-words.tsx";
import type { WordKey } from "./words/words.ts";

/** Something is withheld here. Always of one width, so that its length tells nothing. */
export function RedactionMark() {
  const { t } = useWords();
  return (
    <span className="wl-redaction">
      <span className="usa-sr-only">{t("common.withheld")}</span>
    </span>
  );
}

/** One cell of a history: its text, or the mark with its ground, or why the log itself had nothing. */
export function CellView(props: {
  cell: Cell;
  groundLabel?: (ground: string) => string;
  groundHref?: (ground: string) => string;
}) {
  const { t } = useWords();
  const { cell } = props;
  // bdi: a name from a log cannot turn the text around it.
  if (cell.kind === "shown") return <bdi className="wl-cell">{cell.text}</bdi>;
  if (cell.kind === "absent") return <span className="wl-cell wl-cell--absent">{t(ABSENCES[cell.why])}</span>;
  const label = props.groundLabel?.(cell.ground) ?? cell.ground;
  const href = props.groundHref?.(cell.ground);
  return (
    <span className="wl-cell wl-cell--withheld">
      <RedactionMark />
      <span className="wl-cell__ground">
        {href ? (
          <a className="usa-link" href={href}>
            {label}
          </a>
        ) : (
          label
        )}
      </span>
    </span>
  );
}

const ABSENCES = {
  empty: "common.absentEmpty",
  "not-exported": "common.absentNotExported",
  "hidden-by-vendor": "common.absentByVendor",
  "hidden-by-agency": "common.absentByAgency",
  placeholder: "common.absentPlaceholder",
} as const satisfies Readonly<Record<Absence, WordKey>>;
