import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { faultSentence } from "#app/feeds/pull/door.ts";
import { watchPortal } from "#app/statistics/watch-portal.server.ts";
import { Alert, EmptyState } from "#app/ui/alert.tsx";
import { daysLeftText } from "#app/ui/deadline-card.tsx";
import { FiguresTable } from "#app/ui/figures-table.tsx";
import { formatDate, formatInstant } from "#app/ui/format.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { SummaryList } from "#app/ui/summary-list.tsx";
import { Table } from "#app/ui/table.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "operator.title" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const state = await answering(() => watchPortal(portal, actor));
  return {
    ...state,
    outside: {
      ...state.outside,
      places: state.outside.places.map(({ id, kind, deliveredNo, deliveredAt, fault }) => ({
        ...{ id, kind, deliveredNo, fault },
        deliveredAt: deliveredAt?.toISOString() ?? null,
      })),
    },
    doors: state.doors.map(({ lookedAt, fault, ...door }) => ({
      ...door,
      lookedAt: lookedAt?.toISOString() ?? null,
      fault: fault === null ? null : faultSentence(fault, locale),
    })),
  };
}

export default function Operator() {
  const { t } = useWords();
  const state = useLoaderData<typeof loader>();
  return (
    <Page title={t("operator.title")} lead={t("operator.lead")} wide>
      <Section id="ledger" title={t("operator.ledgerTitle")}>
        <Ledger ledger={state.ledger} />
      </Section>
      <Section id="outside" title={t("outside.title")}>
        <LedgerOutside {...state.outside} />
      </Section>
      {state.unattended > 0 ? (
        <Alert kind="warning" title={t("operator.unattended", { count: state.unattended })}>
          {t("operator.unattendedHelp")}
        </Alert>
      ) : null}
      {state.stalled.length > 0 ? (
        <Section id="stalled" title={t("walls.stalledTitle")}>
          <Stalled stalled={state.stalled} />
        </Section>
      ) : null}
      <Section id="mail" title={t("operator.mailTitle")}>
        <SummaryList
          items={[
            { label: t("operator.mailWaiting"), value: state.mail.waiting },
            { label: t("operator.mailSent"), value: state.mail.sent },
            { label: t("operator.mailFailing"), value: state.mail.failing },
          ]}
        />
        {state.mail.failing > 0 ? <Alert kind="warning">{t("operator.mailHelp")}</Alert> : null}
      </Section>
      <Section id="jobs" title={t("operator.jobsTitle")}>
        <SummaryList
          items={[
            { label: t("operator.jobsWaiting"), value: state.jobs.waiting },
            { label: t("operator.jobsFailing"), value: state.jobs.failing },
          ]}
        />
      </Section>
      <Section id="figures" title={t("operator.figuresTitle")}>
        <AllFigures figures={state.figures} />
      </Section>
      {state.doors.length > 0 ? (
        <Section id="doors" title={t("operator.doorsTitle")}>
          <Doors doors={state.doors} />
        </Section>
      ) : null}
      <Section id="deliveries" title={t("operator.deliveriesTitle")}>
        <Deliveries deliveries={state.deliveries} />
      </Section>
    </Page>
  );
}

type State = ReturnType<typeof useLoaderData<typeof loader>>;

function Ledger({ ledger }: { ledger: State["ledger"] }) {
  const { t, locale } = useWords();
  if (ledger === null) return <Alert kind="info">{t("outside.notVerified")}</Alert>;
  const at = <p>{t("outside.verifiedAt", { date: formatInstant(ledger.at, UTC, locale) })}</p>;
  if (!ledger.ok) {
    return (
      <>
        <Alert kind="error">{t("operator.ledgerBroken", { seq: ledger.brokenAt ?? 0 })}</Alert>
        {at}
      </>
    );
  }
  return (
    <>
      <Alert kind="success">{t("operator.ledgerHolds", { entries: ledger.entries })}</Alert>
      {ledger.head ? (
        <p>
          {t("operator.ledgerHead", { seq: ledger.head.seq })} <code className="wl-hash">{ledger.head.hash}</code>
        </p>
      ) : null}
      {at}
    </>
  );
}

const LACKS = { clerk: "walls.stalledClerk", supervisor: "walls.stalledSupervisor" } as const;

/** Neither the case's number nor anybody's name: an operator must know that one waits, not which. */
function Stalled({ stalled }: { stalled: State["stalled"] }) {
  const { t, locale } = useWords();
  return (
    <>
      <Alert kind="warning">{t("walls.stalledHelp")}</Alert>
      <Table
        caption={t("walls.stalledTitle")}
        hideCaption
        columns={[
          { id: "agency", label: t("walls.stalledAgency"), rowHeader: true },
          { id: "received", label: t("walls.stalledReceived") },
          { id: "due", label: t("walls.stalledDue") },
          { id: "left", label: t("walls.stalledLeft") },
          { id: "lacks", label: t("walls.stalledLacks") },
        ]}
        rows={stalled.map(({ agency, receivedOn, due, left, lacks }, index) => ({
          id: `${index}`,
          strong: left < 0,
          cells: {
            agency,
            received: formatDate(receivedOn, locale),
            due: formatDate(due.slice(0, 10), locale),
            left: daysLeftText(left, t),
            lacks: lacks.map((duty) => t(LACKS[duty])).join(", "),
          },
        }))}
      />
    </>
  );
}

