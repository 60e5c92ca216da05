import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { listAccounts } from "#app/people/accounts.server.ts";
import { getConflict, goOn, notTheSame, stepAside } from "#app/requests/step-aside.server.ts";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { TextArea } from "#app/ui/field.tsx";
import { fieldsOf, readForm } from "#app/ui/form.ts";
import { formatInstant } from "#app/ui/format.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "walls.conflictLink" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal } = args.context;
  const { caseId = "" } = args.params;
  const { number, zone, declared } = await answering(() => getConflict(portal, actor, caseId));
  const accounts = await listAccounts(
    portal,
    declared.map(({ accountId }) => accountId),
  );
  return {
    caseId,
    number,
    zone,
    declared: declared.map(({ id, accountId, at, reason }) => ({
      id,
      name: accounts.get(accountId)?.name ?? "",
      at: at.toISOString(),
      reason,
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const { portal } = args.context;
  const { caseId = "" } = args.params;
  await answering(() => getConflict(portal, actor, caseId));
  const form = await args.request.formData();
  if (form.get("intent") === "aside") {
    await answering(() => stepAside(portal, actor, caseId));
    return redirect("/desk");
  }
  const read = readForm(notTheSame, form);
  if (!read.ok) return { issues: read.issues, typed: read.typed };
  await answering(() => goOn(portal, actor, { caseId, reason: read.value.reason }));
  return redirect(`/desk/cases/${caseId}`);
}

/** Asked of whoever may be of the resident's family, and open to everybody who knows of a conflict. */
export default function ConflictPage() {
  const { t, locale } = useWords();
  const { number, zone, declared } = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  const field = fieldsOf(rejected);
  return (
    <Page
      title={t("walls.conflictTitle", { number })}
      lead={t("walls.conflictLead")}
      back={{ to: "/desk", label: t("desk.backToCases") }}
    >
      <ErrorSummary issues={rejected?.issues} />
      <p>{t("walls.conflictNothing")}</p>
      <Section id="aside" title={t("walls.asideTitle")}>
        <p>{t("walls.asideText")}</p>
        <Form method="post">
          <Buttons>
            <SubmitButton name="intent" value="aside">
              {t("walls.aside")}
            </SubmitButton>
          </Buttons>
        </Form>
      </Section>
      <Section id="on" title={t("walls.onTitle")}>
        <p>{t("walls.onText")}</p>
        <Form method="post" noValidate>
          <TextArea label={t("walls.reason")} hint={t("walls.reasonHint")} rows={3} {...field("reason")} />
          <Buttons>
            <SubmitButton name="intent" value="on" look="outline">
              {t("walls.goOn")}
            </SubmitButton>
          </Buttons>
        </Form>
      </Section>
      {declared.length === 0 ? null : (
        <Section id="declared" title={t("walls.declaredTitle")}>
          <Table
            caption={t("walls.declaredTitle")}
            hideCaption
            columns={[
              { id: "who", label: t("walls.declaredWho"), rowHeader: true },
              { id: "when", label: t("walls.declaredWhen") },
              { id: "why", label: t("walls.declaredWhy") },
            ]}
            rows={declared.map(({ id, name, at, reason }) => ({
              id,
              cells: {
                who: <bdi>{name === "" ? t("walls.declaredFormer") : name}</bdi>,
                when: formatInstant(at, zone, locale),
                why: <bdi>{reason}</bdi>,
              },
            }))}
          />
        </Section>
      )}
    </Page>
  );
}
