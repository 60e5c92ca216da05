import type { ReactNode } from "react";

export interface Column {
  id: string;
  label: string;
  /** Numbers stand right. */
  numeric?: boolean;
  /** This column names the row. */
  rowHeader?: boolean;
}

export interface Row {
  id: string;
  cells: Readonly<Record<string, ReactNode>>;
  /** Marks a row that wants to be seen first. */
  strong?: boolean;
}

/** What the tags would say by themselves, were they not laid out as blocks on a phone: browsers then forget it. */
export const ROLE = {
  table: { role: "table" },
  group: { role: "rowgroup" },
  row: { role: "row" },
  columnHeader: { role: "columnheader" },
  rowHeader: { role: "rowheader" },
  cell: { role: "cell" },
} as const;

/** What scrolls must be reachable by keyboard. A group, since the part of the page around it is a landmark already. */
const REACHED_BY_TAB = { tabIndex: 0, role: "group" } as const;

/** A table with a caption; on a phone each row becomes a card. */
export function Table(props: {
  caption: string;
  hideCaption?: boolean;
  columns: readonly Column[];
  rows: readonly Row[];
}) {
  return (
    <table className="usa-table usa-table--stacked wl-table" {...ROLE.table}>
      <caption className={props.hideCaption ? "usa-sr-only" : undefined}>{props.caption}</caption>
      <thead {...ROLE.group}>
        <tr {...ROLE.row}>
          {props.columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              {...ROLE.columnHeader}
              className={column.numeric ? "wl-numeric" : undefined}
            >
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...ROLE.group}>
        {props.rows.map((row) => (
          <tr key={row.id} {...ROLE.row} className={row.strong ? "wl-row-strong" : undefined}>
            {props.columns.map((column) => (
              <TableCell key={column.id} column={column}>
                {row.cells[column.id]}
              </TableCell>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TableCell(props: { column: Column; children: ReactNode }) {
  const { column } = props;
  const className = column.numeric ? "wl-numeric" : undefined;
  if (column.rowHeader) {
    return (
      <th scope="row" {...ROLE.rowHeader} data-label={column.label} className={className}>
        {props.children}
      </th>
    );
  }
  return (
    <td {...ROLE.cell} data-label={column.label} className={className}>
      {props.children}
    </td>
  );
}

/** A table too wide to stack, such as a clerk's decisions: it scrolls by itself and can be reached by keyboard. */
export function ScrollTable(props: { label: string; children: ReactNode }) {
  return (
    <section className="usa-table-container--scrollable wl-decisions" aria-label={props.label} {...REACHED_BY_TAB}>
      {props.children}
    </section>
  );
}
