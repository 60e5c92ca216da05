import { Form, Link } from "@remix-run/react";
import { SubmitButton } from "#app/ui/button.tsx";
import { formatDate, formatNumber } from "#app/ui/format.ts";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { QuarantineData } from "./load-quarantine.server.ts";
import { ReplayForm } from "./replay-form.tsx";

type Group = QuarantineData["groups"][number];

/** Why rows wait: how many, since when, and what can be done for all of them. */
export function Groups(props: { groups: readonly Group[]; path: string }) {
  const { t, locale } = useWords();
  return (
    <Table
      caption={t("feedsQuarantine.groupsCaption")}
      hideCaption
      columns={[
        { id: "reason", label: t("feedsQuarantine.reason"), rowHeader: true },
        { id: "rows", label: t("feedsQuarantine.rows"), numeric: true },
        { id: "since", label: t("feedsQuarantine.since") },
        { id: "act", label: t("feedsQuarantine.act") },
      ]}
      rows={props.groups.map((group) => ({
        id: group.code,
        cells: {
          reason: group.sentence,
          rows: formatNumber(group.count, locale),
          since: `${formatDate(group.since, locale)} ${t("feedsQuarantine.age", { count: group.days })}`,
          act: <Acts group={group} path={props.path} />,
        },
      }))}
    />
  );
}

/** The buttons look alike in each row: their whole names are for those who hear them. */
function Acts({ group, path }: { group: Group; path: string }) {
  const { t } = useWords();
  const reason = group.sentence;
  return (
    <>
      <p>
        <Link
          className="usa-link"
          to={`${path}/quarantine?reason=${encodeURIComponent(group.code)}#rows`}
          aria-label={t("feedsQuarantine.listOf", { reason })}
        >
          {t("feedsQuarantine.list")}
        </Link>
      </p>
      <ReplayForm fields={{ reason: group.code }} quiet>
        <Named short={t("feedsQuarantine.replayReason")} reason={reason} />
      </ReplayForm>
      {group.bulk ? (
        <Form method="post">
          <input type="hidden" name="reason" value={group.code} />
          <SubmitButton look="quiet" name="intent" value="discard-all">
            <Named short={t("feedsQuarantine.discardAll")} reason={reason} />
          </SubmitButton>
        </Form>
      ) : null}
    </>
  );
}

function Named(props: { short: string; reason: string }) {
  return (
    <>
      {props.short}
      <span className="usa-sr-only">: {props.reason}</span>
    </>
  );
}
