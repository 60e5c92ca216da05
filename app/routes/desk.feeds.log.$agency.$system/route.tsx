import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import { Alert } from "#app/ui/alert.tsx";
import { ButtonLink, Buttons } from "#app/ui/button.tsx";
import { CoverageCalendar } from "#app/ui/coverage-calendar.tsx";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { WordKey } from "#app/ui/words/words.ts";
import { Batches } from "./batches.tsx";
import { Gaps } from "./gaps.tsx";
import { type LogData, loadLog } from "./load-log.server.ts";
import { Promises } from "./promises.tsx";
import { Standing } from "./standing.tsx";
import { QuarantineGroups } from "./waiting.tsx";

export const meta = pageTitle({ key: "feedsLog.title" });

export const loader = loadLog;

const DONE: Readonly<Record<string, WordKey>> = {
  promise: "feedsLog.promiseSaved",
  reminder: "feedsLog.remindSent",
  profile: "feedsProfile.saved",
};

/** One log: how it stands, its days, its gaps, its deliveries, and what was promised of it. */
export default function LogPage() {
  const { t, say } = useWords();
  const log = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  const done = DONE[search.get("done") ?? ""];
  return (
    <Page
      title={t("feeds.log", { system: log.system, agency: log.agency })}
      kicker={t("feedsLog.title")}
      lead={t("feedsLog.lead")}
      back={{ to: "/desk/feeds", label: t("feeds.title") }}
      wide
    >
      {done === undefined ? null : (
        <Alert kind="success" live>
          {say({ key: done })}
        </Alert>
      )}
      <Section id="standing" title={t("feedsLog.standing")}>
        <Standing log={log} />
        {log.mayRemind ? (
          <Buttons>
            <ButtonLink look="outline" to={`${log.path}/remind`}>
              {t("feedsLog.remind")}
            </ButtonLink>
          </Buttons>
        ) : null}
      </Section>
      <Section id="calendar" title={t("feedsLog.calendar")}>
        <Years log={log} />
        <CoverageCalendar year={log.year} runs={log.calendar} />
      </Section>
      <Section id="gaps" title={t("feedsLog.gapsTitle")}>
        <Gaps log={log} />
      </Section>
      {log.quarantine === null ? null : (
        <Section id="quarantine" title={t("feedsLog.quarantine")}>
          <QuarantineGroups groups={log.quarantine} path={log.path} />
        </Section>
      )}
      <Section id="batches" title={t("feedsLog.batches")}>
        <ReadBy log={log} />
        <Batches log={log} />
      </Section>
      <Section id="promise" title={t("feedsLog.promise")}>
        <Promises log={log} />
      </Section>
    </Page>
  );
}

function ReadBy({ log }: { log: LogData }) {
  const { t } = useWords();
  return (
    <>
      <p>{log.profile === null ? t("feedsProfile.currentNone") : t("feedsProfile.readBy", { profile: log.profile })}</p>
      {log.mayMend || log.keysPath !== null ? (
        <Buttons>
          {log.mayMend ? (
            <ButtonLink look="outline" to={`${log.path}/profile`}>
              {t("feedsProfile.make")}
            </ButtonLink>
          ) : null}
          {log.keysPath === null ? null : (
            <ButtonLink look="outline" to={log.keysPath}>
              {t("feedsKeys.manage")}
            </ButtonLink>
          )}
        </Buttons>
      ) : null}
    </>
  );
}

function Years({ log }: { log: LogData }) {
  const { t } = useWords();
  if (log.years.length < 2) return null;
  return (
    <nav aria-label={t("feedsLog.years")}>
      <ul className="wl-years">
        {log.years.map((year) => (
          <li key={year}>
            <Link
              className={year === log.year ? "usa-button" : "usa-button usa-button--outline"}
              to={`${log.path}?year=${year}`}
              aria-current={year === log.year ? "page" : undefined}
              preventScrollReset
            >
              {year}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
