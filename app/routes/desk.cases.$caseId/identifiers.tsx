import { Form } from "@remix-run/react";
import { BASES } from "#app/requests/identifier-check.ts";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { RadioGroup } from "#app/ui/choices.tsx";
import { DateInput } from "#app/ui/date-input.tsx";
import { Select } from "#app/ui/field.tsx";
import { fieldsOf } from "#app/ui/form.ts";
import { formatDate } from "#app/ui/format.ts";
import { Details, Section } from "#app/ui/page.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { BASIS_WORDS } from "../desk.words.ts";
import type { Rejected } from "./carry-out.server.ts";
import type { DeskData } from "./load-desk.server.ts";

type Claim = DeskData["claims"][number];

/** What the resident says to be searched by, each with its verdict and a form to give one. */
export function Identifiers({ desk, rejected }: { desk: DeskData; rejected: Rejected | undefined }) {
  const { t } = useWords();
  return (
    <Section id="identifiers" title={t("desk.identifiersTitle")}>
      <p>{t("desk.identifiersLead")}</p>
      <ul className="usa-list usa-list--unstyled">
        {desk.claims.map((claim) => (
          <li key={claim.identifierId}>
            <p>
              <strong>
                {t(claim.kind === "plate" ? "desk.kindPlate" : "desk.kindLicence")} <bdi>{claim.value}</bdi>
              </strong>{" "}
              <Verdict claim={claim} />
              <br />
              <Claimed claim={claim} />
            </p>
            {desk.mayDecide ? <CheckForm claim={claim} rejected={rejected} /> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Claimed({ claim }: { claim: Claim }) {
  const { t, locale } = useWords();
  const from = formatDate(claim.claimedFrom, locale);
  if (claim.claimedTo === null) return <>{t("desk.claimedStill", { from })}</>;
  return <>{t("desk.claimed", { from, to: formatDate(claim.claimedTo, locale) })}</>;
}

function Verdict({ claim }: { claim: Claim }) {
  const { t, locale } = useWords();
  const { check } = claim;
  if (check === null) return <StatusTag tone="warn">{t("desk.checkNone")}</StatusTag>;
  const basis = t(BASIS_WORDS[check.basis]);
  if (check.verdict === "refused" || check.validFrom === null) {
    return <StatusTag tone="bad">{t("desk.checkRefused", { basis })}</StatusTag>;
  }
  const from = formatDate(check.validFrom, locale);
  if (check.validTo === null) return <StatusTag tone="good">{t("desk.checkVerifiedStill", { from, basis })}</StatusTag>;
  return (
    <StatusTag tone="good">{t("desk.checkVerified", { from, to: formatDate(check.validTo, locale), basis })}</StatusTag>
  );
}

function CheckForm({ claim, rejected }: { claim: Claim; rejected: Rejected | undefined }) {
  const { t } = useWords();
  const id = claim.identifierId;
  const wrong = rejected?.claim === id ? rejected : undefined;
  const saved = {
    [`verdict-${id}`]: claim.check?.verdict ?? "",
    [`basis-${id}`]: claim.check?.basis ?? "",
    // The resident's own words are a start; the clerk's proof decides.
    [`validFrom-${id}`]: claim.check?.validFrom ?? claim.claimedFrom,
    [`validTo-${id}`]: (claim.check ? claim.check.validTo : claim.claimedTo) ?? "",
  };
  const field = fieldsOf(wrong, saved);
  return (
    <Details summary={t("desk.checkForm", { value: claim.value })} open={claim.check === null || wrong !== undefined}>
      <Form method="post" noValidate>
        <input type="hidden" name="claim" value={id} />
        <RadioGroup
          label={t("desk.verdict")}
          options={[
            { value: "verified", label: t("desk.verdictVerified") },
            { value: "refused", label: t("desk.verdictRefused") },
          ]}
          {...field(`verdict-${id}`)}
        />
        <Select
          label={t("desk.basis")}
          placeholder={t("desk.groundChoose")}
          options={BASES.map((basis) => ({ value: basis, label: t(BASIS_WORDS[basis]) }))}
          {...field(`basis-${id}`)}
        />
        <DateInput label={t("desk.validFrom")} {...field(`validFrom-${id}`)} />
        <DateInput label={t("desk.validTo")} hint={t("desk.validToHint")} optional {...field(`validTo-${id}`)} />
        <Buttons>
          <SubmitButton name="intent" value="check">
            {t("desk.checkSave")}
          </SubmitButton>
        </Buttons>
      </Form>
    </Details>
  );
}
