import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { listPapers } from "#app/requests/papers.server.ts";
import { EmptyState } from "#app/ui/alert.tsx";
import { formatInstant } from "#app/ui/format.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "reach.papersTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const papers = await answering(() => listPapers(args.context.portal, actor));
  return papers.map((paper) => ({ ...paper, at: paper.at.toISOString() }));
}

/** What is to be printed for residents who want no mail. It names nobody. */
export default function Papers() {
  const { t, locale } = useWords();
  const papers = useLoaderData<typeof loader>();
  return (
    <Page
      title={t("reach.papersTitle")}
      lead={t("reach.papersLead")}
      back={{ to: "/desk", label: t("desk.title") }}
      wide
    >
      {papers.length === 0 ? (
        <EmptyState title={t("reach.papersNone")}>{t("reach.papersNoneText")}</EmptyState>
      ) : (
        <Table
          caption={t("reach.papersTitle")}
          hideCaption
          columns={[
            { id: "case", label: t("reach.paperCase"), rowHeader: true },
            { id: "way", label: t("reach.paperWay") },
            { id: "since", label: t("reach.paperSince") },
            { id: "open", label: t("reach.paperOpen") },
          ]}
          rows={papers.map(({ id, number, way, at, zone }) => ({
            id,
            cells: {
              case: number,
              way: t(way === "post" ? "reach.paperPost" : "reach.paperCounter"),
              since: formatInstant(at, zone, locale),
              open: (
                <Link className="usa-link" to={`/desk/papers/${id}`}>
                  {t("reach.paperOpen")} <span className="usa-sr-only">{number}</span>
                </Link>
              ),
            },
          }))}
        />
      )}
    </Page>
  );
}
