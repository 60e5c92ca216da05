import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/ui/alert.tsx";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { ClockCard } from "#app/ui/clock-card.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { LetterPreview } from "#app/ui/letter/letter-preview.tsx";
import { ACT_WORDS } from "#app/ui/letter/letter-words.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { answering, requireActor } from "../respond.server.ts";
import { type Answered, act } from "./act.server.ts";
import { ActForm } from "./act-form.tsx";
import { Happened, Letters } from "./happened.tsx";
import { type ClockData, loadClock } from "./load-clock.server.ts";

export const meta = pageTitle({ key: "letters.clockTitle" });

export const loader = (args: LoaderFunctionArgs) => loadClock(args);

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const { caseId = "" } = args.params;
  const form = await args.request.formData();
  const answered = await answering(() => act(portal, actor, { caseId, form, locale }));
  // What was sent is done: reloading sends nothing again.
  return answered ?? redirect(`/desk/cases/${caseId}/clock?done`);
}

/** A case's clock: what happened, what can be done today, and the letters that say so to the resident. */
export default function CaseClockPage() {
  const { t } = useWords();
  const clock = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  return (
    <Page
      title={t("letters.clockOf", { number: clock.number })}
      kicker={clock.agencyName}
      back={{ to: `/desk/cases/${clock.caseId}`, label: t("letters.backToCase") }}
      wide
    >
      <ErrorSummary issues={answered?.issues} />
      {clock.done && !answered ? (
        <Alert kind="success" live>
          {t("letters.done")}
        </Alert>
      ) : null}
      {answered?.preview && answered.act ? (
        <Preview answered={answered} preview={answered.preview} />
      ) : (
        <>
          <ClockCard view={clock.view} reader="agency" promised={clock.promised} />
          <Acts clock={clock} chosen={answered ? answered.act : clock.chosen} />
          <Chosen clock={clock} answered={answered} />
        </>
      )}
      <Happened clock={clock} />
      <Letters clock={clock} />
    </Page>
  );
}

/** What is possible today, and why not what is not. */
function Acts({ clock, chosen }: { clock: ClockData; chosen: ClockData["chosen"] }) {
  const { t, say } = useWords();
  const possible = clock.acts.filter(({ whyNot }) => whyNot === null);
  const impossible = clock.acts.filter(({ whyNot }) => whyNot !== null);
  const [over] = impossible;
  if (over?.whyNot?.key === "letters.whyAnswered") {
    return (
      <Section id="acts" title={t("letters.actsTitle")}>
        <p>{say(over.whyNot)}</p>
      </Section>
    );
  }
  return (
    <Section id="acts" title={t("letters.actsTitle")}>
      {possible.length === 0 ? null : (
        <>
          <p>{t("letters.actsLead")}</p>
          <ul className="usa-list">
            {possible.map(({ act: one }) => (
              <li key={one}>
                <Link className="usa-link" to={`?act=${one}#form`} aria-current={one === chosen ? "true" : undefined}>
                  {t(ACT_WORDS[one])}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {impossible.length === 0 ? null : (
        <>
          <h3>{t("letters.notToday")}</h3>
          <ul className="usa-list">
            {impossible.map(({ act: one, whyNot }) => (
              <li key={one}>
                {t(ACT_WORDS[one])}: {whyNot ? say(whyNot) : null}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

/** The form of the act that was chosen, with what was typed in it. */
function Chosen({ clock, answered }: { clock: ClockData; answered: Answered | undefined }) {
  const { t } = useWords();
  const chosen = answered ? answered.act : clock.chosen;
  const offered = clock.acts.find(({ act: one }) => one === chosen);
  if (!chosen || offered?.whyNot !== null) return null;
  return (
    <Section id="form" title={t(ACT_WORDS[chosen])}>
      <Form method="post" action={`?act=${chosen}`} noValidate key={chosen}>
        <input type="hidden" name="act" value={chosen} />
        <ActForm act={chosen} clock={clock} answered={answered} />
        <Buttons>
          <SubmitButton name="intent" value="preview">
            {t("letters.preview")}
          </SubmitButton>
        </Buttons>
      </Form>
    </Section>
  );
}

/** The second step: the letter as it will go out, to send or to change. */
function Preview({ answered, preview }: { answered: Answered; preview: NonNullable<Answered["preview"]> }) {
  const { t } = useWords();
  return (
    <Section id="preview" title={t("letters.previewTitle")}>
      <p>{t("letters.previewLead")}</p>
      <LetterPreview preview={preview} />
      <Form method="post" action={`?act=${answered.act}`}>
        <input type="hidden" name="act" value={answered.act ?? ""} />
        <input type="hidden" name="digest" value={preview.digest} />
        {answered.carried.map(([name, value]) => (
          <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
        ))}
        <Buttons>
          <SubmitButton name="intent" value="send">
            {t("letters.send")}
          </SubmitButton>
          <SubmitButton name="intent" value="change" look="outline">
            {t("letters.change")}
          </SubmitButton>
        </Buttons>
      </Form>
    </Section>
  );
}
