import { once } from "node:events";
import { request as ask, createServer, type Server } from "node:http";
import express from "express";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  limitForms,
  markRequest,
  refuseForeignForms,
  refuseForeignHosts,
  refuseOtherMethods,
} from "#app/routes/http/security.server.ts";

const OWN = "https://wholooked.example.gov";
let server: Server;
let port: number;

beforeEach(async () => {
  const app = express();
  app.use(markRequest, refuseForeignHosts(OWN), refuseOtherMethods, refuseForeignForms(OWN));
  app.use(limitForms((request) => request.path === "/upload"));
  app.use((request, response) => {
    request.resume().once("end", () => response.send("served"));
  });
  server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  port = address && typeof address === "object" ? address.port : expect.unreachable();
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** With node:http, because fetch sets the host, the length and the path as it likes. */
async function send(
  headers: Record<string, string>,
  options: { method?: string; path?: string; body?: string | Buffer } = {},
): Promise<number> {
  const { method = "GET", path = "/", body } = options;
  const sent = ask({ host: "127.0.0.1", port, method, path, headers });
  sent.end(body);
  const [response] = await once(sent, "response");
  response.resume();
  return response.statusCode;
}

describe("a name that is not ours", () => {
  it.each(["wholooked.example.gov", "localhost:3000", "127.0.0.1:3000", "[::1]:3000", "192.168.1.7"])(
    "is not %s",
    async (host) => expect(await send({ host })).toBe(200),
  );

  it.each(["evil.example", "evil.example:3000", "wholooked.example.gov.evil.example", "localhost.evil.example", "a b"])(
    "gets nothing: %s",
    async (host) => expect(await send({ host })).toBe(421),
  );

  it("gets nothing as a whole address in place of a path", async () => {
    expect(await send({ host: "localhost" }, { path: "http://evil.example/" })).toBe(421);
  });

  it("cannot send a form, though it names itself as origin and host", async () => {
    const headers = { host: "evil.example", origin: "http://evil.example", "sec-fetch-site": "same-origin" };
    expect(await send(headers, { method: "POST" })).toBe(421);
    const bent = { host: "localhost", origin: "http://evil.example", "sec-fetch-site": "same-origin" };
    expect(await send(bent, { method: "POST" })).toBe(403);
    expect(await send({ host: "localhost", origin: OWN }, { method: "POST" })).toBe(200);
  });
});

it.each(["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])("%s is answered by no page", async (method) => {
  expect(await send({}, { method })).toBe(405);
});

describe("a form", () => {
  const post = { method: "POST" };
  const form = "application/x-www-form-urlencoded";

  it("of a megabyte is read, one byte more is not", async () => {
    const body = Buffer.alloc(1 << 20, "x");
    expect(await send({ "content-type": form, "content-length": String(body.length) }, { ...post, body })).toBe(200);
    expect(await send({ "content-length": String((1 << 20) + 1) }, post)).toBe(413);
  });

  it("that does not say how long it is is not read", async () => {
    expect(await send({ "transfer-encoding": "chunked" }, { ...post, body: "x" })).toBe(411);
  });

  it("is one, and nothing else", async () => {
    const body = "{}";
    expect(await send({ "content-type": "application/json", "content-length": "2" }, { ...post, body })).toBe(415);
    expect(await send({ "content-length": "2" }, { ...post, body })).toBe(415);
    expect(await send({ "content-length": "0" }, post)).toBe(200);
  });

  it("with a log file is not bounded here", async () => {
    expect(await send({ "transfer-encoding": "chunked" }, { ...post, path: "/upload", body: "x" })).toBe(200);
  });
});
