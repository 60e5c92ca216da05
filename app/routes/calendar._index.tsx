import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { findCalendarFeed, makeCalendarFeed, revokeCalendarFeed } from "#app/people/calendar-feeds.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { Field, inputAttributes } from "#app/ui/field.tsx";
import { formatDate } from "#app/ui/format.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "calendar.title" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const feed = await answering(() => findCalendarFeed(args.context.portal, actor));
  return { since: feed?.since ?? null };
}

/** What the page says once, right after a button was pressed. */
type Done = { did: "made"; address: string } | { did: "revoked" };

export async function action(args: ActionFunctionArgs): Promise<Done | null> {
  const actor = requireActor(args);
  const { portal } = args.context;
  const intent = (await args.request.formData()).get("intent");
  if (intent === "revoke") {
    await answering(() => revokeCalendarFeed(portal, actor));
    return { did: "revoked" };
  }
  if (intent !== "make") {
    await answering(() => findCalendarFeed(portal, actor));
    return null;
  }
  const { secret } = await answering(() => makeCalendarFeed(portal, actor));
  // Shown in the answer to this very form, never led to: an address with a secret would stand in the history.
  return { did: "made", address: `${portal.config.url}/calendar/${secret}.ics` };
}

const SHOWS = [
  "calendar.showsNumbers",
  "calendar.showsNow",
  "calendar.showsLink",
  "calendar.showsStill",
  "calendar.showsPage",
] as const;

const HOW = [
  "calendar.howGoogle",
  "calendar.howPhone",
  "calendar.howMac",
  "calendar.howOutlook",
  "calendar.howThunderbird",
] as const;

/** The secret address from which a person's calendar program reads dates. */
export default function Calendar() {
  const { t } = useWords();
  const { since } = useLoaderData<typeof loader>();
  const done = useActionData<typeof action>();
  return (
    <Page title={t("calendar.title")} lead={t("calendar.lead")}>
      {done?.did === "made" ? <Made key={done.address} address={done.address} /> : null}
      {done?.did === "revoked" ? (
        <Alert kind="success" live>
          {t("calendar.revoked")}
        </Alert>
      ) : null}
      {done?.did === "made" ? null : <Begin since={since} />}
      <Section id="shows" title={t("calendar.showsTitle")}>
        <ul className="usa-list">
          {SHOWS.map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
        </ul>
      </Section>
      <Section id="how" title={t("calendar.howTitle")}>
        <ul className="usa-list">
          {HOW.map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
        </ul>
        <p>{t("calendar.howOthers")}</p>
      </Section>
      {since === null ? null : <Change />}
    </Page>
  );
}

function Made({ address }: { address: string }) {
  const { t } = useWords();
  const field = {
    name: "address",
    value: address,
    error: undefined,
    label: t("calendar.address"),
    hint: t("calendar.addressHint"),
  };
  return (
    <section aria-labelledby="made">
      <Alert kind="success" live>
        {t("calendar.madeText")}
      </Alert>
      <h2 id="made">{t("calendar.madeTitle")}</h2>
      <Field {...field}>
        {/* Broken over lines where it must be, and never cut: it is read and copied whole. */}
        <textarea
          className="usa-textarea wl-address"
          rows={3}
          readOnly
          spellCheck={false}
          {...inputAttributes(field)}
        />
      </Field>
    </section>
  );
}

/** Since when there is an address, or the way to the first one. */
function Begin({ since }: { since: string | null }) {
  const { t, locale } = useWords();
  if (since !== null) return <p>{t("calendar.since", { date: formatDate(since, locale) })}</p>;
  return (
    <Form method="post">
      <p>{t("calendar.noneText")}</p>
      <SubmitButton name="intent" value="make">
        {t("calendar.make")}
      </SubmitButton>
    </Form>
  );
}

function Change() {
  const { t } = useWords();
  return (
    <Section id="change" title={t("calendar.changeTitle")}>
      <Form method="post">
        <p>{t("calendar.makeAgainHelp")}</p>
        <SubmitButton look="outline" name="intent" value="make">
          {t("calendar.makeAgain")}
        </SubmitButton>
      </Form>
      <Form method="post">
        <p>{t("calendar.revokeHelp")}</p>
        <SubmitButton look="danger" name="intent" value="revoke">
          {t("calendar.revoke")}
        </SubmitButton>
      </Form>
    </Section>
  );
}
