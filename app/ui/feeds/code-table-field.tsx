import type { CodedField } from "#app/feeds/profile.ts";
import { Field, inputAttributes, TextArea } from "../field.tsx";
import type { FieldState } from "../form.ts";
import { useWords } from "../words/use-words.tsx";
import { type BadLine, codesField, codesFile } from "./code-table.ts";

/** One code table: pasted, or as a file; with each line that cannot be used named under it. */
export function CodeTableField(props: {
  coded: CodedField;
  label: string;
  field: (name: string) => FieldState;
  lines: readonly BadLine[];
}) {
  const { t } = useWords();
  const { coded, label, field, lines } = props;
  const file = {
    ...field(codesFile(coded)),
    label: t("feedsCodes.file"),
    hint: t("feedsCodes.fileHint"),
    optional: true,
  };
  // A file input takes no value from the page.
  const { defaultValue: _, ...attributes } = inputAttributes(file);
  const hints = [
    t("feedsCodes.hint"),
    ...(coded === "messageKey" ? [t("feedsCodes.hintKeys")] : []),
    t("feedsCodes.hintHead"),
  ];
  return (
    <>
      <TextArea
        label={t("feedsCodes.table", { field: label })}
        hint={hints.join(" ")}
        rows={8}
        optional
        {...field(codesField(coded))}
      />
      <BadLines name={codesField(coded)} lines={lines} />
      <Field {...file}>
        <input className="usa-file-input" type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" {...attributes} />
      </Field>
    </>
  );
}

/** As many lines as help; whoever brought the wrong table need not read all of it. */
const SHOWN = 25;

/** The lines of one field that cannot be used, each with why. */
export function BadLines(props: { name: string; lines: readonly BadLine[] }) {
  const { t, say } = useWords();
  const own = props.lines.filter(({ field }) => field === props.name);
  if (own.length === 0) return null;
  return (
    <div className="wl-bad-lines">
      <p>{t("feedsCodes.lines")}</p>
      <ul className="usa-list">
        {own.slice(0, SHOWN).map(({ line, why }) => (
          <li key={line}>{t("feedsCodes.line", { line, why: say(why) })}</li>
        ))}
      </ul>
      {own.length > SHOWN ? <p>{t("feedsCodes.more", { count: own.length - SHOWN })}</p> : null}
    </div>
  );
}
