import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { describeFormat } from "#app/feeds/formats/format.ts";
import { refusalSentence } from "#app/feeds/problem.ts";
import { PROFILES } from "#app/feeds/profiles.ts";
import { receiveUpload } from "#app/feeds/receive-upload.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { Alert } from "#app/ui/alert.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field, inputAttributes, Select } from "#app/ui/field.tsx";
import { fieldsOf } from "#app/ui/form.ts";
import { Details, Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { Message } from "#app/ui/words/words.ts";
import { receiveFile } from "./desk.feeds.receive.server.ts";
import { listOwnFeeds } from "./desk.feeds.server.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "feeds.uploadTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const feeds = await answering(() => listOwnFeeds(args.context.portal, actor));
  const used = new Set(feeds.map((feed) => feed.custody.profile));
  return {
    logs: feeds.map((feed) => ({
      value: logOf(feed),
      system: feed.custody.system.name,
      agency: feed.agency.name,
    })),
    profiles: PROFILES.filter((profile) => used.has(profile.id)).map(({ id, about, formats }) => ({
      id,
      about: about[args.context.locale],
      headers: formats.map(describeFormat),
    })),
  };
}

const logOf = (feed: { agencySlug: string; systemSlug: string }) => `${feed.agencySlug}/${feed.systemSlug}`;

interface Rejected {
  issues: Record<string, Message>;
  typed: Record<string, string>;
  /** The feed's own sentence about the whole file. */
  refusal?: string;
}

export async function action(args: ActionFunctionArgs): Promise<Rejected | Response> {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const feeds = await answering(() => listOwnFeeds(portal, actor));
  let log = "";
  try {
    const received = await receiveFile(args.request, async (chosen, stream) => {
      log = chosen;
      const feed = feeds.find((each) => logOf(each) === chosen);
      if (!feed) return null;
      const { agencySlug, systemSlug } = feed;
      return receiveUpload(portal, actor, { agencySlug, systemSlug, stream });
    });
    const typed = { log };
    if (received.kind === "unreadable") return { issues: { form: { key: "feeds.unreadable" } }, typed };
    if (received.kind === "no-file") return { issues: { file: { key: "feeds.fileNeeded" } }, typed };
    if (received.result === null) return { issues: { log: { key: "feeds.chooseLogFirst" } }, typed };
    return redirect(`/desk/feeds/${received.result.batchId}`);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.code === "feed-unknown-profile")
      return { issues: { form: { key: "feeds.unknownProfile" } }, typed: { log } };
    const refusal = refusalSentence(error.code, locale, String(error.params["accepted"] ?? ""));
    return { issues: { file: { key: "feeds.fileNeeded" } }, typed: { log }, refusal };
  }
}

/** Hands in a log file. A file cannot be kept in a page, so after a refusal it is chosen anew. */
export default function Upload() {
  const { t } = useWords();
  const { logs, profiles } = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  const only = logs.length === 1 ? logs[0]?.value : undefined;
  const field = fieldsOf(rejected, { log: only ?? "" });
  const fileField = { ...field("file"), label: t("feeds.file"), hint: t("feeds.fileHint") };
  return (
    <Page
      title={t("feeds.uploadTitle")}
      lead={t("feeds.uploadLead")}
      back={{ to: "/desk/feeds", label: t("feeds.title") }}
    >
      {rejected?.refusal ? (
        <Alert kind="error" title={t("feeds.batchRefused")} live>
          {rejected.refusal}
        </Alert>
      ) : null}
      <ErrorSummary issues={rejected?.issues} />
      {/* The document is loaded anew: a browser streams a plain form's file, and needs no script for it. */}
      <Form method="post" encType="multipart/form-data" noValidate reloadDocument>
        <Select
          label={t("feeds.chooseLog")}
          options={logs.map(({ value, system, agency }) => ({ value, label: t("feeds.log", { system, agency }) }))}
          {...(only === undefined && { placeholder: t("feeds.chooseLogFirst") })}
          {...field("log")}
        />
        <Field {...fileField}>
          <FileInput field={fileField} />
        </Field>
        <SubmitButton>{t("feeds.send")}</SubmitButton>
      </Form>
      <Details summary={t("feeds.formats")}>
        {profiles.map((profile) => (
          <div key={profile.id}>
            <p>{profile.about}</p>
            {profile.headers.map((header) => (
              <p key={header}>
                {t("feeds.formatHeader")} <code>{header}</code>
              </p>
            ))}
          </div>
        ))}
      </Details>
    </Page>
  );
}

function FileInput(props: { field: Parameters<typeof inputAttributes>[0] }) {
  // A file input takes no value from the page.
  const { defaultValue: _, ...attributes } = inputAttributes(props.field);
  return <input className="usa-file-input" type="file" accept=".csv,text/csv" {...attributes} />;
}
