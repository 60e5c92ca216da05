import type { ActionFunctionArgs } from "@remix-run/node";
import { Form, useActionData } from "@remix-run/react";
import { type Verification, verifyReleaseFile } from "#app/histories/verify-release.server.ts";
import { takeTurns } from "#app/people/limits.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field, fieldId } from "#app/ui/field.tsx";
import { formatDate } from "#app/ui/format.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { key, type Message } from "#app/ui/words/words.ts";
import { answering } from "./respond.server.ts";

const MEGABYTES = 50;

export const meta = pageTitle({ key: "check.title" });

/** Open to everyone: whoever is shown an answer may ask whether it is one. Nothing of the file is kept. */
export async function action({
  request,
  context,
}: ActionFunctionArgs): Promise<{ found: Verification } | { wrong: Message }> {
  await answering(() => takeTurns(context.portal, [["check.network", context.network]]));
  // A browser says how long its form is; what does not say so is not read into memory.
  const length = Number(request.headers.get("content-length") ?? Number.POSITIVE_INFINITY);
  if (length > MEGABYTES * 1_000_000) {
    return { wrong: { key: key("check.tooLarge"), params: { megabytes: MEGABYTES } } };
  }
  const file = (await request.formData()).get("file");
  if (!(file instanceof File) || file.size === 0) return { wrong: { key: key("check.missing") } };
  return { found: await verifyReleaseFile(context.portal, new Uint8Array(await file.arrayBuffer())) };
}

export default function Check() {
  const { t } = useWords();
  const outcome = useActionData<typeof action>();
  const wrong = outcome && "wrong" in outcome ? outcome.wrong : undefined;
  return (
    <Page title={t("check.title")} lead={t("check.lead")}>
      <ErrorSummary issues={wrong && { file: wrong }} />
      {outcome && "found" in outcome ? <Found found={outcome.found} /> : null}
      <Form method="post" encType="multipart/form-data" noValidate reloadDocument>
        <Field name="file" label={t("check.file")} hint={t("check.fileHint")} error={wrong}>
          <input
            className="usa-file-input"
            type="file"
            accept="application/pdf"
            id={fieldId("file")}
            name="file"
            aria-describedby={`${fieldId("file")}-hint`}
          />
        </Field>
        <Buttons>
          <SubmitButton>{t("check.button")}</SubmitButton>
        </Buttons>
      </Form>
    </Page>
  );
}

function Found({ found }: { found: Verification }) {
  const { t, locale } = useWords();
  if (!found.genuine) {
    return (
      <Alert kind="error" title={t("check.unknownTitle")}>
        {t("check.unknown")}
      </Alert>
    );
  }
  const facts = { agency: found.agency, date: formatDate(found.releasedOn, locale), edition: found.edition };
  return found.superseded ? (
    <Alert kind="warning" title={t("check.supersededTitle")}>
      {t("check.superseded", facts)}
    </Alert>
  ) : (
    <Alert kind="success" title={t("check.genuineTitle")}>
      {t("check.genuine", facts)}
    </Alert>
  );
}
