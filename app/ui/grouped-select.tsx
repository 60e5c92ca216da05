import { Field, type FieldProps, inputAttributes } from "./field.tsx";

/** A choice from a list so long that it is parted under headings. */
export function GroupedSelect(
  props: FieldProps & {
    groups: readonly { label: string; options: readonly { value: string; label: string }[] }[];
    placeholder: string;
  },
) {
  return (
    <Field {...props}>
      <select className={`usa-select${props.error ? " usa-input--error" : ""}`} {...inputAttributes(props)}>
        <option value="">{props.placeholder}</option>
        {props.groups.map((group) => (
          <optgroup key={group.label} label={group.label}>
            {group.options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </Field>
  );
}
