import { Form, Link } from "@remix-run/react";
import { SubmitButton } from "#app/ui/button.tsx";
import { formatDate } from "#app/ui/format.ts";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { QuarantineData } from "./load-quarantine.server.ts";

/** The rows that wait, oldest first, each to be opened. */
export function Rows({ quarantine }: { quarantine: QuarantineData }) {
  const { t, locale } = useWords();
  const { rows } = quarantine;
  if (rows.length === 0) return <p>{t("feedsQuarantine.none")}</p>;
  return (
    <>
      <p>{t("feedsQuarantine.openRecorded")}</p>
      {quarantine.full ? <p>{t("feedsQuarantine.more", { shown: rows.length })}</p> : null}
      <Table
        caption={t("feedsQuarantine.rowsCaption")}
        hideCaption
        columns={[
          { id: "row", label: t("feedsQuarantine.row"), rowHeader: true },
          { id: "reason", label: t("feedsQuarantine.reason") },
          { id: "delivery", label: t("feedsQuarantine.delivery") },
          { id: "open", label: t("feedsQuarantine.openColumn") },
        ]}
        rows={rows.map(({ id, batch, row, sentence, since }) => ({
          id,
          cells: {
            row,
            reason: sentence,
            delivery: (
              <Link className="usa-link" to={`/desk/feeds/${batch}`}>
                {formatDate(since, locale)}
              </Link>
            ),
            open: (
              <Form method="post">
                <input type="hidden" name="row" value={id} />
                <SubmitButton look="quiet" name="intent" value="open">
                  {t("feedsQuarantine.open", { row })}
                </SubmitButton>
              </Form>
            ),
          },
        }))}
      />
    </>
  );
}
