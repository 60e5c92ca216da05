import { Form, Link } from "@remix-run/react";
import type { ClaimKind } from "#app/feeds/identifier.ts";
import { REFUSALS } from "#app/requests/identifier-check.ts";
import { BASES, type Basis, documentsFor } from "#app/requests/identity/identity-policy.ts";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { Checkboxes, RadioGroup } from "#app/ui/choices.tsx";
import { DateInput } from "#app/ui/date-input.tsx";
import { Select } from "#app/ui/field.tsx";
import { fieldsOf } from "#app/ui/form.ts";
import { formatDate } from "#app/ui/format.ts";
import { BASIS_WORDS, DOCUMENT_WORDS, KIND_WORDS, REFUSAL_WORDS } from "#app/ui/identity/identity-words.ts";
import { Details, Section } from "#app/ui/page.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { Rejected } from "./carry-out.server.ts";
import type { DeskData } from "./load-desk.server.ts";

/** An identifier as far as a verdict needs it. */
export interface Claim {
  readonly identifierId: string;
  readonly kind: ClaimKind;
  readonly value: string;
  readonly claimedFrom: string;
  readonly claimedTo: string | null;
  readonly check: {
    readonly verdict: "verified" | "refused";
    readonly basis: Basis;
    readonly validFrom: string | null;
    readonly validTo: string | null;
  } | null;
}

/** What the resident says to be searched by, each with its verdict and a form to give one. */
export function Identifiers({ desk, rejected }: { desk: DeskData; rejected: Rejected | undefined }) {
  const { t } = useWords();
  return (
    <Section id="identifiers" title={t("desk.identifiersTitle")}>
      <p>{t("desk.identifiersLead")}</p>
      <p>
        <Link className="usa-link" to={`/desk/cases/${desk.caseId}/identity`}>
          {t("identity.deskLink")}
        </Link>
      </p>
      <ul className="usa-list usa-list--unstyled">
        {desk.claims.map((claim) => (
          <li key={claim.identifierId}>
            <ClaimLine claim={claim} />
            {desk.mayDecide ? <CheckForm claim={claim} rejected={rejected} /> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** One identifier, what was said of it, and where it stands. */
export function ClaimLine({ claim }: { claim: Claim }) {
  const { t } = useWords();
  return (
    <p>
      <strong>
        {t(KIND_WORDS[claim.kind])} <bdi>{claim.value}</bdi>
      </strong>{" "}
      <Verdict claim={claim} />
      <br />
      <Claimed claim={claim} />
    </p>
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

/** What was shown, and the verdict on it. */
export function CheckForm({ claim, rejected }: { claim: Claim; rejected: Rejected | undefined }) {
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
            { value: "noted", label: t("identity.verdictNoted") },
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
        <Checkboxes
          label={t("identity.shown")}
          hint={t("identity.shownHint")}
          options={documentsFor(claim.kind).map((document) => ({
            value: document,
            label: t(DOCUMENT_WORDS[document]),
          }))}
          {...field(`shown-${id}`)}
        />
        <DateInput label={t("desk.validFrom")} {...field(`validFrom-${id}`)} />
        <DateInput label={t("desk.validTo")} hint={t("desk.validToHint")} optional {...field(`validTo-${id}`)} />
        <Select
          label={t("identity.reason")}
          hint={t("identity.reasonHint")}
          optional
          placeholder={t("desk.groundChoose")}
          options={REFUSALS.map((reason) => ({ value: reason, label: t(REFUSAL_WORDS[reason]) }))}
          {...field(`reason-${id}`)}
        />
        <Buttons>
          <SubmitButton name="intent" value="check">
            {t("desk.checkSave")}
          </SubmitButton>
        </Buttons>
      </Form>
    </Details>
  );
}
