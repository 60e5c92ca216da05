import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { RejectedForm } from "#app/ui/form.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { TalkView } from "#app/ui/talk/talk-view.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { actInTalk, loadTalk } from "./talk.server.ts";

export const meta = pageTitle({ key: "talk.deskLink" });

const atOf = ({ params }: LoaderFunctionArgs | ActionFunctionArgs) => ({
  side: "agency" as const,
  caseId: params["caseId"] ?? "",
});

export const loader = (args: LoaderFunctionArgs) => loadTalk(args, atOf(args));

export function action(args: ActionFunctionArgs) {
  const at = atOf(args);
  return actInTalk(args, at, `/desk/cases/${at.caseId}/talk`);
}

/** The agency and the resident of one case: what they wrote to each other, and the next message. */
export default function DeskTalk() {
  const { t } = useWords();
  const talk = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>() as RejectedForm | undefined;
  return (
    <Page
      title={t("talk.deskLink")}
      kicker={t("desk.caseTitle", { number: talk.number })}
      lead={t("talk.leadAgency")}
      back={{ to: `/desk/cases/${talk.caseId}`, label: t("desk.backToCase") }}
    >
      <TalkView talk={talk} side="agency" path={`/desk/cases/${talk.caseId}/talk`} rejected={rejected} />
    </Page>
  );
}