/** Checkpoints come every hour and carry UTC. */
const UTC = "UTC";

function LedgerOutside({ apart, newest, places }: State["outside"]) {
  const { t, locale } = useWords();
  return (
    <>
      <Alert kind={apart ? "success" : "warning"}>{t(apart ? "outside.apart" : "outside.notApart")}</Alert>
      {places.length < 2 ? <Alert kind="warning">{t("outside.tooFew", { count: places.length })}</Alert> : null}
      {places.length === 0 ? null : (
        <Table
          caption={t("outside.title")}
          hideCaption
          columns={[
            { id: "place", label: t("outside.place"), rowHeader: true },
            { id: "kind", label: t("outside.kind") },
            { id: "has", label: t("outside.has") },
            { id: "since", label: t("outside.since") },
            { id: "state", label: t("outside.state") },
          ]}
          rows={places.map(({ id, kind, deliveredNo, deliveredAt, fault }) => ({
            id,
            strong: fault !== null,
            cells: {
              place: <code>{id.slice(0, 8)}</code>,
              kind: t(`outside.${kind}`),
              has: deliveredNo === 0 ? t("outside.none") : deliveredNo,
              since: deliveredAt === null ? "" : formatInstant(deliveredAt, UTC, locale),
              state: <PlaceState fault={fault} behind={deliveredNo < newest} newest={newest} />,
            },
          }))}
        />
      )}
    </>
  );
}

function PlaceState({ fault, behind, newest }: { fault: string | null; behind: boolean; newest: number }) {
  const { t } = useWords();
  if (fault !== null) return <StatusTag tone="bad">{t("outside.fault", { code: fault })}</StatusTag>;
  return (
    <StatusTag tone={behind ? "warn" : "good"}>
      {behind ? t("outside.behind", { newest }) : t("outside.well")}
    </StatusTag>
  );
}

function AllFigures({ figures }: { figures: State["figures"] }) {
  const { t } = useWords();
  return (
    <FiguresTable
      caption={t("operator.figuresTitle")}
      hideCaption
      of={t("figures.agency")}
      rows={[
        { id: "all", name: t("figures.allAgencies"), figures: figures.total },
        ...figures.agencies.map(({ id, name, total }) => ({ id, name, figures: total })),
      ]}
    />
  );
}

function Doors({ doors }: { doors: State["doors"] }) {
  const { t, locale } = useWords();
  return (
    <Table
      caption={t("operator.doorsTitle")}
      hideCaption
      columns={[
        { id: "agency", label: t("operator.agency"), rowHeader: true },
        { id: "system", label: t("operator.doorSystem") },
        { id: "kind", label: t("operator.doorKind") },
        { id: "looked", label: t("operator.doorLooked") },
        { id: "state", label: t("operator.doorState") },
      ]}
      rows={doors.map(({ id, agency, system, zone, kind, lookedAt, fault }) => ({
        id,
        strong: fault !== null,
        cells: {
          agency,
          system,
          kind: t(kind === "folder" ? "operator.doorFolder" : "operator.doorSftp"),
          looked: lookedAt === null ? t("operator.doorNever") : formatInstant(lookedAt, zone, locale),
          state: <StatusTag tone={fault === null ? "good" : "bad"}>{fault ?? t("operator.doorWell")}</StatusTag>,
        },
      }))}
    />
  );
}

function Deliveries({ deliveries }: { deliveries: State["deliveries"] }) {
  const { t } = useWords();
  if (deliveries.length === 0) {
    return (
      <EmptyState title={t("operator.nothingYet")} level={3}>
        {t("operator.nothingYetHelp")}
      </EmptyState>
    );
  }
  return (
    <Table
      caption={t("operator.deliveriesTitle")}
      hideCaption
      columns={[
        { id: "agency", label: t("operator.agency"), rowHeader: true },
        { id: "batches", label: t("operator.batches"), numeric: true },
        { id: "rows", label: t("operator.rows"), numeric: true },
        { id: "refused", label: t("operator.refused"), numeric: true },
        { id: "unfinished", label: t("operator.unfinished"), numeric: true },
        { id: "quarantined", label: t("operator.quarantined"), numeric: true },
      ]}
      rows={deliveries.map((delivery) => ({ id: delivery.agency, cells: delivery, strong: delivery.quarantined > 0 }))}
    />
  );
}
