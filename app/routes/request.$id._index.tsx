import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { listReleases } from "#app/histories/queries.server.ts";
import { firstComplaintDay } from "#app/law/clock.ts";
import { daysBetween } from "#app/law/local-date.ts";
import { sayStep } from "#app/law/step.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { getRequestForResident, type MyCase } from "#app/requests/my-requests.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { ButtonLink } from "#app/ui/button.tsx";
import { DeadlineCard } from "#app/ui/deadline-card.tsx";
import { formatInstant } from "#app/ui/format.ts";
import type { Locale } from "#app/ui/locale.ts";
import { Details, Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { StatusTag } from "#app/ui/tag.tsx";
import { Timeline, type TimelineEntry } from "#app/ui/timeline.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { Words } from "#app/ui/words/words.ts";
import { AnswerList } from "./request.$id.$section/check-answers.tsx";
import { STAGE_WORDS } from "./request.stage.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "request.oneTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const { id = "" } = args.params;
  const request = await answering(() => getRequestForResident(portal, actor, id));
  // A draft's first page sends on to wherever its resident stopped.
  if (!request) throw redirect(`/request/${id}/check`);
  const { number, answers, filedAt, email } = request;
  const cases = await Promise.all(request.cases.map((one) => caseOf(portal, one, locale)));
  return { id: request.id, number, filedAt: filedAt.toISOString(), answers, email, cases };
}

/** A case as the page shows it, with the law in the reader's language. */
async function caseOf(portal: Portal, one: MyCase, locale: Locale) {
  const { clock, rule } = one;
  const releases = await listReleases(portal, one.id);
  return {
    id: one.id,
    number: one.number,
    agency: one.agency,
    stage: one.stage,
    receivedOn: one.receivedOn,
    due: one.due,
    daysLeft: one.daysLeft,
    overdue: one.overdue,
    cite: clock.cite,
    act: rule.act[locale],
    silence: rule.silence?.words[locale] ?? null,
    extendedOn: clock.extendedOn,
    stoppedSince: clock.stoppedSince,
    answeredOn: clock.answeredOn,
    /** Days by which the answer came too late; null when it did not, or is not there. */
    lateBy: clock.answeredOn !== null && one.overdue ? daysBetween(one.due, clock.answeredOn) : null,
    complainFrom: firstComplaintDay(clock),
    steps: clock.steps.map((step) => ({ text: sayStep(step, locale), cite: step.cite })),
    releases: releases.map((release) => ({ ...release, releasedAt: release.releasedAt.toISOString() })),
  };
}

type Case = Awaited<ReturnType<typeof caseOf>>;

/** A filed request: its number, what happens next, each case with its date and how it was worked out. */
export default function FiledRequestPage() {
  const { t, locale } = useWords();
  const { id, number, filedAt, answers, email, cases } = useLoaderData<typeof loader>();
  const sent = formatInstant(filedAt, cases[0]?.agency.zone ?? "America/Los_Angeles", locale);
  return (
    <Page
      title={t("request.filedTitle", { number })}
      lead={t("request.filedSent", { date: sent })}
      back={{ to: "/my", label: t("request.myTitle") }}
    >
      <News cases={cases} number={number} />
      <Section id="next" title={t("request.nextTitle")}>
        <ul className="usa-list">
          {nextOf(cases, answers.contact.mode).map((next) => (
            <li key={next}>{t(next)}</li>
          ))}
        </ul>
        <p>
          <ButtonLink to={`/request/${id}/readers`} look="outline">
            {t("request.readersLink")}
          </ButtonLink>
        </p>
      </Section>
      {cases.map((one) => (
        <CaseSection key={one.id} one={one} />
      ))}
      <Details summary={t("request.answersTitle")}>
        <AnswerList page={{ answers, custodians: cases.map((one) => one.agency), email }} />
      </Details>
    </Page>
  );
}

/** What there is to know first: an answer, else that the request has arrived, else nothing new. */
function News({ cases, number }: { cases: readonly Case[]; number: string }) {
  const { t } = useWords();
  const answered = cases.flatMap((one) => (one.releases[0] ? [{ one, release: one.releases[0] }] : []));
  if (answered.length > 0) {
    return (
      <Alert kind="success" title={t("request.answeredAlert", { count: answered.length })}>
        <ul className="usa-list usa-list--unstyled">
          {answered.map(({ one, release }) => (
            <li key={one.id}>
              <Link className="usa-link" to={`/history/${release.id}`}>
                {t("request.answeredLink", { agency: one.agency.name })}
              </Link>
            </li>
          ))}
        </ul>
      </Alert>
    );
  }
  if (cases.some((one) => one.stage !== "identity")) return null;
  return (
    <Alert kind="success" title={t("request.filedAlert")}>
      {t("request.filedAlertText", { number })}
    </Alert>
  );
}

