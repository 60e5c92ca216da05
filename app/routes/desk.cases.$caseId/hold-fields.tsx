import type { GroundChoice } from "#app/histories/get-desk.server.ts";
import { DateInput } from "#app/ui/date-input.tsx";
import { Select, TextArea } from "#app/ui/field.tsx";
import type { FieldState } from "#app/ui/form.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { Translate } from "#app/ui/words/words.ts";

/** Law, reason and day of the next look: what it takes to hold something back. */
export function HoldFields(props: { grounds: readonly GroundChoice[]; field: (name: string) => FieldState }) {
  const { t } = useWords();
  const { field } = props;
  return (
    <>
      <Select
        label={t("desk.ground")}
        placeholder={t("desk.groundChoose")}
        hint={t("workspace.groundHint")}
        options={props.grounds.map((ground) => ({ value: ground.id, label: labelOf(ground, t) }))}
        {...field("ground")}
      />
      <TextArea label={t("desk.reason")} hint={t("desk.reasonHint")} rows={3} {...field("reason")} />
      <DateInput label={t("desk.reviewOn")} hint={t("desk.reviewOnHint")} optional {...field("reviewOn")} />
    </>
  );
}

function labelOf({ cite, plain, covers, needsJudgement }: GroundChoice, t: Translate): string {
  const label = `${cite}: ${plain}`;
  const fields = covers.includes("line") ? "" : ` ${t("workspace.groundFields")}`;
  return needsJudgement ? `${label}${fields}` : `${label}${fields} ${t("workspace.groundByItself")}`;
}
