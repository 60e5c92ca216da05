import { RadioGroup } from "./choices.tsx";
import { TextArea, TextInput } from "./field.tsx";
import type { FieldState } from "./form.ts";
import { LOCALE_NAMES, LOCALES } from "./locale.ts";
import { useWords } from "./words/use-words.tsx";

/** How a resident may be reached. Every field is there without scripts; what the choice does not need is not kept. */
export function ContactFields(props: { field: (name: string) => FieldState; email: string; neutral: boolean }) {
  const { t } = useWords();
  const { field, email } = props;
  const neutral = { value: "neutral", label: t("reach.neutral"), hint: t("reach.neutralHint") };
  const modes = [
    { value: "mail", label: t("reach.mail"), hint: t("reach.mailHint") },
    ...(props.neutral ? [neutral] : []),
    { value: "post", label: t("reach.post"), hint: t("reach.postHint") },
    { value: "counter", label: t("reach.counter"), hint: t("reach.counterHint") },
    { value: "representative", label: t("reach.representative"), hint: t("reach.representativeHint") },
    { value: "none", label: t("reach.none"), hint: t("reach.noneHint") },
  ];
  return (
    <>
      <p>{t("request.contactLead")}</p>
      <p>
        {t("request.contactAddress")} <strong>{email}</strong>
      </p>
      <p>{t("reach.signIn")}</p>
      <RadioGroup label={t("request.contactMode")} options={modes} {...field("mode")} />
      <TextArea label={t("reach.address")} hint={t("reach.addressHint")} rows={4} optional {...field("address")} />
      <TextInput
        label={t("reach.person")}
        hint={t("reach.personHint")}
        type="email"
        inputMode="email"
        autoComplete="off"
        width="full"
        optional
        {...field("representative")}
      />
      <RadioGroup
        label={t("request.contactLocale")}
        options={LOCALES.map((locale) => ({ value: locale, label: <span lang={locale}>{LOCALE_NAMES[locale]}</span> }))}
        {...field("locale")}
      />
    </>
  );
}
