import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { sayLength } from "#app/law/step.ts";
import { listLaw } from "#app/requests/switch-law.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { answering, requireActor } from "../respond.server.ts";
import { carryOut } from "./act.server.ts";
import { ChangeCard } from "./change.tsx";
import { Confirmation } from "./confirmation.tsx";
import { SwitchForm } from "./form.tsx";
import { RuleTable } from "./rules.tsx";

export const meta = pageTitle({ key: "changes.title" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const { changes, rules } = await answering(() => listLaw(portal, actor));
  return {
    changes: changes.map(({ id, title, effect, status, cite, evidence, needs, switched }) => ({
      ...{ id, cite, evidence, needs, switched },
      ...{ title: title[locale], effect: effect[locale], status: status[locale] },
    })),
    rules: rules.map(({ id, title, cite, evidence, inForce, period, extension }) => ({
      ...{ id, title: title[locale], cite, evidence, inForce },
      period: sayLength(period.length, period.unit, locale),
      extension: extension && sayLength(extension.max.length, extension.max.unit, locale),
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const form = await args.request.formData();
  const outcome = await answering(() => carryOut(portal, actor, locale, form));
  if (outcome === null) throw redirect("/operator/law?done=1");
  return outcome;
}

/** Which law the portal works with, and the changes that an operator switches on by date. */
export default function LawInForce() {
  const { t } = useWords();
  const { changes, rules } = useLoaderData<typeof loader>();
  const outcome = useActionData<typeof action>();
  const [search] = useSearchParams();
  if (outcome?.looking) return <Confirmation looking={outcome.looking} />;
  const rejected = outcome?.rejected ?? undefined;
  const chosen = changes.find(({ id }) => id === (rejected?.typed["change"] ?? search.get("change")));
  return (
    <Page title={t("changes.title")} lead={t("changes.lead")} wide>
      <ErrorSummary issues={rejected?.issues} />
      {search.has("done") && !outcome ? (
        <Alert kind="success" live>
          {t("changes.done")}
        </Alert>
      ) : null}
      {chosen ? <SwitchForm change={chosen} rejected={rejected} /> : null}
      <Section id="pending" title={t("changes.pending")}>
        <p>{t("changes.pendingLead")}</p>
        {changes.map((change) => (
          <ChangeCard key={change.id} change={change} />
        ))}
      </Section>
      <Section id="rules" title={t("changes.rules")}>
        <p>{t("changes.rulesLead")}</p>
        <RuleTable rules={rules} />
      </Section>
    </Page>
  );
}
