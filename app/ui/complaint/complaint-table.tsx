import { Link } from "@remix-run/react";
import { Table } from "../table.tsx";
import { useWords } from "../words/use-words.tsx";
import type { ShownSummary } from "./shown-complaint.ts";
import { NextDateText, StateTag } from "./standing.tsx";

/** Complaints as a list, in the order given. `venue`: the venue's name in the reader's language. */
export function ComplaintTable(props: {
  complaints: readonly (ShownSummary & { venueName: string })[];
  base: "/complaint" | "/intake" | "/advocate";
}) {
  const { t } = useWords();
  return (
    <Table
      caption={t("complaint.listCaption")}
      hideCaption
      columns={[
        { id: "number", label: t("complaint.columnNumber"), rowHeader: true },
        { id: "next", label: t("complaint.columnNext") },
        { id: "age", label: t("complaint.columnAge"), numeric: true },
        { id: "state", label: t("complaint.columnState") },
        { id: "move", label: t("complaint.columnMove") },
        { id: "agency", label: t("complaint.columnAgency") },
        { id: "venue", label: t("complaint.columnVenue") },
      ]}
      rows={props.complaints.map((complaint) => ({
        id: complaint.id,
        strong: complaint.next !== null && complaint.next.daysLeft < 0,
        cells: {
          number: (
            <Link className="usa-link" to={`${props.base}/${complaint.id}`}>
              {complaint.number}
            </Link>
          ),
          next: <NextDateText summary={complaint} />,
          age: t("complaint.days", { count: complaint.age }),
          state: <StateTag state={complaint.state} />,
          move: t(complaint.whoseMove === "agency" ? "complaint.moveAgency" : "complaint.moveNobody"),
          agency: complaint.agency,
          venue: complaint.venueName,
        },
      }))}
    />
  );
}
