import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listWrittenMail, mayShowMail } from "#app/platform/mail/list-written-mail.server.ts";
import { EmptyState } from "#app/ui/alert.tsx";
import { Card } from "#app/ui/card.tsx";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { hasDemo } from "./demo.server.ts";

export const meta = pageTitle({ key: "operator.mailFolder" });

/** The demonstration has no mail server: its letters are read here. Nowhere else does this page exist. */
export async function loader({ context }: LoaderFunctionArgs) {
  if (!mayShowMail(context.portal) || !(await hasDemo(context.portal))) throw new Response(null, { status: 404 });
  return { mails: await listWrittenMail(context.portal) };
}

export default function DevMail() {
  const { t } = useWords();
  const { mails } = useLoaderData<typeof loader>();
  return (
    <Page title={t("operator.mailFolder")} lead={t("operator.mailFolderLead")}>
      {mails.length === 0 ? (
        <EmptyState title={t("operator.mailEmpty")}>{t("operator.mailEmptyHelp")}</EmptyState>
      ) : null}
      {mails.map((mail) => (
        <Card key={mail.id} title={mail.subject}>
          <p>
            {t("operator.mailTo")}: <bdi>{mail.to}</bdi> · <time dateTime={mail.at}>{mail.at}</time>
          </p>
          <pre className="wl-letter">{mail.text}</pre>
        </Card>
      ))}
    </Page>
  );
}
