import { Form } from "@remix-run/react";
import { SubmitButton } from "#app/ui/button.tsx";
import { RadioGroup } from "#app/ui/choices.tsx";
import { TextArea } from "#app/ui/field.tsx";
import { fieldsOf, type RejectedForm } from "#app/ui/form.ts";
import { formatNumber } from "#app/ui/format.ts";
import { Section } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { Outcome } from "./act.server.ts";
import { discardWords } from "./discard-words.ts";
import { ReplayForm } from "./replay-form.tsx";

/** One row as it was delivered, and what can be done with it. */
export function Opened(props: { row: NonNullable<Outcome["opened"]>; rejected: RejectedForm | undefined }) {
  const words = useWords();
  const { t, locale } = words;
  const { id, row, text, bytes, complete, discarded } = props.row;
  const field = fieldsOf(props.rejected);
  return (
    <Section id="opened" title={t("feedsQuarantine.opened", { row })}>
      <pre className="wl-raw">{text}</pre>
      {complete ? null : <p>{t("feedsQuarantine.openedCut", { bytes: formatNumber(bytes, locale) })}</p>}
      {discarded ? (
        <p>
          {t("feedsQuarantine.discardedWhy")}: {discardWords(words, discarded.why)}
          {discarded.words === null ? null : (
            <>
              . <bdi>{discarded.words}</bdi>
            </>
          )}
        </p>
      ) : null}
      {discarded || !complete ? null : <ReplayForm fields={{ row: id }}>{t("feedsQuarantine.replayOne")}</ReplayForm>}
      {discarded ? null : (
        <Form method="post" noValidate>
          <h3>{t("feedsQuarantine.discardTitle")}</h3>
          <input type="hidden" name="row" value={id} />
          <RadioGroup
            label={t("feedsQuarantine.why")}
            options={[
              {
                value: "no-look-up",
                label: t("feedsQuarantine.whyNoLookUp"),
                hint: t("feedsQuarantine.whyNoLookUpHint"),
              },
              { value: "delivered-again", label: t("feedsQuarantine.whyAgain") },
              { value: "other", label: t("feedsQuarantine.whyOther"), hint: t("feedsQuarantine.whyOtherHint") },
            ]}
            {...field("why")}
          />
          <TextArea
            label={t("feedsQuarantine.words")}
            hint={t("feedsQuarantine.wordsHint")}
            rows={2}
            optional
            {...field("words")}
          />
          <SubmitButton look="danger" name="intent" value="discard">
            {t("feedsQuarantine.discard")}
          </SubmitButton>
        </Form>
      )}
    </Section>
  );
}
