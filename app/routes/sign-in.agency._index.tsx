import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { listSignInAgencies } from "#app/people/agency-sign-in/providers.server.ts";
import { EmptyState } from "#app/ui/alert.tsx";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { findWanted } from "./back.ts";

export const meta = pageTitle({ key: "factors.agencyTitle" });

export async function loader({ request, context }: LoaderFunctionArgs) {
  const to = findWanted(new URL(request.url).searchParams.get("to")) ?? "";
  return { agencies: await listSignInAgencies(context.portal), to };
}

/** The agencies that have a sign-in of their own. */
export default function SignInAgencies() {
  const { t } = useWords();
  const { agencies, to } = useLoaderData<typeof loader>();
  const query = to ? `?to=${encodeURIComponent(to)}` : "";
  return (
    <Page
      title={t("factors.agencyTitle")}
      {...(agencies.length > 0 && { lead: t("factors.agencyLead") })}
      back={{ to: "/sign-in", label: t("signin.title") }}
    >
      {agencies.length === 0 ? <EmptyState title={t("factors.agencyNone")} /> : null}
      <ul className="usa-list">
        {agencies.map(({ slug, name }) => (
          <li key={slug}>
            {/* A link and no form: what follows leaves this site, and our pages send forms to nobody else. */}
            <a className="usa-link" href={`/sign-in/agency/${slug}/go${query}`}>
              {name}
            </a>
          </li>
        ))}
      </ul>
      <p>
        <Link className="usa-link" to={`/sign-in${query}`}>
          {t("factors.wayMail")}
        </Link>
      </p>
    </Page>
  );
}
