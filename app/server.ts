import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createRequestHandler } from "@remix-run/express";
import express, { type ErrorRequestHandler, type Express } from "express";
import { cron, jobs } from "./jobs.ts";
import { networkOf } from "./people/network.server.ts";
import { findSession } from "./people/sessions.server.ts";
import { migrationsPending } from "./platform/database/migrate.server.ts";
import { faultOf } from "./platform/log/fault.ts";
import type { Portal } from "./platform/portal.server.ts";
import { getQueueState } from "./platform/queue/queue-state.server.ts";
import { startWorker } from "./platform/queue/worker.server.ts";
import { KekUnavailable } from "./platform/sealing/key-encryption-key.ts";
import { chooseLocale, cookieNames, readCookies } from "./routes/http/cookies.server.ts";
import { answerPlainly } from "./routes/http/plain-answer.server.ts";
import { openPushDoor } from "./routes/http/push-door.server.ts";
import {
  keepFromCaches,
  limitForms,
  markRequest,
  marksOf,
  refuseForeignForms,
  refuseForeignHosts,
  refuseOldData,
  refuseOtherMethods,
  securityHeaders,
} from "./routes/http/security.server.ts";

/** What one process does: pages, jobs, or both. */
export const SERVER_ROLES = ["all", "web", "worker"] as const;
export type ServerRole = (typeof SERVER_ROLES)[number];

export interface Running {
  /** The port that is really listened on, or null for a worker alone. */
  readonly port: number | null;
  /** Lets running requests and jobs end, then resolves. */
  stop(): Promise<void>;
}

const BUILD = fileURLToPath(new URL("../.build/", import.meta.url));
/** Requests that have not ended by then are cut off: a browser may hold a connection open for ever. */
const DRAIN_MS = 10_000;
const HEADERS_MS = 20_000;
/** As long as a large log may take on a thin line; forms are cut off far sooner (limitForms). */
const REQUEST_MS = 2 * 60 * 60_000;
/** A connection on which nothing moves. */
const SILENT_MS = 5 * 60_000;
/** Pages to which a file is sent: each bounds by itself what it reads. */
const FILE_PAGES =
  /^\/(?:desk\/feeds\/upload|desk\/feeds\/uploads\/[0-9a-f-]{36}\/part|check|request\/[0-9a-f-]{36}\/upload)(?:\.data)?$/;

/** Serves pages and works jobs over an opened portal. */
export async function startServer(portal: Portal, role: ServerRole = "all"): Promise<Running> {
  const worker = role === "web" ? null : await startWorker(portal, jobs, { cron });
  const web = role === "worker" ? null : await startWeb(portal);
  return {
    port: web?.port ?? null,
    stop: async () => {
      await web?.stop();
      await worker?.stop();
    },
  };
}

async function startWeb(portal: Portal): Promise<{ port: number; stop(): Promise<void> }> {
  const state = { draining: false };
  const limits = { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, connectionsCheckingInterval: 5_000 };
  const server = createServer(limits, await createApp(portal, state));
  server.setTimeout(SILENT_MS);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(portal.config.port, portal.config.host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    port: address.port,
    stop: () => {
      state.draining = true;
      return drain(server);
    },
  };
}

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

async function createApp(portal: Portal, state: { draining: boolean }): Promise<Express> {
  const isHttps = portal.config.url.startsWith("https:");
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", portal.config.trustProxy ? 1 : false);
  app.use(markRequest, securityHeaders(isHttps));

  app.get("/healthz", (_request, response) => void response.type("text/plain").send("ok\n"));
  app.get("/readyz", (_request, response, next) => {
    readiness(portal, state.draining).then((faults) => {
      response.status(faults.length === 0 ? 200 : 503).json({ ready: faults.length === 0, faults });
    }, next);
  });

  app.use(refuseForeignHosts(portal.config.url), refuseOtherMethods);
  if (!portal.config.trustProxy) app.use(forgetProxy);

  // Names of built files carry their content's hash: they may stay in a cache for ever.
  app.use(
    "/assets",
    express.static(`${BUILD}client/assets`, { immutable: true, maxAge: "1y", fallthrough: false, redirect: false }),
  );
  app.use(express.static(`${BUILD}client`, { maxAge: "1h", index: false, redirect: false }));
  app.use(keepFromCaches, logRequest(portal));
  // Machines sign each request and bring no cookie that another site could make use of: no form's rules for them.
  app.use("/api/feeds", openPushDoor(portal));
  app.use(
    refuseOldData,
    refuseForeignForms(new URL(portal.config.url).origin),
    limitForms((request) => FILE_PAGES.test(request.path)),
  );
  app.all("*", await pages(portal, isHttps));
  app.use(lastResort(portal));
  return app;
}

