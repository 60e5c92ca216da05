import { expect, test } from "vitest";
import { receiveUpload } from "#app/feeds/receive-upload.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { givenPerson } from "#test/people/given-people.ts";
import { openTestPortal } from "#test/support/database.ts";
import { ALPR_HEADER, alprFile, alprRow, deliver, givenFeed, streamOf } from "./given-feed.ts";

const SLUGS = { agencySlug: "oakfield", systemSlug: "alpr" };

/** Rows for ever, and how many bytes of them were taken. */
function endless() {
  let taken = 0;
  async function* rows() {
    yield Buffer.from(`${ALPR_HEADER}\n`);
    for (let n = 0; ; n++) {
      const piece = Buffer.from(`${alprRow({ id: String(n) })}\n`.repeat(8));
      taken += piece.length;
      yield piece;
    }
  }
  return { stream: rows(), taken: () => taken };
}

test("an upload without end is cut off at the limit, with a sentence, and the batch says what was kept", async () => {
  await using portal = await openTestPortal({ env: { UPLOAD_LIMIT_MB: "1" } });
  const given = await givenFeed(portal);
  const { stream, taken } = endless();
  const refused = await receiveUpload(portal, await givenPerson(portal, "clerk", ["clerk", given.agencyId]), {
    ...SLUGS,
    stream,
  }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Refused);
  expect(refused).toMatchObject({ code: "feed-too-large" });
  expect((refused as Refused).message).toMatch(/larger than .* smaller files/);
  expect(taken()).toBeLessThan(1_048_576 + 2_000);
  const [batch] = await portal.db.batch.findMany();
  const { rows } = await portal.pool.query("SELECT count(*)::int AS n FROM events.access_event");
  expect(batch).toMatchObject({ refusal: "feed-too-large", finishedAt: null, stored: rows[0].n });
  const entry = await portal.pool.query("SELECT body FROM ledger.entry WHERE act = 'feed.refused'");
  expect(JSON.parse(entry.rows[0].body).detail).toMatchObject({ stored: rows[0].n, refusal: "feed-too-large" });
});

test("an upload up to the limit is taken", async () => {
  await using portal = await openTestPortal({ env: { UPLOAD_LIMIT_MB: "1" } });
  const given = await givenFeed(portal);
  const stream = streamOf(alprFile(alprRow({ id: "1" })).padEnd(1_048_576, "\n"));
  expect(
    await receiveUpload(portal, await givenPerson(portal, "clerk", ["clerk", given.agencyId]), { ...SLUGS, stream }),
  ).toMatchObject({ rows: 1, stored: 1 });
});

test("a cell that lists more plates than anybody searches for waits in quarantine, and fills no index", async () => {
  await using portal = await openTestPortal();
  await givenFeed(portal);
  const plates = (count: number) => Array.from({ length: count }, (_, i) => `A${i}`).join(",");
  const file = alprFile(alprRow({ id: "1", plate: plates(500) }), alprRow({ id: "2", plate: plates(501) }));
  expect(await deliver(portal, file)).toMatchObject({ rows: 2, stored: 1, quarantined: 1 });
  expect(await portal.db.quarantine.findMany({ select: { reason: true } })).toEqual([{ reason: "too-many" }]);
  const { rows } = await portal.pool.query("SELECT count(*)::int AS n FROM events.search_key");
  expect(rows[0].n).toBe(500);
});
