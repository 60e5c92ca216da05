import { Form } from "@remix-run/react";
import type { Cells } from "#app/histories/cells.ts";
import { LINE } from "#app/histories/decision.ts";
import type { ProposalGroupView, ProposalView } from "#app/histories/desk-notes.server.ts";
import type { DecisionView } from "#app/histories/get-desk.server.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { formatDate } from "#app/ui/format.ts";
import { Details, Section } from "#app/ui/page.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { FIELD_WORDS } from "../desk.words.ts";

/** Buttons that stand inside another form send this one: none of them is pressed by the Enter key over there. */
const FORM = "proposals-form";

/** The groups of equal proposals, and the form that sends what is accepted. Stands outside every other form. */
export function Proposals(props: { caseId: string; groups: readonly ProposalGroupView[]; mayDecide: boolean }) {
  const { t } = useWords();
  if (props.groups.length === 0) return null;
  return (
    <Section id="proposals" title={t("proposals.title")}>
      <p>{t("proposals.lead")}</p>
      {props.mayDecide ? <ProposalsForm caseId={props.caseId} /> : null}
      <ul className="usa-list usa-list--unstyled">
        {props.groups.map((group) => (
          <li key={group.key}>
            <Said proposal={group} />
            <p>{group.why}</p>
            {props.mayDecide ? <AcceptGroup group={group} /> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Where what is accepted is sent to, on whichever page the buttons stand. */
export function ProposalsForm({ caseId }: { caseId: string }) {
  return (
    <Form id={FORM} method="post" action={`/desk/cases/${caseId}`} noValidate>
      <input type="hidden" name="intent" value="accept-proposal" />
    </Form>
  );
}

function AcceptGroup({ group }: { group: ProposalGroupView }) {
  const { t } = useWords();
  if (group.needsJudgement && group.lines > 1) return <p className="usa-hint">{t("proposals.judgement")}</p>;
  return (
    <SubmitButton form={FORM} name="proposal" value={`|${group.key}`} look="outline">
      {t("proposals.acceptAll", { count: group.lines })}
      <span className="usa-sr-only"> {group.name}</span>
    </SubmitButton>
  );
}

interface ProposedLine {
  readonly eventId: string;
  readonly cells: Cells;
  readonly proposals: readonly ProposalView[];
}

/** What rules propose of one line, each with the button that takes it over. */
export function LineProposals({ line, mayDecide }: { line: ProposedLine; mayDecide: boolean }) {
  const { t } = useWords();
  const at = line.cells.at.kind === "shown" ? line.cells.at.text : "";
  return (
    <>
      {line.proposals.map((proposal) => (
        <div key={proposal.key}>
          <Details summary={<Said proposal={proposal} />}>
            <p>{proposal.why}</p>
            <p className="wl-fine">{t("proposals.rule", { rule: proposal.rule, version: proposal.version })}</p>
          </Details>
          {mayDecide ? (
            <SubmitButton form={FORM} name="proposal" value={`${line.eventId}|${proposal.key}`} look="quiet">
              {t("proposals.accept")} <span className="usa-sr-only">{t("proposals.acceptLine", { at })}</span>
            </SubmitButton>
          ) : null}
        </div>
      ))}
    </>
  );
}

function Said({ proposal }: { proposal: ProposalView | ProposalGroupView }) {
  const { t } = useWords();
  return (
    <>
      <StatusTag tone="info">
        <Outcome proposal={proposal} />
      </StatusTag>{" "}
      {proposal.name}
      {proposal.cite === null ? null : (
        <>
          {" "}
          <span className="wl-cite">{proposal.cite}</span>
        </>
      )}
      {"lines" in proposal ? ` (${t("proposals.lines", { count: proposal.lines })})` : null}
    </>
  );
}

function Outcome({ proposal: { outcome, field, reviewOn } }: { proposal: ProposalView }) {
  const { t, locale } = useWords();
  if (outcome === "redact" && field !== LINE) {
    return <>{t("proposals.redact", { field: t(FIELD_WORDS[field]).toLowerCase() })}</>;
  }
  if (outcome === "defer") return <>{t("proposals.defer", { date: formatDate(reviewOn ?? "", locale) })}</>;
  return <>{t(outcome === "withhold" ? "proposals.withhold" : "proposals.disclose")}</>;
}

/** On which rule a decision rests, where one proposed it. */
export function RestsOn({ decision }: { decision: DecisionView | null }) {
  const { t } = useWords();
  if (!decision?.rests) return null;
  return <p className="wl-fine">{t("proposals.rests", decision.rests)}</p>;
}
