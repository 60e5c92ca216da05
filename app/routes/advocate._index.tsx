import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listComplaintsForAdvocate } from "#app/complaints/list-complaints.server.ts";
import { EmptyState } from "#app/ui/alert.tsx";
import { ComplaintTable } from "#app/ui/complaint/complaint-table.tsx";
import { Details, Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { shownSummary } from "./complaint.shown.server.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "advocate.title" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const complaints = await answering(() => listComplaintsForAdvocate(portal, actor));
  return complaints.map((complaint) => shownSummary(complaint, locale));
}

/** The open complaints that people let this advocate follow. */
export default function Advocate() {
  const { t } = useWords();
  const complaints = useLoaderData<typeof loader>();
  const late = complaints.filter((complaint) => complaint.next !== null && complaint.next.daysLeft < 0).length;
  return (
    <Page title={t("advocate.title")} lead={t("advocate.lead")} wide>
      {complaints.length === 0 ? (
        <EmptyState title={t("advocate.empty")}>{t("advocate.emptyText")}</EmptyState>
      ) : (
        <>
          <p>
            {t("advocate.open", { count: complaints.length })}
            {late > 0 ? (
              <>
                {", "}
                <StatusTag tone="bad">{t("advocate.late", { count: late })}</StatusTag>
              </>
            ) : null}
          </p>
          <ComplaintTable complaints={complaints} base="/advocate" />
        </>
      )}
      <Details summary={t("advocate.scopeTitle")}>
        <p>{t("advocate.scopeText")}</p>
      </Details>
    </Page>
  );
}
