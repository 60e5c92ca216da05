import { describe, expect, test } from "vitest";
import { coverage } from "#app/feeds/coverage.server.ts";
import { decideClaim, listContradictions, readFacts } from "#app/feeds/delivery-facts.ts";
import { importBatch } from "#app/feeds/import-batch.server.ts";
import { feedJobs } from "#app/feeds/jobs.server.ts";
import { getBatch } from "#app/feeds/list-batches.server.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { drain } from "#test/support/queue.ts";
import { givenFeed, OPERATOR, streamOf, ZONE } from "./given-feed.ts";
import { givenMachine, openDoor, push } from "./push/given-push.ts";

const slugs = { agencySlug: "oakfield", systemSlug: "alpr" };
const facts = (said: Record<string, unknown>) => ({ rows: null, sequenceNo: null, from: null, to: null, ...said });
const read = (said: Record<string, unknown>) => readFacts(facts(said), ZONE);

const event = (id: string) =>
  JSON.stringify({
    id,
    at: "2026-01-10T12:00:00-08:00",
    agency: { name: "Oakfield" },
    user: { id: "u-1" },
    searchedBy: [{ kind: "plate", value: `8ABC${id}` }],
  });
const head = (said: object) => JSON.stringify({ batch: said });
const linesOf = (said: object, ids = ["100", "101"]) => `${[head(said), ...ids.map(event)].join("\n")}\n`;

describe("what a file says", () => {
  test.each([
    ["days", { from: "2026-01-01", to: "2026-01-31" }, { from: "2026-01-01", to: "2026-01-31" }],
    [
      "whole days by instants",
      { from: "2026-01-01T00:00:00", to: "2026-01-31T23:59:59" },
      { from: "2026-01-01", to: "2026-01-31" },
    ],
    [
      "midnight as the end",
      { from: "2026-01-01T08:00:00Z", to: "2026-02-01T08:00:00Z" },
      { from: "2026-01-01", to: "2026-01-31" },
    ],
    [
      "parts of days: only the whole ones",
      { from: "2026-01-01T09:00:00", to: "2026-01-31T12:00:00" },
      { from: "2026-01-02", to: "2026-01-30" },
    ],
    ["less than a day", { from: "2026-01-01T09:00:00", to: "2026-01-01T12:00:00" }, null],
    ["one end alone", { from: "2026-01-01" }, null],
    ["no day", { from: "2026-02-30", to: "2026-03-01" }, null],
    ["the wrong way round", { from: "2026-02-02", to: "2026-02-01" }, null],
    ["no dates at all", { from: "January", to: "soon" }, null],
  ])("of its period: %s", (_name, said, period) => {
    expect(read({ rows: 1, ...said })?.period).toEqual(period);
  });

  test("a number that no delivery can have is none", () => {
    expect(read({ sequenceNo: 2_147_483_648, rows: 1 })).toEqual({ rows: 1, sequenceNo: null, period: null });
    expect(read({})).toBeNull();
    expect(readFacts(null, ZONE)).toBeNull();
  });
});

test("the sender's word counts, each part for itself, and what contradicts it is listed", () => {
  const said = { rows: 5, sequenceNo: 7, period: { from: "2026-01-01", to: "2026-01-31" } };
  expect(decideClaim(said, undefined)).toEqual({ sequenceNo: 7, period: said.period });
  expect(decideClaim(said, { sequenceNo: 8, period: null })).toEqual({ sequenceNo: 8, period: said.period });
  expect(decideClaim(null, { sequenceNo: 8, period: null })).toEqual({ sequenceNo: 8, period: null });
  const period = { from: "2026-01-01", to: "2026-01-30" };
  expect(listContradictions(said, { sequenceNo: 8, period, rows: 4 }).map(({ about }) => about)).toEqual([
    "rows",
    "sequenceNo",
    "period",
  ]);
  expect(listContradictions(said, { sequenceNo: 7, period: said.period, rows: 5 })).toEqual([]);
});

