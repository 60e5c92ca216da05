/** Parts of the pages on which identity is proved and judged. */

import type { Refusal } from "#app/requests/identifier-check.ts";
import type { Basis, DocumentKind } from "#app/requests/identity/identity-policy.ts";
import { formatDate, formatInstant } from "../format.ts";
import { useWords } from "../words/use-words.tsx";
import type { WordKey } from "../words/words.ts";
import { BASIS_WORDS, DOCUMENT_WORDS, REFUSAL_WORDS } from "./identity-words.ts";

export interface ShownProof {
  readonly basis: Basis;
  readonly shown: readonly DocumentKind[];
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly byResident: boolean;
  /** ISO instant. */
  readonly at: string;
}

/** What was shown, oldest first. */
export function ProofList({ proofs, zone }: { proofs: readonly ShownProof[]; zone: string }) {
  const { t, locale } = useWords();
  if (proofs.length === 0) return <p>{t("identity.noProofs")}</p>;
  return (
    <ul className="usa-list">
      {proofs.map((proof) => (
        <li key={`${proof.basis}-${proof.at}`}>
          {t("identity.proofAt", { basis: t(BASIS_WORDS[proof.basis]), date: formatInstant(proof.at, zone, locale) })}
          <ProofDays from={proof.validFrom} to={proof.validTo} />
          {proof.byResident ? `, ${t("identity.byResident")}` : null}
          {proof.shown.length > 0 ? (
            <>
              <br />
              {t("identity.proofSeen", { documents: proof.shown.map((one) => t(DOCUMENT_WORDS[one])).join(", ") })}
            </>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function ProofDays({ from, to }: { from: string | null; to: string | null }) {
  const { t, locale } = useWords();
  if (from === null) return null;
  const first = formatDate(from, locale);
  if (to === null) return <>, {t("identity.proofDaysStill", { from: first })}</>;
  return <>, {t("identity.proofDays", { from: first, to: formatDate(to, locale) })}</>;
}

/** Every set of ways that would do, and of each what is still missing; the easiest first. */
export function MissingWays(props: {
  missing: readonly (readonly Basis[])[];
  words: Readonly<Record<Basis, WordKey>>;
}) {
  const { t } = useWords();
  const say = (basis: Basis) => t(props.words[basis] as "identity.wayVideo");
  if (props.missing.some((set) => set.length === 0)) return <p>{t("identity.missingDone")}</p>;
  return (
    <ul className="usa-list">
      {props.missing.map((set) => (
        <li key={set.join("-")}>
          {set.length === 1 && set[0] ? (
            say(set[0])
          ) : (
            <ul className="usa-list usa-list--unstyled">
              {set.map((basis, index) => (
                <li key={basis}>
                  {index === 0 ? "" : `+ `}
                  {say(basis)}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

export interface ShownVerdict {
  readonly verdict: "verified" | "refused";
  readonly basis: Basis;
  readonly reason: Refusal | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  /** ISO instant. */
  readonly at: string;
}

/** Every verdict on one identifier, newest first. */
export function VerdictList({ verdicts, zone }: { verdicts: readonly ShownVerdict[]; zone: string }) {
  const { t, locale } = useWords();
  if (verdicts.length === 0) return <p>{t("identity.noVerdict")}</p>;
  const say = ({ verdict, basis, reason, validFrom, validTo, at }: ShownVerdict) => {
    const date = formatInstant(at, zone, locale);
    if (verdict === "refused" || validFrom === null) {
      return t("identity.verdictRefused", { date, reason: t(REFUSAL_WORDS[reason ?? "not-proved"]) });
    }
    const said = { date, basis: t(BASIS_WORDS[basis]), from: formatDate(validFrom, locale) };
    if (validTo === null) return t("identity.verdictVerifiedStill", said);
    return t("identity.verdictVerified", { ...said, to: formatDate(validTo, locale) });
  };
  return (
    <>
      <ul className="usa-list">
        {verdicts.map((one) => (
          <li key={one.at}>{say(one)}</li>
        ))}
      </ul>
      <p className="usa-hint">{t("identity.undo")}</p>
    </>
  );
}

/** "2 KB", "1.4 MB" */
export function formatBytes(bytes: number, locale: "en" | "es"): string {
  const isLarge = bytes >= 1 << 20;
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return isLarge ? `${format.format(bytes / (1 << 20))} MB` : `${format.format(Math.ceil(bytes / 1024))} KB`;
}
