import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PLACE_SEARCHED_BY } from "#app/feeds/access-event.ts";
import { findEventsBySubject, listEventsAt, openEvents } from "#app/feeds/find-events.server.ts";
import { receiveUpload } from "#app/feeds/receive-upload.server.ts";
import type { Counts } from "#app/feeds/store-chunk.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { verifyLedger } from "#app/platform/ledger/verify-ledger.server.ts";
import { openTestPortal } from "#test/support/database.ts";
import {
  ALPR_HEADER,
  alprFile,
  alprRow,
  CANONICAL_HEADER,
  deliver,
  givenFeed,
  OPERATOR,
  streamOf,
  ZONE,
} from "./given-feed.ts";

const YEAR = { from: "2025-01-01", to: "2025-12-31" };
const countsOf = ({ rows, stored, duplicates, quarantined }: Counts) => ({ rows, stored, duplicates, quarantined });

async function countStored(portal: { pool: import("pg").Pool }) {
  const { rows } = await portal.pool.query(
    `SELECT (SELECT count(*)::int FROM events.access_event) AS events, (SELECT count(*)::int FROM events.search_key) AS keys,
            (SELECT count(*)::int FROM quarantine) AS quarantined`,
  );
  return rows[0];
}

describe("every row is accounted for", () => {
  const mixed = alprFile(
    alprRow({ id: "1" }),
    alprRow({ id: "2", plate: "***" }),
    alprRow({ id: "3", time: "yesterday" }),
    alprRow({ id: "1" }),
    alprRow({ id: "3", time: "yesterday" }),
    alprRow({ id: "4", reason: "line\nbreak, plate 8XYZ987" }),
  );

  test("stored, duplicate inside the file, quarantined once; the batch and the ledger say the same", async () => {
    await using portal = await openTestPortal();
    const given = await givenFeed(portal);
    const result = await deliver(portal, mixed);
    expect(countsOf(result)).toEqual({ rows: 6, stored: 3, duplicates: 2, quarantined: 1 });
    expect(await countStored(portal)).toEqual({ events: 3, keys: 3, quarantined: 1 });
    const batch = await portal.db.batch.findUniqueOrThrow({ where: { id: result.batchId } });
    expect(batch).toMatchObject({ rows: 6, stored: 3, duplicates: 2, quarantined: 1, refusal: null });
    expect(batch).toMatchObject({ bytes: BigInt(mixed.length), finishedAt: portal.time.now() });
    const { rows } = await portal.pool.query("SELECT body, agency_id FROM ledger.entry WHERE act = 'feed.imported'");
    expect(rows).toHaveLength(1);
    expect(rows[0].agency_id).toBe(given.agencyId);
    expect(JSON.parse(rows[0].body).detail).toMatchObject({ rows: 6, stored: 3, duplicates: 2, quarantined: 1 });
    expect(await verifyLedger(portal.pool)).toMatchObject({ ok: true });
  });

  test("the same file again stores nothing, with either line end", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    await deliver(portal, mixed);
    const before = await countStored(portal);
    const again = await deliver(portal, mixed.replaceAll("\n", "\r\n"));
    // The row that could not be read ends at another line end now, but it is the same row.
    expect(countsOf(again)).toEqual({ rows: 6, stored: 0, duplicates: 6, quarantined: 0 });
    expect(await countStored(portal)).toEqual(before);
  });

  test("the same number with other content is a later edition, not a duplicate", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    await deliver(portal, alprFile(alprRow({ id: "1", reason: "theft" })));
    const later = await deliver(portal, alprFile(alprRow({ id: "1", reason: "REDACTED" })));
    expect(countsOf(later)).toEqual({ rows: 1, stored: 1, duplicates: 0, quarantined: 0 });
  });

  test("two imports of one file at the same time store each row once", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    const rows = Array.from({ length: 6000 }, (_, i) => alprRow({ id: String(i), time: timeOf(i) }));
    const reversed = [...rows].reverse();
    const both = await Promise.all([deliver(portal, alprFile(...rows)), deliver(portal, alprFile(...reversed))]);
    expect(both.map((one) => one.rows)).toEqual([6000, 6000]);
    expect(both[0].stored + both[1].stored).toBe(6000);
    expect((await countStored(portal)).events).toBe(6000);
  });

  test("whatever the rows are: rows = stored + duplicates + quarantined", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    const good = fc.record({
      id: fc.constantFrom("1", "2", "3"),
      plate: fc.constantFrom("7ABC123", "***", "", "x".repeat(99)),
    });
    const line = fc.oneof(
      good.map((row) => alprRow(row)),
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.constantFrom(ALPR_HEADER, ",,,,,,,,,,,,", '"', 'a"b', "\0"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), fc.integer({ min: 5, max: 500 }), async (lines, piece) => {
        const before = await countStored(portal);
        const text = alprFile(...lines);
        const { rows, stored, duplicates, quarantined } = await deliver(portal, "", { stream: streamOf(text, piece) });
        const after = await countStored(portal);
        expect(rows).toBe(stored + duplicates + quarantined);
        expect(after.events - before.events).toBe(stored);
        expect(after.quarantined - before.quarantined).toBe(quarantined);
        const again = await deliver(portal, text);
        expect(countsOf(again)).toEqual({ rows, stored: 0, duplicates: rows, quarantined: 0 });
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

function timeOf(i: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const month = two(1 + (i % 12));
  return `${month}/${two(1 + (i % 28))}/2025, ${two(1 + (i % 12))}:${two(i % 60)}:${two(i % 59)} PM UTC`;
}

describe("what is stored can be found by the right keys, and by nothing else", () => {
  const file = alprFile(
    alprRow({ id: "1", plate: "7abc 123", time: "06/18/2025, 12:02:04 AM UTC" }),
    alprRow({ id: "2", plate: "***", reason: "investigation plate 7ABC123" }),
    alprRow({ id: "3", plate: "8XYZ987" }),
    alprRow({ id: "4", plate: "7ABC123", reason: "again 7ABC123", time: "09/01/2025, 07:30:00 AM UTC" }),
  );

  test("searched by, named in text, inside the days on which the plate was the subject's", async () => {
    await using portal = await openTestPortal();
    const given = await givenFeed(portal);
    await deliver(portal, file);
    const tag = (await portal.vault.indexer("plate"))("7ABC123");
    const find = async (from: string, to: string | null, agencyId = given.agencyId) => {
      const keys = [{ identifierId: given.systemId, tag, from, to }];
      const found = await findEventsBySubject(portal, { agencyId, keys, period: YEAR, zone: ZONE });
      const opened = await openEvents(portal, found);
      return opened.map(({ event }, i) => `${"value" in event.sourceId && event.sourceId.value}@${found[i]?.place}`);
    };
    expect((await find("2020-01-01", null)).sort()).toEqual(["1@0", "2@1", "4@0"]);
    // Half past midnight on 1 September in California: the day before does not hold it.
    expect(await find("2025-08-01", "2025-08-31")).toEqual([]);
    expect(await find("2025-09-01", "2025-09-01")).toEqual(["4@0"]);
    expect(await find("2025-06-18", "2025-08-31")).toEqual([]);
    expect((await find("2025-06-17", "2025-06-17")).sort()).toEqual(["1@0", "2@1"]);
    expect(await find("2020-01-01", null, given.otherAgencyId)).toEqual([]);
  });

  test("a local day lists its events, and an event that is not there is not found", async () => {
    await using portal = await openTestPortal();
    const given = await givenFeed(portal);
    await deliver(portal, file);
    const { agencyId, systemId } = given;
    expect(await listEventsAt(portal, { agencyId, systemId, on: "2025-06-17", zone: ZONE })).toHaveLength(3);
    expect(await listEventsAt(portal, { agencyId, systemId, on: "2025-06-18", zone: ZONE })).toEqual([]);
    const nowhere = { eventId: systemId, at: portal.time.now() };
    await expect(openEvents(portal, [nowhere])).rejects.toThrow(NotFound);
    expect(await openEvents(portal, [])).toEqual([]);
  });

  test("the canonical format brings licences, and times with their offset", async () => {
    await using portal = await openTestPortal();
    const given = await givenFeed(portal);
    const line = "c-1,2025-06-18T09:00:00.250-07:00,Elmville PD,desk 4,,a123 4567,traffic stop,25-1,message IQ";
    const options = { agencySlug: "elmville", profile: "canonical" };
    expect(await deliver(portal, `${CANONICAL_HEADER}\n${line}\n`, options)).toMatchObject({ rows: 1, stored: 1 });
    const tag = (await portal.vault.indexer("licence"))("A1234567");
    const keys = [{ identifierId: given.systemId, tag, from: "2025-06-18", to: null }];
    const found = await findEventsBySubject(portal, { agencyId: given.otherAgencyId, keys, period: YEAR, zone: ZONE });
    expect(found).toMatchObject([{ at: new Date("2025-06-18T16:00:00.250Z"), place: PLACE_SEARCHED_BY }]);
    const [opened] = await openEvents(portal, found);
    expect(opened?.event.searchedBy).toEqual([
      { kind: "plate", state: "empty" },
      { kind: "licence", state: "value", value: "a123 4567" },
    ]);
  });
});

test("nothing readable reaches the database: planted plate, user, reason and bad row stand nowhere in it", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  const planted = ["7QQX777", "Canary Userovich", "canary reason words", "9ZZY888", "25-CANARY", "8BADROW"];
  await deliver(
    portal,
    alprFile(
      alprRow({
        id: "1",
        plate: "7QQX777",
        user: "Canary Userovich",
        reason: "canary reason words",
        caseNumber: "25-CANARY",
      }),
      alprRow({ id: "2", plate: "***", reason: "plate 9ZZY888" }),
      alprRow({ id: "3", plate: "8BADROW", time: "never" }),
    ),
    { actor: given.clerk },
  );
  await expect(deliver(portal, "7QQX777,Canary Userovich\n")).rejects.toThrow(Refused);
  const dump = await dumpText(portal.pool);
  expect(dump).toContain("oakfield");
  for (const word of planted) {
    for (const form of [word, Buffer.from(word).toString("hex"), Buffer.from(word).toString("base64").slice(0, -4)]) {
      expect(dump.toLowerCase()).not.toContain(form.toLowerCase());
    }
  }
});

/** Every column of every table of every schema, bytea as hex, json and arrays as text. */
async function dumpText(pool: import("pg").Pool): Promise<string> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')`,
  );
  expect(rows.length).toBeGreaterThan(25);
  const parts: string[] = [];
  for (const { name } of rows) {
    const table = await pool.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
    parts.push(...table.rows.map((row) => row.text));
  }
  return parts.join("\n");
}

