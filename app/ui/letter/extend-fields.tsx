import type { Unit } from "#app/law/local-date.ts";
import { type Choice, RadioGroup } from "../choices.tsx";
import { TextArea, TextInput } from "../field.tsx";
import type { FieldState } from "../form.ts";
import { useWords } from "../words/use-words.tsx";
import { UNIT_WORDS } from "./letter-words.ts";

/** What the law says of taking more time, in the reader's language. */
export interface ShownExtension {
  maximum: number;
  unit: Unit;
  who: string;
  says: string;
  cite: string;
  /** YYYY-MM-DD */
  noticeDue: string;
}

/** Ground, length and words of one extension. `name` says how a field is called on a page with several of them. */
export function ExtendFields(props: {
  grounds: readonly Choice[];
  extension: ShownExtension;
  field: (name: string) => FieldState;
  name?: (field: string) => string;
}) {
  const { t } = useWords();
  const { field, grounds, extension, name = (own) => own } = props;
  return (
    <>
      {grounds.length === 0 ? null : (
        <RadioGroup label={t("letters.ground")} options={grounds} {...field(name("ground"))} />
      )}
      <TextInput
        label={t("letters.length")}
        hint={t("letters.lengthHint", { unit: t(UNIT_WORDS[extension.unit]), maximum: extension.maximum })}
        width="short"
        inputMode="numeric"
        autoComplete="off"
        {...field(name("length"))}
      />
      <TextArea
        label={t("letters.words")}
        hint={t("letters.wordsHint")}
        rows={4}
        optional={grounds.length > 0}
        {...field(name("words"))}
      />
    </>
  );
}
