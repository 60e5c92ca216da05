import type { HTMLInputAutoCompleteAttribute, ReactNode } from "react";
import { Say } from "./message.tsx";
import { useWords } from "./words/use-words.tsx";
import type { Message } from "./words/words.ts";

/** What every field has. `fieldsOf` gives name, value and error together. */
export interface FieldProps {
  name: string;
  label: string;
  hint?: ReactNode;
  error?: Message | undefined;
  value?: string;
  optional?: boolean;
}

/** Where an error summary's link leads. */
export function fieldId(name: string): string {
  return `field-${name.replace(/[^\w-]/g, "-")}`;
}

/** The ids of a field's hint and error, for `aria-describedby`. */
export function describedBy(props: Pick<FieldProps, "name" | "hint" | "error">): string | undefined {
  const id = fieldId(props.name);
  const ids = [props.hint ? `${id}-hint` : "", props.error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return ids || undefined;
}

/** The hint and the error above an input. */
export function FieldNotes(props: Pick<FieldProps, "name" | "hint" | "error">) {
  const { t } = useWords();
  const id = fieldId(props.name);
  return (
    <>
      {props.hint ? (
        <div className="usa-hint" id={`${id}-hint`}>
          {props.hint}
        </div>
      ) : null}
      {props.error ? (
        <span className="usa-error-message" id={`${id}-error`}>
          <span className="usa-sr-only">{t("errors.prefix")} </span>
          <Say message={props.error} />
        </span>
      ) : null}
    </>
  );
}

/** A label's text, saying so when the field may stay blank. */
export function LabelText(props: Pick<FieldProps, "label" | "optional">) {
  const { t } = useWords();
  return (
    <>
      {props.label}
      {props.optional ? <span className="wl-optional"> {t("common.optional")}</span> : null}
    </>
  );
}

/** A label with hint and error around any single input of your own; give the input `id={fieldId(name)}`. */
export function Field(props: FieldProps & { children: ReactNode }) {
  return (
    <div className={`usa-form-group${props.error ? " usa-form-group--error" : ""}`}>
      <label className={`usa-label${props.error ? " usa-label--error" : ""}`} htmlFor={fieldId(props.name)}>
        <LabelText {...props} />
      </label>
      <FieldNotes {...props} />
      {props.children}
    </div>
  );
}

/** A group of inputs under one legend, with hint and error. */
export function FieldGroup(props: FieldProps & { children: ReactNode }) {
  const described = describedBy(props);
  return (
    <div className={`usa-form-group${props.error ? " usa-form-group--error" : ""}`}>
      <fieldset className="usa-fieldset" {...(described ? { "aria-describedby": described } : {})}>
        <legend className={`usa-legend${props.error ? " usa-label--error" : ""}`}>
          <LabelText {...props} />
        </legend>
        <FieldNotes {...props} />
        {props.children}
      </fieldset>
    </div>
  );
}

/** The attributes that tie an input to its label, hint and error. */
export function inputAttributes(props: FieldProps) {
  return {
    id: fieldId(props.name),
    name: props.name,
    defaultValue: props.value ?? "",
    "aria-describedby": describedBy(props),
    "aria-invalid": props.error ? true : undefined,
  };
}

/** One line of text. The browser cuts nothing off: what is too long is said, and kept. */
export function TextInput(
  props: FieldProps & {
    type?: "text" | "email" | "tel" | "search";
    width?: "short" | "medium" | "full";
    inputMode?: "text" | "numeric" | "email" | "tel";
    autoComplete?: HTMLInputAutoCompleteAttribute;
    autoCapitalize?: "none" | "characters" | "words";
    spellCheck?: boolean;
  },
) {
  return (
    <Field {...props}>
      <input
        className={`usa-input${props.error ? " usa-input--error" : ""} ${WIDTHS[props.width ?? "medium"]}`}
        type={props.type ?? "text"}
        inputMode={props.inputMode}
        autoComplete={props.autoComplete}
        autoCapitalize={props.autoCapitalize}
        spellCheck={props.spellCheck}
        {...inputAttributes(props)}
      />
    </Field>
  );
}

/** Several lines of text. */
export function TextArea(props: FieldProps & { rows?: number }) {
  return (
    <Field {...props}>
      <textarea
        className={`usa-textarea${props.error ? " usa-input--error" : ""}`}
        rows={props.rows ?? 5}
        {...inputAttributes(props)}
      />
    </Field>
  );
}

/** A choice from a long list; for up to six choices take RadioGroup. */
export function Select(
  props: FieldProps & { options: readonly { value: string; label: string }[]; placeholder?: string },
) {
  return (
    <Field {...props}>
      <select className={`usa-select${props.error ? " usa-input--error" : ""}`} {...inputAttributes(props)}>
        {props.placeholder === undefined ? null : <option value="">{props.placeholder}</option>}
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

const WIDTHS = { short: "wl-input-short", medium: "wl-input-medium", full: "wl-input-full" } as const;
