import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { approveHistory, sendBack } from "#app/histories/approve-history.server.ts";
import { getProposal } from "#app/histories/get-proposal.server.ts";
import { FIELDS } from "#app/histories/history.ts";
import { Alert, EmptyState } from "#app/ui/alert.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { CellView } from "#app/ui/cell-view.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { TextArea } from "#app/ui/field.tsx";
import { fieldsOf } from "#app/ui/form.ts";
import { Details, Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Pagination } from "#app/ui/pagination.tsx";
import { SummaryList } from "#app/ui/summary-list.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { askingAgain } from "./asking-again.server.ts";
import { orRejected } from "./desk.cases.$caseId/carry-out.server.ts";
import { FrozenUntil } from "./desk.cases.$caseId/frozen-until.tsx";
import { LineState } from "./desk.cases.$caseId/lines.tsx";
import { FIELD_WORDS } from "./desk.words.ts";
import { attempt } from "./refusal.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "desk.stageProposed" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { caseId = "" } = args.params;
  const page = Number(new URL(args.request.url).searchParams.get("page")) || 1;
  const asked = { caseId, locale: args.context.locale, page };
  const { value: proposal } = await answering(() => attempt(() => getProposal(args.context.portal, actor, asked)));
  // Nothing is proposed any more: the case's own page says where it stands.
  if (!proposal) throw redirect(`/desk/cases/${caseId}`);
  return {
    ...proposal,
    frozenUntil: proposal.frozenUntil?.toISOString() ?? null,
    proposedAt: proposal.proposedAt?.toISOString() ?? null,
  };
}

type ProposalData = Awaited<ReturnType<typeof loader>>;
type ProposedLine = ProposalData["lines"][number];

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const { portal } = args.context;
  const { caseId = "" } = args.params;
  const form = await args.request.formData();
  const text = (name: string) => String(form.get(name) ?? "");
  const act =
    form.get("intent") === "approve"
      ? () => approveHistory(portal, actor, { caseId, digest: text("digest") })
      : () => sendBack(portal, actor, { caseId, remark: text("remark") });
  const rejected = await answering(() => askingAgain(args, form, () => orRejected(act, form)));
  return rejected ?? redirect(`/desk/cases/${caseId}`);
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
      lead={t("desk.approvalLead")}
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
      <Section id="lines" title={t("desk.approvalLines")}>
        {proposal.counts.accepted === 0 ? (
          <EmptyState level={3} title={t("desk.linesNone")}>
            {t("desk.approvalNothing")}
          </EmptyState>
        ) : null}
        {proposal.lines.map((line) => (
          <LineCard key={line.eventId} line={line} />
        ))}
        <Pagination page={proposal.page} pages={proposal.pages} hrefFor={(page) => `?page=${page}`} />
      </Section>
      <Section id="approve" title={t("desk.approveTitle")}>
        {proposal.mayApprove ? (
          <p>{t("desk.approveLead", { pages: proposal.pages })}</p>
        ) : (
          <Alert kind="info">{t("desk.approvalYou")}</Alert>
        )}
        {proposal.mayApprove && !proposal.stale ? (
          <Form method="post">
            <input type="hidden" name="digest" value={proposal.digest} />
            <SubmitButton name="intent" value="approve">
              {t("desk.approve")}
            </SubmitButton>
          </Form>
        ) : null}
      </Section>
      <Section id="send-back" title={t("desk.sendBackTitle")}>
        <Form method="post" noValidate>
          <TextArea label={t("desk.remark")} hint={t("desk.remarkHint")} {...fieldsOf(rejected)("remark")} />
          <SubmitButton name="intent" value="send-back" look="outline">
            {t("desk.sendBack")}
          </SubmitButton>
        </Form>
      </Section>
    </Page>
  );
}

function LineCard({ line }: { line: ProposedLine }) {
  const { t } = useWords();
  const redacted = line.redactions.map((one) => one.field);
  const held = [...(line.released ? [] : [line.decision]), ...line.redactions.map((one) => one.decision)];
  return (
    <Card
      level={3}
      title={t("desk.approvalLine", { number: line.number })}
      status={
        <span>
          <LineState line={{ verdict: "accepted", decision: line.decision, redacted, secret: line.secret }} />
        </span>
      }
    >
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
    </Card>
  );
}

function Cells({ cells }: { cells: ProposedLine["logged"] }) {
  const { t } = useWords();
  const items = FIELDS.map((field) => ({
    label: t(FIELD_WORDS[field]),
    value: <CellView cell={cells[field]} groundLabel={() => t("common.withheld")} />,
  }));
  return <SummaryList items={items} />;
}
