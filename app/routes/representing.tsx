import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { listActedFor } from "#app/requests/representatives/list-representatives.server.ts";
import { EmptyState } from "#app/ui/alert.tsx";
import { formatDate } from "#app/ui/format.ts";
import { REPRESENTATIVE_WORDS, SCOPE_WORDS } from "#app/ui/identity/identity-words.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "representatives.actedTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  return { acted: await answering(() => listActedFor(args.context.portal, actor)) };
}

/** The requests in which one acts for somebody else. */
export default function Representing() {
  const { t, locale } = useWords();
  const { acted } = useLoaderData<typeof loader>();
  return (
    <Page
      title={t("representatives.actedTitle")}
      lead={t("representatives.actedLead")}
      back={{ to: "/my", label: t("request.myTitle") }}
    >
      {acted.length === 0 ? (
        <EmptyState title={t("representatives.actedNone")}>{t("representatives.actedNoneText")}</EmptyState>
      ) : (
        <ul className="usa-list">
          {acted.map(({ requestId, number, kind, scopes, endsOn }) => (
            <li key={requestId}>
              {scopes.includes("see") ? (
                <Link className="usa-link" to={`/request/${requestId}`}>
                  {t("representatives.actedLink", { number })}
                </Link>
              ) : (
                t("representatives.actedLink", { number })
              )}
              <br />
              {t("representatives.actedUntil", {
                kind: t(REPRESENTATIVE_WORDS[kind]),
                date: formatDate(endsOn, locale),
              })}
              : {scopes.map((scope) => t(SCOPE_WORDS[scope])).join(", ")}
              {scopes.includes("see") ? null : <p>{t("representatives.actedOnlyMail")}</p>}
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
