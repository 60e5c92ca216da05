import { RadioGroup } from "#app/ui/choices.tsx";
import type { BadLine } from "#app/ui/feeds/code-table.ts";
import { BadLines } from "#app/ui/feeds/code-table-field.tsx";
import { Select, TextArea, TextInput } from "#app/ui/field.tsx";
import type { FieldState } from "#app/ui/form.ts";
import { Section } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { FIELD_WORDS, MARKS } from "../desk.feeds.profile.words.ts";
import { CONSTANTS, constantField, constantText, LISTS, markField } from "./values-fields.ts";

interface Fields {
  field: (name: string) => FieldState;
}

interface LineFields extends Fields {
  lines: readonly BadLine[];
  example: string;
}

export function ConstantFields({ field }: Fields) {
  const { t } = useWords();
  const options = [
    { value: "", label: t("feedsValues.constantNone") },
    ...Object.entries(FIELD_WORDS).flatMap(([value, key]) => (value === "at" ? [] : [{ value, label: t(key) }])),
  ];
  return (
    <Section id="constants" title={t("feedsValues.constants")}>
      <p>{t("feedsValues.constantsHint")}</p>
      {Array.from({ length: CONSTANTS }, (_, i) => (
        <div className="wl-pair" key={constantField(i)}>
          <Select
            label={t("feedsValues.constantField", { number: i + 1 })}
            options={options}
            {...field(constantField(i))}
          />
          <TextInput label={t("feedsValues.constantText", { number: i + 1 })} optional {...field(constantText(i))} />
        </div>
      ))}
    </Section>
  );
}

export function HiddenFields({ field, lines, example }: LineFields) {
  const { t } = useWords();
  return (
    <Section id="hidden" title={t("feedsValues.hidden")}>
      {LISTS.map((name) => (
        <TextArea
          key={name}
          label={t(`feedsValues.${name}`)}
          hint={t("feedsValues.onePerLine")}
          rows={4}
          optional
          {...field(name)}
        />
      ))}
      <RadioGroup
        label={t("feedsValues.citationsUsual")}
        options={[
          { value: "usual", label: t("feedsValues.citationsAsUsual") },
          { value: "own", label: t("feedsValues.citationsOwn") },
        ]}
        {...field("citations-kind")}
      />
      <TextArea
        label={t("feedsValues.citations")}
        hint={t("feedsValues.citationsHint")}
        rows={4}
        optional
        {...field("citations")}
      />
      <TextArea
        label={t("feedsValues.empty")}
        hint={t("feedsValues.columnLines", { example })}
        rows={3}
        optional
        {...field("empty")}
      />
      <BadLines name="empty" lines={lines} />
    </Section>
  );
}

export function MarkFields({ field, lines, example }: LineFields) {
  const { t } = useWords();
  return (
    <Section id="marks" title={t("feedsValues.marks")}>
      {MARKS.map((mark) => (
        <div key={mark}>
          <TextArea
            label={t("feedsValues.mark", { field: t(FIELD_WORDS[mark]) })}
            hint={t("feedsValues.columnLines", { example })}
            rows={3}
            optional
            {...field(markField(mark))}
          />
          <BadLines name={markField(mark)} lines={lines} />
        </div>
      ))}
    </Section>
  );
}

export function OnlyFields({ field, paths }: Fields & { paths: readonly string[] }) {
  const { t } = useWords();
  return (
    <Section id="only" title={t("feedsValues.only")}>
      <Select
        label={t("feedsValues.onlyColumn")}
        options={[
          { value: "", label: t("feedsValues.onlyAll") },
          ...paths.map((path) => ({ value: path, label: path })),
        ]}
        {...field("only")}
      />
      <TextArea
        label={t("feedsValues.onlyTexts")}
        hint={t("feedsValues.onePerLine")}
        rows={3}
        optional
        {...field("only-texts")}
      />
    </Section>
  );
}
