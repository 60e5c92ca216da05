/** From the forms of a talk to its use cases, for both sides: write, read over, send. */
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { MOST_BYTES } from "#app/requests/identity/upload.ts";
import { MESSAGE_LENGTH } from "#app/requests/message.ts";
import {
  type At,
  discardMessage,
  draftMessage,
  getTalk,
  readMessageFile,
  requireWriter,
  sendMessage,
} from "#app/requests/messages.server.ts";
import type { RejectedForm } from "#app/ui/form.ts";
import { attachment, picture } from "./attachment.server.ts";
import { receiveSmallFile, type SmallFileForm } from "./receive-small-file.server.ts";
import { attempt, refusalMessage } from "./refusal.ts";
import { answering, requireActor } from "./respond.server.ts";

/** The longest text in the widest letters, and more, so that a longer one is told and not cut. */
const TEXT_BYTES = 8 * MESSAGE_LENGTH;

export async function loadTalk(args: LoaderFunctionArgs, at: At) {
  const actor = requireActor(args);
  const talk = await answering(() => getTalk(args.context.portal, actor, at));
  const search = new URL(args.request.url).searchParams;
  return {
    ...talk,
    messages: talk.messages.map((message) => ({ ...message, at: message.at.toISOString() })),
    draft: talk.draft && { ...talk.draft, at: talk.draft.at.toISOString() },
    isReading: search.has("read") && talk.draft !== null,
    isSent: search.has("sent"),
  };
}

/** @param path of the talk's page */
export async function actInTalk(args: ActionFunctionArgs, at: At, path: string): Promise<RejectedForm | Response> {
  const actor = requireActor(args);
  const { portal } = args.context;
  await answering(() => requireWriter(portal, actor, at));
  const received = await receive(args.request);
  if (received === null) return { issues: { file: { key: "identity.uploadUnreadable" } }, typed: {} };
  const { fields, file } = received;
  const typed = { text: fields["text"] ?? "" };
  if (fields["intent"] === "discard") {
    await answering(() => discardMessage(portal, actor, at));
    return redirect(path);
  }
  if (fields["intent"] === "send") {
    const { message: messageId = "", written = "" } = fields;
    const sent = await answering(() =>
      attempt(() => sendMessage(portal, actor, { ...at, messageId, writtenAt: new Date(written) })),
    );
    if (sent.refused) return { issues: { form: refusalMessage(sent.refused) }, typed: {} };
    return redirect(`${path}?sent`);
  }
  if (file?.isCut) return { issues: { file: { key: "identity.uploadTooLarge" } }, typed };
  const drafted = await answering(() => attempt(() => draftMessage(portal, actor, { ...at, text: typed.text, file })));
  if (!drafted.refused) return redirect(`${path}?read`);
  const field = String(drafted.refused.params["field"] ?? "form");
  return { issues: { [field]: refusalMessage(drafted.refused) }, typed };
}

/** A form with a file, or without scripts and without one. */
async function receive(request: Request): Promise<SmallFileForm | null> {
  if (request.headers.get("content-type")?.startsWith("multipart/form-data")) {
    return receiveSmallFile(request, MOST_BYTES + 1, TEXT_BYTES);
  }
  const form = await request.formData();
  const texts = [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as const] : []));
  return { fields: Object.fromEntries(texts), file: null };
}

/** What goes with a message: a picture as a picture, a PDF to be kept. */
export async function loadTalkFile(args: LoaderFunctionArgs, at: At): Promise<Response> {
  const actor = requireActor(args);
  const messageId = args.params["messageId"] ?? "";
  const file = await answering(() => readMessageFile(args.context.portal, actor, { ...at, messageId }));
  return file.mediaType === "application/pdf" ? attachment(file.mediaType, file) : picture(file.mediaType, file.bytes);
}
