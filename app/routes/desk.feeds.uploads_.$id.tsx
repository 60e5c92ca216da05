import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useLoaderData, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { acceptedHeaders, refusalSentence } from "#app/feeds/problem.ts";
import { PROFILES } from "#app/feeds/profiles.ts";
import { paceOf, percentOf } from "#app/feeds/upload/upload.ts";
import { cancelUpload, getUpload } from "#app/feeds/upload/uploads.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { ButtonLink, SubmitButton } from "#app/ui/button.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { SummaryList } from "#app/ui/summary-list.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "upload.title" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const upload = await answering(() => getUpload(portal, actor, args.params["id"] ?? ""));
  const { id, state, batchId, size, kept, read, rows } = upload;
  const profile = PROFILES.find((each) => each.id === upload.profile);
  const accepted = profile ? acceptedHeaders(profile) : "";
  return {
    ...{ id, state, batchId, rows },
    arrived: percentOf(kept, size),
    read: percentOf(read, size),
    pace: paceOf(upload, upload.endedAt ?? portal.time.now()),
    refusal: upload.refusal === null ? null : refusalSentence(upload.refusal, locale, accepted),
  };
}

/** Deletes an upload that is not ended. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const actor = requireActor(args);
  await answering(() => cancelUpload(args.context.portal, actor, args.params["id"] ?? ""));
  return redirect("/desk/feeds/upload");
}

const AGAIN_MS = 2_000;

/** What becomes of one file, from its first byte here to its batch. */
export default function UploadPage() {
  const { t } = useWords();
  const upload = useLoaderData<typeof loader>();
  useLookingAgain(upload.state === "waiting" || upload.state === "importing");
  return (
    <Page
      title={t("upload.title")}
      lead={t("upload.lead")}
      back={{ to: "/desk/feeds/upload", label: t("feeds.uploadTitle") }}
    >
      <Outcome upload={upload} />
    </Page>
  );
}

/** A browser without scripts has the link for it. */
function useLookingAgain(isGoingOn: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!isGoingOn) return;
    const timer = setInterval(revalidate, AGAIN_MS);
    return () => clearInterval(timer);
  }, [isGoingOn, revalidate]);
}

type UploadView = ReturnType<typeof useLoaderData<typeof loader>>;

function Outcome({ upload }: { upload: UploadView }) {
  const { t } = useWords();
  switch (upload.state) {
    case "receiving":
      return <Receiving upload={upload} />;
    case "waiting":
      return (
        <>
          <Alert kind="info" title={t("upload.stateWaiting")}>
            {t("upload.waitingText")}
          </Alert>
          <LookAgain id={upload.id} />
        </>
      );
    case "importing":
      return (
        <>
          <Figures upload={upload} />
          <LookAgain id={upload.id} />
        </>
      );
    case "refused":
      return (
        <>
          <Alert kind="error" title={t("feeds.batchRefused")}>
            {upload.refusal}
          </Alert>
          <ToBatch batchId={upload.batchId} />
        </>
      );
    case "finished":
      return (
        <>
          <Alert kind="success">{t("upload.done")}</Alert>
          <Figures upload={upload} />
          <ToBatch batchId={upload.batchId} />
        </>
      );
  }
}

function Receiving({ upload }: { upload: UploadView }) {
  const { t } = useWords();
  return (
    <>
      <Alert kind="warning" title={t("upload.stateReceiving")}>
        {t("upload.receivingText", { percent: `${upload.arrived}%` })}
      </Alert>
      <p>
        <ButtonLink to="/desk/feeds/upload">{t("upload.goOn")}</ButtonLink>
      </p>
      <Form method="post">
        <SubmitButton look="danger">{t("upload.delete")}</SubmitButton>
      </Form>
    </>
  );
}

function Figures({ upload }: { upload: UploadView }) {
  const { t, locale } = useWords();
  const { pace, state } = upload;
  const figures = [
    { label: t("upload.read"), value: `${upload.read}%` },
    { label: t("upload.rows"), value: formatNumber(upload.rows, locale) },
    { label: t("upload.pace"), value: pace ? formatNumber(pace.rowsPerSecond, locale) : t("upload.leftUnknown") },
  ];
  const left = { label: t("upload.left"), value: <TimeLeft seconds={pace?.secondsLeft ?? null} /> };
  return <SummaryList items={state === "importing" ? [...figures, left] : figures} />;
}

function TimeLeft({ seconds }: { seconds: number | null }) {
  const { t } = useWords();
  if (seconds === null) return <>{t("upload.leftUnknown")}</>;
  if (seconds < 90) return <>{t("upload.leftSeconds", { count: seconds })}</>;
  return <>{t("upload.leftMinutes", { count: Math.ceil(seconds / 60) })}</>;
}

function LookAgain({ id }: { id: string }) {
  const { t } = useWords();
  return (
    <p>
      <Link className="usa-link" to={`/desk/feeds/uploads/${id}`} reloadDocument>
        {t("upload.look")}
      </Link>
    </p>
  );
}

function ToBatch({ batchId }: { batchId: string | null }) {
  const { t } = useWords();
  return batchId === null ? null : (
    <p>
      <ButtonLink to={`/desk/feeds/${batchId}`}>{t("upload.toBatch")}</ButtonLink>
    </p>
  );
}
