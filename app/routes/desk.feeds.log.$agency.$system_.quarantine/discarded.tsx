import { Form } from "@remix-run/react";
import { SubmitButton } from "#app/ui/button.tsx";
import { formatInstant } from "#app/ui/format.ts";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { discardWords } from "./discard-words.ts";
import type { QuarantineData } from "./load-quarantine.server.ts";

/** The rows that were taken out, with why, each to be opened or put back. */
export function Discarded({ quarantine }: { quarantine: QuarantineData }) {
  const words = useWords();
  const { t, locale } = words;
  if (quarantine.discarded.length === 0) return <p>{t("feedsQuarantine.discardedNone")}</p>;
  return (
    <Table
      caption={t("feedsQuarantine.discardedCaption")}
      hideCaption
      columns={[
        { id: "row", label: t("feedsQuarantine.row"), rowHeader: true },
        { id: "at", label: t("feedsQuarantine.discardedAt") },
        { id: "why", label: t("feedsQuarantine.discardedWhy") },
        { id: "open", label: t("feedsQuarantine.openColumn") },
        { id: "back", label: t("feedsQuarantine.putBackColumn") },
      ]}
      rows={quarantine.discarded.map(({ id, row, why, at }) => ({
        id,
        cells: {
          row,
          at: formatInstant(at, quarantine.zone, locale),
          why: discardWords(words, why),
          open: <RowButton id={id} intent="open" label={t("feedsQuarantine.open", { row })} />,
          back: <RowButton id={id} intent="put-back" label={t("feedsQuarantine.putBack", { row })} />,
        },
      }))}
    />
  );
}

function RowButton(props: { id: string; intent: "open" | "put-back"; label: string }) {
  return (
    <Form method="post">
      <input type="hidden" name="row" value={props.id} />
      <SubmitButton look="quiet" name="intent" value={props.intent}>
        {props.label}
      </SubmitButton>
    </Form>
  );
}
