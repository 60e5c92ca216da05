import { Form } from "@remix-run/react";
import { Alert } from "#app/ui/alert.tsx";
import { ButtonLink, Buttons, SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Page } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { Looking } from "./act.server.ts";
import { RuleWords } from "./rule-words.tsx";

/** How many lines would carry a signal, before it is switched on. */
export function Confirmation({ looking }: { looking: Looking }) {
  const { t } = useWords();
  const { office, rule, rejected } = looking;
  const { cases, leftOut, lines, carrying } = looking.counts;
  return (
    <Page
      title={t("signals.previewTitle")}
      kicker={`${office.name}: ${rule.name}`}
      back={{ to: `/desk/signals?office=${office.slug}` }}
    >
      <ErrorSummary issues={rejected?.issues} />
      <Alert kind="info">
        {lines === 0 ? t("signals.previewNone") : t("signals.previewFound", { count: carrying, lines, cases })}
      </Alert>
      {leftOut > 0 ? <p>{t("signals.previewLeftOut", { count: leftOut })}</p> : null}
      {cases > 0 ? <p className="usa-hint">{t("signals.previewRead")}</p> : null}
      <RuleWords rule={rule} />
      <Form method="post" action={`/desk/signals?office=${office.slug}`}>
        <input type="hidden" name="agency" value={office.agencyId} />
        <input type="hidden" name="signal" value={rule.id} />
        <input type="hidden" name="version" value={rule.version} />
        <Buttons>
          <SubmitButton name="intent" value="switch-on">
            {t("signals.confirm")}
          </SubmitButton>
          <ButtonLink to={`/desk/signals?office=${office.slug}`} look="quiet">
            {t("signals.back")}
          </ButtonLink>
        </Buttons>
      </Form>
    </Page>
  );
}
