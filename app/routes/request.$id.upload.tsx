import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { NotFound } from "#app/platform/failure.ts";
import { getMyIdentity } from "#app/requests/identity/my-identity.server.ts";
import { MOST_BYTES, PURPOSES } from "#app/requests/identity/upload.ts";
import { addUpload } from "#app/requests/identity/uploads.server.ts";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { RadioGroup } from "#app/ui/choices.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field, inputAttributes, Select } from "#app/ui/field.tsx";
import { fieldsOf, type RejectedForm } from "#app/ui/form.ts";
import { PURPOSE_WORDS } from "#app/ui/identity/identity-words.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { WordKey } from "#app/ui/words/words.ts";
import { receiveSmallFile } from "./receive-small-file.server.ts";
import { attempt, refusalMessage } from "./refusal.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "identity.uploadTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const { mine } = await openPage(args);
  const { searchParams } = new URL(args.request.url);
  const asked = searchParams.get("case");
  return {
    requestId: mine.requestId,
    cases: mine.cases.map(({ caseId, agency }) => ({ value: caseId, label: agency.name })),
    chosen: mine.cases.find(({ caseId }) => caseId === asked)?.caseId ?? "",
    purpose: searchParams.get("purpose") === "court-paper" ? "court-paper" : "",
  };
}

/** Who may hand something in is settled before a byte of it is read. */
async function openPage(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const actor = requireActor(args);
  const mine = await answering(async () => {
    const found = await getMyIdentity(args.context.portal, actor, args.params["id"] ?? "");
    if (!found.mayProve) throw new NotFound("request");
    return found;
  });
  return { actor, mine };
}

export async function action(args: ActionFunctionArgs): Promise<RejectedForm | Response> {
  const { actor, mine } = await openPage(args);
  const { portal } = args.context;
  const received = await receiveSmallFile(args.request, MOST_BYTES + 1);
  if (received === null) return wrong({ file: "identity.uploadUnreadable" }, {});
  const { fields, file } = received;
  const purpose = PURPOSES.find((one) => one === fields["purpose"]);
  const chosen = mine.cases.find(({ caseId }) => caseId === fields["case"]);
  const issues: Record<string, WordKey> = {
    ...(!chosen && { case: "errors.chooseOne" }),
    ...(!purpose && { purpose: "errors.chooseOne" }),
    ...(!file && { file: "identity.uploadFileNeeded" }),
    ...(file?.isCut && { file: "identity.uploadTooLarge" }),
  };
  if (!chosen || !purpose || !file || file.isCut) return wrong(issues, fields);
  const { requestId } = mine;
  const upload = { requestId, caseId: chosen.caseId, purpose, name: file.name, bytes: file.bytes };
  const added = await answering(() => attempt(() => addUpload(portal, actor, upload)));
  if (added.refused) return { issues: { file: refusalMessage(added.refused) }, typed: typedOf(fields) };
  return redirect(`/request/${requestId}/identity?done=upload`);
}

function wrong(issues: Readonly<Record<string, WordKey>>, fields: Readonly<Record<string, string>>): RejectedForm {
  const messages = Object.entries(issues).map(([name, key]) => [name, { key }]);
  return { issues: Object.fromEntries(messages), typed: typedOf(fields) };
}

function typedOf(fields: Readonly<Record<string, string>>): Record<string, string> {
  return { case: fields["case"] ?? "", purpose: fields["purpose"] ?? "" };
}

/** Hands in one file for one agency. Without scripts it is the same form; after a refusal the file is chosen anew. */
export default function HandIn() {
  const { t } = useWords();
  const page = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>() as RejectedForm | undefined;
  const only = page.cases.length === 1 ? page.cases[0]?.value : undefined;
  const field = fieldsOf(rejected, { case: page.chosen || (only ?? ""), purpose: page.purpose });
  const file = { ...field("file"), label: t("identity.uploadFile"), hint: t("identity.uploadFileHint") };
  const { defaultValue: _, ...attributes } = inputAttributes(file);
  return (
    <Page
      title={t("identity.uploadTitle")}
      lead={t("identity.uploadLead")}
      back={{ to: `/request/${page.requestId}/identity`, label: t("identity.title") }}
    >
      <ErrorSummary issues={rejected?.issues} />
      <Form method="post" encType="multipart/form-data" noValidate reloadDocument>
        <Select
          label={t("identity.uploadCase")}
          placeholder={t("desk.groundChoose")}
          options={page.cases}
          {...field("case")}
        />
        <RadioGroup
          label={t("identity.uploadPurpose")}
          options={PURPOSES.map((purpose) => ({ value: purpose, label: t(PURPOSE_WORDS[purpose]) }))}
          {...field("purpose")}
        />
        <Field {...file}>
          <input className="usa-file-input" type="file" accept=".jpg,.jpeg,.png,.pdf" {...attributes} />
        </Field>
        <p className="usa-hint">{t("identity.uploadsWhen")}</p>
        <Buttons>
          <SubmitButton>{t("identity.uploadSend")}</SubmitButton>
        </Buttons>
      </Form>
    </Page>
  );
}
