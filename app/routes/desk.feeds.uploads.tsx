import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { announcedFile } from "#app/feeds/upload/upload.ts";
import { beginUpload, listUploads } from "#app/feeds/upload/uploads.server.ts";
import { getWords, type Message } from "#app/ui/words/words.ts";
import { listOwnFeeds } from "./desk.feeds.server.ts";
import { attempt, refusalMessage } from "./refusal.ts";
import { answering, requireActor } from "./respond.server.ts";

/** What one has begun and not ended: [{id, offset, size}]. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const actor = requireActor(args);
  const { portal } = args.context;
  await answering(() => listOwnFeeds(portal, actor));
  const uploads = await listUploads(portal, actor);
  return Response.json(uploads.map(({ id, offset, size }) => ({ id, offset, size })));
}

/** Begins an upload in pieces, for the page's script: {id, offset}, or 422 with the sentence to show. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const feeds = await answering(() => listOwnFeeds(portal, actor));
  const refuse = (message: Message) => Response.json({ reason: getWords(locale).say(message) }, { status: 422 });
  const form = await args.request.formData();
  const log = form.get("log");
  const feed = feeds.find(({ agencySlug, systemSlug }) => `${agencySlug}/${systemSlug}` === log);
  if (!feed) return refuse({ key: "feeds.chooseLogFirst" });
  const file = announcedFile.safeParse(Object.fromEntries(form));
  if (!file.success) return refuse({ key: "feeds.fileNeeded" });
  const { agencySlug, systemSlug } = feed;
  const begun = await answering(() =>
    attempt(() => beginUpload(portal, actor, { agencySlug, systemSlug, ...file.data })),
  );
  if (begun.refused?.code === "feed-unknown-profile") return refuse({ key: "feeds.unknownProfile" });
  return begun.refused ? refuse(refusalMessage(begun.refused)) : Response.json(begun.value);
}
