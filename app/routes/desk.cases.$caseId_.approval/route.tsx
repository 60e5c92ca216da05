import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { Alert, EmptyState } from "#app/ui/alert.tsx";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { TextArea } from "#app/ui/field.tsx";
import { fieldsOf, type RejectedForm } from "#app/ui/form.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Pagination } from "#app/ui/pagination.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { askingAgain } from "../asking-again.server.ts";
import { FrozenUntil } from "../desk.cases.$caseId/frozen-until.tsx";
import { answering, requireActor } from "../respond.server.ts";
import { act } from "./act.server.ts";
import { Changes } from "./changes.tsx";
import { LineCard } from "./line-card.tsx";
import { loadProposal, type ProposalData } from "./load-proposal.server.ts";
import { SampleSection } from "./sample.tsx";

export const meta = pageTitle({ key: "desk.stageProposed" });

export const loader = (args: LoaderFunctionArgs) => loadProposal(args);

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const { caseId = "" } = args.params;
  const form = await args.request.formData();
  const result = await answering(() => askingAgain(args, form, () => act(args.context.portal, actor, caseId, form)));
  if (!("done" in result)) return result;
  const { search } = new URL(args.request.url);
  throw redirect(result.done === "looked" ? `/desk/cases/${caseId}/approval${search}` : `/desk/cases/${caseId}`);
}

/** What a supervisor approves or sends back: line by line what goes out, what does not, and why. */
export default function Approval() {
  const { t } = useWords();
  const proposal = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  return (
    <Page
      title={t("desk.approvalTitle", { number: proposal.number })}
      kicker={proposal.agencyName}
      lead={t("approval.lead")}
      back={{ to: `/desk/cases/${proposal.caseId}`, label: t("desk.backToCase") }}
      wide
    >
      <ErrorSummary issues={rejected?.issues} />
      <FrozenUntil until={proposal.frozenUntil} zone={proposal.zone} />
      {proposal.stale ? <Alert kind="warning">{t("desk.approvalStale")}</Alert> : null}
      <p>
        {t("desk.countsFound", { count: proposal.counts.found })};{" "}
        {t("desk.countsDisclosed", { count: proposal.counts.disclosed })};{" "}
        {t("desk.countsWithheld", { count: proposal.counts.withheld })};{" "}
        {t("desk.countsDeferred", { count: proposal.counts.deferred })}.
      </p>
      {proposal.changes.map((changed) => (
        <Changes key={changed.since} changed={changed} zone={proposal.zone} />
      ))}
      {proposal.stale ? null : <SampleSection proposal={proposal} />}
      <Lines proposal={proposal} rejected={rejected} />
      <Approve proposal={proposal} />
      <SendBack proposal={proposal} rejected={rejected} />
    </Page>
  );
}

function Lines({ proposal, rejected }: { proposal: ProposalData; rejected: RejectedForm | undefined }) {
  const { t } = useWords();
  const { lines, sample, show } = proposal;
  const saved = Object.fromEntries(
    lines.flatMap(({ eventId, look }) =>
      look?.own
        ? [
            [`look-${eventId}`, look.verdict],
            [`remark-${eventId}`, look.remark ?? ""],
          ]
        : [],
    ),
  );
  const field = fieldsOf(rejected, saved);
  return (
    <Section id="lines" title={t("desk.approvalLines")}>
      {proposal.counts.accepted === 0 ? (
        <EmptyState level={3} title={t("desk.linesNone")}>
          {t("desk.approvalNothing")}
        </EmptyState>
      ) : null}
      {lines.length > 0 ? (
        <Form method="post" noValidate>
          <input type="hidden" name="digest" value={proposal.digest} />
          {lines.map((line) => (
            <LineCard key={line.eventId} line={line} field={field} />
          ))}
          <Buttons>
            <SubmitButton name="intent" value="look">
              {t("approval.save")}
            </SubmitButton>
            <SubmitButton name="intent" value="agree-rest" look="outline">
              {t("approval.agreeRest")}
            </SubmitButton>
          </Buttons>
        </Form>
      ) : null}
      <Pagination
        page={proposal.page}
        pages={proposal.pages}
        hrefFor={(page) => `?show=${show}&size=${sample.drawn}&page=${page}`}
      />
    </Section>
  );
}

function Approve({ proposal }: { proposal: ProposalData }) {
  const { t } = useWords();
  const { sample } = proposal;
  if (!proposal.mayApprove) {
    return (
      <Section id="approve" title={t("desk.approveTitle")}>
        <Alert kind="info">{t("desk.approvalYou")}</Alert>
      </Section>
    );
  }
  return (
    <Section id="approve" title={t("desk.approveTitle")}>
      <p>
        {t("approval.approveSample", { lines: sample.lines, sample: sample.always + sample.drawn })}{" "}
        {t("approval.approveLead")}
      </p>
      {sample.left > 0 || sample.back > 0 ? <p>{t("approval.notYet")}</p> : null}
      {proposal.stale ? null : (
        <Form method="post">
          <input type="hidden" name="digest" value={proposal.digest} />
          <input type="hidden" name="drawn" value={sample.drawn} />
          <SubmitButton name="intent" value="approve">
            {t("desk.approve")}
          </SubmitButton>
        </Form>
      )}
    </Section>
  );
}

function SendBack({ proposal, rejected }: { proposal: ProposalData; rejected: RejectedForm | undefined }) {
  const { t } = useWords();
  const { back } = proposal.sample;
  return (
    <Section id="send-back" title={t("desk.sendBackTitle")}>
      {back > 0 ? <p>{t("approval.sendBackRemarks", { count: back })}</p> : null}
      <Form method="post" noValidate>
        <TextArea
          label={back > 0 ? t("approval.sendBackWhole") : t("desk.remark")}
          hint={t("desk.remarkHint")}
          optional={back > 0}
          {...fieldsOf(rejected)("remark")}
        />
        <SubmitButton name="intent" value="send-back" look="outline">
          {t("desk.sendBack")}
        </SubmitButton>
      </Form>
    </Section>
  );
}
