import { createHmac, createSecretKey, randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { accessEventSchema } from "#app/feeds/access-event.ts";
import { openEvents } from "#app/feeds/find-events.server.ts";
import { packEvent, unpackEvent } from "#app/feeds/store/event-payload.ts";
import { memoOf } from "#app/feeds/store/memo.ts";
import { OpenBlock, textInBlock } from "#app/feeds/store/payload-block.ts";
import { indexerOf, uuidOf } from "#app/platform/sealing/indexer.ts";
import { openTestPortal } from "#test/support/database.ts";
import { deliver, givenFeed } from "../given-feed.ts";
import { largeFile } from "./given-large.ts";

const text = fc.string({ unit: "binary", minLength: 1, maxLength: 30 });
const absent = fc.oneof(
  fc.record({ state: fc.constantFrom("empty", "not-exported", "placeholder" as const) }),
  fc.record({ state: fc.constantFrom("hidden-by-vendor", "hidden-by-agency" as const), mark: text }),
);
const value = fc.record({ state: fc.constant("value" as const), value: text });
const meant = fc.record({
  state: fc.constant("value" as const),
  value: text,
  meaning: fc.record({ en: text, es: text }),
});
const cell = fc.oneof(value, absent);
const term = fc.oneof(
  value.map((one) => ({ kind: "plate" as const, ...one })),
  absent.map((one) => ({ kind: "licence" as const, ...one })),
  value.map((one) => ({ kind: "birth-date" as const, ...one, date: "1990-02-03" })),
);
const event = fc.record(
  {
    sourceId: cell,
    at: fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date("2100-01-01") })
      .map((date) => date.toISOString()),
    zone: text,
    timeAsLogged: text,
    org: cell,
    user: cell,
    searchedBy: fc.array(term, { maxLength: 4 }),
    purpose: cell,
    caseNumber: cell,
    scope: fc.record({
      networks: cell,
      devices: cell,
      timeFrame: cell,
      searchType: fc.oneof(cell, meant),
      filters: cell,
    }),
    textPrompt: cell,
    moderation: cell,
    queryId: cell,
    purposeCode: meant,
    bulk: fc.constantFrom(true, false),
  },
  {
    requiredKeys: [
      "sourceId",
      "at",
      "zone",
      "timeAsLogged",
      "org",
      "user",
      "searchedBy",
      "purpose",
      "caseNumber",
      "scope",
      "textPrompt",
      "moderation",
    ],
  },
);

test("what is packed opens as the same event, and is JSON that any language reads", () => {
  fc.assert(
    fc.property(event, (given) => {
      const stored = accessEventSchema.parse(given);
      const packed = packEvent(given as Parameters<typeof packEvent>[0]);
      expect(unpackEvent(packed)).toEqual(stored);
      expect(JSON.stringify(JSON.parse(packed))).toBe(packed);
      // As it was written before there was a layout.
      expect(unpackEvent(JSON.stringify(given))).toEqual(stored);
    }),
  );
});

test("the blind index is HMAC-SHA256, cut to sixteen bytes", () => {
  const bytes = randomBytes(32);
  const index = indexerOf(createSecretKey(bytes));
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 3000 }), (message) => {
      const expected = createHmac("sha256", bytes).update(message, "utf8").digest();
      expect(Buffer.from(index.raw(message), "latin1")).toEqual(expected.subarray(0, 16));
      expect(index(message)).toBe(uuidOf(expected.toString("latin1", 0, 16)));
    }),
  );
  expect(index("")).not.toBe(index("\0"));
});

test("a block gives each event its own text, and nobody another's", () => {
  const ids = Array.from({ length: 5 }, () => randomBytes(16).toString("latin1"));
  const block = new OpenBlock(1);
  const positions = ids.map((id, i) => block.add(id, `text ${i} é ${"x".repeat(2000 * i)}`));
  expect(block.isFull).toBe(true);
  for (const [i, id] of ids.entries()) {
    expect(textInBlock(block.content(), positions[i]!, uuidOf(id))).toBe(`text ${i} é ${"x".repeat(2000 * i)}`);
    expect(() => textInBlock(block.content(), positions[i]! + 1, uuidOf(id))).toThrow();
  }
});

test("an event that is made to point at another's payload, or at another block, does not open", async () => {
  await using portal = await openTestPortal();
  await givenFeed(portal);
  await deliver(portal, largeFile(6_000));
  const events = async () =>
    (
      await portal.pool.query<{ eventId: string; at: Date; no: string; pos: number }>(
        `SELECT id AS "eventId", at, block_no AS no, block_pos AS pos FROM events.access_event ORDER BY block_no, block_pos`,
      )
    ).rows;
  const [first, second] = await events();
  expect([first?.no, first?.pos, second?.pos]).toEqual([second?.no, 0, 1]);
  await expect(openEvents(portal, [first!, second!])).resolves.toHaveLength(2);
  const move = (sql: string) => portal.pool.query(sql, [first?.eventId]);
  await move("UPDATE events.access_event SET block_pos = 1 WHERE id = $1");
  await expect(openEvents(portal, [first!])).rejects.toThrow("does not stand where");
  // Three months take turns in the file, so the third next block is the next one of this month.
  await move("UPDATE events.access_event SET block_pos = 0, block_no = block_no + 3 WHERE id = $1");
  await expect(openEvents(portal, [first!])).rejects.toThrow("does not stand where");
  await move("UPDATE events.access_event SET block_no = block_no - 3 WHERE id = $1");
  await expect(openEvents(portal, [first!])).resolves.toHaveLength(1);
  // A block with another's name is another's.
  await portal.pool.query(
    "UPDATE events.payload_block SET sealed = (SELECT sealed FROM events.payload_block ORDER BY no DESC LIMIT 1)",
  );
  await expect(openEvents(portal, [first!])).rejects.toThrow();
});

test("a memory of texts gives what the work gives, and stops where nothing comes twice", () => {
  let worked = 0;
  const memo = memoOf((one) => {
    worked += 1;
    return one.toUpperCase();
  });
  for (let i = 0; i < 1000; i++) expect(memo("plate")).toBe("PLATE");
  expect(worked).toBe(1);
  for (let i = 0; i < 50_000; i++) expect(memo(`p${i}`)).toBe(`P${i}`);
  expect(worked).toBe(50_001);
});
