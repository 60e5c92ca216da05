/** The description of the door for machines, as OpenAPI 3.1. Pure: the same as the code, because it is made from it. */
import { curlExample } from "./curl-example.ts";
import { listProblems, type PushProblem } from "./push-problem.ts";
import { COVERED_FIELDS, FAST_BY_SECONDS, GOOD_FOR_SECONDS, MEDIA_TYPES } from "./push-request.ts";

const STATUSES = {
  400: "The request cannot be used as it is.",
  401: "The signature is missing, too old, spent, or not of a valid key.",
  404: "No such feed or batch for this key: another custodian's looks like none.",
  413: "Too large, or grows too large when it is unpacked.",
  415: "Not a media type that is taken.",
  422: "The file as a whole cannot be read, or the Idempotency-Key belongs to another delivery.",
  429: "Too often. Retry-After says when to come again.",
} as const;

/**
 * @param origin The portal's own address.
 * @param limitBytes The largest body.
 * @param profiles Ids of the formats that there are.
 */
export function describeApi(origin: string, limitBytes: number, profiles: readonly string[]) {
  return {
    openapi: "3.1.0",
    info: {
      title: "WhoLooked: delivery of access logs",
      version: "1",
      summary: "A custodian's machine delivers the log of a system; each request is signed.",
      description: DESCRIPTION(limitBytes),
    },
    servers: [{ url: origin }],
    externalDocs: { url: `${origin}/api`, description: "The same in plain words" },
    security: [{ httpMessageSignature: [] }],
    paths: {
      "/api/feeds/{system}/batches": { post: postBatch(profiles, origin) },
      "/api/feeds/{system}/batches/{batch}": { get: getBatch() },
      "/api/openapi.json": {
        get: {
          operationId: "getDescription",
          summary: "This document",
          security: [],
          responses: { 200: { description: "OpenAPI 3.1", content: { "application/json": { schema: {} } } } },
        },
      },
    },
    components: {
      securitySchemes: {
        httpMessageSignature: {
          type: "http",
          scheme: "signature",
          description:
            "HTTP Message Signatures (RFC 9421) with Ed25519 and a key that the portal's operator registered.",
        },
      },
      schemas: { Batch: BATCH, Problem: problemSchema(), RefusedBatch: REFUSED },
    },
  };
}

const DESCRIPTION = (limitBytes: number) =>
  [
    `Each request carries one signature (RFC 9421, ed25519) that covers @method, @target-uri (or @authority, @path and, where there is a query, @query), ${COVERED_FIELDS.join(", ")}; a GET has no body and covers @method and @target-uri.`,
    `Parameters: keyid, created (good for ${GOOD_FOR_SECONDS} seconds, at most ${FAST_BY_SECONDS} ahead of our clock), nonce (16 to 128 random characters, once for each request), alg="ed25519" and expires if you like.`,
    "Content-Digest (RFC 9530) holds the SHA-256 of the body; nothing becomes visible unless the whole body agrees with it.",
    "The same Idempotency-Key with the same delivery gives the same batch; a lost answer is asked for by sending it again, signed anew.",
    `A body may have ${limitBytes} bytes.`,
  ].join("\n\n");

const path = (name: string, description: string) => ({
  name,
  in: "path",
  required: true,
  description,
  schema: { type: "string" },
});
const query = (name: string, description: string, schema: object) => ({ name, in: "query", description, schema });
const header = (name: string, description: string, example: string) => ({
  name,
  in: "header",
  required: true,
  description,
  schema: { type: "string" },
  example,
});

const SYSTEM = path("system", "Short name of the system whose log it is, such as alpr");
const SIGNATURE_HEADERS = [
  header(
    "Signature-Input",
    "What is signed (RFC 9421, section 4.1)",
    'sig1=("@method" "@target-uri" "content-digest" "content-type" "idempotency-key");created=1764032400;keyid="1f0c9a52-6f0e-4a3b-9d57-3c1a5d0f7e21";alg="ed25519";nonce="d2f1c0b7a98e4f3c"',
  ),
  header("Signature", "The signature (RFC 9421, section 4.2)", "sig1=:BASE64:"),
];

