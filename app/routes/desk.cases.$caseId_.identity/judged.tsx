import { Form } from "@remix-run/react";
import { POLICY } from "#app/requests/identity/identity-policy.ts";
import { Alert } from "#app/ui/alert.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { formatDate, formatInstant } from "#app/ui/format.ts";
import { MissingWays, ProofList, VerdictList } from "#app/ui/identity/identity-parts.tsx";
import { BASIS_WORDS, KIND_WORDS, REASON_WORDS } from "#app/ui/identity/identity-words.ts";
import { Details } from "#app/ui/page.tsx";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { Rejected } from "../desk.cases.$caseId/carry-out.server.ts";
import { CheckForm, ClaimLine } from "../desk.cases.$caseId/identifiers.tsx";
import type { IdentityData } from "./load-identity.server.ts";

type Judged = IdentityData["identifiers"][number];

/** One identifier: what was shown, what is missing, every verdict, and the form for the next. */
export function JudgedIdentifier(props: { one: Judged; desk: IdentityData; rejected: Rejected | undefined }) {
  const { t } = useWords();
  const { one, desk, rejected } = props;
  return (
    <li>
      <ClaimLine claim={one} />
      {one.claimedTwice ? <Overlap one={one} mayConfirm={desk.mayConfirm} /> : null}
      <h3>{t("identity.proofsTitle")}</h3>
      <ProofList proofs={one.proofs} zone={desk.zone} />
      <h3>{t("identity.missingTitle")}</h3>
      <MissingWays missing={one.missing} words={BASIS_WORDS} />
      <h3>{t("identity.historyTitle")}</h3>
      <VerdictList verdicts={one.verdicts} zone={desk.zone} />
      {desk.mayCheck ? <CheckForm claim={one} rejected={rejected} /> : null}
    </li>
  );
}

function Overlap({ one, mayConfirm }: { one: Judged; mayConfirm: boolean }) {
  const { t } = useWords();
  return (
    <Alert kind="warning" title={t("identity.overlapTitle")} level={3}>
      <p>{one.overlapConfirmed ? t("identity.overlapConfirmed") : t("identity.overlapText")}</p>
      {mayConfirm && !one.overlapConfirmed ? (
        <Form method="post">
          <input type="hidden" name="identifier" value={one.identifierId} />
          <SubmitButton name="intent" value="confirm-overlap" look="outline">
            {t("identity.overlapConfirm")}
          </SubmitButton>
        </Form>
      ) : null}
    </Alert>
  );
}

/** The table by which it is judged, for one kind, with the reason of each line. */
export function Policy({ kind }: { kind: Judged["kind"] }) {
  const { t } = useWords();
  const worth = (cell: (typeof POLICY)[typeof kind]["video"]) => {
    if (cell.is === "enough") return t("identity.isEnough");
    if (cell.is === "never") return t("identity.isNever");
    const sets = cell.others.map((set) => set.map((basis) => t(BASIS_WORDS[basis])).join(t("identity.and")));
    return t("identity.isWith", { others: sets.join(t("identity.or")) });
  };
  return (
    <Details summary={`${t("identity.policy")}: ${t(KIND_WORDS[kind])}`}>
      <Table
        caption={t(KIND_WORDS[kind])}
        columns={[
          { id: "way", label: t("identity.policyWay"), rowHeader: true },
          { id: "worth", label: t("identity.policyWorth") },
          { id: "why", label: t("identity.policyWhy") },
        ]}
        rows={Object.entries(POLICY[kind]).map(([basis, cell]) => ({
          id: basis,
          cells: {
            way: t(BASIS_WORDS[basis as keyof typeof BASIS_WORDS]),
            worth: worth(cell),
            why: `${t(REASON_WORDS[cell.why])}${cell.cite === null ? "" : ` (${cell.cite})`}`,
          },
        }))}
      />
    </Details>
  );
}

/** A letter of a case, as one line. */
export function letterDates(
  letter: IdentityData["letters"][number],
  zone: string,
  locale: "en" | "es",
): { date: string; until: string } {
  return {
    date: formatInstant(letter.printedAt ?? letter.createdAt, zone, locale),
    until: letter.expiresAt === null ? "" : formatDate(letter.expiresAt.slice(0, 10), locale),
  };
}
