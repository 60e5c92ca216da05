import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { listReleases } from "#app/histories/queries.server.ts";
import { viewClock } from "#app/law/clock-view.ts";
import type { Freeze } from "#app/people/contact-change.ts";
import { findFreeze } from "#app/people/freeze.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import type { ContactMode } from "#app/requests/contact.ts";
import { listLettersForResident } from "#app/requests/letters.server.ts";
import { getRequestForResident, type MyCase } from "#app/requests/my-requests.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { ButtonLink, Buttons } from "#app/ui/button.tsx";
import { ClockCard } from "#app/ui/clock-card.tsx";
import { ClockStory } from "#app/ui/clock-story.tsx";
import { formatInstant } from "#app/ui/format.ts";
import { LetterList } from "#app/ui/letter/letter-list.tsx";
import type { Locale } from "#app/ui/locale.ts";
import { Details, Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
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
  const { number, answers, filedAt, email, elsewhere } = request;
  const freeze = await findFreeze(portal, actor.accountId);
  const cases = await Promise.all(request.cases.map((one) => caseOf(portal, one, locale, { freeze, elsewhere })));
  const letters = await answering(() => listLettersForResident(portal, actor, request.id));
  return {
    id: request.id,
    number,
    filedAt: filedAt.toISOString(),
    answers,
    email,
    elsewhere,
    cases,
    letters: letters.map((letter) => ({ ...letter, at: letter.at.toISOString() })),
  };
}

/** A case as the page shows it, with the law in the reader's language. */
async function caseOf(
  portal: Portal,
  one: MyCase,
  locale: Locale,
  { freeze, elsewhere }: { freeze: Freeze | null; elsewhere: boolean },
) {
  const { clock, rule, missed } = one;
  const today = localDate(portal.time.now(), one.agency.zone);
  const releases = await listReleases(portal, one.id);
  return {
    id: one.id,
    number: one.number,
    agency: one.agency,
    stage: one.stage,
    phase: one.phase,
    promised: one.promised,
    clock: viewClock(clock, rule, { today, locale, missed }),
    notices: one.notices.map(({ kind, at, due, dueBefore }) => ({
      kind,
      on: localDate(at, one.agency.zone),
      due,
      dueBefore,
    })),
    heldUntil: freeze === null ? null : freeze.until.toISOString(),
    // While answers are held back, their numbers are too: a number tells of them.
    releases: releases.map(({ id, edition, releasedAt, ...counts }) => ({
      id,
      edition,
      releasedAt: releasedAt.toISOString(),
      counts:
        freeze === null && !elsewhere
          ? { lines: counts.lineCount, withheld: counts.withheldCount, isNew: counts.newCount }
          : null,
    })),
  };
}

type Case = Awaited<ReturnType<typeof caseOf>>;

