import { Form } from "@remix-run/react";
import { SubmitButton } from "#app/ui/button.tsx";
import { Checkboxes } from "#app/ui/choices.tsx";
import { DateInput } from "#app/ui/date-input.tsx";
import { TextInput } from "#app/ui/field.tsx";
import { fieldsOf, type RejectedForm } from "#app/ui/form.ts";
import { Section } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { ShownOffice } from "./days.tsx";

interface FormProps {
  office: ShownOffice;
  rejected: RejectedForm | undefined;
}

/** Asks for days and a reason, and shows what they would move before anything is changed. */
export function ClosingForm({ office, rejected }: FormProps) {
  const { t } = useWords();
  const field = fieldsOf(rejected);
  return (
    <Section id="close" title={t("closures.formTitle")}>
      <Form method="post" noValidate action={`/desk/closures?office=${office.slug}`}>
        <input type="hidden" name="agency" value={office.agencyId} />
        <DateInput label={t("closures.from")} hint={t("closures.fromHint")} {...field("from")} />
        <DateInput label={t("closures.to")} hint={t("closures.toHint")} optional {...field("to")} />
        <Checkboxes
          label={t("closures.emergencyQuestion")}
          hint={t("closures.emergencyHint")}
          options={[{ value: "yes", label: t("closures.emergencyBox") }]}
          {...field("emergency")}
        />
        <TextInput label={t("closures.whyField")} hint={t("closures.whyHint")} width="full" {...field("why")} />
        <SubmitButton name="intent" value="look-close">
          {t("closures.preview")}
        </SubmitButton>
      </Form>
    </Section>
  );
}

/** The office's own target: it moves no date of the law, so that nothing has to be looked at first. */
export function TargetForm({ office, rejected }: FormProps) {
  const { t } = useWords();
  const saved = String(office.targetDays);
  const field = fieldsOf(rejected?.issues["target"] ? rejected : undefined, { target: saved });
  return (
    <Section id="target" title={t("closures.targetTitle")}>
      <p>{t("closures.targetLead")}</p>
      {/* Keyed, so that what was saved is shown and not what was typed before. */}
      <Form method="post" noValidate key={saved} action={`/desk/closures?office=${office.slug}`}>
        <input type="hidden" name="agency" value={office.agencyId} />
        <TextInput
          label={t("closures.target")}
          hint={t("closures.targetHint")}
          width="short"
          inputMode="numeric"
          {...field("target")}
        />
        <SubmitButton name="intent" value="target" look="outline">
          {t("closures.targetSave")}
        </SubmitButton>
      </Form>
    </Section>
  );
}
