import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { getProfileState } from "#app/feeds/stored-profile.server.ts";
import { beginProfile } from "#app/feeds/stored-profile-draft.server.ts";
import { ButtonLink, Buttons, SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field, inputAttributes } from "#app/ui/field.tsx";
import { fieldsOf, type RejectedForm } from "#app/ui/form.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { receiveFile } from "./desk.feeds.receive.server.ts";
import { logPath, slugsOf } from "./desk.feeds.states.ts";
import { attempt, refusalMessage } from "./refusal.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "feedsProfile.title" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { locale, portal } = args.context;
  const slugs = slugsOf(args.params);
  const { current, own, hasCodes } = await answering(() => getProfileState(portal, actor, slugs));
  return {
    path: logPath(slugs),
    hasCodes,
    current: current && { about: current.about[locale], version: current.version },
    own: own.map(({ id, about, version }) => ({ id, about: about[locale], version })),
  };
}

export async function action(args: ActionFunctionArgs): Promise<RejectedForm> {
  const actor = requireActor(args);
  const { portal } = args.context;
  const slugs = slugsOf(args.params);
  // Before the file is read, so that a stranger's is not.
  await answering(() => getProfileState(portal, actor, slugs));
  const { value, refused } = await answering(() =>
    attempt(() => receiveFile(args.request, (_log, stream) => beginProfile(portal, actor, slugs, stream))),
  );
  if (refused !== null) return { issues: { file: refusalMessage(refused) }, typed: {} };
  if (value.kind === "unreadable") return { issues: { form: { key: "feedsProfile.unreadable" } }, typed: {} };
  if (value.kind === "no-file") return { issues: { file: { key: "feedsProfile.sampleNeeded" } }, typed: {} };
  throw redirect(`${logPath(slugs)}/profile/${value.result}`);
}

/** By which profile a log is read, and the way to another: a sample of the export. */
export default function MakeProfile() {
  const { t } = useWords();
  const { path, current, own, hasCodes } = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  const file = {
    ...fieldsOf(rejected)("file"),
    label: t("feedsProfile.sample"),
    hint: t("feedsProfile.sampleHint"),
  };
  // A file input takes no value from the page.
  const { defaultValue: _, ...attributes } = inputAttributes(file);
  return (
    <Page title={t("feedsProfile.title")} lead={t("feedsProfile.lead")} back={{ to: path, label: t("feedsLog.title") }}>
      <ErrorSummary issues={rejected?.issues} />
      <p>
        {current === null
          ? t("feedsProfile.currentNone")
          : t("feedsProfile.current", { profile: current.about, version: current.version })}
      </p>
      {hasCodes ? (
        <Buttons>
          <ButtonLink look="outline" to={`${path}/profile/codes`}>
            {t("feedsCodes.change")}
          </ButtonLink>
        </Buttons>
      ) : null}
      <Section id="sample" title={t("feedsProfile.sampleTitle")}>
        <Form method="post" encType="multipart/form-data" noValidate reloadDocument>
          <Field {...file}>
            <input className="usa-file-input" type="file" {...attributes} />
          </Field>
          <SubmitButton>{t("feedsProfile.sampleSend")}</SubmitButton>
        </Form>
      </Section>
      <Section id="own" title={t("feedsProfile.own")}>
        {own.length === 0 ? <p>{t("feedsProfile.ownNone")}</p> : null}
        <ul className="usa-list">
          {own.map(({ id, about, version }) => (
            <li key={id}>{t("feedsProfile.ownLine", { about, version })}</li>
          ))}
        </ul>
      </Section>
    </Page>
  );
}
