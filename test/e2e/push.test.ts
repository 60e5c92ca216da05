// A custodian's machine at the door of the whole portal, with everything that stands before it.
import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeContentDigest } from "#app/feeds/push/content-digest.ts";
import { signRequest } from "#app/feeds/push/message-signature.ts";
import { newKeyPair } from "#test/feeds/push/given-push.ts";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { connectTo } from "#test/support/secrets.ts";
import { AUDIT_HEADER, auditRow } from "#test/support/upload.ts";
import { enterAs } from "#test/support/visitor.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PATH = "/api/feeds/alpr/batches";

let portal: PortalProcess;
let folder: string;
let keyid: string;
const pair = newKeyPair();
beforeAll(async () => {
  portal = await startPortalProcess();
  folder = mkdtempSync(join(tmpdir(), "wholooked-push-"));
  const publicKey = join(folder, "public.pem");
  writeFileSync(publicKey, pair.pem);
  const command = ["app/wholooked.ts", "feed", "key", "add", publicKey, "--custodian", "demo-sheriff", "--json"];
  const env = {
    PATH: process.env["PATH"],
    NODE_ENV: "production",
    WHOLOOKED_DATA: portal.dataFolder,
    WHOLOOKED_OPERATOR: "tester",
  } as const;
  const added = spawnSync(process.execPath, command, { cwd: ROOT, env, encoding: "utf8" });
  keyid = JSON.parse(added.stdout).key.keyid;
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await portal[Symbol.asyncDispose]();
});

/** Signs as the machine does, and sends with whatever else is said. */
async function ask(method: string, path: string, body?: string, more: Record<string, string> = {}) {
  const fields: Record<string, string> =
    body === undefined
      ? {}
      : {
          "content-type": "text/csv",
          "content-digest": writeContentDigest(createHash("sha256").update(body).digest("hex")),
          "idempotency-key": createHash("sha256").update(body).digest("hex"),
        };
  const { host } = new URL(portal.url);
  const [bare = "", query] = path.split("?");
  const signed = signRequest(
    pair.privateKey,
    {
      ...{ method, scheme: "http", authority: host, path: bare, query: query === undefined ? "" : `?${query}` },
      fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]])),
    },
    ["@method", "@target-uri", ...Object.keys(fields)],
    { created: Math.floor(Date.now() / 1000), keyid, nonce: randomBytes(16).toString("hex") },
  );
  const headers = { ...fields, ...signed, ...more };
  const response = await fetch(`${portal.url}${path}`, { method, headers, ...(body !== undefined && { body }) });
  return { status: response.status, headers: response.headers, json: await response.json() };
}

const log = (mark: string, rows: number) =>
  [AUDIT_HEADER, ...Array.from({ length: rows }, (_, row) => auditRow(`${mark}-${row}`, "7PSH001")), ""].join("\n");

it("takes a signed delivery, whatever page it may say to come from, and once", async () => {
  const first = await ask("POST", `${PATH}?sequence=1`, log("small", 3));
  expect(first).toMatchObject({ status: 201, json: { rows: 3, stored: 3 } });
  expect(first.headers.get("cache-control")).toBe("no-store");
  expect(first.headers.get("access-control-allow-origin")).toBeNull();
  const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  expect(await ask("POST", `${PATH}?sequence=1`, log("small", 3), foreign)).toMatchObject({
    status: 200,
    json: { batch: first.json.batch },
  });
});

it("takes nobody's cookie for a signature, and problems are JSON", async () => {
  const clerk = await enterAs(portal, "clerk");
  const sent = await clerk.post(PATH, { log: "demo-sheriff/alpr" });
  expect(sent.status).toBe(401);
  expect(sent.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  expect((await clerk.get("/api/feeds")).status).toBe(404);
  const bent = await fetch(`${portal.url}/api/feeds/%ff/batches`, { method: "POST" });
  expect(bent.status).toBe(400);
});

it("describes itself to anybody, as a page and as a document", async () => {
  const document = await fetch(`${portal.url}/api/openapi.json`);
  expect(document.headers.get("content-type")).toMatch(/^application\/json/);
  const { openapi, servers } = (await document.json()) as { openapi: string; servers: { url: string }[] };
  expect([openapi, servers[0]?.url]).toEqual(["3.1.0", portal.url]);
  const page = await (await fetch(`${portal.url}/api`, { headers: { "accept-language": "es" } })).text();
  expect(page).toContain("Para máquinas que entregan registros");
  expect(page).toContain("openssl pkeyutl -sign");
});

it("loses nothing that it has acknowledged when it is killed, and imports it once", async () => {
  const rows = 80_000;
  const body = log("large", rows);
  expect(body.length).toBeGreaterThan(8 << 20);
  const accepted = await ask("POST", PATH, body);
  expect(accepted).toMatchObject({ status: 202, json: { state: expect.stringMatching(/waiting|importing/) } });
  const ended = new Promise((resolve) => portal.process.once("exit", resolve));
  portal.process.kill("SIGKILL");
  await ended;
  const { url, dataFolder } = portal;
  portal = { ...(await startPortalProcess({ dataFolder, env: { PORT: new URL(url).port } })), url };
  const status = `${PATH}/${accepted.json.batch}`;
  let state = await ask("GET", status);
  for (let tries = 0; state.json.state !== "finished" && tries < 60; tries++) {
    await sleep(1_000);
    state = await ask("GET", status);
  }
  expect(state.json).toMatchObject({ state: "finished", rows });
  const client = await connectTo(portal.dataFolder);
  const { rows: sums } = await client.query(
    "SELECT sum(stored)::int AS stored FROM batch WHERE via = 'push' AND received_at > now() - interval '10 minutes'",
  );
  const { rows: left } = await client.query("SELECT count(*)::int AS n FROM delivery_part");
  await client.end();
  expect([Number(sums[0]?.["stored"]), Number(left[0]?.["n"])]).toEqual([rows + 3, 0]);
  expect(await ask("POST", PATH, body)).toMatchObject({ status: 200, json: { rows } });
});
