import { PassThrough } from "node:stream";
import {
  type ActionFunctionArgs,
  type AppLoadContext,
  createReadableStreamFromReadable,
  type EntryContext,
  type LoaderFunctionArgs,
} from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { renderToPipeableStream } from "react-dom/server";
import { faultOf } from "./platform/log/fault.ts";
import { NonceProvider } from "./ui/nonce.tsx";
import { en } from "./ui/words/en/index.ts";
import { es } from "./ui/words/es/index.ts";
import { LocaleProvider } from "./ui/words/use-words.tsx";
import { registerWords } from "./ui/words/words.ts";

registerWords("en", en);
registerWords("es", es);

/** Draws the whole page before the first byte leaves: it is complete without scripts, and its status is final. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { locale, nonce }: AppLoadContext,
): Promise<Response> {
  headers.set("Content-Type", "text/html; charset=utf-8");
  headers.set("Content-Language", locale);
  const page = (
    <LocaleProvider locale={locale}>
      <NonceProvider nonce={nonce}>
        <RemixServer context={remixContext} url={request.url} nonce={nonce} />
      </NonceProvider>
    </LocaleProvider>
  );
  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(page, {
      nonce,
      // Content that React would send late and put in place by script stays where it belongs.
      progressiveChunkSize: Number.POSITIVE_INFINITY,
      onAllReady() {
        const body = new PassThrough();
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
        pipe(body);
      },
      onShellError: reject,
      onError: reject,
    });
    request.signal.addEventListener("abort", () => abort(), { once: true });
  });
}

/** A fault goes to the log without its message: that could repeat what someone typed. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): void {
  if (request.signal.aborted) return;
  context.portal.log.error({ requestId: context.requestId, ...faultOf(error) }, "a page failed");
}
