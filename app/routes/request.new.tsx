import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData } from "@remix-run/react";
import { startRequest } from "#app/requests/start-request.server.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { attempt, refusalMessage } from "./refusal.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "request.newTitle" });

export function loader(args: LoaderFunctionArgs) {
  requireActor(args);
  return null;
}

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const started = await answering(() => attempt(() => startRequest(args.context.portal, actor)));
  if (started.refused) return { issues: { form: refusalMessage(started.refused) } };
  return redirect(`/request/${started.value.requestId}/you`);
}

/** What is asked, what happens then, and what nobody can promise: before anything is begun. */
export default function NewRequest() {
  const { t } = useWords();
  const refused = useActionData<typeof action>();
  return (
    <Page title={t("request.newTitle")} lead={t("request.newLead")} back={{ to: "/my", label: t("request.myTitle") }}>
      <ErrorSummary issues={refused?.issues} />
      <Section id="need" title={t("request.newNeed")}>
        <ul className="usa-list">
          <li>{t("request.newNeedPlate")}</li>
          <li>{t("request.newNeedPlace")}</li>
        </ul>
      </Section>
      <Section id="happens" title={t("request.newHappens")}>
        <ul className="usa-list">
          <li>{t("request.newHappensAgencies")}</li>
          <li>{t("request.newHappensProof")}</li>
          <li>{t("request.newHappensAnswer")}</li>
        </ul>
      </Section>
      <Section id="honest" title={t("request.newHonest")}>
        <p>{t("request.newHonestText")}</p>
      </Section>
      <Section id="safe" title={t("request.newSafe")}>
        <p>{t("request.newSafeText")}</p>
      </Section>
      <Form method="post">
        <SubmitButton>{t("request.newStart")}</SubmitButton>
      </Form>
    </Page>
  );
}
