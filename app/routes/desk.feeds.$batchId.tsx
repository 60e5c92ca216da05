import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { openQuarantineRow } from "#app/feeds/list-quarantine.server.ts";
import { acceptedHeaders, reasonSentence, refusalSentence } from "#app/feeds/problem.ts";
import { NotFound } from "#app/platform/failure.ts";
import { Alert } from "#app/ui/alert.tsx";
import { ButtonLink, SubmitButton } from "#app/ui/button.tsx";
import { formatInstant, formatNumber, formatPeriod } from "#app/ui/format.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { SummaryList } from "#app/ui/summary-list.tsx";
import { Table } from "#app/ui/table.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { getOwnBatch } from "./desk.feeds.server.ts";
import { BATCH_STATES, logPath, MOST_ROWS } from "./desk.feeds.states.ts";
import { daysWords, latenessWords, viaWords } from "./desk.feeds.words.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "feeds.oneTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { locale, portal } = args.context;
  const { batchId = "" } = args.params;
  const { slugs, agency, custody, profile, batch, quarantine } = await answering(() =>
    getOwnBatch(portal, actor, batchId),
  );
  const headers = profile ? acceptedHeaders(profile) : "";
  return {
    ...batch,
    receivedAt: batch.receivedAt.toISOString(),
    refusal: batch.refusal === null ? null : refusalSentence(batch.refusal, locale, headers),
    format: profile?.about[locale] ?? batch.profile,
    log: logPath(slugs),
    system: custody.system.name,
    agency: agency.name,
    zone: agency.zone,
    quarantine: quarantine.map(({ id, row, reason }) => ({ id, row, reason: reasonSentence(reason, locale) })),
  };
}

/** Opens one waiting row. By POST, so that looking is an act of its own and its text stands in no address. */
export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const { portal } = args.context;
  const { batchId = "" } = args.params;
  const asked = (await args.request.formData()).get("row");
  return answering(async () => {
    const { slugs, quarantine } = await getOwnBatch(portal, actor, batchId);
    const waiting = quarantine.find((row) => row.id === asked);
    if (!waiting) throw new NotFound("row");
    const { id, row, text, bytes, complete } = await openQuarantineRow(portal, actor, {
      ...slugs,
      quarantineId: waiting.id,
    });
    return { id, row, text, bytes, complete };
  });
}

type Batch = Awaited<ReturnType<typeof loader>>;

/** One delivery: what became of each of its rows. */
export default function BatchPage() {
  const words = useWords();
  const { t, locale } = words;
  const batch = useLoaderData<typeof loader>();
  const opened = useActionData<typeof action>();
  const number = (value: number) => formatNumber(value, locale);
  return (
    <Page
      title={t("feeds.batchTitle", { date: formatInstant(batch.receivedAt, batch.zone, locale) })}
      kicker={t("feeds.log", { system: batch.system, agency: batch.agency })}
      back={{ to: batch.log, label: t("feeds.log", { system: batch.system, agency: batch.agency }) }}
      wide
    >
      <Outcome batch={batch} />
      <Contradictions batch={batch} />
      <SummaryList
        items={[
          {
            label: t("feeds.state"),
            value: <StatusTag tone={BATCH_STATES[batch.state].tone}>{t(BATCH_STATES[batch.state].words)}</StatusTag>,
          },
          {
            label: t("feeds.format"),
            value: `${batch.format} (${t("feedsLog.version", { version: batch.profileVersion })})`,
          },
          { label: t("feedsLog.via"), value: viaWords(words, batch.via) },
          { label: t("feedsLog.number"), value: batch.sequenceNo ?? "" },
          { label: t("feedsLog.lateness"), value: latenessWords(words, batch) },
          { label: t("feeds.size"), value: t("feeds.bytes", { bytes: number(batch.bytes) }) },
          {
            label: t("feeds.days"),
            value: daysWords(words, batch),
          },
          { label: t("feeds.rows"), value: number(batch.rows) },
          { label: t("feeds.stored"), value: number(batch.stored) },
          { label: t("feeds.duplicates"), value: number(batch.duplicates) },
          { label: t("feeds.quarantined"), value: number(batch.quarantined) },
          { label: t("feedsLog.discarded"), value: number(batch.discarded) },
        ]}
      />
      {opened ? (
        <Section id="opened" title={t("feeds.opened", { row: opened.row })}>
          <pre className="wl-raw">{opened.text}</pre>
          {opened.complete ? null : <p>{t("feeds.openedCut", { bytes: number(opened.bytes) })}</p>}
        </Section>
      ) : null}
      <Section id="quarantine" title={t("feeds.quarantine")}>
        {batch.quarantine.length === 0 ? (
          <p>{t("feeds.quarantineNone")}</p>
        ) : (
          <>
            <p>
              <ButtonLink look="outline" to={`${batch.log}/quarantine?batch=${batch.id}`}>
                {t("feedsLog.work")}
              </ButtonLink>
            </p>
            <Waiting rows={batch.quarantine} />
          </>
        )}
      </Section>
    </Page>
  );
}

/** Where the file and its sender do not say the same, or the file is not as it says. */
function Contradictions({ batch }: { batch: Batch }) {
  const words = useWords();
  const { t, locale } = words;
  if (batch.contradictions.length === 0) return null;
  const number = (value: number) => formatNumber(value, locale);
  const period = (days: { from: string; to: string }) => formatPeriod(days, locale, t("common.to"));
  return (
    <Alert kind="warning" title={t("feeds.against")}>
      <ul className="usa-list">
        {batch.contradictions.map((one) => (
          <li key={one.about}>
            {one.about === "rows"
              ? t("feeds.againstRows", { said: number(one.said), counts: number(one.counts) })
              : one.about === "sequenceNo"
                ? t("feeds.againstNumber", { said: one.said, counts: one.counts })
                : t("feeds.againstPeriod", { said: period(one.said), counts: period(one.counts) })}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function Outcome({ batch }: { batch: Batch }) {
  const { t, locale } = useWords();
  const number = (value: number) => formatNumber(value, locale);
  if (batch.refusal !== null) {
    return (
      <Alert kind="error" title={t("feeds.batchRefused")}>
        {batch.refusal}
      </Alert>
    );
  }
  if (batch.state === "unfinished") return <Alert kind="warning">{t("feeds.unfinishedText")}</Alert>;
  return (
    <Alert kind="success" title={t("feeds.batchDone")}>
      {t("feeds.batchDoneText", {
        rows: number(batch.rows),
        stored: number(batch.stored),
        duplicates: number(batch.duplicates),
        quarantined: number(batch.quarantined),
      })}
    </Alert>
  );
}

function Waiting({ rows }: { rows: Batch["quarantine"] }) {
  const { t } = useWords();
  return (
    <>
      <p>{t("feeds.quarantineLead")}</p>
      {rows.length < MOST_ROWS ? null : <p>{t("feeds.more", { shown: rows.length })}</p>}
      <Table
        caption={t("feeds.quarantine")}
        hideCaption
        columns={[
          { id: "row", label: t("feeds.row"), rowHeader: true },
          { id: "reason", label: t("feeds.reason") },
          { id: "open", label: t("feeds.openColumn") },
        ]}
        rows={rows.map((row) => ({
          id: row.id,
          cells: {
            row: row.row,
            reason: row.reason,
            open: (
              <Form method="post" preventScrollReset>
                <input type="hidden" name="row" value={row.id} />
                <SubmitButton look="quiet">{t("feeds.open", { row: row.row })}</SubmitButton>
              </Form>
            ),
          },
        }))}
      />
    </>
  );
}
