import { Form, Link } from "@remix-run/react";
import type { ProposalShow } from "#app/histories/get-proposal.server.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { TextInput } from "#app/ui/field.tsx";
import { Details, Section } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { WordKey } from "#app/ui/words/words.ts";
import type { ProposalData } from "./load-proposal.server.ts";

const SHOW_WORDS = {
  sample: "approval.showSample",
  left: "approval.showLeft",
  all: "approval.showAll",
} as const satisfies Record<ProposalShow, WordKey>;

/** Which lines the supervisor must look at, why these, and how many are left. */
export function SampleSection({ proposal }: { proposal: ProposalData }) {
  const { t } = useWords();
  const { sample, show } = proposal;
  if (sample.lines === 0) return null;
  const whole = sample.always + sample.drawn === sample.lines;
  return (
    <Section id="sample" title={t("approval.sampleTitle")}>
      <ul className="usa-list">
        {sample.always > 0 ? <li>{t("approval.sampleAlways", { count: sample.always })}</li> : null}
        {sample.drawnFrom > 0 ? (
          <li>{t("approval.sampleDrawn", { drawn: sample.drawn, from: sample.drawnFrom })}</li>
        ) : null}
      </ul>
      <p>
        <strong>{sample.left > 0 ? t("approval.sampleLeft", { count: sample.left }) : t("approval.sampleDone")}</strong>{" "}
        {whole ? t("approval.sampleAll") : t("approval.sampleWhy", { least: sample.least })}
      </p>
      {sample.drawnFrom > sample.least ? (
        <Details summary={t("approval.size")}>
          <Form method="get">
            <input type="hidden" name="show" value={show} />
            <TextInput
              name="size"
              label={t("approval.size")}
              hint={t("approval.sizeHint", { least: sample.least, most: sample.drawnFrom })}
              inputMode="numeric"
              width="short"
              value={String(sample.drawn)}
            />
            <SubmitButton look="outline">{t("approval.sizeSet")}</SubmitButton>
          </Form>
        </Details>
      ) : null}
      <nav aria-label={t("approval.show")}>
        <ul className="usa-list usa-list--unstyled">
          {(["sample", "left", "all"] as const).map((one) => (
            <li key={one}>
              {one === show ? (
                <strong aria-current="page">{t(SHOW_WORDS[one])}</strong>
              ) : (
                <Link className="usa-link" to={`?show=${one}&size=${sample.drawn}`}>
                  {t(SHOW_WORDS[one])}
                </Link>
              )}
            </li>
          ))}
        </ul>
      </nav>
    </Section>
  );
}
