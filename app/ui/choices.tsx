import type { ReactNode } from "react";
import { FieldGroup, type FieldProps, fieldId } from "./field.tsx";
import { listTyped } from "./form.ts";

/** One of several things to choose from. */
export interface Choice {
  value: string;
  label: ReactNode;
  hint?: string;
}

/** Choose exactly one; all choices in sight. */
export function RadioGroup(props: FieldProps & { options: readonly Choice[] }) {
  return (
    <FieldGroup {...props}>
      {props.options.map((option, index) => (
        <ChoiceInput
          key={option.value}
          kind="radio"
          name={props.name}
          id={choiceId(props.name, index)}
          option={option}
          checked={props.value === option.value}
        />
      ))}
    </FieldGroup>
  );
}

/** Choose any number. The field is sent as `name[]`; its value is a list joined by line breaks. */
export function Checkboxes(props: FieldProps & { options: readonly Choice[] }) {
  const chosen = listTyped(props.value ?? "");
  return (
    <FieldGroup {...props}>
      {props.options.map((option, index) => (
        <ChoiceInput
          key={option.value}
          kind="checkbox"
          name={`${props.name}[]`}
          id={choiceId(props.name, index)}
          option={option}
          checked={chosen.includes(option.value)}
        />
      ))}
    </FieldGroup>
  );
}

function ChoiceInput(props: {
  kind: "radio" | "checkbox";
  name: string;
  id: string;
  option: Choice;
  checked: boolean;
}) {
  const { kind, option } = props;
  return (
    <div className={`usa-${kind}`}>
      <input
        className={`usa-${kind}__input usa-${kind}__input--tile`}
        id={props.id}
        type={kind}
        name={props.name}
        value={option.value}
        defaultChecked={props.checked}
      />
      <label className={`usa-${kind}__label`} htmlFor={props.id}>
        {option.label}
        {option.hint ? <span className={`usa-${kind}__label-description`}>{option.hint}</span> : null}
      </label>
    </div>
  );
}

/** The first choice carries the field's own id, so that the error summary leads to it. */
function choiceId(name: string, index: number): string {
  return index === 0 ? fieldId(name) : `${fieldId(name)}-${index}`;
}
