import { gzipSync } from "node:zlib";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { findEventsBySubject, listEventsAt, openEvents } from "#app/feeds/find-events.server.ts";
import { settleCutShort } from "#app/feeds/store/settle-cut-short.server.ts";
import { settlePart } from "#app/feeds/store/settle-part.server.ts";
import { PIECE_BYTES } from "#app/feeds/store/split-records.ts";
import { listStagedParts } from "#app/feeds/store/staging.server.ts";
import type { Counts } from "#app/feeds/store-chunk.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { verifyLedger } from "#app/platform/ledger/verify-ledger.server.ts";
import { openTestPortal } from "#test/support/database.ts";
import { findInTables } from "#test/support/secrets.ts";
import { ALPR_HEADER, alprFile, alprRow, deliver, givenFeed, streamOf, ZONE } from "../given-feed.ts";
import { breaking, countStore, largeFile, largeRow, plateOf } from "./given-large.ts";

const ROWS = 15_000;
const countsOf = ({ rows, stored, duplicates, quarantined }: Counts) => ({ rows, stored, duplicates, quarantined });

/** Every thousandth row cannot be read; the last five hundred stand there twice; some have line breaks. */
function mixedFile(): string {
  const row = (i: number) => {
    if (i % 1000 === 0) return largeRow(i, { time: `lost ${i}` });
    return largeRow(
      i,
      i % 7 === 0 ? { reason: `line\nbreak, "quoted", ${i}, plate 8XYZ${100 + (i % 900)} ${"more ".repeat(60)}` } : {},
    );
  };
  return largeFile(ROWS + 500, (i) => row(i < ROWS ? i : i - 500));
}

