import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/ui/alert.tsx";
import { ClockCard } from "#app/ui/clock-card.tsx";
import { ClockStory } from "#app/ui/clock-story.tsx";
import { CoverageBar } from "#app/ui/coverage-bar.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { formatDate, formatInstant, formatPeriod } from "#app/ui/format.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { SummaryList } from "#app/ui/summary-list.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { answering, requireActor } from "../respond.server.ts";
import { OthersHere } from "./at-the-desk.tsx";
import { carryOut } from "./carry-out.server.ts";
import { readWanted, searchFor } from "./filter.ts";
import { FrozenUntil } from "./frozen-until.tsx";
import { Identifiers } from "./identifiers.tsx";
import { Lines } from "./lines.tsx";
import { type DeskData, loadDesk } from "./load-desk.server.ts";
import { Proposals } from "./proposals.tsx";
import { Propose, Search } from "./propose.tsx";
import { Remarks } from "./remarks.tsx";
import { Reviews } from "./reviews.tsx";

export const meta = pageTitle({ key: "desk.oneTitle" });

export const loader = (args: LoaderFunctionArgs) => loadDesk(args);

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const form = await args.request.formData();
  const wanted = readWanted(new URL(args.request.url).searchParams);
  const { filter, show } = wanted;
  const rejected = await answering(() =>
    carryOut(args.context.portal, actor, args.params["caseId"] ?? "", { form, filter: { ...filter, show } }),
  );
  if (rejected) return rejected;
  // Back to the same page of the list: what was sent is done, and reloading sends nothing again.
  return redirect(`/desk/cases/${args.params["caseId"]}${searchFor(wanted)}`);
}

/** The clerk's workspace for one case: clock, person, identifiers, look-ups, proposal. */
export default function DeskCase() {
  const { t, locale } = useWords();
  const desk = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  return (
    <Page
      title={t("desk.caseTitle", { number: desk.number })}
      kicker={desk.agencyName}
      back={{ to: "/desk", label: t("desk.backToCases") }}
      wide
    >
      <ErrorSummary issues={rejected?.issues} />
      <OthersHere others={desk.others} zone={desk.zone} />
      <FrozenUntil until={desk.frozenUntil} zone={desk.zone} />
      <Standing desk={desk} />
      <Remarks caseId={desk.caseId} remarks={desk.remarks} />
      <Reviews caseId={desk.caseId} reviews={desk.reviews} />
      <div className="wl-columns">
        <div>
          <ClockCard view={desk.clock} reader="agency" promised={desk.promised} />
          <p>
            <Link className="usa-link" to={`/desk/cases/${desk.caseId}/clock`}>
              {t("letters.clockLink")}
            </Link>
          </p>
          <ClockStory view={desk.clock} reader="agency" promised={desk.promised} folded />
        </div>
        <Section id="person" title={t("desk.personTitle")}>
          <SummaryList
            items={[
              { label: t("desk.personName"), value: <bdi>{desk.residentName}</bdi> },
              { label: t("desk.personBirth"), value: formatDate(desk.birthDate, locale) },
              { label: t("desk.personPeriod"), value: formatPeriod(desk.period, locale, t("common.to")) },
              { label: t("desk.personReceived"), value: formatDate(desk.receivedOn, locale) },
            ]}
          />
          <p>
            <Link className="usa-link" to={`/desk/cases/${desk.caseId}/talk`}>
              {t("talk.deskLink")}
            </Link>
          </p>
          <p>
            <Link className="usa-link" to={`/desk/cases/${desk.caseId}/conflict`}>
              {(desk.wentOn ?? 0) > 0 ? t("walls.reviewLink", { count: desk.wentOn ?? 0 }) : t("walls.conflictLink")}
            </Link>
          </p>
        </Section>
      </div>
      <Identifiers desk={desk} rejected={rejected} />
      <Search desk={desk} />
      <Section id="coverage" title={t("desk.coverageTitle")}>
        {desk.coverage.map(({ system, asked, held, missing }) => (
          <CoverageBar key={system} label={system} asked={asked} held={held} missing={missing} />
        ))}
      </Section>
      <Proposals caseId={desk.caseId} groups={desk.proposed} mayDecide={desk.mayDecide} />
      <Lines desk={desk} rejected={rejected} />
      <Propose desk={desk} />
      <Releases desk={desk} />
    </Page>
  );
}

/** Where the answer stands, when somebody other than the clerk moved it last. */
function Standing({ desk }: { desk: DeskData }) {
  const { t } = useWords();
  switch (desk.stage) {
    case "proposed":
      return (
        <Alert kind="info" title={t("desk.proposedTitle")}>
          {t("desk.proposedText")}{" "}
          {desk.maySendBack ? (
            <Link className="usa-link" to={`/desk/cases/${desk.caseId}/approval`}>
              {t("desk.proposedLink")}
            </Link>
          ) : null}
        </Alert>
      );
    case "sent-back":
      return (
        <Alert kind="warning" title={t("desk.sentBackTitle")}>
          {desk.note ?? t("approval.remarksTitle")}
        </Alert>
      );
    case "approved":
      return (
        <Alert kind="info" title={t("desk.approvedTitle")}>
          {t("desk.approvedText")}
        </Alert>
      );
    case "gate-failed":
      return (
        <Alert kind="error" title={t("desk.gateTitle")}>
          {t("desk.gateText", { gates: desk.note ?? "" })}
        </Alert>
      );
    case "open":
      return null;
  }
}

function Releases({ desk }: { desk: DeskData }) {
  const { t, locale } = useWords();
  if (desk.releases.length === 0) return null;
  return (
    <Section id="releases" title={t("desk.releasesTitle")}>
      <ul className="usa-list">
        {desk.releases.map(({ id, edition, releasedAt, lineCount, withheldCount }) => (
          <li key={id}>
            {t("desk.releaseItem", {
              edition,
              date: formatInstant(releasedAt, desk.zone, locale),
              lines: lineCount,
              withheld: withheldCount,
            })}
          </li>
        ))}
      </ul>
    </Section>
  );
}