describe("a file that is not of this format is refused whole, with what would be accepted", () => {
  const gzip = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xfe, 10, 0x80, 10]);
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  test.each([
    ["an empty file", Buffer.alloc(0), "feed-empty"],
    ["blank lines alone", Buffer.from("\n\r\n\n"), "feed-empty"],
    ["a binary file", png, "feed-not-text"],
    ["a damaged gzip", gzip, "feed-damaged"],
    ["an archive", Buffer.from("PK\x03\x04..............", "latin1"), "feed-archive"],
    ["a header that is not UTF-8", Buffer.from(`Número,${ALPR_HEADER}\n`, "latin1"), "feed-not-text"],
    ["another header", Buffer.from(`${CANONICAL_HEADER}\n1,2,3\n`), "feed-wrong-header"],
    ["a header that names a column twice", Buffer.from(`ID,${ALPR_HEADER}\n`), "feed-wrong-header"],
    ["a header that lacks a column", Buffer.from(`${ALPR_HEADER.replace("Reason,", "")}\n`), "feed-wrong-header"],
    ["one endless line", Buffer.alloc(6 << 20, "x"), "feed-wrong-header"],
  ])("%s", async (_name, bytes, code) => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    const refused = await deliver(portal, bytes).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: "Refused", code });
    expect((refused as Refused).message).toContain(ALPR_HEADER);
    expect((refused as Refused).message).toContain("Total Devices Searched");
    expect(await countStored(portal)).toEqual({ events: 0, keys: 0, quarantined: 0 });
    const batches = await portal.db.batch.findMany();
    expect(batches).toMatchObject([{ refusal: code, rows: 0, finishedAt: null }]);
    const { rows } = await portal.pool.query("SELECT body FROM ledger.entry WHERE act = 'feed.refused'");
    expect(rows).toHaveLength(1);
  });

  test("an unknown profile names the known ones; a header without rows is an honest empty log", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    await expect(deliver(portal, "", { profile: "excel" })).rejects.toThrow(/alpr-network-audit, .*canonical/);
    expect(countsOf(await deliver(portal, alprFile()))).toEqual({ rows: 0, stored: 0, duplicates: 0, quarantined: 0 });
  });
});

