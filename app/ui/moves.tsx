import { Link } from "@remix-run/react";
import type { CaseMove, DateMove, MoveCount } from "#app/requests/date-move.ts";
import { Alert } from "./alert.tsx";
import { formatDate } from "./format.ts";
import { Table } from "./table.tsx";
import { StatusTag } from "./tag.tsx";
import { useWords } from "./words/use-words.tsx";

/** What a change would move, as a page shows it. */
export interface ShownMoves {
  moves: readonly CaseMove[];
  /** So many more move than are listed. */
  more: number;
  counts: readonly MoveCount[];
}

/** Every open case whose dates a change would move: which ones, or how many where that is all one may know. */
export function Moves(props: { preview: ShownMoves; agencies?: boolean }) {
  const { t } = useWords();
  const { moves, more, counts } = props.preview;
  if (counts.length === 0) return <Alert kind="info">{t("changes.movesNone")}</Alert>;
  const counted = counts.reduce((sum, one) => sum + one.moved, 0);
  return (
    <>
      {moves.length > 0 ? <MoveTable moves={moves} agencies={props.agencies ?? false} /> : null}
      {more > 0 ? <p>{t("changes.movesMore", { count: more })}</p> : null}
      {counted > moves.length + more ? <CountTable counts={counts} /> : null}
    </>
  );
}

function MoveTable(props: { moves: readonly CaseMove[]; agencies: boolean }) {
  const { t } = useWords();
  const agency = props.agencies ? [{ id: "agency", label: t("changes.agency") }] : [];
  return (
    <Table
      caption={t("changes.moves")}
      columns={[
        { id: "number", label: t("changes.case"), rowHeader: true },
        ...agency,
        { id: "due", label: t("changes.due") },
        { id: "latest", label: t("changes.latest") },
        { id: "notice", label: t("changes.notice") },
        { id: "late", label: t("changes.late") },
      ]}
      rows={props.moves.map((move) => ({
        id: move.caseId,
        strong: move.after.overdue && !move.before.overdue,
        cells: {
          number: (
            <Link className="usa-link" to={`/desk/cases/${move.caseId}`}>
              {move.number}
            </Link>
          ),
          agency: move.agency,
          due: <DatePair before={move.before.due} after={move.after.due} />,
          latest: <DatePair before={move.before.latest} after={move.after.latest} />,
          notice: <DatePair before={move.before.noticeDue} after={move.after.noticeDue} />,
          late: <Lateness move={move} />,
        },
      }))}
    />
  );
}

function DatePair({ before, after }: { before: string | null; after: string | null }) {
  const { t, locale } = useWords();
  const say = (date: string | null) => (date === null ? t("changes.none") : formatDate(date.slice(0, 10), locale));
  if (before !== after) return <strong>{t("changes.fromTo", { before: say(before), after: say(after) })}</strong>;
  return <>{before === null ? say(before) : t("changes.same", { date: say(before) })}</>;
}

function Lateness({ move: { before, after } }: { move: DateMove }) {
  const { t } = useWords();
  if (after.overdue)
    return <StatusTag tone="bad">{t(before.overdue ? "changes.lateStill" : "changes.lateNew")}</StatusTag>;
  return <>{t(before.overdue ? "changes.lateGone" : "changes.lateNot")}</>;
}

function CountTable({ counts }: Pick<ShownMoves, "counts">) {
  const { t } = useWords();
  return (
    <>
      <p>{t("changes.countsLead")}</p>
      <Table
        caption={t("changes.counts")}
        columns={[
          { id: "agency", label: t("changes.agency"), rowHeader: true },
          { id: "moved", label: t("changes.moved"), numeric: true },
          { id: "becomeLate", label: t("changes.becomeLate"), numeric: true },
        ]}
        rows={counts.map((count) => ({
          id: count.agency,
          strong: count.becomeLate > 0,
          cells: { agency: count.agency, moved: count.moved, becomeLate: count.becomeLate },
        }))}
      />
    </>
  );
}
