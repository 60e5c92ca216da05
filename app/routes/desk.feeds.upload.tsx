import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { findProfile } from "#app/feeds/find-profile.server.ts";
import { describeFormat } from "#app/feeds/formats/format.ts";
import { refusalSentence } from "#app/feeds/problem.ts";
import { receiveUpload } from "#app/feeds/receive-upload.server.ts";
import { percentOf } from "#app/feeds/upload/upload.ts";
import { listUploads } from "#app/feeds/upload/uploads.server.ts";
import { NotFound, Refused, TooOften } from "#app/platform/failure.ts";
import { Alert } from "#app/ui/alert.tsx";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field, inputAttributes, Select } from "#app/ui/field.tsx";
import { fieldsOf } from "#app/ui/form.ts";
import { formatInstant, formatNumber } from "#app/ui/format.ts";
import { Details, Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { type SendingState, useSending } from "#app/ui/upload/use-sending.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { Message } from "#app/ui/words/words.ts";
import { receiveFile } from "./desk.feeds.receive.server.ts";
import { listOwnFeeds } from "./desk.feeds.server.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "feeds.uploadTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const feeds = await answering(() => listOwnFeeds(args.context.portal, actor));
  const profiles = await Promise.all(
    feeds.map(({ custody }) => findProfile(args.context.portal, custody.agencyId, custody.profile)),
  );
  const used = new Map(profiles.flatMap((profile) => (profile === null ? [] : [[profile.id, profile]])));
  const open = await listUploads(args.context.portal, actor);
  return {
    open: open.flatMap(({ id, agencyId, systemId, size, offset, begunAt }) => {
      const feed = feeds.find(({ agency, custody }) => agency.id === agencyId && custody.systemId === systemId);
      if (!feed) return [];
      const { agency, custody } = feed;
      const begun = { begunAt: begunAt.toISOString(), zone: agency.zone };
      return [{ id, agency: agency.name, system: custody.system.name, percent: percentOf(offset, size), ...begun }];
    }),
    logs: feeds.map((feed) => ({
      value: logOf(feed),
      system: feed.custody.system.name,
      agency: feed.agency.name,
    })),
    profiles: [...used.values()].map(({ id, about, formats }) => ({
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
    if (error instanceof TooOften || error instanceof NotFound) return await answering(() => Promise.reject(error));
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
  const { logs, profiles, open } = useLoaderData<typeof loader>();
  const { state, onSubmit } = useSending();
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
      {open.length > 0 ? <OpenUploads uploads={open} /> : null}
      {/* The document is loaded anew: a browser streams a plain form's file, and needs no script for it. */}
      <Form method="post" encType="multipart/form-data" noValidate reloadDocument onSubmit={onSubmit}>
        <Select
          label={t("feeds.chooseLog")}
          options={logs.map(({ value, system, agency }) => ({ value, label: t("feeds.log", { system, agency }) }))}
          {...(only === undefined && { placeholder: t("feeds.chooseLogFirst") })}
          {...field("log")}
        />
        <Field {...fileField}>
          <FileInput field={fileField} />
        </Field>
        <Sending state={state} />
        <Buttons>
          <SubmitButton>{t("feeds.send")}</SubmitButton>
        </Buttons>
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
  return (
    <input
      className="usa-file-input"
      type="file"
      accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,.gz,.zst"
      {...attributes}
    />
  );
}

/** How much has arrived, and whether the line is there. Always in the page, so that it is read out when it changes. */
function Sending({ state }: { state: SendingState }) {
  const { t, locale } = useWords();
  const megabytes = (bytes: number) => formatNumber(Math.round(bytes / 1_048_576), locale);
  return (
    <div aria-live="polite">
      {state.kind === "refused" ? <Alert kind="error">{state.reason}</Alert> : null}
      {state.kind === "sending" ? (
        <>
          <label className="usa-label" htmlFor="upload-progress">
            {t("upload.progress")}
          </label>
          <progress className="wl-progress" id="upload-progress" max={state.size} value={state.arrived} />
          <p>{t("upload.sending", { arrived: megabytes(state.arrived), size: megabytes(state.size) })}</p>
          {state.isConnected ? null : <Alert kind="warning">{t("upload.lost")}</Alert>}
        </>
      ) : null}
    </div>
  );
}

type Open = ReturnType<typeof useLoaderData<typeof loader>>["open"];

function OpenUploads({ uploads }: { uploads: Open }) {
  const { t, locale } = useWords();
  return (
    <Section id="open" title={t("upload.open")}>
      <p>{t("upload.openText")}</p>
      <ul className="usa-list">
        {uploads.map(({ id, system, agency, percent, begunAt, zone }) => (
          <li key={id}>
            <Link className="usa-link" to={`/desk/feeds/uploads/${id}`}>
              {t("upload.openLine", {
                ...{ system, agency, percent: `${percent}%` },
                date: formatInstant(begunAt, zone, locale),
              })}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
