import { Checkboxes, RadioGroup } from "#app/ui/choices.tsx";
import { Select } from "#app/ui/field.tsx";
import { fieldsOf, type RejectedForm } from "#app/ui/form.ts";
import { formatNumber } from "#app/ui/format.ts";
import { Section } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { DELIMITER_WORDS } from "../desk.feeds.profile.words.ts";
import { FACTS, factField } from "./layout-fields.ts";
import type { LayoutData } from "./load-layout.server.ts";

interface FieldsProps {
  data: LayoutData;
  rejected: RejectedForm | undefined;
}

export function TableFields({ data, rejected }: FieldsProps) {
  const { t } = useWords();
  const field = fieldsOf(rejected, data.saved);
  return (
    <>
      <Select
        label={t("feedsLayout.delimiter")}
        options={Object.entries(DELIMITER_WORDS).map(([value, key]) => ({ value, label: t(key) }))}
        {...field("delimiter")}
      />
      <RadioGroup
        label={t("feedsLayout.headerRow")}
        options={[
          { value: "yes", label: t("feedsLayout.yes") },
          { value: "no", label: t("feedsLayout.no") },
        ]}
        {...field("headerRow")}
      />
    </>
  );
}

export function LineFields({ data, rejected }: FieldsProps) {
  const { t } = useWords();
  const field = fieldsOf(rejected, data.saved);
  if (data.head === null) return <p>{t("feedsProfile.builtJson")}</p>;
  return (
    <>
      <RadioGroup
        label={t("feedsLayout.headLabel")}
        options={[
          { value: data.head, label: t("feedsLayout.head") },
          { value: "", label: t("feedsLayout.headNot") },
        ]}
        {...field("head")}
      />
      <Facts data={data} rejected={rejected} />
    </>
  );
}

export function DocumentFields({ data, rejected }: FieldsProps) {
  const { t, locale } = useWords();
  const field = fieldsOf(rejected, data.saved);
  return (
    <>
      <Checkboxes
        label={t("feedsLayout.places")}
        hint={t("feedsLayout.placesHint")}
        options={data.places.map(({ place, rows }) => ({
          value: place,
          label: t("feedsLayout.place", {
            place: place === "[]" ? t("feedsLayout.wholeList") : place,
            rows: formatNumber(rows, locale),
          }),
        }))}
        {...field("items")}
      />
      <Facts data={data} rejected={rejected} />
    </>
  );
}

function Facts({ data, rejected }: FieldsProps) {
  const { t } = useWords();
  const field = fieldsOf(rejected, data.saved);
  if (data.members.length === 0) return null;
  const options = [
    { value: "", label: t("feedsLayout.factNone") },
    ...data.members.map(({ name, text }) => ({ value: name, label: t("feedsLayout.factMember", { name, text }) })),
  ];
  return (
    <Section id="facts" title={t("feedsLayout.facts")}>
      <p>{t("feedsLayout.factsHint")}</p>
      {FACTS.map((fact) => (
        <Select key={fact} label={t(`feedsLayout.fact_${fact}`)} options={options} {...field(factField(fact))} />
      ))}
    </Section>
  );
}
