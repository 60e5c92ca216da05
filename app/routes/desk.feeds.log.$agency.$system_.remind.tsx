import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { previewReminder, sendReminder } from "#app/feeds/feed-reminder.server.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import { getAgency } from "#app/registry/queries.server.ts";
import { EmptyState } from "#app/ui/alert.tsx";
import { ButtonLink, Buttons, SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import type { RejectedForm } from "#app/ui/form.ts";
import { formatDate } from "#app/ui/format.ts";
import { LetterPaper } from "#app/ui/letter/letter-paper.tsx";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { logPath, slugsOf } from "./desk.feeds.states.ts";
import { attempt, refusalMessage } from "./refusal.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "feedsLog.remindTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal } = args.context;
  const slugs = slugsOf(args.params);
  return answering(async () => {
    const preview = await previewReminder(portal, actor, slugs);
    const { zone } = await getAgency(portal, slugs.agencySlug);
    const letter = preview && {
      ...{ to: preview.to, locale: preview.locale, subject: preview.subject, text: preview.text },
      digest: preview.digest,
      toldOn: [...new Set(preview.toldAt.map((at) => localDate(at, zone)))],
    };
    return { path: logPath(slugs), letter };
  });
}

export async function action(args: ActionFunctionArgs): Promise<RejectedForm> {
  const actor = requireActor(args);
  const slugs = slugsOf(args.params);
  const digest = String((await args.request.formData()).get("digest") ?? "");
  const { refused } = await answering(() => attempt(() => sendReminder(args.context.portal, actor, slugs, { digest })));
  if (refused === null) throw redirect(`${logPath(slugs)}?done=reminder`);
  return { issues: { form: refusalMessage(refused) }, typed: {} };
}

/** The reminder as it would go out, sent only after a look. */
export default function Remind() {
  const { t, locale } = useWords();
  const { path, letter } = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  return (
    <Page
      title={t("feedsLog.remindTitle")}
      lead={t("feedsLog.remindLead")}
      back={{ to: path, label: t("feedsLog.title") }}
    >
      <ErrorSummary issues={rejected?.issues} />
      {letter === null ? (
        <EmptyState title={t("feedsLog.remindNothing")}>{t("feedsLog.remindNothingText")}</EmptyState>
      ) : (
        <Section id="letter" title={t("feedsLog.remindLetter")}>
          <p>
            {t("feedsLog.remindTo")}: <bdi>{letter.to}</bdi>
          </p>
          <LetterPaper subject={letter.subject} text={letter.text} locale={letter.locale} />
          {letter.toldOn.length === 0 ? null : (
            <p>{t("feedsLog.remindTold", { dates: letter.toldOn.map((on) => formatDate(on, locale)).join("; ") })}</p>
          )}
          <Form method="post">
            <input type="hidden" name="digest" value={letter.digest} />
            <Buttons>
              <SubmitButton>{t("feedsLog.remindSend")}</SubmitButton>
              <ButtonLink to={path} look="quiet">
                {t("common.back")}
              </ButtonLink>
            </Buttons>
          </Form>
        </Section>
      )}
    </Page>
  );
}