async function take(portal: TestPortal, text: string, claim?: Parameters<typeof importBatch>[2]["claim"]) {
  const done = await importBatch(portal, OPERATOR, {
    ...{ ...slugs, profile: "canonical-jsonl", stream: streamOf(text), via: "command" },
    ...(claim && { claim }),
  });
  return getBatch(portal, OPERATOR, { ...slugs, batchId: done.batchId });
}

test("a file's own number and days become the batch's, and coverage believes them", async () => {
  await using portal = await openTestPortal();
  const { agencyId, systemId } = await givenFeed(portal);
  const line = await take(portal, linesOf({ sequence: 3, from: "2026-01-01", to: "2026-01-31", rows: 2 }));
  expect(line).toMatchObject({
    rows: 2,
    stored: 2,
    sequenceNo: 3,
    claimed: { from: "2026-01-01", to: "2026-01-31" },
    contradictions: [],
  });
  const period = { from: "2026-01-01", to: "2026-01-31" };
  expect(await coverage(portal, { agencyId, systemId, period, zone: ZONE })).toMatchObject({
    held: [period],
    missing: [],
  });
  const next = await take(portal, linesOf({ sequence: 5 }, ["200"]));
  expect(next.sequenceNo).toBe(5);
  const { gaps } = await coverage(portal, { agencyId, systemId, period, zone: ZONE });
  expect(JSON.stringify(gaps)).toContain("4");
});

test("what the sender said is not overridden; the contradiction stands on the batch and in the ledger", async () => {
  await using portal = await openTestPortal();
  await givenFeed(portal);
  const claim = { sequenceNo: 9, period: { from: "2026-01-05", to: "2026-01-15" } };
  const line = await take(portal, linesOf({ sequence: 3, from: "2026-01-01", to: "2026-01-31", rows: 4 }), claim);
  expect(line).toMatchObject({ sequenceNo: 9, claimed: claim.period });
  expect(line.contradictions).toEqual([
    { about: "rows", said: 4, counts: 2 },
    { about: "sequenceNo", said: 3, counts: 9 },
    { about: "period", said: { from: "2026-01-01", to: "2026-01-31" }, counts: claim.period },
  ]);
  const { rows } = await portal.pool.query("SELECT body FROM ledger.entry WHERE act = 'feed.imported'");
  expect(JSON.parse(rows[0].body).detail).toMatchObject({ against: "rows sequenceNo period" });
  // Said in part: the rest is the file's.
  const part = await take(portal, linesOf({ sequence: 4, from: "2026-01-01", to: "2026-01-31" }, ["300"]), {
    sequenceNo: 10,
    period: null,
  });
  expect(part).toMatchObject({ sequenceNo: 10, claimed: { from: "2026-01-01", to: "2026-01-31" } });
});

test("a pushed file speaks for itself where its request does not", async () => {
  await using portal = await openTestPortal();
  await givenFeed(portal);
  const machine = await givenMachine(portal);
  const door = await openDoor(portal);
  try {
    const body = linesOf({ sequence: 12, from: "2026-01-01", to: "2026-01-31" });
    const path = "/api/feeds/alpr/batches?profile=canonical-jsonl&sequence=11";
    const answer = await push(portal, door, machine, { body, path });
    expect(answer.status).toBeLessThan(300);
  } finally {
    await door.close();
  }
  await drain(portal, feedJobs);
  expect(await portal.db.batch.findFirstOrThrow()).toMatchObject({
    via: "push",
    sequenceNo: 11,
    claimedTo: new Date("2026-01-31T00:00:00Z"),
    said: { sequenceNo: 12 },
  });
});

test("of a large file, which several threads read, the first line is heard too", async () => {
  await using portal = await openTestPortal();
  await givenFeed(portal);
  const long = Array.from({ length: 9_000 }, (_, i) =>
    event(`${i}-${"x".repeat(400)}`).replace(/8ABC[^"]*/, "8ABC123"),
  );
  const line = await take(portal, `${[head({ sequence: 21, rows: 9_001 }), ...long].join("\n")}\n`);
  expect(line).toMatchObject({ rows: 9_000, stored: 9_000, sequenceNo: 21 });
  expect(line.contradictions).toEqual([{ about: "rows", said: 9_001, counts: 9_000 }]);
});