describe("a large delivery, read by several threads", () => {
  test("is stored row by row as a small one would be, and its second delivery changes nothing", async () => {
    await using portal = await openTestPortal();
    const given = await givenFeed(portal);
    const text = mixedFile();
    expect(text.length).toBeGreaterThan(2 * PIECE_BYTES);
    const first = await deliver(portal, text);
    expect(countsOf(first)).toEqual({ rows: 15_500, stored: 14_985, duplicates: 500, quarantined: 15 });
    const stored = await countStore(portal);
    expect(stored).toMatchObject({ events: 14_985, distinct: 14_985, quarantined: 15, staged: 0 });

    const [batch] = await portal.db.batch.findMany();
    expect(batch).toMatchObject({ rows: 15_500, stored: 14_985, duplicates: 500, quarantined: 15, staged: 0 });
    expect(batch).toMatchObject({ bytes: BigInt(Buffer.byteLength(text)), firstOn: new Date("2025-01-01") });
    const bad = await portal.db.quarantine.findMany({ select: { row: true }, orderBy: { row: "asc" } });
    // Line breaks inside cells are no rows; the header is row 1.
    expect(bad.map(({ row }) => row)).toEqual(Array.from({ length: 15 }, (_, i) => 2 + 1000 * i));

    // The same rows by the small way, for another custodian: the same events under the same row numbers.
    const sample = [1, 7, 999, 1001, 9_001, 14_999];
    const lines = text.split(/\n(?=n-)/);
    await deliver(portal, alprFile(...sample.map((i) => lines[i + 1] ?? "")), { agencySlug: "elmville" });
    const eventsOf = async (agencyId: string, ids: readonly string[]) => {
      // The days of the sample: to open fifteen thousand events would show no more.
      const two = (n: number) => String(n).padStart(2, "0");
      const days = new Set(sample.map((i) => `2025-${two(1 + (i % 3))}-${two(1 + (i % 28))}`));
      const refs = [];
      for (const on of days) {
        refs.push(
          ...(await listEventsAt(portal, { agencyId, systemId: given.systemId, on, zone: "UTC", limit: 5000 })),
        );
      }
      const opened = await openEvents(portal, refs);
      const wanted = opened.filter(
        ({ event }) => event.sourceId.state === "value" && ids.includes(event.sourceId.value),
      );
      return wanted.map(({ event, row }) => ({ event, row }));
    };
    const names = sample.map((i) => `n-${i}`);
    const small = await eventsOf(given.otherAgencyId, names);
    const large = await eventsOf(given.agencyId, names);
    expect(large.map(({ event }) => event)).toEqual(small.map(({ event }) => event));
    expect(large.map(({ row }) => row).sort((a, b) => a - b)).toEqual(sample.map((i) => i + 2));

    const again = await deliver(portal, text);
    expect(countsOf(again)).toEqual({ rows: 15_500, stored: 0, duplicates: 15_500, quarantined: 0 });
    expect(await countStore(portal)).toMatchObject({ events: 14_991, staged: 0 });
    expect(await verifyLedger(portal.pool)).toMatchObject({ ok: true });
  }, 60_000);

  test("is found by the right keys, and by nothing else; a plate that is only named in a reason is no match", async () => {
    await using portal = await openTestPortal();
    const given = await givenFeed(portal);
    await deliver(portal, mixedFile());
    const tagOf = await portal.vault.indexer("plate");
    const find = async (plate: string) => {
      const keys = [{ identifierId: given.systemId, tag: tagOf(plate), from: "2020-01-01", to: null }];
      const period = { from: "2025-01-01", to: "2025-12-31" };
      return findEventsBySubject(portal, { agencyId: given.agencyId, keys, period, zone: ZONE });
    };
    const found = await find(plateOf(123));
    expect(found).toHaveLength(ROWS / 1000);
    expect(found.every((event) => event.place === 0)).toBe(true);
    const opened = await openEvents(portal, found);
    for (const { event } of opened)
      expect(event.searchedBy).toContainEqual({ kind: "plate", state: "value", value: plateOf(123) });
    const named = await find("8XYZ107");
    expect(named.length).toBeGreaterThan(0);
    expect(named.every((event) => event.place === 1)).toBe(true);
    expect(await find("9NOBODY")).toEqual([]);
  }, 60_000);

  test("adds what is new to months that stand, in either way, and counts the rest as duplicates", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    // Small first, so that the months stand already.
    const few = Array.from({ length: 3000 }, (_, i) => largeRow(i));
    await deliver(portal, alprFile(...few));
    const text = largeFile(12_000);
    expect(countsOf(await deliver(portal, text))).toMatchObject({ stored: 9000, duplicates: 3000 });
    expect(await countStore(portal)).toMatchObject({ events: 12_000, distinct: 12_000, keys: 12_000, staged: 0 });

    // Cut short, and then made anew with what stands there, as the store does with deliveries of millions.
    const more = largeFile(20_000, (i) => largeRow(i < 1000 ? i : i + 11_000));
    await expect(deliver(portal, "", { stream: breaking(more, more.length - 10) })).rejects.toThrow("line went dead");
    const cut = await portal.db.batch.findFirstOrThrow({ where: { finishedAt: null } });
    expect(cut.staged).toBeGreaterThan(10_000);
    for (const part of await listStagedParts(portal.pool, cut.id)) {
      await settlePart(portal.pool, cut.id, part, { rows: 1, share: 0 });
    }
    expect(countsOf(await deliver(portal, more))).toEqual({
      rows: 20_000,
      stored: 19_000,
      duplicates: 1000,
      quarantined: 0,
    });
    expect(await countStore(portal)).toMatchObject({ events: 31_000, distinct: 31_000, keys: 31_000, staged: 0 });
  }, 90_000);

  test("is not read again where the text is that of an earlier one, all of whose rows stand", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    // The first piece has a row that cannot be read, the later ones have none.
    const rowOf = (i: number) => largeRow(i, i === 10 ? { time: "lost" } : {});
    await deliver(portal, largeFile(16_000, rowOf));
    const { rows: pieces } = await portal.pool.query<{ stands: boolean }>(
      "SELECT stands FROM events.staged_chunk ORDER BY seq",
    );
    expect(pieces.map(({ stands }) => stands)).toEqual([false, true, true]);
    const same = await deliver(portal, largeFile(16_000, rowOf));
    expect(countsOf(same)).toEqual({ rows: 16_000, stored: 0, duplicates: 16_000, quarantined: 0 });
    // With every row readable nothing at all is staged.
    await deliver(portal, largeFile(9_000), { agencySlug: "elmville" });
    const again = await deliver(portal, largeFile(9_000), {
      agencySlug: "elmville",
      onSettling: () => expect.unreachable("something of it was staged"),
    });
    expect(countsOf(again)).toEqual({ rows: 9_000, stored: 0, duplicates: 9_000, quarantined: 0 });
    // Of a file that has grown only the rest is read.
    const grown = await deliver(portal, largeFile(12_000), { agencySlug: "elmville" });
    expect(countsOf(grown)).toEqual({ rows: 12_000, stored: 3_000, duplicates: 9_000, quarantined: 0 });
    // And whoever else delivers it stores it for themselves.
    expect(await countStore(portal)).toMatchObject({ events: 15_999 + 12_000, staged: 0 });
  }, 90_000);

  test("two of them at the same time store each row once", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    const text = largeFile(12_000);
    const both = await Promise.all([deliver(portal, text), deliver(portal, text)]);
    expect(both[0].batchId).not.toBe(both[1].batchId);
    expect(both[0].stored + both[1].stored).toBe(12_000);
    expect(both[0].duplicates + both[1].duplicates).toBe(12_000);
    expect(await countStore(portal)).toMatchObject({ events: 12_000, distinct: 12_000, keys: 12_000, staged: 0 });
  }, 60_000);

  test("leaves nothing readable in the database, not even on its way there", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    const planted = ["7QQX777", "Canary Userovich", "canary reason words", "9ZZY888", "25-CANARY", "8BADROW"];
    const canary = (i: number) => {
      if (i === 100) return largeRow(i, { plate: "7QQX777", user: "Canary Userovich", caseNumber: "25-CANARY" });
      if (i === 5_800) return largeRow(i, { reason: "canary reason words, plate 9ZZY888" });
      return i === 5_900 ? largeRow(i, { plate: "8BADROW", time: "never" }) : largeRow(i);
    };
    const text = largeFile(6_000, canary);
    const secrets = async () => {
      const client = new pg.Client({
        connectionString: portal.config.databaseUrl,
        types: { getTypeParser: () => (value: string) => value },
      });
      await client.connect();
      try {
        return await findInTables(client, planted);
      } finally {
        await client.end();
      }
    };
    await expect(deliver(portal, "", { stream: breaking(text, text.length - 5) })).rejects.toThrow("went dead");
    expect((await countStore(portal)).staged).toBeGreaterThan(0);
    expect(await secrets()).toEqual([]);
    await deliver(portal, text);
    expect(await secrets()).toEqual([]);
  }, 60_000);
});

