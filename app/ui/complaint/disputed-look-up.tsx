import type { ReactNode } from "react";
import type { Field, Line } from "#app/histories/history.ts";
import { Card } from "../card.tsx";
import { CellView } from "../cell-view.tsx";
import type { Locale } from "../locale.ts";
import { SummaryList } from "../summary-list.tsx";
import { useWords } from "../words/use-words.tsx";
import { FIELD_WORDS } from "./complaint-words.ts";

/** Cells that hold words of ours beside the log's own. */
const OUR_WORDS: readonly Field[] = ["at", "scope"];

/** A released look-up, cell by cell. The ground of a withheld cell is already in words. */
export function DisputedLookUp(props: {
  line: Line;
  /** In which language it was released. */
  released: Locale;
  status?: ReactNode;
  foot?: ReactNode;
}) {
  const { t } = useWords();
  const fields = Object.keys(FIELD_WORDS) as Field[];
  return (
    <Card title={t("complaint.lineOf", { line: props.line.number })} level={3} status={props.status} foot={props.foot}>
      <SummaryList
        items={fields.map((field) => ({
          label: t(FIELD_WORDS[field]),
          value: (
            <span lang={OUR_WORDS.includes(field) && isShown(props.line, field) ? props.released : undefined}>
              <CellView cell={props.line.cells[field]} />
            </span>
          ),
        }))}
      />
    </Card>
  );
}

function isShown(line: Line, field: Field): boolean {
  return line.cells[field].kind === "shown";
}
