import { Form } from "@remix-run/react";
import { ButtonLink, Buttons, SubmitButton } from "#app/ui/button.tsx";
import { DateInput } from "#app/ui/date-input.tsx";
import { TextInput } from "#app/ui/field.tsx";
import { fieldsOf, type RejectedForm } from "#app/ui/form.ts";
import { Section } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { ShownChange } from "./change.tsx";

/** Asks from which day a change is in force, and shows what that would move before anything is switched. */
export function SwitchForm({ change, rejected }: { change: ShownChange; rejected: RejectedForm | undefined }) {
  const { t } = useWords();
  const { switched } = change;
  const field = fieldsOf(rejected, { from: switched?.from ?? "", detail: switched?.detail ?? "" });
  return (
    <Section id="switch" title={change.title}>
      <Form method="post" noValidate action={`/operator/law?change=${change.id}`} key={change.id}>
        <input type="hidden" name="change" value={change.id} />
        <DateInput label={t("changes.from")} hint={t("changes.fromHint")} {...field("from")} />
        {change.needs === null ? null : (
          <TextInput label={t("changes.detail")} hint={t("changes.detailHint")} width="short" {...field("detail")} />
        )}
        <Buttons>
          <SubmitButton name="intent" value="look-on">
            {t("changes.preview")}
          </SubmitButton>
          {switched ? (
            <SubmitButton name="intent" value="look-off" look="outline">
              {t("changes.previewOff")}
            </SubmitButton>
          ) : null}
          <ButtonLink to="/operator/law" look="quiet">
            {t("changes.back")}
          </ButtonLink>
        </Buttons>
      </Form>
    </Section>
  );
}
