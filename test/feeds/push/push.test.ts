import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { importDelivery } from "#app/feeds/delivery/import-delivery.server.ts";
import { revokeFeedKey } from "#app/feeds/push/feed-keys.server.ts";
import { verifyLedger } from "#app/platform/ledger/verify-ledger.server.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { ALPR_HEADER, alprFile, alprRow, CANONICAL_HEADER, givenFeed, OPERATOR } from "../given-feed.ts";
import {
  COVERED,
  type Door,
  givenMachine,
  type Machine,
  newKeyPair,
  openDoor,
  PATH,
  type Push,
  push,
  send,
} from "./given-push.ts";

let portal: TestPortal;
let door: Door;
let machine: Machine;
let elmville: Machine;

beforeAll(async () => {
  portal = await openTestPortal({ env: { UPLOAD_LIMIT_MB: "12" } });
  const given = await givenFeed(portal);
  // A log that only the other agency keeps.
  await portal.db.system.create({
    data: { id: given.agencyId, slug: "dmv", name: "DMV", about: { en: "d", es: "d" } },
  });
  await portal.db.custody.create({
    data: { agencyId: given.otherAgencyId, systemId: given.agencyId, profile: "canonical", rhythmDays: 7 },
  });
  machine = await givenMachine(portal);
  elmville = await givenMachine(portal, "elmville");
  door = await openDoor(portal);
});
beforeEach(() => {
  // Long enough that no test feels how often the one before it came.
  portal.time.advance({ hours: 2 });
});
afterAll(async () => {
  await door.close();
  await portal[Symbol.asyncDispose]();
});

let id = 0;
const file = (rows = 2) => alprFile(...Array.from({ length: rows }, () => alprRow({ id: String(id++) })));
const deliver = (given: Push = {}) => push(portal, door, machine, { body: file(), ...given });

/** All that a delivery could leave behind, and the refusals in the ledger apart. */
async function left() {
  const { rows } = await portal.pool.query(
    `SELECT (SELECT count(*)::int FROM batch) AS batches, (SELECT count(*)::int FROM events.access_event) AS events,
            (SELECT count(*)::int FROM delivery) AS deliveries, (SELECT count(*)::int FROM delivery_part) AS parts,
            (SELECT count(*)::int FROM quarantine) AS quarantined, (SELECT count(*)::int FROM data_key) AS keys`,
  );
  return rows[0];
}

async function refusals(): Promise<
  { act: string; detail: { refusal: string }; actor: { kind: string; id: string } }[]
> {
  const { rows } = await portal.pool.query(
    "SELECT body FROM ledger.entry WHERE act = 'feed.push-refused' ORDER BY seq",
  );
  return rows.map(({ body }) => JSON.parse(body));
}

/** It is refused so, and nothing is left of it but an entry in the ledger. */
async function expectRefusal(sends: () => ReturnType<typeof push>, status: number, code: string) {
  const before = await left();
  const known = (await refusals()).length;
  const answer = await sends();
  expect([answer.status, answer.json["code"]]).toEqual([status, code]);
  expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
  expect(answer.json).toMatchObject({ status, type: `${portal.config.url}/api#${code}` });
  expect(await left()).toEqual(before);
  const noted = (await refusals()).slice(known);
  expect(noted.map(({ detail }) => detail.refusal)).toEqual([code]);
  return { answer, entry: noted[0]! };
}