async function pages(portal: Portal, isHttps: boolean): Promise<express.RequestHandler> {
  const entry = `${BUILD}server/index.js`;
  if (!existsSync(entry)) throw new Error("The pages are not built yet: run npm start, or npm run build.");
  const names = cookieNames(isHttps);
  return createRequestHandler({
    build: await import(pathToFileURL(entry).href),
    mode: "production",
    getLoadContext: async (request, response) => {
      const cookies = readCookies(request.headers.cookie);
      const secret = cookies.get(names.session);
      const session = secret === undefined ? null : await findSession(portal, secret, cookies.get(names.own) ?? null);
      return {
        portal,
        actor: session?.actor ?? null,
        session,
        locale: chooseLocale(cookies, request.headers["accept-language"]),
        network: networkOf(request.ip),
        ...marksOf(response),
      };
    },
  });
}

/** Remix reads this header whoever sent it, and fails over one that is no host. */
const forgetProxy: express.RequestHandler = (request, _response, next) => {
  delete request.headers["x-forwarded-host"];
  next();
};

/** What keeps this process from serving, in words an operator can act on; empty when ready. */
async function readiness(portal: Portal, draining: boolean): Promise<string[]> {
  if (draining) return ["stopping"];
  try {
    const pending = await migrationsPending(portal.pool);
    if (pending.length > 0) return [`migrations wait: ${pending.length}`];
    await getQueueState(portal);
  } catch (error) {
    portal.log.error({ code: (error as { code?: string }).code ?? "unknown" }, "the database does not answer");
    return ["the database does not answer"];
  }
  return kekFaults(portal);
}

/** Data keys that are in memory go on working; whoever comes anew is better served by a process that can open theirs. */
async function kekFaults(portal: Portal): Promise<string[]> {
  try {
    await portal.kek.check();
    return [];
  } catch (error) {
    portal.log.error(faultOf(error), "the key-encryption key cannot be used");
    return [error instanceof KekUnavailable ? error.message : "the key-encryption key cannot be used"];
  }
}

/** Method, status and time; no address, no path: a path holds ids, and who reads what is the ledger's to tell. */
function logRequest(portal: Portal): express.RequestHandler {
  return (request, response, next) => {
    const began = performance.now();
    response.on("finish", () => {
      const milliseconds = Math.round(performance.now() - began);
      portal.log.debug(
        { requestId: marksOf(response).requestId, method: request.method, status: response.statusCode, milliseconds },
        "request",
      );
    });
    next();
  };
}

function lastResort(portal: Portal): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, _request, response, _next) => {
    const { requestId } = marksOf(response);
    const status = statusOf(error);
    if (status < 500 && !response.headersSent) {
      answerPlainly(response, status, {
        en: "There is no such page. Please check the address.",
        es: "No existe esa página. Compruebe la dirección.",
      });
      return;
    }
    portal.log.error({ requestId, ...faultOf(error) }, "a request failed");
    if (response.headersSent) {
      // Express would print the error, with its message, to stderr. A cut-off answer is seen as one.
      response.destroy();
      return;
    }
    answerPlainly(response, 500, {
      en: `Something went wrong on our side. Please try again. If it stays, tell us this number: ${requestId}`,
      es: `Algo falló de nuestra parte. Inténtelo de nuevo. Si sigue igual, díganos este número: ${requestId}`,
    });
  };
}

/** Files that are not there and addresses that cannot be read come as errors with a status of their own. */
function statusOf(error: unknown): number {
  const { status } = (error ?? {}) as { status?: unknown };
  return typeof status === "number" && status >= 400 && status < 500 ? status : 500;
}
