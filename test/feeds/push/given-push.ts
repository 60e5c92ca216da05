/** A custodian's machine, and the portal's door for it, without the pages around. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { once } from "node:events";
import { request as ask, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import express from "express";
import { writeContentDigest } from "#app/feeds/push/content-digest.ts";
import { addFeedKey } from "#app/feeds/push/feed-keys.server.ts";
import { type SignedRequest, signRequest } from "#app/feeds/push/message-signature.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { openPushDoor } from "#app/routes/http/push-door.server.ts";
import { OPERATOR } from "../given-feed.ts";

export const COVERED = ["@method", "@target-uri", "content-digest", "content-type", "idempotency-key"];
export const PATH = "/api/feeds/alpr/batches";

export interface Door {
  readonly port: number;
  close(): Promise<void>;
}

/** The door on a port of its own, on every address of this machine. */
export async function openDoor(portal: Portal): Promise<Door> {
  const app = express();
  app.use("/api/feeds", openPushDoor(portal));
  const server = createServer(app).listen(0);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface Machine {
  readonly keyId: string;
  readonly privateKey: KeyObject;
}

export function newKeyPair() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  return { pem: publicKey.export({ format: "pem", type: "spki" }).toString(), privateKey };
}

/** A machine whose key is registered. */
export async function givenMachine(portal: Portal, agencySlug = "oakfield", days = {}): Promise<Machine> {
  const { pem, privateKey } = newKeyPair();
  const { id } = await addFeedKey(portal, OPERATOR, { agencySlug, publicKey: pem, ...days });
  return { keyId: id, privateKey };
}

export interface Push {
  method?: string;
  path?: string;
  body?: string | Uint8Array;
  /** Sent in the body's place, which stays the one that is signed. */
  sends?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** Replace what an honest machine would send; null leaves a header out. Signed. */
  headers?: Record<string, string | null>;
  /** Put on after the signature was made. */
  afterwards?: Record<string, string | string[] | null>;
  covered?: string[];
  /** Of the signature; null leaves one out. */
  parameters?: Record<string, string | number | null>;
  from?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly json: Record<string, unknown>;
  readonly text: string;
}

/** Sends what an honest machine would, but for what is said otherwise. */
export async function push(portal: Portal, door: Door, machine: Machine, given: Push = {}): Promise<Answer> {
  const { method = "POST", path = PATH, body = "", sends = body, covered = COVERED } = given;
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  const host = `localhost:${door.port}`;
  const headers = without({
    host,
    "content-type": "text/csv",
    "content-digest": writeContentDigest(createHash("sha256").update(bytes).digest("hex")),
    "idempotency-key": randomBytes(12).toString("hex"),
    ...given.headers,
  });
  const [bare = "", query] = path.split("?");
  const request: SignedRequest = {
    method,
    scheme: "http",
    authority: host,
    path: bare,
    query: query === undefined ? "" : `?${query}`,
    fields: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
  };
  const created = Math.floor(portal.time.now().getTime() / 1000);
  const parameters = { created, keyid: machine.keyId, nonce: randomBytes(16).toString("hex"), ...given.parameters };
  const signed = signRequest(machine.privateKey, request, covered, without(parameters));
  return send(door, method, path, without({ ...headers, ...signed, ...given.afterwards }), sends, given.from);
}

function without<T>(record: Record<string, T | null>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter((entry): entry is [string, T] => entry[1] !== null));
}

/** With node:http, which sends headers as they are given. */
export async function send(
  door: Door,
  method: string,
  path: string,
  headers: Record<string, string | string[]>,
  body: string | Uint8Array | AsyncIterable<Uint8Array> = "",
  from = "127.0.0.1",
): Promise<Answer> {
  const sent = ask({ host: from, port: door.port, method, path, headers, localAddress: from, agent: false });
  const answering = once(sent, "response") as Promise<[import("node:http").IncomingMessage]>;
  if (typeof body === "string" || body instanceof Uint8Array) sent.end(body);
  // The door may close on somebody who sends too much; the answer says so.
  else void pipeline(Readable.from(body), sent).catch(() => undefined);
  const [response] = await answering;
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += chunk;
  const isJson = /json/.test(response.headers["content-type"] ?? "");
  return { status: response.statusCode ?? 0, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} };
}
