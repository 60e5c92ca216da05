import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { listComplaintsForIntake } from "#app/complaints/list-complaints.server.ts";
import { isHandler } from "#app/requests/handled-cases.server.ts";
import { EmptyState } from "#app/ui/alert.tsx";
import { ComplaintTable } from "#app/ui/complaint/complaint-table.tsx";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { shownSummary } from "./complaint.shown.server.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "complaint.intakeTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const complaints = await answering(() => listComplaintsForIntake(portal, actor));
  return {
    complaints: complaints.map((complaint) => shownSummary(complaint, locale)),
    standsIn: await isHandler(portal, actor),
  };
}

/** What the intake officers of an agency work on. */
export default function Intake() {
  const { t } = useWords();
  const { complaints, standsIn } = useLoaderData<typeof loader>();
  const open = complaints.filter((complaint) => !complaint.ended);
  const ended = complaints.filter((complaint) => complaint.ended);
  return (
    <Page title={t("complaint.intakeTitle")} lead={t("complaint.intakeLead")} wide>
      {standsIn ? (
        <p>
          <Link className="usa-link" to="/desk">
            {t("walls.standInLink")}
          </Link>
        </p>
      ) : null}
      <Section id="open" title={t("complaint.intakeOpen")}>
        {open.length === 0 ? (
          <EmptyState title={t("complaint.intakeEmpty")} level={3}>
            {t("complaint.intakeEmptyText")}
          </EmptyState>
        ) : (
          <ComplaintTable complaints={open} base="/intake" />
        )}
      </Section>
      {ended.length === 0 ? null : (
        <Section id="ended" title={t("complaint.intakeEnded")}>
          <ComplaintTable complaints={ended} base="/intake" />
        </Section>
      )}
    </Page>
  );
}
