import { columnLetter } from "#app/feeds/maker/fixed-columns.ts";
import { TextInput } from "#app/ui/field.tsx";
import { fieldsOf, type RejectedForm } from "#app/ui/form.ts";
import { Section } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { fixedField } from "./layout-fields.ts";
import type { LayoutData } from "./load-layout.server.ts";

/** Where columns begin and end, one line for each, and some more for those that nobody guessed. */
export function FixedFields(props: { data: LayoutData; rejected: RejectedForm | undefined }) {
  const { t } = useWords();
  const { data, rejected } = props;
  const field = fieldsOf(rejected, data.saved);
  const rows = Math.max(data.rows, Number(rejected?.typed["rows"] ?? 0) || 0);
  return (
    <>
      <Section id="columns" title={t("feedsLayout.columns")}>
        <p>{t("feedsLayout.columnsHint")}</p>
        <input type="hidden" name="rows" value={rows} />
        {Array.from({ length: rows }, (_, i) => {
          const isNew = field(fixedField(i, "from")).value === "" && field(fixedField(i, "name")).value === "";
          return (
            <fieldset className="usa-fieldset wl-ruled" key={columnPlace(i)}>
              <legend className="usa-legend">
                {isNew ? t("feedsLayout.columnNew") : t("feedsLayout.column", { letter: columnLetter(i) })}
              </legend>
              <TextInput label={t("feedsLayout.name")} {...field(fixedField(i, "name"))} />
              <TextInput
                label={t("feedsLayout.from")}
                width="short"
                inputMode="numeric"
                {...field(fixedField(i, "from"))}
              />
              <TextInput
                label={t("feedsLayout.to")}
                width="short"
                inputMode="numeric"
                {...field(fixedField(i, "to"))}
              />
            </fieldset>
          );
        })}
      </Section>
      <TextInput
        label={t("feedsLayout.skip")}
        hint={t("feedsLayout.skipHint")}
        width="short"
        inputMode="numeric"
        {...field("skip")}
      />
      <TextInput
        label={t("feedsLayout.least")}
        hint={t("feedsLayout.leastHint")}
        width="short"
        inputMode="numeric"
        {...field("least")}
      />
    </>
  );
}

function columnPlace(index: number): string {
  return fixedField(index, "name");
}
