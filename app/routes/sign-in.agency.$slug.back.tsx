import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { finishAtAgency } from "#app/people/agency-sign-in/sign-in-at-agency.server.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { isWordKey, key, type WordKey } from "#app/ui/words/words.ts";
import { enteredCookies, findAgencyToken, showingOf, tokenCookie } from "./http/session-cookie.server.ts";
import { attempt } from "./refusal.ts";
import { withHeaders } from "./respond.server.ts";

export const meta = pageTitle({ key: "factors.agencyFailedTitle" });

const REASONS: readonly WordKey[] = [
  key("factors.agencyFailed"),
  key("factors.agencyUnknown"),
  key("factors.agencyUnreachable"),
];

/** Back from the agency's own page. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { portal, session } = context;
  const { config } = portal;
  const { slug = "" } = params;
  const { search, searchParams } = new URL(request.url);
  const forget = tokenCookie(config, "agency", "");
  const said = searchParams.get("failed");
  if (said !== null) return withHeaders({ reason: reasonOf(`factors.${said}`) }, forget);
  const token = findAgencyToken(config, request);
  const { device } = showingOf(config, request);
  const { value, refused } = await attempt(() =>
    finishAtAgency(portal, { slug, query: search, token, session, device }),
  );
  if (refused) return withHeaders({ reason: reasonOf(refused.code) }, forget);
  return redirect(value.to, { headers: [...enteredCookies(config, value.session), ...forget] });
}

const reasonOf = (code: string): WordKey =>
  isWordKey(code) && REASONS.includes(code) ? code : key("factors.agencyFailed");

/** What to do when the way through the agency did not lead in. */
export default function BackFromAgency() {
  const { t, say } = useWords();
  const { reason } = useLoaderData<typeof loader>();
  return (
    <Page title={t("factors.agencyFailedTitle")} lead={say({ key: reason })}>
      <p>
        <Link className="usa-link" to="/sign-in/agency">
          {t("factors.agencyAgain")}
        </Link>
      </p>
      <p>
        <Link className="usa-link" to="/sign-in">
          {t("factors.wayMail")}
        </Link>
      </p>
    </Page>
  );
}
