import type { ClockAct } from "#app/requests/clock-act.ts";
import { Checkboxes, RadioGroup } from "#app/ui/choices.tsx";
import { DateInput } from "#app/ui/date-input.tsx";
import { Select, TextArea, TextInput } from "#app/ui/field.tsx";
import { type FieldState, fieldsOf } from "#app/ui/form.ts";
import { formatDate } from "#app/ui/format.ts";
import { ExtendFields } from "#app/ui/letter/extend-fields.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { Answered } from "./act.server.ts";
import type { ClockData } from "./load-clock.server.ts";

interface Props {
  clock: ClockData;
  field: (name: string) => FieldState;
}

/** The fields of one act, with what was typed in them. */
export function ActForm(props: { act: ClockAct; clock: ClockData; answered: Answered | undefined }) {
  const { act, clock } = props;
  const saved = { on: clock.today, length: String(clock.extension?.maximum ?? ""), availableAt: "17:00" };
  const own = { clock, field: fieldsOf(props.answered, saved) };
  switch (act) {
    case "extend":
      return <Extend {...own} />;
    case "ask-identity":
    case "ask-information":
    case "ask-fee":
      return <Ask {...own} fee={act === "ask-fee"} />;
    case "record-identity":
      return <Record {...own} asked="identity" />;
    case "record-information":
      return <Record {...own} asked="information" />;
    case "record-fee":
      return <Record {...own} asked="fee" />;
    case "pause":
      return <Pause {...own} />;
    case "resume":
      return <Resume {...own} />;
    case "determination":
      return <Determination {...own} />;
    case "denial":
      return <Denial {...own} />;
  }
}

function Extend({ clock, field }: Props) {
  const { t, locale } = useWords();
  const { extension } = clock;
  if (!extension) return null;
  const { who, says, cite, noticeDue } = extension;
  return (
    <>
      <p>{t("letters.extendLead", { who, says, cite, date: formatDate(noticeDue, locale) })}</p>
      <ExtendFields grounds={clock.grounds} extension={extension} field={field} />
      <DateInput label={t("letters.expectedOn")} hint={t("letters.expectedHint")} optional {...field("expectedOn")} />
      <Signer field={field} />
    </>
  );
}

function Ask({ clock, field, fee }: Props & { fee: boolean }) {
  const { t } = useWords();
  const hint = clock.fee ? t("letters.amountHint", { fee: clock.fee }) : t("letters.amountHintPlain");
  return (
    <>
      <p>{t("letters.askLead")}</p>
      {fee ? (
        <TextInput label={t("letters.amount")} hint={hint} width="short" autoComplete="off" {...field("amount")} />
      ) : null}
      <TextArea label={t("letters.words")} hint={t("letters.wordsHint")} {...field("words")} />
      <Signer field={field} />
    </>
  );
}

function Record({ clock, field, asked }: Props & { asked: keyof ClockData["openSince"] }) {
  const { t, locale } = useWords();
  const since = clock.openSince[asked];
  return (
    <>
      {since ? <p>{t("letters.recordLead", { date: formatDate(since, locale) })}</p> : null}
      <DateInput label={t("letters.cameOn")} {...field("on")} />
    </>
  );
}

function Pause({ clock, field }: Props) {
  const { t } = useWords();
  return (
    <>
      <p>{t("letters.pauseLead", { cite: clock.pauseCite })}</p>
      <RadioGroup label={t("letters.ground")} options={clock.pauseGrounds} {...field("ground")} />
      <DateInput label={t("letters.pausedOn")} {...field("on")} />
      <TextArea label={t("letters.words")} hint={t("letters.wordsHint")} rows={4} optional {...field("words")} />
      <Signer field={field} />
    </>
  );
}

function Resume({ field }: Props) {
  const { t } = useWords();
  return <DateInput label={t("letters.resumedOn")} {...field("on")} />;
}

function Determination({ clock, field }: Props) {
  const { t } = useWords();
  return (
    <>
      <p>{t("letters.determinationLead", { cite: clock.view.cite })}</p>
      <RadioGroup
        label={t("letters.outcome")}
        options={[
          { value: "whole", label: t("letters.outcomeWhole") },
          { value: "part", label: t("letters.outcomePart") },
        ]}
        {...field("outcome")}
      />
      <DateInput label={t("letters.availableOn")} hint={t("letters.availableHint")} {...field("availableOn")} />
      <Select label={t("letters.availableAt")} options={clock.hours} {...field("availableAt")} />
      <TextArea label={t("letters.reasons")} hint={t("letters.reasonsHint")} {...field("words")} />
      <Checkboxes
        label={t("letters.exemptionsPart")}
        hint={t("letters.exemptionsPartHint")}
        options={clock.exemptions}
        {...field("exemptions")}
      />
      <People field={field} />
    </>
  );
}

function Denial({ clock, field }: Props) {
  const { t } = useWords();
  return (
    <>
      <p>{t("letters.denialLead", { cite: clock.view.cite })}</p>
      <Checkboxes
        label={t("letters.exemptions")}
        options={clock.exemptions.filter(({ whole }) => whole)}
        {...field("exemptions")}
      />
      <TextArea label={t("letters.reasons")} hint={t("letters.reasonsHint")} {...field("words")} />
      <People field={field} />
    </>
  );
}

function Signer({ field }: Pick<Props, "field">) {
  const { t } = useWords();
  return <TextInput label={t("letters.signer")} hint={t("letters.signerHint")} {...field("signer")} />;
}

function People({ field }: Pick<Props, "field">) {
  const { t } = useWords();
  return <TextArea label={t("letters.people")} hint={t("letters.peopleHint")} rows={3} {...field("people")} />;
}
