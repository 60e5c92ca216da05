import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { listComplaintsForResident } from "#app/complaints/list-complaints.server.ts";
import { Alert, EmptyState } from "#app/ui/alert.tsx";
import { ComplaintTable } from "#app/ui/complaint/complaint-table.tsx";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { shownSummary } from "./complaint.shown.server.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "complaint.listTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const complaints = await answering(() => listComplaintsForResident(portal, actor));
  return complaints.map((complaint) => shownSummary(complaint, locale));
}

/** The resident's own complaints. */
export default function MyComplaints() {
  const { t } = useWords();
  const [search] = useSearchParams();
  const complaints = useLoaderData<typeof loader>();
  return (
    <Page title={t("complaint.listTitle")} lead={t("complaint.listLead")} back={{ to: "/my" }} wide>
      {search.has("sent") ? (
        <Alert kind="success" live>
          {t("complaint.sentMany")}
        </Alert>
      ) : null}
      {complaints.length === 0 ? (
        <EmptyState title={t("complaint.listEmpty")}>{t("complaint.listEmptyText")}</EmptyState>
      ) : (
        <ComplaintTable complaints={complaints} base="/complaint" />
      )}
    </Page>
  );
}
