import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { USUAL_VALUES, valuesOf } from "#app/feeds/maker/values.ts";
import { openProfileDraft, type ProfileDraft, valueProfile } from "#app/feeds/stored-profile-draft.server.ts";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import type { BadLine } from "#app/ui/feeds/code-table.ts";
import { CodeTableField } from "#app/ui/feeds/code-table-field.tsx";
import { fieldsOf, type RejectedForm } from "#app/ui/form.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { FIELD_WORDS } from "../desk.feeds.profile.words.ts";
import { logPath, slugsOf } from "../desk.feeds.states.ts";
import { attempt, refusalMessage } from "../refusal.ts";
import { answering, requireActor } from "../respond.server.ts";
import { ConstantFields, HiddenFields, MarkFields, OnlyFields } from "./value-fields.tsx";
import { codedFields, namedFields, readValues, typedValues } from "./values-form.server.ts";

export const meta = pageTitle({ key: "feedsValues.title" });

const inputOf = ({ params }: Pick<LoaderFunctionArgs, "params">) => ({
  ...slugsOf(params),
  draftId: params["draftId"] ?? "",
});
const draftPath = (input: ReturnType<typeof inputOf>) => `${logPath(input)}/profile/${input.draftId}`;

/** What stands in the form at first: what was said, or else what the version before said. */
function keptOf({ values, mapping, own }: ProfileDraft) {
  const earlier = own.find(({ id }) => id === mapping?.of);
  return values ?? (earlier === undefined ? USUAL_VALUES : valuesOf(earlier));
}

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const input = inputOf(args);
  const draft = await answering(() => openProfileDraft(args.context.portal, actor, input));
  if (draft.mapping === null) throw redirect(draftPath(input));
  const named = namedFields(draft);
  const { kind } = draft.sample.format;
  return {
    draft: draftPath(input),
    coded: codedFields(named),
    example: `${named.find(({ field }) => field !== "at")?.name ?? "Filters"} = {}`,
    // Only documents and lines of objects hold other things beside look-ups.
    paths: kind === "json" || kind === "json-lines" ? draft.sample.columns.map(({ name }) => name) : null,
    saved: typedValues(keptOf(draft), named),
  };
}

interface Answer extends RejectedForm {
  lines: BadLine[];
}

export async function action(args: ActionFunctionArgs): Promise<Answer> {
  const actor = requireActor(args);
  const { portal } = args.context;
  const input = inputOf(args);
  const form = await args.request.formData();
  const draft = await answering(() => openProfileDraft(portal, actor, input));
  const named = namedFields(draft);
  const { values, answer } = await readValues(form, named, keptOf(draft));
  if (answer !== null) return answer;
  const { refused } = await answering(() => attempt(() => valueProfile(portal, actor, input, values)));
  if (refused === null) throw redirect(`${draftPath(input)}/preview`);
  const typed = { ...typedValues(values, named) };
  return { issues: { form: refusalMessage(refused) }, typed, lines: [] };
}

/** What an export says beside its columns. */
export default function SayValues() {
  const { t } = useWords();
  const { draft, coded, example, paths, saved } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const lines = answer?.lines ?? [];
  const field = fieldsOf(answer, saved);
  return (
    <Page
      title={t("feedsValues.title")}
      lead={t("feedsValues.lead")}
      back={{ to: draft, label: t("feedsProfile.back") }}
      wide
    >
      <ErrorSummary issues={answer?.issues} />
      <Form method="post" encType="multipart/form-data" noValidate reloadDocument>
        {coded.length === 0 ? null : (
          <Section id="codes" title={t("feedsValues.codes")}>
            {coded.map((one) => (
              <CodeTableField key={one} coded={one} label={t(FIELD_WORDS[one])} field={field} lines={lines} />
            ))}
          </Section>
        )}
        <ConstantFields field={field} />
        <HiddenFields field={field} lines={lines} example={example} />
        <MarkFields field={field} lines={lines} example={example} />
        {paths === null ? null : <OnlyFields field={field} paths={paths} />}
        <Buttons>
          <SubmitButton>{t("feedsValues.keep")}</SubmitButton>
        </Buttons>
      </Form>
    </Page>
  );
}
