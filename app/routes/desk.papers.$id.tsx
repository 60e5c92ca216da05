import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { finishPaper, getPaper } from "#app/requests/papers.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "reach.paperOpen" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const paper = await answering(() => getPaper(args.context.portal, actor, args.params["id"] ?? ""));
  return { ...paper, at: paper.at.toISOString() };
}

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  await answering(() => finishPaper(args.context.portal, actor, args.params["id"] ?? ""));
  return redirect("/desk/papers");
}

/** One sheet, as it leaves the printer; on the screen with what to do with it. */
export default function PaperSheet() {
  const { t } = useWords();
  const paper = useLoaderData<typeof loader>();
  const { way, number, name, address, from, subject, text, locale, done } = paper;
  return (
    <Page title={t("reach.paperTitle", { number })} back={{ to: "/desk/papers", label: t("reach.papersTitle") }}>
      <div className="wl-screen">
        <p>{t("reach.paperPrint")}</p>
        {way === "post" && address === null ? (
          <Alert kind="warning">{t("reach.paperNoAddress")}</Alert>
        ) : (
          <p>{way === "post" ? t("reach.paperEnvelope") : t("reach.paperCounter")}</p>
        )}
        {done ? (
          <Alert kind="info">{t("reach.paperDone")}</Alert>
        ) : (
          <Form method="post">
            <Buttons>
              <SubmitButton>{t(way === "post" ? "reach.paperDonePost" : "reach.paperDoneCounter")}</SubmitButton>
            </Buttons>
          </Form>
        )}
      </div>
      <article className="wl-letter" lang={locale}>
        <address className="wl-letter__address">
          {[from.unit, from.agency, ...from.address].map((line) => (
            <div key={line}>{line}</div>
          ))}
        </address>
        <address className="wl-letter__address">
          <div>
            <bdi>{name}</bdi>
          </div>
          {(way === "post" ? (address ?? "") : "").split("\n").map((line) => (
            <div key={line}>{line}</div>
          ))}
        </address>
        <h2>{subject}</h2>
        <div className="wl-letter__text">{text}</div>
      </article>
    </Page>
  );
}
