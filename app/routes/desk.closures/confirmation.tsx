import { Form } from "@remix-run/react";
import { Alert } from "#app/ui/alert.tsx";
import { ButtonLink, Buttons, SubmitButton } from "#app/ui/button.tsx";
import { daysBetween, formatDate, formatWeekday } from "#app/ui/format.ts";
import { Moves } from "#app/ui/moves.tsx";
import { Page } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { Looking } from "./act.server.ts";

/** What a closed day would move, case by case, before it is entered or taken away. */
export function Confirmation({ looking, slug }: { looking: Looking; slug: string }) {
  const { t, locale } = useWords();
  const { intent, idle, preview, stale, fields } = looking;
  return (
    <Page
      title={t("closures.previewTitle")}
      kicker={looking.agency}
      lead={<Sentence looking={looking} />}
      back={{ to: `/desk/closures?office=${slug}`, label: t("closures.title") }}
      wide
    >
      {stale ? (
        <Alert kind="warning" live>
          {t("closures.refusedStale")}
        </Alert>
      ) : null}
      {looking.why === null ? null : <p>{t("closures.previewReason", { why: looking.why })}</p>}
      {idle.map(({ on, why }) => (
        <Alert key={on} kind="info">
          {t("closures.idle", { date: formatWeekday(on, locale), why })}
        </Alert>
      ))}
      <Moves preview={preview} />
      <p>{t("closures.told")}</p>
      <Form method="post" action={`/desk/closures?office=${slug}`}>
        {Object.entries({ ...fields, digest: preview.digest }).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Buttons>
          <SubmitButton name="intent" value={intent}>
            {t(intent === "close" ? "closures.confirmClose" : "closures.confirmReopen")}
          </SubmitButton>
          {intent === "close" ? (
            <SubmitButton name="intent" value="edit" look="outline">
              {t("closures.edit")}
            </SubmitButton>
          ) : null}
          <ButtonLink to={`/desk/closures?office=${slug}`} look="quiet">
            {t("closures.back")}
          </ButtonLink>
        </Buttons>
      </Form>
    </Page>
  );
}

function Sentence({ looking: { intent, agency, days } }: { looking: Looking }) {
  const { t, locale } = useWords();
  const [first = "", last = first] = [days[0], days.at(-1)];
  const [from, to] = [formatDate(first, locale), formatDate(last, locale)];
  if (intent === "reopen") return <>{t("closures.previewReopen", { agency, date: from })}</>;
  const hasGaps = daysBetween(first, last) + 1 > days.length;
  return (
    <>
      {t("closures.previewClose", { count: days.length, agency, from, to })}
      {hasGaps ? ` ${t("closures.previewKnown")}` : ""}
    </>
  );
}
