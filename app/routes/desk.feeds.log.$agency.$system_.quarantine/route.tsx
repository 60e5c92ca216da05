import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { Alert, EmptyState } from "#app/ui/alert.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { Details, Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { logPath, slugsOf } from "../desk.feeds.states.ts";
import { answering, requireActor } from "../respond.server.ts";
import { carryOut } from "./act.server.ts";
import { Discarded } from "./discarded.tsx";
import { Groups } from "./groups.tsx";
import { loadQuarantine } from "./load-quarantine.server.ts";
import { Opened } from "./opened.tsx";
import { ReplayForm } from "./replay-form.tsx";
import { ReplayProgress } from "./replay-progress.tsx";
import { Rows } from "./rows.tsx";

export const meta = pageTitle({ key: "feedsQuarantine.title" });

export const loader = loadQuarantine;

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const slugs = slugsOf(args.params);
  const form = await args.request.formData();
  const outcome = await answering(() => carryOut(args.context.portal, actor, slugs, form));
  if ("done" in outcome) {
    const count = outcome.count === undefined ? "" : `&count=${outcome.count}`;
    throw redirect(`${logPath(slugs)}/quarantine?done=${outcome.done}${count}`);
  }
  return outcome;
}

/** The rows that could not be read, and what can be done about them. */
export default function Quarantine() {
  const { t } = useWords();
  const quarantine = useLoaderData<typeof loader>();
  const outcome = useActionData<typeof action>();
  const { path, groups, filter } = quarantine;
  return (
    <Page
      title={t("feedsQuarantine.title")}
      kicker={t("feeds.log", { system: quarantine.system, agency: quarantine.agency })}
      lead={t("feedsQuarantine.lead")}
      back={{ to: path, label: t("feedsLog.title") }}
      wide
    >
      <ErrorSummary issues={outcome?.rejected?.issues} />
      {outcome ? null : <Done />}
      {outcome?.replayed ? <ReplayResult replayed={outcome.replayed} /> : null}
      <ReplayProgress quarantine={quarantine} />
      {outcome?.opened ? <Opened row={outcome.opened} rejected={outcome.rejected ?? undefined} /> : null}
      <Details summary={t("feedsQuarantine.howTitle")}>
        <p>{t("feedsQuarantine.howProfile")}</p>
        <p>{t("feedsQuarantine.howDiscard")}</p>
      </Details>
      {groups.length === 0 ? (
        <EmptyState title={t("feedsQuarantine.none")}>{t("feedsQuarantine.noneText")}</EmptyState>
      ) : (
        <>
          <Section id="groups" title={t("feedsQuarantine.groups")}>
            <Groups groups={groups} path={path} />
          </Section>
          <Section id="rows" title={t("feedsQuarantine.rowsTitle")}>
            {filter.reason !== undefined || filter.batchId !== undefined ? (
              <p>
                {t(filter.batchId === undefined ? "feedsQuarantine.rowsOfReason" : "feedsQuarantine.rowsOfBatch")}{" "}
                <Link className="usa-link" to={`${path}/quarantine`}>
                  {t("feedsQuarantine.showAll")}
                </Link>
              </p>
            ) : null}
            {filter.batchId === undefined ? null : (
              <ReplayForm fields={{ batch: filter.batchId }}>{t("feedsQuarantine.replayBatch")}</ReplayForm>
            )}
            <Rows quarantine={quarantine} />
          </Section>
        </>
      )}
      <Section id="discarded" title={t("feedsQuarantine.discardedTitle")}>
        <Discarded quarantine={quarantine} />
      </Section>
    </Page>
  );
}

function Done() {
  const { t } = useWords();
  const [search] = useSearchParams();
  const count = Number(search.get("count") ?? "0");
  const sentences: Readonly<Record<string, string>> = {
    discarded: t("feedsQuarantine.doneDiscarded"),
    "discarded-all": t("feedsQuarantine.doneDiscardedAll", { count: Number.isInteger(count) ? count : 0 }),
    "put-back": t("feedsQuarantine.donePutBack"),
  };
  const done = search.get("done") ?? "";
  const sentence = Object.hasOwn(sentences, done) ? sentences[done] : undefined;
  if (sentence === undefined) return null;
  return (
    <Alert kind="success" live>
      {sentence}
    </Alert>
  );
}

type Replayed = NonNullable<NonNullable<ReturnType<typeof useActionData<typeof action>>>["replayed"]>;

function ReplayResult({ replayed }: { replayed: Replayed }) {
  const { t, locale } = useWords();
  const { stored, duplicates, waiting } = replayed;
  const number = (value: number) => formatNumber(value, locale);
  return (
    <Alert kind={waiting > 0 ? "info" : "success"} title={t("feedsQuarantine.replayed")} live>
      {t("feedsQuarantine.replayedText", {
        stored: number(stored),
        duplicates: number(duplicates),
        waiting: number(waiting),
      })}
    </Alert>
  );
}
