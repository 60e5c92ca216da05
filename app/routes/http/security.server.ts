import { randomBytes, randomUUID } from "node:crypto";
import { isIP } from "node:net";
import type { NextFunction, Request, RequestHandler, Response } from "express";
import helmet from "helmet";
import { answerPlainly } from "./plain-answer.server.ts";

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
    })(request, response, () => {
      response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
      next();
    });
  };
}

/**
 * Only names that are ours. A page of another site whose name was bent to this machine's address (DNS
 * rebinding) would otherwise read whatever a signed-out person may; a bare address cannot be bent.
 */
export function refuseForeignHosts(ownUrl: string): RequestHandler {
  const own = new URL(ownUrl).hostname;
  return (request, response, next) => {
    const host = request.headers.host ?? "";
    const name = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : "";
    const isOurs = name === own || name === "localhost" || isIP(name.replace(/^\[|\]$/g, "")) !== 0;
    // A whole address in place of a path is a proxy's business, and this is none.
    if (isOurs && request.originalUrl.startsWith("/")) return next();
    answerPlainly(response, 421, {
      en: `This portal answers at ${ownUrl} alone. Its operator sets that address as PORTAL_URL.`,
      es: `Este portal responde solo en ${ownUrl}. Su operador fija esa dirección como PORTAL_URL.`,
    });
  };
}

/** Pages are read and forms are sent; nothing here answers to anything else. */
export const refuseOtherMethods: RequestHandler = (request, response, next) => {
  if (["GET", "HEAD", "POST"].includes(request.method)) return next();
  answerPlainly(response.set("Allow", "GET, HEAD, POST"), 405, {
    en: "Pages are read, and forms are sent; nothing else is answered here.",
    es: "Las páginas se leen y los formularios se envían; aquí no se responde a nada más.",
  });
};

const FORM_TYPE = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i;
/** Far above what our longest form can hold; a log file comes in by its own page, which reads it as a stream. */
const FORM_BYTES = 1 << 20;
const FORM_MS = 60_000;

/**
 * A form is read into memory, so its size is asked for before its first byte, and it may not trickle in
 * for ever. `isStreamed` names the requests that are read piece by piece and bounded by who reads them.
 */
export function limitForms(isStreamed: (request: Request) => boolean): RequestHandler {
  return (request, response, next) => {
    const { "content-length": length, "transfer-encoding": chunked } = request.headers;
    const isEmpty = chunked === undefined && (length === undefined || Number(length) === 0);
    if (isEmpty || isStreamed(request)) return next();
    if (length === undefined || Number(length) > FORM_BYTES) {
      answerPlainly(response.set("Connection", "close"), length === undefined ? 411 : 413, {
        en: "This form is too large. A form may have 1 MB. Please go back and shorten what you wrote.",
        es: "Este formulario es demasiado grande. Puede tener 1 MB. Vuelva atrás y acorte lo que escribió.",
      });
      return;
    }
    if (!FORM_TYPE.test(request.headers["content-type"] ?? "")) {
      answerPlainly(response, 415, {
        en: "Only a form of this site can be sent here.",
        es: "Aquí solo se puede enviar un formulario de este sitio.",
      });
      return;
    }
    const late = setTimeout(() => request.destroy(), FORM_MS);
    const arrived = () => clearTimeout(late);
    request.once("end", arrived).once("close", arrived);
    next();
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
    answerPlainly(response, 403, {
      en: "This form was not sent from this site. Open the page again and send it from there.",
      es: "Este formulario no se envió desde este sitio. Abra la página de nuevo y envíelo desde ahí.",
    });
  };
}

function isOwnOrigin(origin: string, ownOrigin: string, request: Request): boolean {
  // The portal may be reached under several names (localhost, a bare address); refuseForeignHosts knows them all.
  return origin === ownOrigin || origin === `${request.protocol}://${request.get("host")}`;
}

/** Pages of signed-in people are kept by no cache, shared or private. */
export const keepFromCaches: RequestHandler = (_request, response, next) => {
  response.setHeader("Cache-Control", "no-store");
  next();
};

/**
 * Programs of earlier days asked for a page's data with `?_data=`; ours asks under `.data`. Remix still answers the
 * old way, and one way fewer in is one fewer to watch.
 */
export const refuseOldData: RequestHandler = (request, response, next) => {
  if (!("_data" in request.query)) return next();
  answerPlainly(response, 404, {
    en: "There is no such page. Please check the address.",
    es: "No existe esa página. Compruebe la dirección.",
  });
};