describe("a damaged file keeps its good rows", () => {
  test("cut off in the middle of a quoted cell", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    const text = `${alprFile(alprRow({ id: "1" }))}${alprRow({ id: "2", reason: "line\nbreak" }).split("eak")[0]}`;
    expect(countsOf(await deliver(portal, text))).toEqual({ rows: 2, stored: 1, duplicates: 0, quarantined: 1 });
    const rows = await portal.db.quarantine.findMany({ select: { reason: true, row: true } });
    expect(rows).toEqual([{ reason: "cut-off", row: 3 }]);
  });

  test("NUL bytes, foreign bytes, a repeated header, a row of other width", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    const lines = [
      alprRow({ id: "1" }),
      `a\0${alprRow({ id: "2" })}`,
      ALPR_HEADER,
      "1,2,3",
      `\xe9${alprRow({ id: "3" })}`,
    ];
    const bytes = Buffer.from(alprFile(...lines, alprRow({ id: "4" })), "latin1");
    expect(countsOf(await deliver(portal, bytes))).toEqual({ rows: 6, stored: 2, duplicates: 0, quarantined: 4 });
    const rows = await portal.db.quarantine.findMany({ select: { reason: true }, orderBy: { row: "asc" } });
    expect(rows.map((row) => row.reason)).toEqual(["nul-byte", "header-again", "cell-count", "not-utf8"]);
  });

  test("half a gigabyte in one line waits as one row, memory flat, and the next row is read", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    const before = process.memoryUsage.rss();
    let most = 0;
    async function* huge() {
      yield Buffer.from(alprFile(alprRow({ id: "1" })));
      const piece = Buffer.alloc(1 << 20, "x");
      for (let i = 0; i < 500; i++) {
        most = Math.max(most, process.memoryUsage.rss());
        yield piece;
      }
      yield Buffer.from(`\n${alprRow({ id: "2" })}\n`);
    }
    const result = await deliver(portal, "", { stream: huge() });
    expect(countsOf(result)).toEqual({ rows: 3, stored: 2, duplicates: 0, quarantined: 1 });
    expect((most - before) / (1 << 20)).toBeLessThan(250);
    const [row] = await portal.db.quarantine.findMany();
    expect(row?.rawSealed.length).toBeLessThan(70_000);
  }, 60_000);
});

