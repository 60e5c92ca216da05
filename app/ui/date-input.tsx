import { describedBy, FieldGroup, type FieldProps, fieldId } from "./field.tsx";
import { datePartsTyped } from "./form.ts";
import { useWords } from "./words/use-words.tsx";

/** A day one knows by heart, in three boxes; sent as name.month, name.day, name.year. Value: YYYY-MM-DD. */
export function DateInput(props: FieldProps & { birth?: boolean }) {
  const { t } = useWords();
  const parts = datePartsTyped(props.value ?? "");
  const hint = props.hint ?? t("common.dateHint");
  const month = { part: "month", label: t("common.month"), width: 2 } as const;
  const day = { part: "day", label: t("common.day"), width: 2 } as const;
  const year = { part: "year", label: t("common.year"), width: 4 } as const;
  return (
    <FieldGroup {...props} hint={hint}>
      <div className="usa-memorable-date">
        {[month, day, year].map(({ part, label, width }) => (
          <div key={part} className={`usa-form-group usa-form-group--${part}`}>
            <label className="usa-label" htmlFor={partId(props.name, part)}>
              {label}
            </label>
            <input
              className={`usa-input${props.error ? " usa-input--error" : ""}`}
              id={partId(props.name, part)}
              name={`${props.name}.${part}`}
              inputMode="numeric"
              autoComplete={props.birth ? `bday-${part}` : "off"}
              size={width}
              defaultValue={parts[part]}
              aria-describedby={describedBy({ ...props, hint })}
              aria-invalid={props.error ? true : undefined}
            />
          </div>
        ))}
      </div>
    </FieldGroup>
  );
}

function partId(name: string, part: "month" | "day" | "year"): string {
  return part === "month" ? fieldId(name) : `${fieldId(name)}-${part}`;
}