describe("a large delivery that was cut short", () => {
  test("goes on where it broke off: the same batch, and no piece is staged twice", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    const text = mixedFile();
    await expect(deliver(portal, "", { stream: breaking(text, (5 * PIECE_BYTES) >> 1) })).rejects.toThrow("went dead");
    const [cut] = await portal.db.batch.findMany();
    expect(cut).toMatchObject({ finishedAt: null, stored: 0 });
    expect(cut?.staged).toBeGreaterThan(9_000);
    expect(await countStore(portal)).toMatchObject({ events: 0 });
    const told: number[] = [];
    const whole = await deliver(portal, text, { onProgress: (rows) => told.push(rows) });
    expect(whole.batchId).toBe(cut?.id);
    expect(countsOf(whole)).toEqual({ rows: 15_500, stored: 14_985, duplicates: 500, quarantined: 15 });
    // Two pieces were staged, and are told of at once.
    expect(told[1]).toBeGreaterThanOrEqual((cut?.staged ?? 0) + (cut?.quarantined ?? 0) + (cut?.duplicates ?? 0));
    expect(await portal.db.batch.count()).toBe(1);
    expect(await countStore(portal)).toMatchObject({ events: 14_985, distinct: 14_985, staged: 0 });
  }, 60_000);

  test("is put into the store after an hour, and goes on all the same when it comes again", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    const text = largeFile(15_000);
    await expect(deliver(portal, "", { stream: breaking(text, (5 * PIECE_BYTES) >> 1) })).rejects.toThrow("went dead");
    expect(await settleCutShort(portal)).toBe(0);
    portal.time.set(new Date(portal.time.now().getTime() + 2 * 60 * 60_000));
    expect(await settleCutShort(portal)).toBe(1);
    const [cut] = await portal.db.batch.findMany();
    const { events, staged } = await countStore(portal);
    expect({ staged, events }).toEqual({ staged: 0, events: cut?.stored });
    expect(events).toBeGreaterThan(9_000);
    expect(cut).toMatchObject({ finishedAt: null, staged: 0 });
    const whole = await deliver(portal, text);
    expect(whole.batchId).toBe(cut?.id);
    expect(countsOf(whole)).toEqual({ rows: 15_000, stored: 15_000, duplicates: 0, quarantined: 0 });
  }, 60_000);

  test("and comes again with another end: what it has in common is stored once, and both count every row", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    const text = largeFile(15_000);
    await expect(deliver(portal, "", { stream: breaking(text, (7 * PIECE_BYTES) >> 1) })).rejects.toThrow("went dead");
    const [cut] = await portal.db.batch.findMany();
    const other = largeFile(15_000, (i) => largeRow(i < 11_000 ? i : i + 100_000));
    const whole = await deliver(portal, other);
    expect(whole.batchId).not.toBe(cut?.id);
    const old = await portal.db.batch.findUniqueOrThrow({ where: { id: cut?.id ?? "" } });
    const { rows, stored, duplicates, quarantined } = whole;
    expect({ rows, sum: stored + duplicates + quarantined }).toEqual({ rows: 15_000, sum: 15_000 });
    expect(old).toMatchObject({ finishedAt: null, staged: 0, stored: old.rows });
    const { events, distinct, staged } = await countStore(portal);
    expect({ events, staged }).toEqual({ events: old.stored + stored, staged: 0 });
    expect(distinct).toBe(events);
    // All of the new file stands there, and of the old one what it had staged.
    expect(events).toBeGreaterThanOrEqual(15_000);
  }, 60_000);

  test("by the portal's limit keeps what was staged until then, in the store, with a sentence", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    const text = largeFile(15_000);
    async function* limited() {
      yield* streamOf(text.slice(0, (5 * PIECE_BYTES) >> 1));
      throw new Refused("feed-too-large", "The file is larger than this portal takes in.");
    }
    await expect(deliver(portal, "", { stream: limited() })).rejects.toThrow(Refused);
    const [batch] = await portal.db.batch.findMany();
    const { events, staged } = await countStore(portal);
    expect(batch).toMatchObject({ refusal: "feed-too-large", staged: 0, stored: events });
    expect({ staged, some: events > 9_000 }).toEqual({ staged: 0, some: true });
  }, 60_000);
});