test("a delivery that breaks off is finished by delivering it again: nothing lost, nothing twice", async () => {
  await using portal = await openTestPortal();
  await givenFeed(portal);
  const rows = Array.from({ length: 12_000 }, (_, i) => alprRow({ id: String(i), time: i % 100 ? timeOf(i) : "lost" }));
  const text = alprFile(...rows);
  async function* breaking() {
    yield* streamOf(text.slice(0, (text.length * 2) / 3));
    throw new Error("the line went dead");
  }
  await expect(deliver(portal, "", { stream: breaking() })).rejects.toThrow("the line went dead");
  const [broken] = await portal.db.batch.findMany();
  const half = await countStored(portal);
  expect(half.events).toBeGreaterThan(0);
  expect(broken).toMatchObject({ finishedAt: null, stored: half.events, quarantined: half.quarantined, refusal: null });
  const whole = await deliver(portal, text);
  expect(whole.rows).toBe(12_000);
  expect(whole.duplicates).toBe(half.events + half.quarantined);
  expect(await countStored(portal)).toEqual({ events: 11_880, keys: 11_880, quarantined: 120 });
}, 60_000);

describe("a feed is its custodian's alone", () => {
  test("a clerk delivers for the own agency; for another, or for a log it does not keep, nothing is there", async () => {
    await using portal = await openTestPortal();
    const given = await givenFeed(portal);
    const file = alprFile(alprRow({ id: "1" }));
    const slugs = { agencySlug: "oakfield", systemSlug: "alpr" };
    const upload = (actor: typeof given.clerk, more = {}) =>
      receiveUpload(portal, actor, { ...slugs, stream: streamOf(file), ...more });
    await expect(upload(given.otherClerk)).rejects.toThrow(NotFound);
    await expect(upload(given.clerk, { systemSlug: "clets" })).rejects.toThrow(NotFound);
    await expect(upload(given.clerk, { agencySlug: "nowhere" })).rejects.toThrow(NotFound);
    expect(await portal.db.batch.count()).toBe(0);
    // Without a profile named, the promised one is used.
    expect(await upload(given.clerk)).toMatchObject({ rows: 1, stored: 1 });
    const [batch] = await portal.db.batch.findMany();
    expect(batch).toMatchObject({ receivedBy: given.clerk.accountId, profile: "alpr-network-audit" });
  });

  test("the same row from two custodians is two events", async () => {
    await using portal = await openTestPortal();
    await givenFeed(portal);
    const file = alprFile(alprRow({ id: "1" }));
    expect(await deliver(portal, file)).toMatchObject({ stored: 1 });
    expect(await deliver(portal, file, { agencySlug: "elmville" })).toMatchObject({ stored: 1, duplicates: 0 });
  });
});

test("progress tells rows and bytes as they are stored", async () => {
  await using portal = await openTestPortal();
  await givenFeed(portal);
  const text = alprFile(...Array.from({ length: 11_000 }, (_, i) => alprRow({ id: String(i) })));
  const told: [number, number][] = [];
  await deliver(portal, text, { actor: OPERATOR, onProgress: (rows, bytes) => told.push([rows, bytes]) });
  expect(told.map(([rows]) => rows)).toEqual([5000, 10_000, 11_000]);
  expect(told.at(-1)?.[1]).toBe(text.length);
}, 30_000);
