import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { RejectedForm } from "#app/ui/form.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { TalkView } from "#app/ui/talk/talk-view.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { actInTalk, loadTalk } from "./talk.server.ts";

export const meta = pageTitle({ key: "talk.title" });

const atOf = ({ params }: LoaderFunctionArgs | ActionFunctionArgs) => ({
  side: "resident" as const,
  requestId: params["id"] ?? "",
  caseId: params["caseId"] ?? "",
});

export const loader = (args: LoaderFunctionArgs) => loadTalk(args, atOf(args));

export function action(args: ActionFunctionArgs) {
  const at = atOf(args);
  return actInTalk(args, at, `/request/${at.requestId}/talk/${at.caseId}`);
}

/** A resident and one agency: what they wrote to each other, and the next message. */
export default function ResidentTalk() {
  const { t } = useWords();
  const talk = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>() as RejectedForm | undefined;
  const path = `/request/${talk.requestId}/talk/${talk.caseId}`;
  return (
    <Page
      title={t("talk.title")}
      kicker={talk.agencyName}
      lead={t("talk.leadResident", { agency: talk.agencyName })}
      back={{ to: `/request/${talk.requestId}`, label: t("letters.backToRequest") }}
    >
      <TalkView talk={talk} side="resident" path={path} rejected={rejected} />
    </Page>
  );
}
