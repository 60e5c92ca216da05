import { Form } from "@remix-run/react";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { KIND_WORDS } from "#app/ui/clock-words.ts";
import { DateInput } from "#app/ui/date-input.tsx";
import { Select, TextInput } from "#app/ui/field.tsx";
import { type FieldState, fieldsOf } from "#app/ui/form.ts";
import { GroupedSelect } from "#app/ui/grouped-select.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { JURISDICTION_WORDS } from "./laws.words.ts";
import type { DeadlinesData } from "./load-deadlines.server.ts";
import { MOST_CLOSED, MOST_EVENTS } from "./question.ts";

type FieldOf = (name: string) => FieldState;

/** Law, day, and what happened since. It goes out as an address, so that the answer can be saved and shared. */
export function FactsForm({ data }: { data: DeadlinesData }) {
  const { t } = useWords();
  const { laws, fields, rows } = data;
  const field = fieldsOf({ issues: data.issues, typed: data.typed });
  return (
    <Form method="get" action="/deadlines" noValidate reloadDocument>
      <GroupedSelect
        label={t("deadlines.rule")}
        placeholder={t("deadlines.ruleChoose")}
        groups={laws.map(({ jurisdiction, rules }) => ({
          label: t(JURISDICTION_WORDS[jurisdiction]),
          options: rules.map(({ id, label }) => ({ value: id, label })),
        }))}
        {...field("rule")}
      />
      <DateInput label={t("deadlines.on")} hint={t("deadlines.dayHint")} {...field("on")} />
      {fields.hours ? <TimeInput hint={t("deadlines.atHint")} {...field("at")} /> : null}
      {fields.calendars.length > 0 ? (
        <Select
          label={t("deadlines.calendar")}
          hint={t("deadlines.calendarHint")}
          options={fields.calendars.map(({ id, label }) => ({ value: id, label }))}
          {...field("calendar")}
        />
      ) : (
        <Kept state={field("calendar")} />
      )}
      {fields.hours ? null : <Kept state={field("at")} />}
      {numbers(rows.events).map((number) => (
        <EventRow key={number} number={number} data={data} field={field} />
      ))}
      {numbers(rows.closed).map((number) => (
        <DateInput
          key={number}
          label={t("deadlines.closed", { number: number + 1 })}
          hint={t("deadlines.closedHint")}
          {...field(`closed${number}`)}
        />
      ))}
      <Buttons>
        <SubmitButton>{t("deadlines.button")}</SubmitButton>
        {rows.events < MOST_EVENTS ? (
          <SubmitButton name="add" value="event" look="outline">
            {t("deadlines.addEvent")}
          </SubmitButton>
        ) : null}
        {fields.closed && rows.closed < MOST_CLOSED ? (
          <SubmitButton name="add" value="closed" look="outline">
            {t("deadlines.addClosed")}
          </SubmitButton>
        ) : null}
      </Buttons>
      <p className="wl-fine">{t("deadlines.address")}</p>
    </Form>
  );
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}

function TimeInput(props: FieldState & { hint: string }) {
  const { t } = useWords();
  return <TextInput label={t("deadlines.at")} {...props} width="short" autoComplete="off" />;
}

/** What the chosen law has no field for goes along unseen, unless something is wrong with it: then it is seen. */
function Kept({ state }: { state: FieldState }) {
  const { t } = useWords();
  if (state.error) return <TextInput label={t("deadlines.other")} {...state} />;
  return state.value === "" ? null : <input type="hidden" name={state.name} value={state.value} />;
}

/** One thing that happened, and its day. Choosing nothing and leaving the day blank takes it out. */
function EventRow({ number, data, field }: { number: number; data: DeadlinesData; field: FieldOf }) {
  const { t } = useWords();
  const kind = field(`event${number}`);
  const offered = data.fields.kinds.map((one) => ({ value: one as string, label: t(KIND_WORDS[one]) }));
  // What an address asks for and this law does not have is still shown as it was asked for.
  const isOffered = kind.value === "" || offered.some(({ value }) => value === kind.value);
  const known = Object.entries(KIND_WORDS).find(([one]) => one === kind.value)?.[1];
  const asked = isOffered ? [] : [{ value: kind.value, label: known ? t(known) : kind.value }];
  return (
    <fieldset className="usa-fieldset wl-row">
      <legend className="usa-legend">{t("deadlines.event", { number: number + 1 })}</legend>
      <Select
        label={t("deadlines.kind")}
        hint={t("deadlines.kindHint")}
        placeholder={t("deadlines.kindChoose")}
        options={[...offered, ...asked]}
        {...kind}
      />
      <DateInput label={t("deadlines.kindOn")} hint={t("deadlines.dayHint")} {...field(`event${number}On`)} />
      {data.fields.hours ? <TimeInput hint={t("deadlines.kindAtHint")} {...field(`event${number}At`)} /> : null}
    </fieldset>
  );
}
