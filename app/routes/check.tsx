import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { Form, useActionData, useFetcher, useLoaderData } from "@remix-run/react";
import { type DragEvent, type FormEvent, useEffect, useRef, useState } from "react";
import { listSigningCertificates } from "#app/histories/signature/signing-key.server.ts";
import { HASH, type Verification, verifyReleaseFile, verifyReleaseHash } from "#app/histories/verify-release.server.ts";
import { takeTurns } from "#app/people/limits.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field, fieldId } from "#app/ui/field.tsx";
import { formatDate } from "#app/ui/format.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { key, type Message } from "#app/ui/words/words.ts";
import { answering } from "./respond.server.ts";

const MEGABYTES = 50;

export const meta = pageTitle({ key: "check.title" });

/** The fingerprints of the portal's certificates: public, and what a browser needs to tell altered from foreign. */
export async function loader({ context }: LoaderFunctionArgs) {
  const certificates = await listSigningCertificates(context.portal);
  return { certificates: certificates.map(({ sha256 }) => sha256) };
}

type Outcome = { found: Verification } | { wrong: Message };

/**
 * Open to everyone: whoever is shown an answer may ask whether it is one. A browser asks by the fingerprint alone and
 * keeps the file to itself; where it cannot, the file is sent, and nothing of it is kept.
 */
export async function action({ request, context }: ActionFunctionArgs): Promise<Outcome> {
  await answering(() => takeTurns(context.portal, [["check.network", context.network]]));
  // A browser says how long its form is; what does not say so is not read into memory.
  const length = Number(request.headers.get("content-length") ?? Number.POSITIVE_INFINITY);
  if (length > MEGABYTES * 1_000_000) {
    return { wrong: { key: key("check.tooLarge"), params: { megabytes: MEGABYTES } } };
  }
  const form = await request.formData();
  const sha256 = form.get("sha256");
  if (typeof sha256 === "string" && HASH.test(sha256)) {
    return { found: await verifyReleaseHash(context.portal, sha256) };
  }
  const file = form.get("file");
  if (!(file instanceof File) || file.size === 0) return { wrong: { key: key("check.missing") } };
  return { found: await verifyReleaseFile(context.portal, new Uint8Array(await file.arrayBuffer())) };
}

type Shown = { kind: "found"; found: Verification } | { kind: "wrong"; wrong: Message } | { kind: "reading" } | null;

export default function Check() {
  const { t } = useWords();
  const sent = useActionData<typeof action>();
  const here = useCheckHere();
  const shown = here.shown ?? shownOf(sent);
  const wrong = shown?.kind === "wrong" ? shown.wrong : undefined;
  return (
    <Page title={t("check.title")} lead={t("check.lead")}>
      <ErrorSummary issues={wrong && { file: wrong }} />
      {shown?.kind === "reading" ? (
        <Alert kind="info" live>
          {t("check.reading")}
        </Alert>
      ) : null}
      {shown?.kind === "found" ? <Found found={shown.found} isLive={here.shown !== null} /> : null}
      <Form
        className="wl-drop"
        method="post"
        encType="multipart/form-data"
        noValidate
        reloadDocument
        onSubmit={here.onSubmit}
        onDragOver={(event) => event.preventDefault()}
        onDrop={here.onDrop}
      >
        <Field
          name="file"
          label={t("check.file")}
          hint={here.isAble ? t("check.fileHere") : t("check.fileHint")}
          error={wrong}
        >
          <input
            className="usa-file-input"
            type="file"
            accept="application/pdf"
            id={fieldId("file")}
            name="file"
            aria-describedby={`${fieldId("file")}-hint`}
          />
        </Field>
        <Buttons>
          <SubmitButton>{t("check.button")}</SubmitButton>
        </Buttons>
      </Form>
    </Page>
  );
}

function shownOf(outcome: Outcome | undefined): Shown {
  if (outcome === undefined) return null;
  return "wrong" in outcome ? { kind: "wrong", wrong: outcome.wrong } : { kind: "found", found: outcome.found };
}

/**
 * Checks the file in the browser alone; the portal is asked for its fingerprint only. Where a browser cannot (no script,
 * no https), the form goes its ordinary way.
 */
function useCheckHere() {
  const { certificates } = useLoaderData<typeof loader>();
  const fetcher = useFetcher<typeof action>();
  const [isAble, setAble] = useState(false);
  const [isReading, setReading] = useState(false);
  const [problem, setProblem] = useState<Message | null>(null);
  const isOurs = useRef(false);
  useEffect(() => setAble(globalThis.crypto?.subtle !== undefined), []);

  async function check(file: File): Promise<void> {
    setReading(true);
    setProblem(null);
    try {
      const { readHere } = await import("./check.read.ts");
      const read = await readHere(file, certificates);
      isOurs.current = read.isOurs;
      fetcher.submit({ sha256: read.sha256 }, { method: "post" });
    } catch {
      // A file that went away meanwhile, or a script that did not arrive: the page has one sentence for both.
      setProblem({ key: key("check.unreadable") });
    } finally {
      setReading(false);
    }
  }

  const isBusy = isReading || fetcher.state !== "idle";
  const answer = shownOf(fetcher.data);
  const settled: Shown =
    answer?.kind === "found" && !answer.found.genuine && isOurs.current
      ? { kind: "found", found: { genuine: false, result: "altered" } }
      : answer;
  return {
    isAble,
    shown: isBusy ? ({ kind: "reading" } as const) : problem ? ({ kind: "wrong", wrong: problem } as const) : settled,
    onSubmit(event: FormEvent<HTMLFormElement>) {
      const file = new FormData(event.currentTarget).get("file");
      if (!isAble || !(file instanceof File) || file.name === "") return;
      event.preventDefault();
      if (!isBusy) void check(file);
    },
    onDrop(event: DragEvent) {
      const [file] = event.dataTransfer.files;
      if (!isAble || !file) return;
      event.preventDefault();
      if (!isBusy) void check(file);
    },
  };
}

function Found({ found, isLive }: { found: Verification; isLive: boolean }) {
  const { t, locale } = useWords();
  if (!found.genuine) {
    return found.result === "altered" ? (
      <Alert kind="error" title={t("check.alteredTitle")} live={isLive}>
        {t("check.altered")}
      </Alert>
    ) : (
      <Alert kind="error" title={t("check.unknownTitle")} live={isLive}>
        {t("check.unknown")}
      </Alert>
    );
  }
  const facts = { agency: found.agency, date: formatDate(found.releasedOn, locale), edition: found.edition };
  return found.superseded ? (
    <Alert kind="warning" title={t("check.supersededTitle")} live={isLive}>
      {t("check.superseded", facts)}
    </Alert>
  ) : (
    <Alert kind="success" title={t("check.genuineTitle")} live={isLive}>
      {t("check.genuine", facts)}
    </Alert>
  );
}