/** A filed request: its number, what happens next, each case with its date and how it was worked out. */
export default function FiledRequestPage() {
  const { t, locale } = useWords();
  const { id, number, filedAt, answers, email, elsewhere, cases, letters } = useLoaderData<typeof loader>();
  const sent = formatInstant(filedAt, cases[0]?.agency.zone ?? "America/Los_Angeles", locale);
  return (
    <Page
      title={t("request.filedTitle", { number })}
      lead={t("request.filedSent", { date: sent })}
      back={{ to: "/my", label: t("request.myTitle") }}
    >
      {elsewhere ? <Alert kind="warning">{t("refused.release.elsewhere")}</Alert> : null}
      <News cases={cases} number={number} />
      <Section id="next" title={t("request.nextTitle")}>
        <ul className="usa-list">
          {nextOf(cases, answers.contact.mode).map((next) => (
            <li key={next}>{t(next)}</li>
          ))}
        </ul>
        <Buttons>
          <ButtonLink to={`/request/${id}/identity`} look={isUnproved(cases) ? "primary" : "outline"}>
            {t("identity.link")}
          </ButtonLink>
          <ButtonLink to={`/request/${id}/representatives`} look="outline">
            {t("representatives.link")}
          </ButtonLink>
          <ButtonLink to={`/request/${id}/readers`} look="outline">
            {t("request.readersLink")}
          </ButtonLink>
        </Buttons>
        <ul className="usa-list">
          <li>
            <Link className="usa-link" to={`/request/${id}/walls`}>
              {t("walls.link")}
            </Link>
          </li>
          <li>
            <Link className="usa-link" to={`/request/${id}/reach`}>
              {t("reach.link")}
            </Link>
          </li>
          <li>
            <Link className="usa-link" to="/account">
              {t("factors.otherBrowsers")}
            </Link>
          </li>
        </ul>
      </Section>
      {cases.map((one) => (
        <CaseSection key={one.id} one={one} requestId={id} />
      ))}
      <Section id="letters" title={t("letters.title")}>
        <p>{t("letters.lead")}</p>
        <LetterList requestId={id} letters={letters} />
      </Section>
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

type NextKey =
  | `request.${"nextRead" | "nextRefused" | "nextIdentity" | "nextWork" | "nextWorkNow" | "nextMail" | "nextNone"}`
  | `reach.${"nextNeutral" | "nextPost" | "nextCounter" | "nextRepresentative"}`;

/** What becomes of news, by the way that the resident chose. */
const NEXT_NEWS = {
  mail: "request.nextMail",
  neutral: "reach.nextNeutral",
  post: "reach.nextPost",
  counter: "reach.nextCounter",
  representative: "reach.nextRepresentative",
  none: "request.nextNone",
} as const satisfies Readonly<Record<ContactMode, NextKey>>;

/** What comes next, for the cases as they stand. */
function nextOf(cases: readonly Case[], mode: ContactMode): NextKey[] {
  const answered = cases.filter((one) => one.releases.length > 0);
  // A refusal is an answer too: nobody works on it any more.
  const open = cases.filter((one) => one.releases.length === 0 && one.phase !== "done");
  const identity = open.filter((one) => one.stage === "identity");
  const next: NextKey[] = [];
  if (answered.length > 0) next.push("request.nextRead");
  if (cases.some(isRefused)) next.push("request.nextRefused");
  if (identity.length > 0) next.push("request.nextIdentity");
  if (open.length > 0) next.push(identity.length === open.length ? "request.nextWork" : "request.nextWorkNow");
  if (open.length > 0) next.push(NEXT_NEWS[mode]);
  return next;
}

/** Some agency still waits for proof, or has not looked at it. */
function isUnproved(cases: readonly Case[]): boolean {
  return cases.some((one) => one.stage === "identity" && one.phase !== "done");
}

/** The whole was refused: answered, with no records out and none promised. */
function isRefused({ phase, releases }: Case): boolean {
  return phase === "done" && releases.length === 0;
}

function CaseSection({ one, requestId }: { one: Case; requestId: string }) {
  const { t } = useWords();
  return (
    <Section id={`case-${one.id}`} title={t("request.caseTitle", { agency: one.agency.name, number: one.number })}>
      <p>
        {one.promised === null ? null : <StatusTag tone="info">{t("request.stagePromised")}</StatusTag>}{" "}
        <StageTag one={one} />
      </p>
      <ClockCard view={one.clock} reader="resident" level={3} promised={one.promised} />
      {one.stage === "identity" && one.phase !== "done" ? (
        <p>{t("request.office", { unit: one.agency.unit, address: one.agency.address.join(", ") })}</p>
      ) : null}
      <p>
        <Link className="usa-link" to={`/request/${requestId}/talk/${one.id}`}>
          {t("talk.link")}
        </Link>
      </p>
      <Releases one={one} />
      <ClockStory
        view={one.clock}
        reader="resident"
        label={t("request.timeline", { number: one.number })}
        notices={one.notices}
        promised={one.promised}
      />
    </Section>
  );
}

function StageTag({ one }: { one: Case }) {
  const { t } = useWords();
  if (isRefused(one)) return <StatusTag tone="warn">{t("request.stageRefused")}</StatusTag>;
  return <StatusTag tone={one.stage === "released" ? "good" : "info"}>{t(STAGE_WORDS[one.stage])}</StatusTag>;
}

/** Why the numbers of an answer are not shown. */
function Held({ until, zone }: { until: string | null; zone: string }) {
  const { t, locale } = useWords();
  if (until === null) return <>({t("factors.heldElsewhere")})</>;
  return <>({t("request.releaseHeld", { date: formatInstant(until, zone, locale) })})</>;
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
              {release.counts === null ? (
                <Held until={one.heldUntil} zone={one.agency.zone} />
              ) : (
                <>
                  ({t("request.releaseLines", { count: release.counts.lines })},{" "}
                  {t("request.releaseWithheld", { count: release.counts.withheld })})
                  {release.counts.isNew === null ? null : (
                    <> {t("editions.newLines", { count: release.counts.isNew })}</>
                  )}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
