import { expect, test } from "vitest";
import { importDelivery } from "#app/feeds/delivery/import-delivery.server.ts";
import { sweepDeliveries } from "#app/feeds/delivery/sweep-deliveries.server.ts";
import { newTurns } from "#app/feeds/push/turns.ts";
import { openTestPortal } from "#test/support/database.ts";
import { ALPR_HEADER, alprFile, alprRow, givenFeed } from "../given-feed.ts";
import { givenMachine, newKeyPair, openDoor, PATH, push, send } from "./given-push.ts";

async function givenDoor(env: Record<string, string> = {}) {
  const portal = await openTestPortal({ env });
  const given = await givenFeed(portal);
  const door = await openDoor(portal);
  return {
    ...{ portal, door, given, machine: await givenMachine(portal) },
    async [Symbol.asyncDispose]() {
      await door.close();
      await portal[Symbol.asyncDispose]();
    },
  };
}

const refusalsIn = async (portal: { pool: import("pg").Pool }) =>
  (await portal.pool.query("SELECT body FROM ledger.entry WHERE act = 'feed.push-refused' ORDER BY seq")).rows.map(
    ({ body }) => JSON.parse(body).detail as { refusal: string; unnoted: number },
  );

test("a flood without a key is shut out and hardly written down, and the custodian next to it is served", async () => {
  await using all = await givenDoor();
  const { portal, door, machine } = all;
  expect((await push(portal, door, machine, { body: alprFile(alprRow({ id: "1" })) })).status).toBe(201);
  const statuses: number[] = [];
  for (let n = 0; n < 100; n++) {
    statuses.push((await send(door, "POST", PATH, { host: "localhost" }, "x", "127.0.0.2")).status);
  }
  expect(statuses.slice(0, 30).every((status) => status === 401)).toBe(true);
  expect(statuses.slice(30).every((status) => status === 429)).toBe(true);
  expect(await refusalsIn(portal)).toHaveLength(20);
  expect((await push(portal, door, machine, { body: alprFile(alprRow({ id: "2" })) })).status).toBe(201);
  // Even behind the same address, as behind one firewall: it has shown a good signature from there.
  const evil = { ...machine, privateKey: newKeyPair().privateKey };
  for (let n = 0; n < 100; n++) expect((await push(portal, door, evil)).status).toBe(401);
  expect((await push(portal, door, machine, { body: alprFile(alprRow({ id: "3" })) })).status).toBe(201);
  // What was not written down one by one is a number in the next entry.
  portal.time.advance({ minutes: 10 });
  await send(door, "POST", PATH, { host: "localhost" }, "x", "127.0.0.3");
  expect((await refusalsIn(portal)).at(-1)).toMatchObject({ refusal: "signature-unreadable", unnoted: 10 });
});

test("strangers from everywhere are one crowd, and are told when to come again", async () => {
  await using all = await givenDoor();
  const { portal, door, machine } = all;
  expect((await push(portal, door, machine, { body: alprFile(alprRow({ id: "1" })) })).status).toBe(201);
  const statuses = new Map<number, number>();
  for (let n = 0; n < 240; n++) {
    const from = `127.0.${1 + (n % 60)}.1`;
    const { status, headers } = await send(door, "POST", PATH, { host: "localhost" }, "x", from);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status === 429) expect(headers["retry-after"]).toBe("60");
  }
  // The custodian took one turn before it was known.
  expect(Object.fromEntries(statuses)).toEqual({ 401: 199, 429: 41 });
  expect((await push(portal, door, machine, { body: alprFile(alprRow({ id: "2" })) })).status).toBe(201);
  portal.time.advance({ seconds: 1 });
  expect((await send(door, "POST", PATH, { host: "localhost" }, "x", "127.0.99.1")).status).toBe(401);
});

test("a key that comes too often waits, and another key does not", async () => {
  await using all = await givenDoor();
  const { portal, door, machine } = all;
  const ask = (who = machine) =>
    push(portal, door, who, { method: "GET", path: `${PATH}/x`, covered: ["@method", "@target-uri"] });
  for (let n = 0; n < 60; n++) expect((await ask()).status).toBe(404);
  expect(await ask()).toMatchObject({ status: 429, json: { code: "too-often" } });
  expect((await ask(await givenMachine(portal))).status).toBe(404);
  portal.time.advance({ seconds: 1 });
  expect((await ask()).status).toBe(404);
});