describe("whatever is read record by record is split", () => {
  test("a header of another edition in the middle holds for what follows it, in later pieces too", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    const wide = ALPR_HEADER.replace("Total Networks Searched,", "Total Networks Searched,Total Devices Searched,");
    const widen = (row: string) => row.replace(",94,", ",94,17,");
    const rows = Array.from({ length: 18_000 }, (_, i) => (i < 3_000 ? largeRow(i) : widen(largeRow(i))));
    const text = `${[ALPR_HEADER, ...rows.slice(0, 3_000), wide, ...rows.slice(3_000)].join("\n")}\n`;
    expect(text.length).toBeGreaterThan(3 * PIECE_BYTES);
    expect(countsOf(await deliver(portal, text))).toEqual({
      rows: 18_001,
      stored: 18_000,
      duplicates: 0,
      quarantined: 1,
    });
    expect(await portal.db.quarantine.findMany({ select: { row: true, reason: true } })).toEqual([
      { row: 3_002, reason: "header-again" },
    ]);
  }, 60_000);

  test("a packed file is split as what is packed in it", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    const text = largeFile(12_000);
    const packed = gzipSync(text);
    expect(countsOf(await deliver(portal, packed))).toMatchObject({ rows: 12_000, stored: 12_000 });
    const [batch] = await portal.db.batch.findMany();
    expect(batch?.bytes).toBe(BigInt(packed.length));
    // Unpacked it is the same rows.
    expect(countsOf(await deliver(portal, text))).toMatchObject({ stored: 0, duplicates: 12_000 });
  }, 60_000);

  test("JSON lines, whose first line speaks of the delivery", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    const rows = Array.from({ length: 12_000 }, (_, i) =>
      JSON.stringify({
        id: `j-${i}`,
        at: new Date(Date.UTC(2025, i % 3, 1 + (i % 28), i % 24, i % 60)).toISOString(),
        agency: { name: "Elmville PD" },
        user: { id: `desk ${i % 40}` },
        searchedBy: [{ kind: "plate", value: plateOf(i) }],
        purpose: `traffic stop, a reason long enough to fill the file, number ${i}`.padEnd(200, "."),
      }),
    );
    const options = { agencySlug: "elmville", profile: "canonical-jsonl" };
    const head = JSON.stringify({ batch: { sequence: 7, rows: 12_001 } });
    // In the middle such a line is no head, whichever piece it begins.
    const text = `${[head, ...rows, head].join("\n")}\n`;
    expect(countsOf(await deliver(portal, text, options))).toMatchObject({ rows: 12_001, stored: 12_000 });
    expect(await portal.db.quarantine.findMany({ select: { row: true, reason: true } })).toEqual([
      { row: 12_002, reason: "schema" },
    ]);
    expect(countsOf(await deliver(portal, `${rows.join("\n")}\n`, options))).toMatchObject({ duplicates: 12_000 });
  }, 60_000);
});

test("a row that names an event of before ids were identities is recognised by its tag", async () => {
  await using portal = await openTestPortal();
  await givenFeed(portal);
  await deliver(portal, alprFile(alprRow({ id: "1" }), alprRow({ id: "2" })));
  // As such a row was stored: an id of its own, and the identity beside it.
  await portal.pool.query("UPDATE events.access_event SET row_tag = id, id = gen_random_uuid()");
  const again = await deliver(portal, alprFile(alprRow({ id: "1" }), alprRow({ id: "2" }), alprRow({ id: "3" })));
  expect(countsOf(again)).toEqual({ rows: 3, stored: 1, duplicates: 2, quarantined: 0 });
});