describe("a delivery that is signed as it must be", () => {
  test("is stored before it is answered, under the key's name, and its sealed copy is gone", async () => {
    const body = alprFile(alprRow({ id: "a1" }), alprRow({ id: "a2", time: "never" }), alprRow({ id: "a1" }));
    const answer = await deliver({ body, path: `${PATH}?sequence=7&from=2025-06-01&to=2025-06-30` });
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({ rows: 3, stored: 1, duplicates: 1, quarantined: 1, state: "finished" });
    const batchId = String(answer.json["batch"]);
    const batch = await portal.db.batch.findUniqueOrThrow({ where: { id: batchId } });
    expect(batch).toMatchObject({ via: "push", sequenceNo: 7, receivedBy: null, profile: "alpr-network-audit" });
    expect(batch.claimedFrom?.toISOString()).toBe("2025-06-01T00:00:00.000Z");
    expect(batch.digest).toBe(createHash("sha256").update(body).digest("hex"));
    const { rows } = await portal.pool.query(
      "SELECT body FROM ledger.entry WHERE act = 'feed.imported' ORDER BY seq DESC",
    );
    expect(JSON.parse(rows[0].body).actor).toEqual({ kind: "custodian", id: machine.keyId, role: "key" });
    expect(await portal.db.deliveryPart.count()).toBe(0);
    expect(await portal.db.dataKey.count({ where: { purpose: "delivery" } })).toBe(0);
    expect(await verifyLedger(portal.pool)).toMatchObject({ ok: true });
  });

  test("may cover @authority and @path, with @query when there is one, and more besides", async () => {
    const covered = ["@method", "@authority", "@path", "@query", "host", ...COVERED.slice(2)];
    expect((await deliver({ covered, path: `${PATH}?profile=alpr-network-audit` })).status).toBe(201);
    expect((await deliver({ covered: covered.filter((name) => name !== "@query") })).status).toBe(201);
  });

  test("sent again under its Idempotency-Key gives the same batch, and stores nothing", async () => {
    const body = file();
    const headers = { "idempotency-key": "the-same" };
    const first = await deliver({ body, headers });
    const before = await left();
    const again = await deliver({ body, headers });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.json).toEqual(first.json);
    expect(await left()).toEqual(before);
    // The key is the custodian's own: another's delivery under it is another delivery.
    const line = "c-1,2025-06-18T09:00:00Z,Elmville PD,desk 4,7ABC123,,stop,25-1,message IQ";
    const theirs = await push(portal, door, elmville, { body: `${CANONICAL_HEADER}\n${line}\n`, headers });
    expect(theirs.status).toBe(201);
  });

  test("two at the same time under one Idempotency-Key are one batch", async () => {
    const body = file();
    const headers = { "idempotency-key": "at-once" };
    const both = await Promise.all([deliver({ body, headers }), deliver({ body, headers })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect(both[0]!.json["batch"]).toBe(both[1]!.json["batch"]);
    expect(await portal.db.deliveryPart.count()).toBe(0);
  });

  test("that is large is answered 202, imported by the worker, and can be asked for by its key alone", async () => {
    const body = `${ALPR_HEADER}\n${alprRow({ id: "large" })}\n`.padEnd((8 << 20) + 1, "\n");
    const answer = await deliver({ body });
    expect(answer.status).toBe(202);
    expect(answer.json).toMatchObject({ state: "waiting", rows: 0 });
    const { pathname } = new URL(String(answer.headers["location"]));
    const ask = (who: Machine, path = pathname) =>
      push(portal, door, who, { method: "GET", path, covered: ["@method", "@target-uri"], sends: "" });
    expect((await ask(machine)).json).toMatchObject({ state: "waiting" });
    await importDelivery(portal, String(answer.json["batch"]));
    expect((await ask(machine)).json).toMatchObject({ state: "finished", rows: 1, stored: 1 });
    const foreign = await ask(elmville);
    const never = await ask(elmville, `${PATH}/00000000-0000-4000-8000-000000000000`);
    expect([foreign.status, foreign.json]).toEqual([404, never.json]);
  });

  test("whose file is no log of this format is refused with the reason, the same each time", async () => {
    const sent = { body: "a,b\n1,2\n", headers: { "idempotency-key": "wrong-file" } };
    const first = await deliver(sent);
    expect(first.status).toBe(422);
    expect(first.json).toMatchObject({ code: "feed-wrong-header", rows: 0, stored: 0 });
    expect(first.json["detail"]).toMatch(/first row/);
    expect(await deliver(sent)).toMatchObject({ status: 422, json: first.json });
    expect(await portal.db.deliveryPart.count()).toBe(0);
  });
});

describe("is refused, and leaves nothing:", () => {
  const signedElse = () => push(portal, door, { ...machine, privateKey: newKeyPair().privateKey }, { body: file() });
  const unknown = () =>
    push(portal, door, { ...machine, keyId: "00000000-0000-4000-8000-000000000000" }, { body: file() });

  test("a wrong key, an unknown one, one of yesterday, of tomorrow, and a revoked one, all in the same words", async () => {
    const shift = (days: number) =>
      new Date(portal.time.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
    const yesterday = await givenMachine(portal, "oakfield", { from: shift(-9), to: shift(-2) });
    const tomorrow = await givenMachine(portal, "oakfield", { from: shift(2) });
    const revoked = await givenMachine(portal);
    await revokeFeedKey(portal, OPERATOR, revoked.keyId);
    const { answer, entry } = await expectRefusal(signedElse, 401, "signature-refused");
    // Whoever signed this is not the key's owner: the ledger does not say he was.
    expect(entry.actor).toEqual({ kind: "system", id: "push" });
    for (const sent of [unknown, ...[yesterday, tomorrow, revoked].map((who) => () => push(portal, door, who))]) {
      const other = await expectRefusal(sent, 401, "signature-refused");
      expect(other.answer.text).toBe(answer.text);
    }
  });

  test("a bit of the body, flipped on the way", async () => {
    const body = Buffer.from(file());
    const sends = Buffer.from(body);
    sends[sends.length - 9]! ^= 1;
    await expectRefusal(() => deliver({ body, sends }), 400, "digest-wrong");
  });

  test("a body with more, or with less, than was signed", async () => {
    const body = file();
    await expectRefusal(() => deliver({ body, sends: `${body}\n` }), 400, "digest-wrong");
    await expectRefusal(() => deliver({ body, sends: body.slice(0, -1) }), 400, "digest-wrong");
    await expectRefusal(() => deliver({ body, sends: "" }), 400, "digest-wrong");
  });

  const other = `sha-256=:${createHash("sha256").update("x").digest("base64")}:`;
  test.each<[string, NonNullable<Push["afterwards"]>]>([
    ["the type", { "content-type": "text/plain" }],
    ["the digest", { "content-digest": other }],
    ["the Idempotency-Key", { "idempotency-key": "somebody-elses" }],
    ["the host", { host: "127.0.0.1" }],
  ])("%s, changed after it was signed", async (_what, afterwards) => {
    await expectRefusal(() => deliver({ afterwards }), 401, "signature-refused");
  });

  test("a query, or a system, changed after it was signed", async () => {
    const covered = ["@method", "@authority", ...COVERED.slice(2)];
    await expectRefusal(() => deliver({ covered }), 401, "signature-coverage");
    const noQuery = ["@method", "@authority", "@path", ...COVERED.slice(2)];
    await expectRefusal(() => deliver({ covered: noQuery, path: `${PATH}?sequence=1` }), 401, "signature-coverage");
  });

  test.each(COVERED)("a signature that does not cover %s", async (name) => {
    await expectRefusal(() => deliver({ covered: COVERED.filter((each) => each !== name) }), 401, "signature-coverage");
  });

  test.each(["keyid", "created", "nonce"])("a signature without %s", async (name) => {
    await expectRefusal(() => deliver({ parameters: { [name]: null } }), 401, "signature-unreadable");
  });

  test("a signature of another kind, or with a nonce that anybody guesses", async () => {
    await expectRefusal(() => deliver({ parameters: { alg: "hmac-sha256" } }), 401, "signature-unreadable");
    await expectRefusal(() => deliver({ parameters: { nonce: "1" } }), 401, "signature-unreadable");
  });

  test("no signature at all", async () => {
    const afterwards = { signature: null, "signature-input": null };
    const { answer } = await expectRefusal(() => deliver({ afterwards }), 401, "signature-unreadable");
    expect(answer.headers["accept-signature"]).toContain('"content-digest"');
  });

  test("a replay, word for word, to the last second in which it could be one", async () => {
    const created = Math.floor(portal.time.now().getTime() / 1000);
    const same = {
      body: file(),
      headers: { "idempotency-key": "replayed" },
      parameters: { created, nonce: "0123456789abcdef-once" },
    };
    expect((await deliver(same)).status).toBe(201);
    await expectRefusal(() => deliver(same), 401, "nonce-spent");
    portal.time.advance({ seconds: 300 });
    await expectRefusal(() => deliver(same), 401, "nonce-spent");
    portal.time.advance({ seconds: 1 });
    await expectRefusal(() => deliver(same), 401, "signature-time");
  });

  test("a clock that is wrong by more than is forgiven, either way, and a signature that has expired", async () => {
    const now = Math.floor(portal.time.now().getTime() / 1000);
    for (const created of [now - 300, now, now + 60]) {
      expect((await deliver({ parameters: { created } })).status).toBe(201);
    }
    for (const created of [now - 301, now + 61, 0, -1]) {
      await expectRefusal(() => deliver({ parameters: { created } }), 401, "signature-time");
    }
    await expectRefusal(() => deliver({ parameters: { expires: now - 1 } }), 401, "signature-time");
    expect((await deliver({ parameters: { expires: now + 5 } })).status).toBe(201);
  });

  test("another custodian's system, one that never was, and one with a strange name: the same answer", async () => {
    const { answer } = await expectRefusal(() => deliver({ path: "/api/feeds/dmv/batches" }), 404, "no-such-feed");
    for (const path of ["/api/feeds/nothing/batches", "/api/feeds/%2e%2e/batches", "/api/feeds/a%00b/batches"]) {
      const never = await expectRefusal(() => deliver({ path }), 404, "no-such-feed");
      expect(never.answer.text).toBe(answer.text);
    }
  });

  test("whoever has no key learns of no system whether it is there", async () => {
    const ask = (path: string) => push(portal, door, { ...machine, privateKey: newKeyPair().privateKey }, { path });
    const [there, not] = [await ask(PATH), await ask("/api/feeds/nothing/batches")];
    expect([not.status, not.text]).toEqual([there.status, there.text]);
  });

  test("the same Idempotency-Key with another body, another number, another profile", async () => {
    const body = file();
    const headers = { "idempotency-key": "one-delivery" };
    expect((await deliver({ body, headers })).status).toBe(201);
    for (const else_ of [{ body: file() }, { path: `${PATH}?sequence=1` }, { path: `${PATH}?profile=canonical` }]) {
      await expectRefusal(() => deliver({ body, headers, ...else_ }), 422, "idempotency-key-reused");
    }
  });

  test.each<[string, Push, number, string]>([
    ["a type that is none of ours", { headers: { "content-type": "image/png" } }, 415, "content-type"],
    ["a form", { headers: { "content-type": "multipart/form-data; boundary=x" } }, 415, "content-type"],
    ["a coded body", { headers: { "content-encoding": "gzip" } }, 415, "content-encoding"],
    ["a digest of another kind", { headers: { "content-digest": "sha-512=:AAAA:" } }, 400, "digest-missing"],
    ["an Idempotency-Key with blanks", { headers: { "idempotency-key": "a b" } }, 400, "idempotency-key-missing"],
    ["a profile that there is not", { path: `${PATH}?profile=none` }, 400, "profile"],
    ["a number that is none", { path: `${PATH}?sequence=-1` }, 400, "claim"],
    ["a day that never was", { path: `${PATH}?from=2025-02-30&to=2025-03-01` }, 400, "claim"],
    ["a period that ends before it begins", { path: `${PATH}?from=2025-03-02&to=2025-03-01` }, 400, "claim"],
    ["half a period", { path: `${PATH}?from=2025-03-02` }, 400, "claim"],
    ["a parameter nobody knows", { path: `${PATH}?agency=elmville` }, 400, "claim"],
    ["a parameter twice", { path: `${PATH}?sequence=1&sequence=2` }, 400, "claim"],
  ])("%s", async (_what, given, status, code) => {
    await expectRefusal(() => deliver(given), status, code);
  });

  test("a header that counts, sent twice", async () => {
    const afterwards = { "idempotency-key": ["one", "two"] };
    await expectRefusal(() => deliver({ afterwards }), 400, "field-twice");
  });

  test("a length over the limit, before a byte of it is read", async () => {
    const headers = { "content-length": String(13 << 20) };
    let drawn = 0;
    async function* never() {
      for (let n = 0; n < 13; n++) {
        drawn += 1;
        yield Buffer.alloc(1 << 20, "\n");
      }
    }
    await expectRefusal(() => deliver({ headers, sends: never() }), 413, "too-large");
    expect(drawn).toBeLessThan(8);
  });

  test("a body that goes on and on without saying how long it is: cut off while it streams, its pieces gone", async () => {
    let drawn = 0;
    async function* endless() {
      for (; drawn < 200; drawn++) yield Buffer.alloc(1 << 20, "\n");
    }
    await expectRefusal(
      () => deliver({ headers: { "transfer-encoding": "chunked" }, sends: endless() }),
      413,
      "too-large",
    );
    expect(drawn).toBeLessThan(40);
    expect(await portal.db.deliveryPart.count()).toBe(0);
  });

  test("other methods and other addresses", async () => {
    const answer = (method: string, path: string) => send(door, method, path, { host: `localhost:${door.port}` });
    expect(await answer("GET", PATH)).toMatchObject({ status: 405, json: { code: "wrong-method" } });
    expect(await answer("GET", "/api/feeds")).toMatchObject({ status: 404, json: { code: "no-such-door" } });
    expect(await answer("DELETE", `${PATH}/1`)).toMatchObject({ status: 405 });
  });
});

test("two keys are good while one replaces the other; the ledger says which one signed", async () => {
  const next = await givenMachine(portal);
  for (const who of [machine, next]) expect((await push(portal, door, who, { body: file() })).status).toBe(201);
});
