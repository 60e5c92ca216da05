import { Form } from "@remix-run/react";
import { Alert } from "#app/ui/alert.tsx";
import { ButtonLink, Buttons, SubmitButton } from "#app/ui/button.tsx";
import { formatDate } from "#app/ui/format.ts";
import { Moves } from "#app/ui/moves.tsx";
import { Page } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { Looking } from "./act.server.ts";

/** What switching a change would move, before it is switched. */
export function Confirmation({ looking }: { looking: Looking }) {
  const { t, locale } = useWords();
  const { intent, change, title, from, detail, preview } = looking;
  const fields = { change, from: from ?? "", detail: detail ?? "", digest: preview.digest };
  return (
    <Page
      title={t("changes.previewTitle")}
      lead={
        from === null
          ? t("changes.previewOffText", { title })
          : t("changes.previewOn", { title, date: formatDate(from, locale) })
      }
      back={{ to: `/operator/law?change=${change}`, label: t("changes.title") }}
      wide
    >
      {looking.stale ? (
        <Alert kind="warning" live>
          {t("changes.refusedStale")}
        </Alert>
      ) : null}
      {looking.bindsAnew ? <Alert kind="info">{t("changes.bindsAnew")}</Alert> : null}
      <Moves preview={preview} agencies />
      <p>{t("changes.told")}</p>
      <Form method="post" action={`/operator/law?change=${change}`}>
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Buttons>
          <SubmitButton name="intent" value={intent}>
            {t(intent === "on" ? "changes.confirmOn" : "changes.confirmOff")}
          </SubmitButton>
          {intent === "on" ? (
            <SubmitButton name="intent" value="edit" look="outline">
              {t("changes.edit")}
            </SubmitButton>
          ) : null}
          <ButtonLink to="/operator/law" look="quiet">
            {t("changes.back")}
          </ButtonLink>
        </Buttons>
      </Form>
    </Page>
  );
}
