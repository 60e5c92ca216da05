import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import type { Stage } from "#app/requests/case.ts";
import { listMyRequests } from "#app/requests/my-requests.server.ts";
import { EmptyState } from "#app/ui/alert.tsx";
import { ButtonLink } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { daysLeftText } from "#app/ui/deadline-card.tsx";
import { formatDate, formatInstant, formatMoment } from "#app/ui/format.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Table } from "#app/ui/table.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { STAGE_WORDS } from "./request.stage.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "request.myTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const requests = await answering(() => listMyRequests(args.context.portal, actor));
  return requests.map((request) => ({
    id: request.id,
    number: request.number,
    startedAt: request.startedAt.toISOString(),
    savedAt: request.savedAt.toISOString(),
    filedAt: request.filedAt?.toISOString() ?? null,
    next: request.next,
    cases: request.cases.map(({ id, agency, stage, phase, due, daysLeft, overdue, promised }) => ({
      id,
      agency,
      stage,
      phase,
      due,
      daysLeft,
      overdue,
      promised,
    })),
  }));
}

type Mine = Awaited<ReturnType<typeof loader>>[number];

/** Where a day or an hour is shown before any agency is chosen: the state's own zone. */
const ZONE = "America/Los_Angeles";

export default function MyRequests() {
  const { t } = useWords();
  const requests = useLoaderData<typeof loader>();
  const start = <ButtonLink to="/request/new">{t("request.myStart")}</ButtonLink>;
  return (
    <Page title={t("request.myTitle")}>
      {requests.length === 0 ? (
        <EmptyState title={t("request.myEmpty")} action={start}>
          {t("request.myEmptyText")}
        </EmptyState>
      ) : (
        <>
          <p>{start}</p>
          <p>
            <Link className="usa-link" to="/complaint">
              {t("complaint.listTitle")}
            </Link>
            <br />
            <Link className="usa-link" to="/representing">
              {t("representatives.actedTitle")}
            </Link>
          </p>
          {requests.map((request) =>
            request.number === null ? (
              <DraftCard key={request.id} request={request} />
            ) : (
              <FiledCard key={request.id} request={request} number={request.number} />
            ),
          )}
        </>
      )}
      <p>
        <Link className="usa-link" to="/contact">
          {t("request.myContact")}
        </Link>
      </p>
    </Page>
  );
}

function DraftCard({ request }: { request: Mine }) {
  const { t, locale } = useWords();
  return (
    <Card
      title={t("request.myDraftTitle", { date: formatInstant(request.startedAt, ZONE, locale) })}
      status={<StatusTag tone="warn">{t("request.myDraft")}</StatusTag>}
      foot={
        <ButtonLink to={`/request/${request.id}/${request.next ?? "you"}`} look="outline">
          {t("request.myResume")}
        </ButtonLink>
      }
    >
      <p>{t("request.myDraftSaved", { date: formatInstant(request.savedAt, ZONE, locale) })}</p>
    </Card>
  );
}

function FiledCard({ request, number }: { request: Mine; number: string }) {
  const { t, locale } = useWords();
  const zone = request.cases[0]?.agency.zone ?? ZONE;
  return (
    <Card
      title={t("request.filedTitle", { number })}
      to={`/request/${request.id}`}
      status={
        <span>{t("request.mySent", { date: formatInstant(request.filedAt ?? request.savedAt, zone, locale) })}</span>
      }
      foot={
        <ButtonLink to={`/request/${request.id}`} look="outline">
          {t("request.myOpen", { number })}
        </ButtonLink>
      }
    >
      <Table
        caption={t("request.myCases", { number })}
        hideCaption
        columns={[
          { id: "agency", label: t("request.myAgency"), rowHeader: true },
          { id: "stage", label: t("request.myStage") },
          { id: "due", label: t("request.myDue") },
        ]}
        rows={request.cases.map((one) => ({
          id: one.id,
          cells: {
            agency: one.agency.name,
            stage: <Standing one={one} />,
            due: <Due one={one} />,
          },
        }))}
      />
    </Card>
  );
}

function Due({ one }: { one: Mine["cases"][number] }) {
  const { t, locale } = useWords();
  const due = formatDate(one.due, locale);
  if (one.daysLeft !== null) return <>{`${due} (${daysLeftText(one.daysLeft, t)})`}</>;
  return (
    <>
      {due} {one.overdue ? <StatusTag tone="bad">{t("request.answeredLateTag")}</StatusTag> : null}
    </>
  );
}

function Standing({ one: { promised, phase, stage } }: { one: Mine["cases"][number] }) {
  const { t, locale } = useWords();
  if (phase === "done" && stage !== "released") return <StatusTag tone="info">{t("request.stageRefused")}</StatusTag>;
  if (promised === null) return <StageTag stage={stage} />;
  return (
    <>
      <StatusTag tone="info">{t("request.stagePromised")}</StatusTag>{" "}
      {t("request.myPromised", { date: formatMoment(promised, locale) })}
    </>
  );
}

function StageTag({ stage }: { stage: Stage }) {
  const { t } = useWords();
  return <StatusTag tone={stage === "released" ? "good" : "info"}>{t(STAGE_WORDS[stage])}</StatusTag>;
}
