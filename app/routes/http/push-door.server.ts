/**
 * Where custodians' machines deliver. No cookie is read here and no page of another site can sign, so the rules for
 * forms do not apply; answers are JSON, refusals problem+json (RFC 9457).
 */
import { type Request, type RequestHandler, type Response, Router } from "express";
import { acceptedHeaders, refusalSentence } from "#app/feeds/problem.ts";
import { PROFILES } from "#app/feeds/profiles.ts";
import type { SignedRequest } from "#app/feeds/push/message-signature.ts";
import { PushRefused } from "#app/feeds/push/push-problem.ts";
import { COVERED_FIELDS } from "#app/feeds/push/push-request.ts";
import { getPushed, receivePush } from "#app/feeds/push/receive-push.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";

type Progress = Awaited<ReturnType<typeof getPushed>>;

/** A refused sender may still be sending: so much of it is read away, so that it hears the answer. */
const READ_AWAY_BYTES = 1 << 20;
const READ_AWAY_MS = 2_000;

/** Under `/api/feeds`. */
export function openPushDoor(portal: Portal): Router {
  const router = Router();
  router
    .route("/:system/batches")
    .post(
      answering(portal, async (request, response, knock) => {
        const length = request.headers["content-length"];
        const contentLength = length === undefined ? undefined : Number(length);
        // Not closed when its reader stops early: whoever sends too much is to hear that.
        const body = request.iterator({ destroyOnReturn: false });
        const { progress, isNew } = await receivePush(portal, { ...knock, body, contentLength });
        const answer = asAnswer(portal, knock.systemSlug, progress);
        if (answer.refusal) {
          const { refusal, ...counts } = answer;
          return sendProblem(portal, response, refusal.code === "feed-too-large" ? 413 : 422, {
            ...counts,
            ...refusal,
          });
        }
        const isDone = progress.state === "finished";
        response
          .status(isDone ? (isNew ? 201 : 200) : 202)
          .set("Location", answer.url)
          .json(answer);
      }),
    )
    .all(refuseMethod(portal));
  router
    .route("/:system/batches/:batch")
    .get(
      answering(portal, async (request, response, knock) => {
        const progress = await getPushed(portal, { ...knock, batchId: request.params["batch"] ?? "" });
        response.json(asAnswer(portal, knock.systemSlug, progress));
      }),
    )
    .all(refuseMethod(portal));
  router.use((_request, response) => answerProblem(portal, response, new PushRefused("no-such-door")));
  return router;
}

interface Knock {
  readonly request: SignedRequest;
  readonly systemSlug: string;
  readonly address: string;
}

function answering(
  portal: Portal,
  work: (request: Request, response: Response, knock: Knock) => Promise<void>,
): RequestHandler {
  return (request, response, next) => {
    const knock = {
      request: asSigned(portal, request),
      systemSlug: request.params["system"] ?? "",
      address: request.ip ?? "",
    };
    work(request, response, knock)
      .catch((error: unknown) => {
        if (!(error instanceof PushRefused)) throw error;
        answerProblem(portal, response, error);
      })
      .catch(next)
      .finally(() => readAway(request));
  };
}

function refuseMethod(portal: Portal): RequestHandler {
  return (_request, response) => answerProblem(portal, response, new PushRefused("wrong-method"));
}

/** The request as its sender saw it. Behind a proxy that is the portal's own address, whatever the proxy calls us. */
function asSigned({ config }: Portal, request: Request): SignedRequest {
  const own = new URL(config.url);
  const [path = "", ...query] = request.originalUrl.split("?");
  const host = config.trustProxy ? own.host : (request.headers.host ?? "").toLowerCase();
  const scheme = host === own.host ? own.protocol.slice(0, -1) : request.protocol;
  const { headersDistinct } = request;
  return {
    method: request.method,
    scheme,
    authority: host.replace(scheme === "https" ? /:443$/ : /:80$/, ""),
    path,
    query: query.length === 0 ? "" : `?${query.join("?")}`,
    fields: headersDistinct,
  };
}

/** What a custodian reads of each delivery: what became of its rows, and where to ask again. */
function asAnswer(portal: Portal, system: string, progress: Progress) {
  const { id, state, rows, stored, duplicates, quarantined, refusal } = progress;
  const url = `${portal.config.url}/api/feeds/${encodeURIComponent(system)}/batches/${id}`;
  const counts = { batch: id, state, rows, stored, duplicates, quarantined, url };
  if (refusal === null) return { ...counts, refusal: null };
  const profile = PROFILES.find((each) => each.id === progress.profile);
  const detail = refusalSentence(refusal, "en", profile ? acceptedHeaders(profile) : "");
  return { ...counts, refusal: { code: refusal, detail } };
}

const ACCEPT_SIGNATURE = `sig1=("@method" "@target-uri" ${COVERED_FIELDS.map((name) => `"${name}"`).join(" ")});created;nonce;keyid;alg="ed25519"`;

function answerProblem(portal: Portal, response: Response, refused: PushRefused): void {
  if (refused.status === 401) response.set("Accept-Signature", ACCEPT_SIGNATURE);
  if (refused.status === 405) response.set("Allow", "GET, POST");
  if (refused.retryAfterSeconds !== undefined) response.set("Retry-After", String(refused.retryAfterSeconds));
  const { status, code, message: title, hint: detail = title } = refused;
  sendProblem(portal, response, status, { code, title, detail });
}

interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly title?: string;
  readonly batch?: string;
}

function sendProblem(portal: Portal, response: Response, status: number, members: Problem): void {
  const body = { ...members, type: `${portal.config.url}/api#${members.code}`, status };
  response.status(status).type("application/problem+json").send(JSON.stringify(body));
}

/** Node would read an unread body to its end, however long that is. */
function readAway(request: Request): void {
  if (request.readableEnded || request.destroyed) return;
  let left = READ_AWAY_BYTES;
  const late = setTimeout(() => request.destroy(), READ_AWAY_MS);
  request.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  const done = () => clearTimeout(late);
  request.once("end", done).once("close", done);
}
