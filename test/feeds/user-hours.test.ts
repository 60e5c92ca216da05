import { expect, test } from "vitest";
import { listEventUsers } from "#app/feeds/user-hours.server.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { alprFile, alprRow, deliver, givenFeed, ZONE } from "./given-feed.ts";

/** Look-ups of one user on so many days of June, at an hour in UTC. */
const rowsOf = (user: string, hour: string, days: number, from = 1) =>
  Array.from({ length: days }, (_, n) =>
    alprRow({ id: `${user}-${hour}-${from + n}`, user, time: `06/${String(from + n).padStart(2, "0")}/2025, ${hour}` }),
  );

async function refsOf(portal: TestPortal) {
  const { rows } = await portal.pool.query<{ id: string; at: Date }>(
    "SELECT id, at FROM events.access_event ORDER BY at, id",
  );
  return rows.map(({ id, at }) => ({ eventId: id, at }));
}

test("a user's look-ups are counted by the hour on the agency's wall, and nobody else's with them", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  await deliver(
    portal,
    alprFile(
      ...rowsOf("u-1", "04:30:00 PM UTC", 5),
      ...rowsOf("u-1", "04:45:00 PM UTC", 2),
      ...rowsOf("u-2", "09:30:00 AM UTC", 3, 10),
    ),
  );
  const events = await refsOf(portal);
  const ask = { agencyId: given.agencyId, zone: ZONE, events };
  const users = await listEventUsers(portal, { ...ask, withHours: true });
  expect(users.size).toBe(10);
  const found = [...new Set([...users.values()].map(({ hours }) => JSON.stringify(hours)))].map((text) =>
    JSON.parse(text),
  );
  // California is seven hours behind in June: 9 in the morning, and 2 at night.
  const at = (hour: number, count: number) => Array.from({ length: 24 }, (_, n) => (n === hour ? count : 0));
  expect(found).toEqual([
    { lookUps: 7, days: 5, hours: at(9, 7) },
    { lookUps: 3, days: 3, hours: at(2, 3) },
  ]);
  expect([...users.values()].every(({ systemId }) => systemId === given.systemId)).toBe(true);

  const without = await listEventUsers(portal, { ...ask, withHours: false });
  expect([...without.values()].every(({ hours }) => hours === null)).toBe(true);
  expect(await listEventUsers(portal, { ...ask, agencyId: given.otherAgencyId, withHours: true })).toEqual(new Map());
  expect(await listEventUsers(portal, { ...ask, events: [], withHours: true })).toEqual(new Map());
});

test("a count is kept for a day, and then made anew", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  await deliver(portal, alprFile(...rowsOf("u-1", "04:30:00 PM UTC", 2)));
  const [first] = await refsOf(portal);
  if (first === undefined) throw new Error("nothing was delivered");
  const count = async () => {
    const ask = { agencyId: given.agencyId, zone: ZONE, events: [first], withHours: true };
    return (await listEventUsers(portal, ask)).get(first.eventId)?.hours?.lookUps;
  };
  expect(await count()).toBe(2);
  await deliver(portal, alprFile(...rowsOf("u-1", "04:30:00 PM UTC", 3, 10)));
  expect(await count()).toBe(2);
  portal.time.advance({ days: 1, minutes: 1 });
  expect(await count()).toBe(5);
  const { rows } = await portal.pool.query("SELECT count(*)::int AS kept FROM user_hours");
  expect(rows).toEqual([{ kept: 1 }]);
});

test("a log that names no user has nobody's hours", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  await deliver(portal, alprFile(alprRow({ id: "1", user: "", time: "06/01/2025, 04:30:00 PM UTC" })));
  const ask = { agencyId: given.agencyId, zone: ZONE, events: await refsOf(portal), withHours: true };
  expect([...(await listEventUsers(portal, ask)).values()]).toEqual([{ systemId: given.systemId, hours: null }]);
});
