import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { openCodes, saveCodes } from "#app/feeds/maker/save-codes.server.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import type { BadLine } from "#app/ui/feeds/code-table.ts";
import { CodeTableField } from "#app/ui/feeds/code-table-field.tsx";
import { fieldsOf, type RejectedForm } from "#app/ui/form.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { readCodes, typedCodes } from "./desk.feeds.codes.server.ts";
import { FIELD_WORDS } from "./desk.feeds.profile.words.ts";
import { logPath, slugsOf } from "./desk.feeds.states.ts";
import { attempt, refusalMessage } from "./refusal.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "feedsCodes.title" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { locale, portal } = args.context;
  const slugs = slugsOf(args.params);
  const { profile, fields, next } = await answering(() => openCodes(portal, actor, slugs));
  return {
    path: logPath(slugs),
    about: profile.about[locale],
    fields,
    saved: { ...typedCodes(profile.codes, fields), version: String(next) },
  };
}

interface Answer extends RejectedForm {
  lines: BadLine[];
}

export async function action(args: ActionFunctionArgs): Promise<Answer> {
  const actor = requireActor(args);
  const { portal } = args.context;
  const slugs = slugsOf(args.params);
  const { profile, fields } = await answering(() => openCodes(portal, actor, slugs));
  const form = await args.request.formData();
  const version = String(form.get("version") ?? "");
  const { codes, issues, lines, ...read } = await readCodes(form, fields);
  const typed = { ...read.typed, version };
  if (Object.keys(issues).length > 0) return { issues, typed, lines };
  const input = { ...slugs, codes: { ...profile.codes, ...codes }, version: Number(version) };
  const { refused } = await answering(() => attempt(() => saveCodes(portal, actor, input)));
  if (refused === null) throw redirect(`${logPath(slugs)}?done=profile`);
  return { issues: { form: refusalMessage(refused) }, typed, lines };
}

/** The code tables of the profile by which a log is read. */
export default function ChangeCodes() {
  const { t } = useWords();
  const { path, about, fields, saved } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const field = fieldsOf(answer, saved);
  return (
    <Page
      title={t("feedsCodes.title")}
      lead={t("feedsCodes.lead")}
      back={{ to: `${path}/profile`, label: t("feedsProfile.title") }}
    >
      <ErrorSummary issues={answer?.issues} />
      <p>{t("feedsCodes.of", { profile: about })}</p>
      <Form method="post" encType="multipart/form-data" noValidate reloadDocument>
        <input type="hidden" name="version" value={saved.version} />
        {fields.map((coded) => (
          <CodeTableField
            key={coded}
            coded={coded}
            label={t(FIELD_WORDS[coded])}
            field={field}
            lines={answer?.lines ?? []}
          />
        ))}
        <SubmitButton>{t("feedsCodes.save", { version: saved.version })}</SubmitButton>
      </Form>
    </Page>
  );
}
