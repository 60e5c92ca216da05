/** Why a pushed delivery is refused: a code, the HTTP status, and one sentence for whoever runs the sender. */
import type { Locale } from "../problem.ts";

const PROBLEMS = {
  "signature-unreadable": {
    status: 401,
    en: "The request is not signed as it must be.",
    es: "La solicitud no está firmada como debe estarlo.",
  },
  "signature-coverage": {
    status: 401,
    en: "The signature does not cover all that it must.",
    es: "La firma no abarca todo lo que debe.",
  },
  "signature-time": {
    status: 401,
    en: "The signature is too old, has expired, or was made in the future.",
    es: "La firma es demasiado antigua, ha caducado o se hizo en el futuro.",
  },
  // Unknown key, revoked key, wrong bytes: one answer, so that nobody can try out which keys there are.
  "signature-refused": {
    status: 401,
    en: "The signature is not one of a key that is registered and valid now.",
    es: "La firma no es de una clave registrada y válida ahora.",
  },
  "nonce-spent": {
    status: 401,
    en: "This nonce was used before. Sign each request anew, with a nonce of its own.",
    es: "Este nonce ya se usó. Firme cada solicitud de nuevo, con un nonce propio.",
  },
  "no-such-feed": {
    status: 404,
    en: "There is no such feed for this key.",
    es: "No existe tal entrega para esta clave.",
  },
  "no-such-batch": {
    status: 404,
    en: "There is no such batch in this feed.",
    es: "No existe tal lote en este registro.",
  },
  "no-such-door": {
    status: 404,
    en: "There is no such address.",
    es: "No existe esa dirección.",
  },
  "wrong-method": {
    status: 405,
    en: "Batches are sent by POST and asked for by GET.",
    es: "Los lotes se envían con POST y se consultan con GET.",
  },
  "digest-missing": {
    status: 400,
    en: "Content-Digest is needed, with the SHA-256 of the body: sha-256=:BASE64:.",
    es: "Hace falta Content-Digest, con el SHA-256 del cuerpo: sha-256=:BASE64:.",
  },
  "digest-wrong": {
    status: 400,
    en: "The body is not the one that Content-Digest promises. Nothing of it was kept.",
    es: "El cuerpo no es el que Content-Digest promete. No se guardó nada de él.",
  },
  "idempotency-key-missing": {
    status: 400,
    en: "Idempotency-Key is needed: 1 to 255 characters of your own, new for each delivery.",
    es: "Hace falta Idempotency-Key: de 1 a 255 caracteres propios, nuevos para cada entrega.",
  },
  "idempotency-key-reused": {
    status: 422,
    en: "This Idempotency-Key was used for another delivery.",
    es: "Esta Idempotency-Key se usó para otra entrega.",
  },
  "content-type": {
    status: 415,
    en: "Content-Type must be one of those that the description lists.",
    es: "Content-Type debe ser uno de los que enumera la descripción.",
  },
  "content-encoding": {
    status: 415,
    en: "Content-Encoding is not accepted: send the compressed file as it is, as application/gzip.",
    es: "No se acepta Content-Encoding: envíe el archivo comprimido tal cual, como application/gzip.",
  },
  "field-twice": {
    status: 400,
    en: "A header that counts here stands in the request more than once.",
    es: "Un encabezado que aquí cuenta figura más de una vez en la solicitud.",
  },
  claim: {
    status: 400,
    en: "The query says something that cannot be read.",
    es: "La dirección dice algo que no se puede leer.",
  },
  profile: {
    status: 400,
    en: "There is no such profile.",
    es: "No existe tal perfil.",
  },
  "body-cut-off": {
    status: 400,
    en: "The body ended before it was whole. Nothing of it was kept.",
    es: "El cuerpo terminó antes de estar completo. No se guardó nada de él.",
  },
  "too-large": {
    status: 413,
    en: "The delivery is larger than this portal takes in one piece. Send the log in smaller files.",
    es: "La entrega es mayor de lo que este portal recibe de una vez. Envíe el registro en archivos más pequeños.",
  },
  "too-often": {
    status: 429,
    en: "Too many requests. Wait, then go on.",
    es: "Demasiadas solicitudes. Espere y continúe después.",
  },
} as const satisfies Record<string, { status: number } & Record<Locale, string>>;

export type PushProblem = keyof typeof PROBLEMS;

/** Every problem there is, in the order in which a request meets them. */
export function listProblems(locale: Locale): { code: PushProblem; status: number; sentence: string }[] {
  return Object.entries(PROBLEMS).map(([code, problem]) => ({
    code: code as PushProblem,
    status: problem.status,
    sentence: problem[locale],
  }));
}

/** A push that is refused; nothing of it is stored. */
export class PushRefused extends Error {
  readonly code: PushProblem;
  readonly status: number;
  /** What exactly, in words that repeat nothing of the request. */
  readonly hint: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  constructor(code: PushProblem, more: { hint?: string; retryAfterSeconds?: number } = {}) {
    super(PROBLEMS[code].en);
    this.name = "PushRefused";
    this.code = code;
    this.status = PROBLEMS[code].status;
    this.hint = more.hint;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}
