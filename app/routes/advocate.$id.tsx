import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { getComplaintForAdvocate } from "#app/complaints/get-complaint.server.ts";
import { ComplaintTimeline, LegalNotes, NextDateCard, StateTag } from "#app/ui/complaint/standing.tsx";
import { formatDate } from "#app/ui/format.ts";
import { Details, Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { SummaryList } from "#app/ui/summary-list.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { shownSummary } from "./complaint.shown.server.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "advocate.oneTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const { summary, events, lineCount } = await answering(() =>
    getComplaintForAdvocate(portal, actor, args.params["id"] ?? ""),
  );
  return { complaint: shownSummary(summary, locale), events, lineCount };
}

/** One complaint as far as the resident's consent lets an advocate see it. */
export default function FollowedComplaint() {
  const { t, locale } = useWords();
  const { complaint, events, lineCount } = useLoaderData<typeof loader>();
  return (
    <Page
      title={t("complaint.title", { number: complaint.number })}
      back={{ to: "/advocate", label: t("advocate.title") }}
    >
      <Section id="stands" title={t("complaint.whereItStands")}>
        <SummaryList
          items={[
            { label: t("complaint.columnState"), value: <StateTag state={complaint.state} /> },
            { label: t("complaint.columnVenue"), value: complaint.venueName },
            { label: t("complaint.columnAgency"), value: complaint.agency },
            { label: t("complaint.columnReceived"), value: formatDate(complaint.receivedOn, locale) },
            { label: t("complaint.columnAge"), value: t("complaint.days", { count: complaint.age }) },
            {
              label: t("complaint.columnMove"),
              value: t(complaint.whoseMove === "agency" ? "complaint.moveAgency" : "complaint.moveNobody"),
            },
            { label: t("advocate.disputed"), value: t("complaint.lines", { count: lineCount }) },
          ]}
        />
      </Section>
      {complaint.ended ? null : (
        <Section id="next" title={t("complaint.nextTitle")}>
          <NextDateCard summary={complaint} />
          <LegalNotes summary={complaint} />
        </Section>
      )}
      <Section id="events" title={t("complaint.whatHappened")}>
        <ComplaintTimeline summary={complaint} events={events} />
      </Section>
      <Details summary={t("advocate.scopeTitle")}>
        <p>{t("advocate.scopeText")}</p>
      </Details>
    </Page>
  );
}
