import { RadioGroup } from "./choices.tsx";
import { TextArea, TextInput } from "./field.tsx";
import type { FieldState } from "./form.ts";
import { LOCALE_NAMES, LOCALES } from "./locale.ts";
import { useWords } from "./words/use-words.tsx";

/** How a resident may be reached. Every field is there without scripts; what the choice does not need is not kept. */
export function ContactFields(props: { field: (name: string) => FieldState; email: string; neutral: boolean }) {
  const { t } = useWords();
  const { field, email } = props;
  const neutral = { value: "neutral", label: t("contact.neutral"), hint: t("contact.neutralHint") };
  const modes = [
    { value: "mail", label: t("contact.mail"), hint: t("contact.mailHint") },
    ...(props.neutral ? [neutral] : []),
    { value: "post", label: t("contact.post"), hint: t("contact.postHint") },
    { value: "counter", label: t("contact.counter"), hint: t("contact.counterHint") },
    { value: "representative", label: t("contact.representative"), hint: t("contact.representativeHint") },
    { value: "none", label: t("contact.none"), hint: t("contact.noneHint") },
  ];
  return (
    <>
      <p>{t("request.contactLead")}</p>
      <p>
        {t("request.contactAddress")} <strong>{email}</strong>
      </p>
      <p>{t("contact.signIn")}</p>
      <RadioGroup label={t("request.contactMode")} options={modes} {...field("mode")} />
      <TextArea label={t("contact.address")} hint={t("contact.addressHint")} rows={4} optional {...field("address")} />
      <TextInput
        label={t("contact.person")}
        hint={t("contact.personHint")}
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
