import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { readDevice } from "#app/people/session.ts";
import { endOtherSessions, listSessions } from "#app/people/sessions.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { formatInstant } from "#app/ui/format.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { PROOF_WORDS, useDeviceName, ZONE } from "./account.words.ts";
import { answering, requireActor, requireSession } from "./respond.server.ts";

export const meta = pageTitle({ key: "factors.sessionsTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { id } = requireSession(args);
  const sessions = await answering(() => listSessions(args.context.portal, actor, id));
  return sessions.map(({ since, seenAt, by, device, here }) => ({
    since: since.toISOString(),
    seenAt: seenAt.toISOString(),
    by,
    device: readDevice(device),
    here,
  }));
}

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const { id } = requireSession(args);
  return { ended: await answering(() => endOtherSessions(args.context.portal, actor, id)) };
}

/** Where somebody is signed in, and the way to end it everywhere else. */
export default function Sessions() {
  const { t, locale } = useWords();
  const sessions = useLoaderData<typeof loader>();
  const done = useActionData<typeof action>();
  const nameOf = useDeviceName();
  return (
    <Page
      title={t("factors.sessionsTitle")}
      lead={t("factors.sessionsLead")}
      back={{ to: "/account", label: t("factors.accountTitle") }}
    >
      {done ? (
        <Alert kind="success" live>
          {t("factors.sessionsEnded", { count: done.ended })}
        </Alert>
      ) : null}
      <Table
        caption={t("factors.sessionsCaption")}
        hideCaption
        columns={[
          { id: "device", label: t("factors.sessionsDevice"), rowHeader: true },
          { id: "since", label: t("factors.sessionsSince") },
          { id: "seen", label: t("factors.sessionsSeen") },
          { id: "by", label: t("factors.sessionsBy") },
        ]}
        rows={sessions.map(({ device, since, seenAt, by, here }, index) => ({
          id: String(index),
          strong: here,
          cells: {
            device: here ? `${nameOf(device)} (${t("factors.sessionsHere")})` : nameOf(device),
            since: formatInstant(since, ZONE, locale),
            seen: formatInstant(seenAt, ZONE, locale),
            by: t(PROOF_WORDS[by]),
          },
        }))}
      />
      {sessions.length > 1 ? (
        <Form method="post">
          <SubmitButton look="danger">{t("factors.sessionsEnd")}</SubmitButton>
        </Form>
      ) : (
        <p>{t("factors.sessionsOnlyHere")}</p>
      )}
    </Page>
  );
}