type NextKey = `request.${"nextRead" | "nextIdentity" | "nextWork" | "nextWorkNow" | "nextMail" | "nextNone"}`;

/** What comes next, for the cases as they stand. */
function nextOf(cases: readonly Case[], mode: "mail" | "none"): NextKey[] {
  const open = cases.filter((one) => one.releases.length === 0);
  const identity = open.filter((one) => one.stage === "identity");
  const next: NextKey[] = [];
  if (open.length < cases.length) next.push("request.nextRead");
  if (identity.length > 0) next.push("request.nextIdentity");
  if (open.length > 0) next.push(identity.length === open.length ? "request.nextWork" : "request.nextWorkNow");
  if (open.length > 0) next.push(mode === "mail" ? "request.nextMail" : "request.nextNone");
  return next;
}

function CaseSection({ one }: { one: Case }) {
  const words = useWords();
  const { t } = words;
  const note = noteOf(one, words);
  return (
    <Section id={`case-${one.id}`} title={t("request.caseTitle", { agency: one.agency.name, number: one.number })}>
      <p>
        <StatusTag tone={one.stage === "released" ? "good" : "info"}>{t(STAGE_WORDS[one.stage])}</StatusTag>
      </p>
      <DeadlineCard
        title={t("request.dueTitle")}
        due={one.due}
        daysLeft={one.stoppedSince === null ? one.daysLeft : null}
        note={note}
        cite={one.cite}
        steps={one.steps}
        level={3}
      />
      {one.stage === "identity" ? (
        <p>{t("request.office", { unit: one.agency.unit, address: one.agency.address.join(", ") })}</p>
      ) : null}
      {one.silence && one.answeredOn === null ? <p>{t("request.silence", { text: one.silence })}</p> : null}
      <Releases one={one} />
      <Timeline label={t("request.timeline", { number: one.number })} entries={timelineOf(one, words)} />
    </Section>
  );
}

function Releases({ one }: { one: Case }) {
  const { t, locale } = useWords();
  return (
    <>
      <h3>{t("request.releases")}</h3>
      {one.releases.length === 0 ? (
        <p>{t("request.noRelease")}</p>
      ) : (
        <ul className="usa-list">
          {one.releases.map((release) => (
            <li key={release.id}>
              <Link className="usa-link" to={`/history/${release.id}`}>
                {t("request.releaseLink", {
                  edition: release.edition,
                  date: formatInstant(release.releasedAt, one.agency.zone, locale),
                })}
              </Link>{" "}
              ({t("request.releaseLines", { count: release.lineCount })},{" "}
              {t("request.releaseWithheld", { count: release.withheldCount })})
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function noteOf(one: Case, { t }: Words): string {
  if (one.lateBy !== null) return t("request.answeredLateNote", { count: one.lateBy });
  if (one.answeredOn !== null) return t("request.answeredNote");
  if (one.stoppedSince !== null) return t("request.stoppedNote");
  return t("request.dueNote", { act: one.act });
}

/** What happened and what comes, in the order of the days; a date that passed stays in its place. */
function timelineOf(one: Case, { t }: Words): TimelineEntry[] {
  const open = one.answeredOn === null;
  const entries: (TimelineEntry | null)[] = [
    { id: "received", on: one.receivedOn, title: t("request.lineReceived"), state: "done" },
    one.extendedOn === null
      ? null
      : { id: "extended", on: one.extendedOn, title: t("request.lineExtended"), state: "done" },
    one.stoppedSince === null
      ? null
      : { id: "stopped", on: one.stoppedSince, title: t("request.lineStopped"), state: "now" },
    open || one.overdue
      ? { id: "due", on: one.due, title: t("request.lineDue"), state: one.overdue ? "late" : "next" }
      : null,
    one.answeredOn === null
      ? null
      : { id: "answered", on: one.answeredOn, title: t("request.lineAnswered"), state: "done" },
    open ? { id: "latest", on: one.complainFrom, title: t("request.lineLatest"), state: "next" } : null,
  ];
  return entries.filter((entry) => entry !== null).sort((a, b) => a.on.localeCompare(b.on));
}
