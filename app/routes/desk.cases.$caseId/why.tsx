import type { ClaimKind } from "#app/feeds/identifier.ts";
import type { Explanation } from "#app/histories/matching/explanation.ts";
import { KIND_WORDS } from "#app/ui/identity/identity-words.ts";
import { Details } from "#app/ui/page.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { WordKey } from "#app/ui/words/words.ts";

/** Why the machine brings a look-up to this case: what agreed, and how well. */
export function Why(props: { evidence: readonly string[]; explanation: Explanation | null; at: string }) {
  const { t } = useWords();
  const { evidence, explanation, at } = props;
  if (explanation === null) return <Exact evidence={evidence} />;
  const percent = `${Math.min(99, Math.round(explanation.chance * 100))} %`;
  const isAsked = explanation.band === "ask";
  return (
    <>
      {isAsked ? <StatusTag tone="warn">{t("match.askTag")}</StatusTag> : null}{" "}
      {t(isAsked ? "match.scoredAsk" : "match.scored", { percent })}
      <Details summary={`${t("match.why")} ${t("match.whyOf", { at })}`}>
        <ul className="usa-list">
          {explanation.parts.map(({ field, level, bits }) => (
            <li key={field}>
              {t(FIELD_WORDS[field], {
                how: t("match.strength", { level: t(levelWord(level)), strength: t(strengthWord(bits)) }),
              })}
            </li>
          ))}
          {explanation.crossed ? <li>{t("match.crossed")}</li> : null}
          {explanation.noBirth ? <li>{t("match.noBirth")}</li> : null}
          {explanation.numberOther ? <li>{t("match.numberOther")}</li> : null}
        </ul>
      </Details>
    </>
  );
}

function Exact({ evidence }: { evidence: readonly string[] }) {
  const { t } = useWords();
  const kinds = (Object.keys(KIND_WORDS) as ClaimKind[]).filter((kind) => evidence.includes(`${kind}-exact`));
  return <>{kinds.map((kind) => t("match.exact", { what: t(KIND_WORDS[kind]) })).join("; ")}</>;
}

const FIELD_WORDS = {
  given: "match.given",
  family: "match.family",
  birth: "match.birth",
  suffix: "match.suffix",
} as const satisfies Readonly<Record<Explanation["parts"][number]["field"], WordKey>>;

const LEVEL_WORDS = {
  same: "match.same",
  part: "match.part",
  "short-form": "match.shortForm",
  initial: "match.initial",
  close: "match.close",
  alike: "match.alike",
  other: "match.other",
  swapped: "match.swapped",
  typo: "match.typo",
  "two-parts": "match.twoParts",
  year: "match.year",
} as const satisfies Readonly<Record<string, WordKey>>;

function levelWord(level: string) {
  return LEVEL_WORDS[level as keyof typeof LEVEL_WORDS] ?? LEVEL_WORDS.other;
}

/** A bit doubles the odds; eight make it 256 times as likely. */
function strengthWord(bits: number) {
  if (bits >= 8) return "match.strongFor";
  if (bits >= 1) return "match.for";
  return bits > -1 ? "match.neither" : "match.against";
}
