import { formatDate, formatInstant } from "#app/ui/format.ts";
import { Section } from "#app/ui/page.tsx";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { WordKey } from "#app/ui/words/words.ts";
import { FIELD_WORDS } from "../desk.words.ts";
import type { ProposalData } from "./load-proposal.server.ts";

type Changed = ProposalData["changes"][number];
type Turn = Changed["changes"][number]["turns"][number];

const KIND_WORDS = {
  added: "approval.changeAdded",
  dropped: "approval.changeDropped",
  changed: "approval.changeChanged",
} as const satisfies Record<string, WordKey>;

/** What is not as it was: one row for each thing that was said otherwise, from what to what, who and when. */
export function Changes({ changed, zone }: { changed: Changed; zone: string }) {
  const { t, locale } = useWords();
  const title = {
    proposal: t("approval.changesProposal"),
    "sent-back": t("approval.changesSentBack"),
    edition: t("approval.changesEdition", { edition: changed.edition }),
  }[changed.since];
  const rows = changed.changes.flatMap((change) =>
    change.turns.map((turn) => ({
      id: `${change.eventId} ${turn.target}`,
      cells: {
        line: change.when,
        what: `${t(KIND_WORDS[change.kind])}: ${targetWords(turn.target, t)}`,
        from: <End end={turn.from} />,
        to: <End end={turn.to} />,
        by: (
          <>
            <bdi>{turn.by}</bdi> {turn.at === null ? null : formatInstant(turn.at, zone, locale)}
          </>
        ),
      },
    })),
  );
  return (
    <Section id={`changes-${changed.since}`} title={title}>
      <p>
        {t("approval.changesLead", { count: changed.count, date: formatInstant(changed.at, zone, locale) })}{" "}
        {changed.count > changed.changes.length ? t("approval.changesFirst", { count: changed.changes.length }) : null}
      </p>
      <Table
        caption={title}
        hideCaption
        columns={[
          { id: "line", label: t("approval.changeLine"), rowHeader: true },
          { id: "what", label: t("approval.changeWhat") },
          { id: "from", label: t("approval.changeFrom") },
          { id: "to", label: t("approval.changeTo") },
          { id: "by", label: t("approval.changeBy") },
        ]}
        rows={rows}
      />
    </Section>
  );
}

function targetWords(target: Turn["target"], t: ReturnType<typeof useWords>["t"]): string {
  if (target === "match") return t("approval.changeMatch");
  return target === "line" ? t("approval.changeWhole") : t(FIELD_WORDS[target]);
}

const OUTCOME_WORDS = {
  disclose: "approval.outcomeDisclose",
  withhold: "approval.outcomeWithhold",
  defer: "approval.outcomeDefer",
  redact: "approval.outcomeRedact",
} as const satisfies Record<string, WordKey>;

function End({ end }: { end: Turn["from"] }) {
  const { t, locale } = useWords();
  if (end === null) return <>{t("approval.nothing")}</>;
  if (typeof end === "string")
    return <>{t(end === "accepted" ? "approval.verdictAccepted" : "approval.verdictRejected")}</>;
  return (
    <>
      {t(OUTCOME_WORDS[end.outcome])}
      {end.reviewOn === null ? null : `, ${t("approval.until", { date: formatDate(end.reviewOn, locale) })}`}{" "}
      {end.cite === null ? null : <cite className="wl-cite">{end.cite}</cite>}{" "}
      {end.reason === null ? null : <bdi>{end.reason}</bdi>}
    </>
  );
}
