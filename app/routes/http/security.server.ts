import { randomBytes, randomUUID } from "node:crypto";
import type { NextFunction, Request, RequestHandler, Response } from "express";
import helmet from "helmet";

/** The nonce and the request's id, made once for each request and kept where the handlers find them. */
export interface RequestMarks {
  nonce: string;
  requestId: string;
}

export function marksOf(response: Response): RequestMarks {
  return response.locals as RequestMarks;
}

/** An id of our own for each request: one that came from outside could carry anything into the log. */
export const markRequest: RequestHandler = (_request, response, next) => {
  const marks = marksOf(response);
  marks.nonce = randomBytes(16).toString("base64");
  marks.requestId = randomUUID();
  response.setHeader("X-Request-Id", marks.requestId);
  next();
};

/** Only what this portal itself serves may run, load or frame; scripts only with this response's nonce. */
export function securityHeaders(isHttps: boolean): RequestHandler {
  return (request, response, next) => {
    const { nonce } = marksOf(response);
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'", `'nonce-${nonce}'`],
          styleSrc: ["'self'"],
          imgSrc: ["'self'"],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
          ...(isHttps && { upgradeInsecureRequests: [] }),
        },
      },
      strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: true } : false,
      referrerPolicy: { policy: "same-origin" },
      xFrameOptions: { action: "deny" },
    })(request, response, next);
  };
}

/**
 * A form may only be sent from our own pages. Browsers say where a request comes from
 * (Sec-Fetch-Site, Origin); one that says neither is not a browser with somebody's cookies.
 */
export function refuseForeignForms(ownOrigin: string): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (["GET", "HEAD", "OPTIONS"].includes(request.method)) return next();
    const site = request.headers["sec-fetch-site"];
    const origin = request.headers.origin;
    const isOurs =
      origin === undefined ? site === undefined || site === "same-origin" : isOwnOrigin(origin, ownOrigin, request);
    if (isOurs && (site === undefined || site === "same-origin")) return next();
    response
      .status(403)
      .type("text/plain")
      .send("This form was not sent from this site. Open the page again and send it from there.");
  };
}

function isOwnOrigin(origin: string, ownOrigin: string, request: Request): boolean {
  // The portal may be reached under several names (localhost, a county's address); the page's own host is what counts.
  return origin === ownOrigin || origin === `${request.protocol}://${request.get("host")}`;
}

/** Pages of signed-in people are kept by no cache, shared or private. */
export const keepFromCaches: RequestHandler = (_request, response, next) => {
  response.setHeader("Cache-Control", "no-store");
  next();
};
