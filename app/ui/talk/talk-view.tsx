import { Form, Link } from "@remix-run/react";
import type { QuestionEffect, Side } from "#app/requests/message.ts";
import { Alert } from "../alert.tsx";
import { Buttons, SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { Field, inputAttributes, TextArea } from "../field.tsx";
import { fieldsOf, type RejectedForm } from "../form.ts";
import { formatDate, formatInstant } from "../format.ts";
import { Section } from "../page.tsx";
import { useWords } from "../words/use-words.tsx";
import type { WordKey } from "../words/words.ts";

/** A message as a page gets it. */
export interface ShownMessage {
  readonly id: string;
  readonly side: Side;
  readonly text: string;
  /** ISO instant. */
  readonly at: string;
  readonly file: { readonly mediaType: string; readonly bytes: number } | null;
}

export interface ShownTalk {
  readonly caseId: string;
  readonly agencyName: string;
  readonly zone: string;
  readonly locale: "en" | "es";
  readonly messages: readonly ShownMessage[];
  readonly draft: ShownMessage | null;
  readonly question: QuestionEffect;
  /** The draft is shown to be read over, with the button that sends it. */
  readonly isReading: boolean;
  readonly isSent: boolean;
}

interface TalkProps {
  readonly talk: ShownTalk;
  readonly side: Side;
  /** The page's own address; a message's file lies below it. */
  readonly path: string;
  readonly rejected: RejectedForm | undefined;
}

/** Everything that was written in a case, and the form for the next message or the draft to be read over. */
export function TalkView({ talk, side, path, rejected }: TalkProps) {
  const { t } = useWords();
  const reading = talk.isReading && rejected?.typed["text"] === undefined;
  return (
    <>
      <ErrorSummary issues={rejected?.issues} />
      {talk.isSent ? <Alert kind="success">{t("talk.sent")}</Alert> : null}
      {reading && talk.draft ? (
        <ReadOver talk={talk} draft={talk.draft} path={path} />
      ) : (
        <>
          <Section id="messages" title={t("talk.messages")}>
            {talk.messages.length === 0 ? <p>{t("talk.none")}</p> : null}
            <ol className="usa-list usa-list--unstyled wl-talk">
              {talk.messages.map((message) => (
                <li key={message.id} className={message.side === side ? "wl-talk__own" : undefined}>
                  <OneMessage message={message} talk={talk} side={side} path={path} />
                </li>
              ))}
            </ol>
          </Section>
          <Write talk={talk} side={side} path={path} rejected={rejected} />
        </>
      )}
    </>
  );
}

function OneMessage({ message, talk, side, path }: Omit<TalkProps, "rejected"> & { message: ShownMessage }) {
  const { t, locale } = useWords();
  const from = { resident: t("talk.byResident"), agency: talk.agencyName }[message.side];
  return (
    <>
      <p className="wl-fine">
        <strong>{message.side === side ? t("talk.bySelf") : from}</strong>,{" "}
        <time dateTime={message.at}>{formatInstant(message.at, talk.zone, locale)}</time>
      </p>
      <Words message={message} path={path} />
    </>
  );
}

function Words({ message, path }: { message: ShownMessage; path: string }) {
  const { t } = useWords();
  return (
    <>
      <p>
        <bdi className="wl-note">{message.text}</bdi>
      </p>
      {message.file ? (
        <p>
          <a className="usa-link" href={`${path}/${message.id}`}>
            {t("talk.file", { kind: KINDS[message.file.mediaType] ?? "", size: Math.ceil(message.file.bytes / 1024) })}
          </a>
        </p>
      ) : null}
    </>
  );
}

const KINDS: Readonly<Record<string, string>> = { "image/jpeg": "JPEG", "image/png": "PNG", "application/pdf": "PDF" };

function ReadOver({ talk, draft, path }: { talk: ShownTalk; draft: ShownMessage; path: string }) {
  const { t } = useWords();
  return (
    <Section id="read" title={t("talk.readTitle")}>
      <p>{t("talk.readLead")}</p>
      <div className="wl-card">
        <Words message={draft} path={path} />
      </div>
      <p>{t("talk.changesNoDate")}</p>
      <Form method="post">
        <input type="hidden" name="message" value={draft.id} />
        <input type="hidden" name="written" value={draft.at} />
        <Buttons>
          <SubmitButton name="intent" value="send">
            {t("talk.send")}
          </SubmitButton>
          <Link className="usa-button usa-button--outline" to={path}>
            {t("talk.change")}
          </Link>
          <SubmitButton name="intent" value="discard" look="quiet">
            {t("talk.discard")}
          </SubmitButton>
        </Buttons>
      </Form>
      <p className="wl-fine">{t("talk.noticeOnly")}</p>
      {talk.messages.length > 0 ? <p className="wl-fine">{t("talk.kept")}</p> : null}
    </Section>
  );
}

function Write({ talk, side, path, rejected }: TalkProps) {
  const { t } = useWords();
  const field = fieldsOf(rejected, { text: talk.draft?.text ?? "" });
  const file = { ...field("file"), label: t("talk.attach"), hint: t("identity.uploadFileHint"), optional: true };
  const { defaultValue: _, ...attributes } = inputAttributes(file);
  return (
    <Section id="write" title={t("talk.writeTitle")}>
      <ClockWords question={talk.question} side={side} caseId={talk.caseId} />
      <Form method="post" action={path} encType="multipart/form-data" noValidate reloadDocument>
        <TextArea label={t("talk.text")} hint={t("talk.textHint")} rows={8} {...field("text")} />
        {talk.draft?.file ? <p>{t("talk.hasFile")}</p> : null}
        <Field {...file}>
          <input className="usa-file-input" type="file" accept=".jpg,.jpeg,.png,.pdf" {...attributes} />
        </Field>
        <Buttons>
          <SubmitButton name="intent" value="read">
            {t("talk.read")}
          </SubmitButton>
        </Buttons>
      </Form>
    </Section>
  );
}

const EFFECTS = {
  nothing: "talk.questionNothing",
  pauses: "talk.questionPauses",
  "starts-clock": "talk.questionStarts",
} as const satisfies Readonly<Record<QuestionEffect["does"], WordKey>>;

/** What writing does to the date: nothing; and what a question by letter would do, as this case's rule says. */
function ClockWords({ question, side, caseId }: { question: QuestionEffect; side: Side; caseId: string }) {
  const { t, locale } = useWords();
  const { does, cite, openSince } = question;
  const clock = `/desk/cases/${caseId}/clock`;
  const since = openSince === null ? null : formatDate(openSince, locale);
  if (side === "resident") {
    return (
      <>
        <p>{t("talk.changesNoDate")}</p>
        {since === null ? null : <Alert kind="info">{t("talk.askedResident", { date: since })}</Alert>}
      </>
    );
  }
  return (
    <>
      <p>
        {t("talk.changesNoDate")} {t(EFFECTS[does], { cite })}{" "}
        <Link className="usa-link" to={`${clock}?act=ask-information`}>
          {t("talk.askByLetter")}
        </Link>
      </p>
      {since === null ? null : (
        <Alert kind="info">
          {t("talk.askedAgency", { date: since })}{" "}
          <Link className="usa-link" to={`${clock}?act=record-information`}>
            {t("talk.recordArrival")}
          </Link>
        </Alert>
      )}
    </>
  );
}
