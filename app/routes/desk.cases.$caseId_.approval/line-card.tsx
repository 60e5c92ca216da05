import { FIELDS } from "#app/histories/history.ts";
import { Card } from "#app/ui/card.tsx";
import { CellView } from "#app/ui/cell-view.tsx";
import { RadioGroup } from "#app/ui/choices.tsx";
import { TextArea } from "#app/ui/field.tsx";
import type { FieldState } from "#app/ui/form.ts";
import { Details } from "#app/ui/page.tsx";
import { SummaryList } from "#app/ui/summary-list.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { WordKey } from "#app/ui/words/words.ts";
import { LineState } from "../desk.cases.$caseId/lines.tsx";
import { FIELD_WORDS } from "../desk.words.ts";
import type { ProposalData } from "./load-proposal.server.ts";

type ProposedLine = ProposalData["lines"][number];

const ALWAYS_WORDS = {
  withheld: "approval.alwaysWithheld",
  deferred: "approval.alwaysDeferred",
  redacted: "approval.alwaysRedacted",
  asked: "approval.alwaysAsked",
  secret: "approval.alwaysSecret",
} as const satisfies Record<string, WordKey>;

/** One line as the resident would read it, what is held back of it and why, and what the supervisor says of it. */
export function LineCard({ line, field }: { line: ProposedLine; field: (name: string) => FieldState }) {
  const { t } = useWords();
  const redacted = line.redactions.map((one) => one.field);
  const held = [...(line.released ? [] : [line.decision]), ...line.redactions.map((one) => one.decision)];
  return (
    <Card
      level={3}
      title={t("desk.approvalLine", { number: line.number })}
      status={
        <span>
          <LineState line={{ verdict: "accepted", decision: line.decision, redacted, secret: line.secret }} />{" "}
          <Standing line={line} />
        </span>
      }
    >
      <p className="usa-hint">
        {line.inSample ? t("approval.inSample") : t("approval.notInSample")}
        {line.always.length > 0 ? `: ${line.always.map((why) => t(ALWAYS_WORDS[why])).join("; ")}` : null}
      </p>
      {line.released ? <Cells cells={line.released} /> : null}
      {held.map((decision) =>
        decision ? (
          <p key={`${decision.cite}${decision.reason}`}>
            <cite className="wl-cite">{decision.cite}</cite> {t("desk.approvalReason")}: <bdi>{decision.reason}</bdi>
          </p>
        ) : null,
      )}
      {held.length > 0 ? (
        <Details summary={t("desk.approvalLogged")}>
          <Cells cells={line.logged} />
        </Details>
      ) : null}
      <input type="hidden" name="line[]" value={line.eventId} />
      <RadioGroup
        label={t("approval.look", { number: line.number })}
        options={[
          { value: "agree", label: t("approval.agree") },
          { value: "back", label: t("approval.back") },
        ]}
        {...field(`look-${line.eventId}`)}
      />
      {line.look?.verdict === "back" && !line.look.own ? (
        <p>
          {t("approval.otherRemark")} <bdi>{line.look.remark}</bdi>
        </p>
      ) : null}
      <TextArea
        label={t("approval.remark", { number: line.number })}
        hint={t("approval.remarkHint")}
        optional
        rows={2}
        {...field(`remark-${line.eventId}`)}
      />
    </Card>
  );
}

function Standing({ line: { look } }: { line: ProposedLine }) {
  const { t } = useWords();
  if (look === null) return null;
  if (look.verdict === "back") return <StatusTag tone="warn">{t("approval.lookedBack")}</StatusTag>;
  return <StatusTag tone="good">{look.own ? t("approval.lookedOwn") : t("approval.lookedOther")}</StatusTag>;
}

function Cells({ cells }: { cells: ProposedLine["logged"] }) {
  const { t } = useWords();
  const items = FIELDS.map((field) => ({
    label: t(FIELD_WORDS[field]),
    value: <CellView cell={cells[field]} groundLabel={() => t("common.withheld")} />,
  }));
  return <SummaryList items={items} />;
}
