import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { type Cell, type StoredEvent, valueIn } from "#app/feeds/access-event.ts";
import { previewProfile, saveProfile } from "#app/feeds/stored-profile-draft.server.ts";
import { Alert, EmptyState } from "#app/ui/alert.tsx";
import { ButtonLink, Buttons, SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import type { RejectedForm } from "#app/ui/form.ts";
import { formatNumber } from "#app/ui/format.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { KIND_WORDS } from "./desk.feeds.profile.words.ts";
import { logPath, slugsOf } from "./desk.feeds.states.ts";
import { attempt, refusalMessage } from "./refusal.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "feedsProfile.previewTitle" });

const inputOf = ({ params }: Pick<LoaderFunctionArgs, "params">) => ({
  ...slugsOf(params),
  draftId: params["draftId"] ?? "",
});

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { locale, portal } = args.context;
  const input = inputOf(args);
  const { profile, whole, rows, readable, events, problems } = await answering(() =>
    previewProfile(portal, actor, { ...input, locale }),
  );
  return {
    path: logPath(input),
    draftId: input.draftId,
    about: profile.about[locale],
    version: profile.version,
    ...{ whole, rows, readable, problems },
    events: events.map(({ number, event }) => ({ number, ...shown(event) })),
  };
}

/** What a clerk needs to see that the columns mean what he said. */
function shown(event: StoredEvent) {
  return {
    at: event.at.replace("T", " ").replace(".000Z", ""),
    org: textOf(event.org, event.orgCode),
    user: textOf(event.user, event.userName),
    terms: event.searchedBy.flatMap((term) => (term.state === "value" ? [{ kind: term.kind, value: term.value }] : [])),
    purpose: textOf(event.purpose, event.purposeCode),
    bulk: event.bulk === true,
    automatic: event.automatic === true,
    sealed: event.sealed === true,
  };
}

function textOf(...cells: (Cell | undefined)[]): string {
  return cells.flatMap((cell) => (cell === undefined ? [] : [valueIn(cell)])).find((text) => text !== null) ?? "";
}

export async function action(args: ActionFunctionArgs): Promise<RejectedForm> {
  const actor = requireActor(args);
  const input = inputOf(args);
  const version = Number((await args.request.formData()).get("version") ?? "0");
  const { refused } = await answering(() =>
    attempt(() => saveProfile(args.context.portal, actor, { ...input, version })),
  );
  if (refused === null) throw redirect(`${logPath(input)}?done=profile`);
  return { issues: { form: refusalMessage(refused) }, typed: {} };
}

type Preview = Awaited<ReturnType<typeof loader>>;

/** What the mapped columns make of the sample, before anything is saved. */
export default function PreviewProfile() {
  const { t, locale } = useWords();
  const preview = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  const mapping = `${preview.path}/profile/${preview.draftId}`;
  const number = (value: number) => formatNumber(value, locale);
  return (
    <Page
      title={t("feedsProfile.previewTitle")}
      kicker={preview.about}
      lead={t("feedsProfile.previewLead")}
      back={{ to: mapping, label: t("feedsProfile.back") }}
      wide
    >
      <ErrorSummary issues={rejected?.issues} />
      <Alert kind={preview.problems.length > 0 ? "warning" : "success"}>
        {t("feedsProfile.previewCounts", {
          rows: number(preview.rows),
          readable: number(preview.readable),
          problems: number(preview.problems.length),
        })}{" "}
        {preview.whole ? null : t("feedsProfile.previewPart")}
      </Alert>
      <Form method="post">
        <input type="hidden" name="version" value={preview.version} />
        <Buttons>
          <SubmitButton>{t("feedsProfile.save", { version: preview.version })}</SubmitButton>
          <ButtonLink to={mapping} look="outline">
            {t("feedsProfile.back")}
          </ButtonLink>
          <ButtonLink to={`${mapping}/values`} look="outline">
            {t("feedsValues.go")}
          </ButtonLink>
        </Buttons>
      </Form>
      <Section id="problems" title={t("feedsProfile.problems")}>
        <Problems problems={preview.problems} />
      </Section>
      <Section id="events" title={t("feedsProfile.events")}>
        <Events events={preview.events} />
      </Section>
    </Page>
  );
}

function Problems({ problems }: Pick<Preview, "problems">) {
  const { t } = useWords();
  if (problems.length === 0) return <p>{t("feedsProfile.problemsNone")}</p>;
  return (
    <Table
      caption={t("feedsProfile.problems")}
      hideCaption
      columns={[
        { id: "row", label: t("feedsProfile.row"), rowHeader: true },
        { id: "why", label: t("feedsProfile.why") },
      ]}
      rows={problems.map(({ row, reason }) => ({ id: String(row), cells: { row, why: reason } }))}
    />
  );
}

function Events({ events }: Pick<Preview, "events">) {
  const { t } = useWords();
  if (events.length === 0) return <EmptyState title={t("feedsProfile.eventsNone")} level={3} />;
  return (
    <Table
      caption={t("feedsProfile.eventsCaption")}
      hideCaption
      columns={[
        { id: "row", label: t("feedsProfile.row"), rowHeader: true },
        { id: "at", label: t("feedsProfile.eventTime") },
        { id: "org", label: t("feedsProfile.eventOrg") },
        { id: "user", label: t("feedsProfile.eventUser") },
        { id: "terms", label: t("feedsProfile.eventTerms") },
        { id: "purpose", label: t("feedsProfile.eventPurpose") },
        { id: "marks", label: t("feedsProfile.eventMarks") },
      ]}
      rows={events.map((event) => ({
        id: String(event.number),
        cells: {
          row: event.number,
          at: event.at,
          org: <bdi>{event.org}</bdi>,
          user: <bdi>{event.user}</bdi>,
          terms: <bdi>{event.terms.map(({ kind, value }) => `${t(KIND_WORDS[kind])} ${value}`).join("; ")}</bdi>,
          purpose: <bdi>{event.purpose}</bdi>,
          marks: [
            event.bulk ? t("feedsProfile.markBulk") : "",
            event.automatic ? t("feedsProfile.markAutomatic") : "",
            event.sealed ? t("feedsProfile.markSealed") : "",
          ]
            .filter((mark) => mark !== "")
            .join("; "),
        },
      }))}
    />
  );
}