test("buckets fill by themselves and are forgotten when there are too many", () => {
  const turns = newTurns({ burst: 2, perSecond: 0.5 });
  const at = (seconds: number) => new Date(seconds * 1000);
  expect([turns.take("a", at(0)), turns.take("a", at(0)), turns.take("a", at(0))]).toEqual([true, true, false]);
  expect(turns.has("a", at(1))).toBe(false);
  expect([turns.take("a", at(2)), turns.take("a", at(2))]).toEqual([true, false]);
  // A clock that goes back takes nothing away.
  expect(turns.take("b", at(1))).toBe(true);
  expect(turns.take("b", at(0))).toBe(true);
});

test("a sender that breaks off leaves nothing; what a killed process left is swept after an hour", async () => {
  await using all = await givenDoor();
  const { portal, door, machine } = all;
  const before = await portal.db.delivery.count();
  async function* breaking() {
    yield Buffer.from(`${ALPR_HEADER}\n`);
    yield Buffer.alloc(5 << 20, "\n");
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await portal.db.deliveryPart.count()).toBe(1);
    throw new Error("the cable was pulled");
  }
  const length = String(20 << 20);
  await push(portal, door, machine, { headers: { "content-length": length }, sends: breaking() }).catch(
    () => undefined,
  );
  await expect.poll(() => portal.db.delivery.count()).toBe(before);
  expect(await portal.db.deliveryPart.count()).toBe(0);
  await expect.poll(() => refusalsIn(portal)).toEqual([expect.objectContaining({ refusal: "body-cut-off" })]);

  const { agencyId, systemId } = all.given;
  const keyId = await portal.db.$transaction((tx) => portal.vault.createKey(tx, "delivery"));
  const begunAt = portal.time.now();
  const half = { agencyId, systemId, profile: "canonical", via: "push", byId: machine.keyId };
  const killed = await portal.db.delivery.create({
    data: { id: keyId, ...half, keyId, begunAt, touchedAt: begunAt, parts: { create: { fileId: keyId, bytes: 3 } } },
  });
  await portal.storage.put(keyId, Buffer.from("abc"), keyId);
  await sweepDeliveries(portal);
  expect(await portal.db.delivery.count({ where: { id: killed.id } })).toBe(1);
  portal.time.advance({ minutes: 61 });
  await sweepDeliveries(portal);
  expect(await portal.db.delivery.count({ where: { id: killed.id } })).toBe(0);
  expect(await portal.db.dataKey.count({ where: { id: keyId } })).toBe(0);
  await expect(portal.storage.get(keyId, keyId)).rejects.toThrow();
  expect(await portal.db.feedNonce.count()).toBe(0);
});

test("an import that was killed is done by whoever comes next, and a batch counts each row once", async () => {
  await using all = await givenDoor();
  const { portal, door, machine } = all;
  const rows = Array.from({ length: 50 }, (_, n) => alprRow({ id: String(n) }));
  const body = alprFile(...rows).padEnd((8 << 20) + 1, "\n");
  const { status, json } = await push(portal, door, machine, { body });
  expect(status).toBe(202);
  const id = String(json["batch"]);
  // Killed after some rows were stored: a batch that never ended, under the delivery's own id.
  const keyId = await portal.db.$transaction((tx) => portal.vault.createKey(tx, "batch"));
  const { agencyId, systemId } = all.given;
  const receivedAt = portal.time.now();
  await portal.db.batch.create({ data: { id, agencyId, systemId, profile: "alpr-network-audit", keyId, receivedAt } });
  await portal.db.delivery.update({ where: { id }, data: { batchId: id } });
  await Promise.all([importDelivery(portal, id), importDelivery(portal, id), importDelivery(portal, id)]);
  const batches = await portal.db.batch.findMany({ where: { finishedAt: { not: null } } });
  expect(batches).toMatchObject([{ rows: 50, stored: 50, via: "push" }]);
  const asked = await push(portal, door, machine, {
    method: "GET",
    path: `${PATH}/${id}`,
    covered: ["@method", "@target-uri"],
  });
  expect(asked.json).toMatchObject({ batch: id, state: "finished", stored: 50 });
});
