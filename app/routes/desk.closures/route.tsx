import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { listOffices } from "#app/requests/change-closures.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { OfficeLinks } from "#app/ui/office-links.tsx";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { officeAsked } from "../office-asked.server.ts";
import { answering, requireActor } from "../respond.server.ts";
import { carryOut, type Done } from "./act.server.ts";
import { Confirmation } from "./confirmation.tsx";
import { ClosedDays } from "./days.tsx";
import { ClosingForm, TargetForm } from "./forms.tsx";

export const meta = pageTitle({ key: "closures.title" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const offices = await answering(() => listOffices(args.context.portal, actor));
  const { coming, past, ...office } = officeAsked(args.request, offices);
  const shownDay = <D extends { at: Date | null }>(day: D) => ({ ...day, at: day.at?.toISOString() ?? null });
  return {
    offices: offices.map(({ slug, name }) => ({ slug, name })),
    office: { ...office, coming: coming.map(shownDay), past: past.map(shownDay) },
  };
}

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const form = await args.request.formData();
  const outcome = await answering(() => carryOut(portal, actor, locale, form));
  if ("done" in outcome) throw redirect(`/desk/closures?office=${outcome.office}&done=${outcome.done}`);
  return outcome;
}

const DONE_WORDS = {
  closed: "closures.doneClosed",
  reopened: "closures.doneReopened",
  target: "closures.doneTarget",
} as const satisfies Readonly<Record<Done, string>>;

/** Days on which the supervisor's office is closed: entered and taken away after a look at what would move. */
export default function Closures() {
  const { t } = useWords();
  const { office, offices } = useLoaderData<typeof loader>();
  const outcome = useActionData<typeof action>();
  const [search] = useSearchParams();
  const done = Object.entries(DONE_WORDS).find(([name]) => name === search.get("done"))?.[1];
  if (outcome?.looking) return <Confirmation looking={outcome.looking} slug={office.slug} />;
  return (
    <Page title={t("closures.title")} kicker={office.name} lead={t("closures.lead")} wide>
      <ErrorSummary issues={outcome?.rejected?.issues} />
      {done && !outcome ? (
        <Alert kind="success" live>
          {t(done)}
        </Alert>
      ) : null}
      <p className="wl-fine">{t("closures.law")}</p>
      <OfficeLinks label={t("closures.agency")} path="/desk/closures" offices={offices} current={office.slug} />
      <ClosedDays office={office} />
      <ClosingForm office={office} rejected={outcome?.rejected ?? undefined} />
      <TargetForm office={office} rejected={outcome?.rejected ?? undefined} />
    </Page>
  );
}
