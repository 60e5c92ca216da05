import { Form } from "@remix-run/react";
import { SOURCES } from "#app/requests/identity/identity-policy.ts";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { Checkboxes, RadioGroup } from "#app/ui/choices.tsx";
import { DateInput } from "#app/ui/date-input.tsx";
import { TextArea, TextInput } from "#app/ui/field.tsx";
import { fieldsOf } from "#app/ui/form.ts";
import { KIND_WORDS, SOURCE_WORDS } from "#app/ui/identity/identity-words.ts";
import { Details, Section } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { Rejected } from "../desk.cases.$caseId/carry-out.server.ts";
import { letterDates } from "./judged.tsx";
import type { IdentityData } from "./load-identity.server.ts";

type Letter = IdentityData["letters"][number];

/** The letters with a code, and the form for the next one. */
export function CodeLetters({ desk, rejected }: { desk: IdentityData; rejected: Rejected | undefined }) {
  const { t } = useWords();
  return (
    <Section id="letters" title={t("identity.letterTitle")}>
      <p>{t("identity.letterLead")}</p>
      {desk.letters.length === 0 ? <p>{t("identity.letterNone")}</p> : null}
      <ul className="usa-list">
        {desk.letters.map((letter) => (
          <li key={letter.id}>
            <LetterLine letter={letter} zone={desk.zone} />
            {desk.mayCheck && letter.printedAt === null && !letter.revoked ? (
              <form method="post" action={`/desk/cases/${desk.caseId}/letter/${letter.id}`}>
                <p className="usa-hint">{t("identity.letterPrintOnce")}</p>
                <SubmitButton look="outline">{t("identity.letterPrint")}</SubmitButton>
              </form>
            ) : null}
          </li>
        ))}
      </ul>
      {desk.mayCheck ? <LetterForm desk={desk} rejected={rejected} /> : null}
    </Section>
  );
}

function LetterLine({ letter, zone }: { letter: Letter; zone: string }) {
  const { t, locale } = useWords();
  const { date, until } = letterDates(letter, zone, locale);
  const source = t(SOURCE_WORDS[letter.source]);
  if (letter.usedAt !== null) return <>{t("identity.letterUsed", { date })}</>;
  if (letter.revoked) return <>{t("identity.letterRevoked", { date, source })}</>;
  if (letter.printedAt === null) return <>{t("identity.letterReady", { date, source })}</>;
  if (letter.isOver || letter.triesLeft === 0) return <>{t("identity.letterOver", { date, source })}</>;
  return <>{t("identity.letterSent", { date, source, until, tries: letter.triesLeft })}</>;
}

function LetterForm({ desk, rejected }: { desk: IdentityData; rejected: Rejected | undefined }) {
  const { t } = useWords();
  const wrong = rejected && rejected.claim === undefined && "address" in rejected.typed ? rejected : undefined;
  const saved = {
    addressee: desk.residentName,
    identifiers: desk.identifiers.map((one) => one.identifierId).join("\n"),
  };
  const field = fieldsOf(wrong, saved);
  return (
    <Details summary={t("identity.letterForm")} open={wrong !== undefined}>
      <Form method="post" noValidate>
        <TextInput label={t("identity.addressee")} width="full" autoComplete="off" {...field("addressee")} />
        <TextArea label={t("identity.address")} hint={t("identity.addressHint")} rows={4} {...field("address")} />
        <RadioGroup
          label={t("identity.source")}
          options={SOURCES.map((source) => ({ value: source, label: t(SOURCE_WORDS[source]) }))}
          {...field("source")}
        />
        <DateInput label={t("identity.recordedOn")} hint={t("identity.recordedOnHint")} {...field("recordedOn")} />
        <Checkboxes
          label={t("identity.letterAbout")}
          options={desk.identifiers.map(({ identifierId, kind, value }) => ({
            value: identifierId,
            label: `${t(KIND_WORDS[kind])} ${value}`,
          }))}
          {...field("identifiers")}
        />
        <Checkboxes
          label={t("identity.onRecord")}
          options={[{ value: "yes", label: t("identity.onRecordYes") }]}
          {...field("onRecord")}
        />
        <Buttons>
          <SubmitButton name="intent" value="letter">
            {t("identity.letterPrepare")}
          </SubmitButton>
        </Buttons>
      </Form>
    </Details>
  );
}