function postBatch(profiles: readonly string[], origin: string) {
  return {
    operationId: "deliverBatch",
    summary: "Deliver one batch of a log",
    parameters: [
      SYSTEM,
      query("profile", "Format of the file; the one that was agreed, unless given", {
        type: "string",
        enum: [...profiles],
      }),
      query("sequence", "Your own number of this delivery, counted up by one: a missing number is a gap", {
        type: "integer",
        minimum: 0,
      }),
      query("from", "First local day of which it holds every look-up; with `to`", { type: "string", format: "date" }),
      query("to", "Last such day, included", { type: "string", format: "date" }),
      header("Content-Digest", "RFC 9530, sha-256", "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"),
      header("Idempotency-Key", "1 to 255 printable characters, new for each delivery", "2026-10-batch-0042"),
      ...SIGNATURE_HEADERS,
    ],
    requestBody: {
      required: true,
      description: "The file as the system exports it; gzip and zstd as they are.",
      content: Object.fromEntries(MEDIA_TYPES.map((type) => [type, { schema: { type: "string", format: "binary" } }])),
    },
    responses: {
      200: batchAnswer("It was here before: the same batch"),
      201: batchAnswer("Every row is accounted for"),
      202: batchAnswer("Whole and kept; it is imported soon. Ask at `url`"),
      ...problemAnswers(),
    },
    "x-codeSamples": [{ lang: "Shell", label: "openssl and curl", source: curlExample(origin, "alpr") }],
  };
}

function getBatch() {
  return {
    operationId: "getBatch",
    summary: "What became of a batch",
    parameters: [SYSTEM, path("batch", "Its id, as it was answered"), ...SIGNATURE_HEADERS],
    responses: { 200: batchAnswer("How far it is"), ...problemAnswers(["400", "401", "404", "429"]) },
  };
}

function batchAnswer(description: string) {
  return { description, content: { "application/json": { schema: { $ref: "#/components/schemas/Batch" } } } };
}

function problemAnswers(statuses: readonly string[] = Object.keys(STATUSES)) {
  return Object.fromEntries(
    Object.entries(STATUSES)
      .filter(([status]) => statuses.includes(status))
      .map(([status, description]) => {
        const plain = { $ref: "#/components/schemas/Problem" };
        // A file that cannot be read is a batch as well: it is there, refused, and says why.
        const schema = ["413", "422"].includes(status)
          ? { anyOf: [plain, { $ref: "#/components/schemas/RefusedBatch" }] }
          : plain;
        return [status, { description, content: { "application/problem+json": { schema } } }];
      }),
  );
}

const COUNT = { type: "integer", minimum: 0 };
const COUNTS = {
  batch: { type: "string", format: "uuid" },
  state: { type: "string", enum: ["waiting", "importing", "finished", "refused"] },
  rows: { ...COUNT, description: "stored + duplicates + quarantined" },
  stored: COUNT,
  duplicates: { ...COUNT, description: "Rows that were here before" },
  quarantined: { ...COUNT, description: "Rows that could not be read; they are kept and shown to your clerks" },
  url: { type: "string", format: "uri" },
};
const REFUSAL = {
  type: ["object", "null"],
  properties: { code: { type: "string" }, detail: { type: "string" } },
  required: ["code", "detail"],
};
const BATCH = {
  type: "object",
  properties: { ...COUNTS, refusal: REFUSAL },
  required: [...Object.keys(COUNTS), "refusal"],
};

const PROBLEM = {
  type: { type: "string", format: "uri" },
  status: { type: "integer" },
  code: { type: "string" },
  detail: { type: "string" },
};
const REFUSED = {
  type: "object",
  description: "A delivery whose file as a whole cannot be read",
  properties: { ...PROBLEM, ...COUNTS },
  required: [...Object.keys(PROBLEM), ...Object.keys(COUNTS)],
};

function problemSchema() {
  const codes: PushProblem[] = listProblems("en").map(({ code }) => code);
  const properties = { ...PROBLEM, title: { type: "string" }, code: { type: "string", enum: codes } };
  return {
    type: "object",
    description: "RFC 9457",
    properties,
    required: ["type", "title", "status", "code", "detail"],
  };
}
