import type { OfferedCustodian } from "#app/requests/custodians.server.ts";
import { countRows, MAX_OTHER_NAMES, MAX_PLATES, type Section } from "#app/requests/sections.ts";
import { EmptyState } from "#app/ui/alert.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { Checkboxes, RadioGroup } from "#app/ui/choices.tsx";
import { ContactFields } from "#app/ui/contact-fields.tsx";
import { DateInput } from "#app/ui/date-input.tsx";
import { TextInput } from "#app/ui/field.tsx";
import { type FieldState, fieldsOf } from "#app/ui/form.ts";
import { Details } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { Message } from "#app/ui/words/words.ts";

/** What a section's page is drawn from. */
export interface SectionPage {
  readonly fields: Readonly<Record<string, string>>;
  readonly custodians: readonly OfferedCustodian[];
  readonly email: string;
  /** Whether a mail that says nothing can be sent from here. */
  readonly neutral: boolean;
}

interface Rejected {
  issues: Record<string, Message>;
  typed: Record<string, string>;
}

type FieldOf = (name: string) => FieldState;

/** The fields of one section, with what was typed or saved. */
export function SectionFields(props: { step: Section; page: SectionPage; rejected: Rejected | undefined }) {
  const { step, page, rejected } = props;
  const field = fieldsOf(rejected, page.fields);
  const shown = rejected?.typed ?? page.fields;
  if (step === "you") return <YouFields field={field} />;
  if (step === "identifiers") return <IdentifierFields field={field} rows={countRows(shown)} />;
  if (step === "agencies") return <AgencyFields field={field} custodians={page.custodians} />;
  if (step === "period") return <PeriodFields field={field} />;
  return <ContactFields field={field} email={page.email} neutral={page.neutral} />;
}

function YouFields({ field }: { field: FieldOf }) {
  const { t } = useWords();
  return (
    <>
      <p>{t("request.youLead")}</p>
      <TextInput
        label={t("request.name")}
        hint={t("request.nameHint")}
        width="full"
        autoComplete="name"
        {...field("name")}
      />
      <DateInput label={t("request.birthDate")} birth {...field("birthDate")} />
    </>
  );
}

function IdentifierFields({ field, rows }: { field: FieldOf; rows: number }) {
  const { t } = useWords();
  return (
    <>
      <p>{t("request.identifiersLead")}</p>
      {[...Array(rows).keys()].map((row) => (
        <PlateFields key={row} field={field} row={row} />
      ))}
      {rows < MAX_PLATES ? (
        <p>
          <SubmitButton name="intent" value="add-plate" look="outline">
            {t("request.addPlate")}
          </SubmitButton>
        </p>
      ) : null}
      <TextInput
        label={t("request.licence")}
        hint={t("request.licenceHint")}
        optional
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        {...field("licence")}
      />
      <OtherNumbers field={field} />
      <ByName field={field} />
    </>
  );
}

function ByName({ field }: { field: FieldOf }) {
  const { t } = useWords();
  const rows = [...Array(MAX_OTHER_NAMES).keys()];
  const isUsed = rows.some((row) => field(`otherName${row}`).value !== "");
  return (
    <>
      <RadioGroup
        label={t("match.byName")}
        hint={t("match.byNameHint")}
        options={[
          { value: "yes", label: t("match.byNameYes") },
          { value: "no", label: t("match.byNameNo") },
        ]}
        {...field("byName")}
      />
      <Details summary={t("match.otherNames")} open={isUsed}>
        <p>{t("match.otherNamesHint")}</p>
        {rows.map((row) => (
          <TextInput
            key={row}
            label={t("match.otherName", { number: row + 1 })}
            optional
            autoComplete="off"
            spellCheck={false}
            {...field(`otherName${row}`)}
          />
        ))}
      </Details>
    </>
  );
}

/** Folded away, because nobody has to give them; open when something stands in one. */
function OtherNumbers({ field }: { field: FieldOf }) {
  const { t } = useWords();
  const number = { optional: true, autoComplete: "off", spellCheck: false } as const;
  const isUsed = ["vin", "vinFrom", "vinTo", "stateId", "ssn"].some((name) => {
    const { value, error } = field(name);
    return value.replaceAll("-", "") !== "" || error !== undefined;
  });
  return (
    <Details summary={t("identity.moreNumbers")} open={isUsed}>
      <TextInput
        label={t("identity.vin")}
        hint={t("identity.vinHint")}
        autoCapitalize="characters"
        {...number}
        {...field("vin")}
      />
      <DateInput label={t("identity.vinFrom")} hint={t("request.plateFromHint")} optional {...field("vinFrom")} />
      <DateInput label={t("identity.vinTo")} hint={t("request.plateToHint")} optional {...field("vinTo")} />
      <TextInput
        label={t("identity.stateId")}
        hint={t("identity.stateIdHint")}
        autoCapitalize="characters"
        {...number}
        {...field("stateId")}
      />
      <TextInput
        label={t("identity.ssn")}
        hint={t("identity.ssnHint")}
        inputMode="numeric"
        {...number}
        {...field("ssn")}
      />
    </Details>
  );
}

function PlateFields({ field, row }: { field: FieldOf; row: number }) {
  const { t } = useWords();
  return (
    <fieldset className="usa-fieldset usa-form-group">
      <legend className="usa-legend">{t("request.plateGroup", { number: row + 1 })}</legend>
      <TextInput
        label={t("request.plate")}
        hint={t("request.plateHint")}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        {...field(`plate${row}`)}
      />
      <DateInput label={t("request.plateFrom")} hint={t("request.plateFromHint")} {...field(`plateFrom${row}`)} />
      <DateInput label={t("request.plateTo")} hint={t("request.plateToHint")} optional {...field(`plateTo${row}`)} />
    </fieldset>
  );
}

function AgencyFields({ field, custodians }: { field: FieldOf; custodians: readonly OfferedCustodian[] }) {
  const { t, locale } = useWords();
  if (custodians.length === 0)
    return <EmptyState title={t("request.noAgencies")}>{t("request.noAgenciesText")}</EmptyState>;
  const options = custodians.map((custodian) => {
    const systems = custodian.systems.map((system) => system.name).join("; ");
    const about = custodian.systems.map((system) => system.about[locale]).join(" ");
    const law = custodian.law.title[locale];
    const binds =
      custodian.kind === "state-agency" ? t("request.agencyState", { law }) : t("request.agencyLocal", { law });
    return {
      value: custodian.id,
      label: custodian.name,
      hint: `${t("request.agencyHolds", { systems })} ${about} ${binds}`,
    };
  });
  return (
    <>
      <p>{t("request.agenciesLead")}</p>
      <Checkboxes label={t("request.agencies")} options={options} {...field("agencies")} />
      {custodians.map((custodian) => (
        <Details key={custodian.id} summary={t("request.agencyLaw", { agency: custodian.name })}>
          <p>{custodian.law.reason[locale]}</p>
          <p>{custodian.law.gives[locale]}</p>
          <p>
            <cite className="wl-cite">{custodian.law.cite}</cite>
          </p>
        </Details>
      ))}
    </>
  );
}

function PeriodFields({ field }: { field: FieldOf }) {
  const { t } = useWords();
  return (
    <>
      <p>{t("request.periodLead")}</p>
      <DateInput label={t("request.periodFrom")} hint={t("request.periodHint")} {...field("from")} />
      <DateInput label={t("request.periodTo")} hint={t("request.periodHint")} {...field("to")} />
    </>
  );
}
