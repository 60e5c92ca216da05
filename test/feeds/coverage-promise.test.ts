import { expect, test } from "vitest";
import { coverage } from "#app/feeds/coverage.server.ts";
import { changeFeedPromise, getPromiseToEdit, type NewPromise } from "#app/feeds/coverage-promise.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { openTestPortal } from "#test/support/database.ts";
import { account, alprFile, alprRow, deliver, givenFeed, OPERATOR, ZONE } from "./given-feed.ts";

const slugs = { agencySlug: "oakfield", systemSlug: "alpr" };
const promise = (changed: Partial<NewPromise> = {}): NewPromise => ({
  rhythmDays: "7",
  keptDays: "",
  contactEmail: "",
  contactLocale: "en",
  ...changed,
});

test("a supervisor changes the promise from today on, and what was promised when stays known", async () => {
  await using portal = await openTestPortal();
  const { agencyId } = await givenFeed(portal);
  const supervisor = account("supervisor", agencyId);
  await changeFeedPromise(portal, supervisor, slugs, promise({ rhythmDays: "30", keptDays: "365" }));
  portal.time.advance({ days: 10 });
  await changeFeedPromise(portal, supervisor, slugs, promise({ rhythmDays: "14", keptDays: "365" }));
  // Changed its mind within the day: that one held on no whole day.
  await changeFeedPromise(portal, supervisor, slugs, promise({ rhythmDays: "10", keptDays: "365" }));
  await changeFeedPromise(portal, supervisor, slugs, promise({ rhythmDays: "10", keptDays: "365" }));

  expect(await getPromiseToEdit(portal, supervisor, slugs)).toMatchObject({
    since: "2026-03-02",
    promises: [
      { from: null, rhythmDays: 7, keptDays: null },
      { from: "2026-03-02", rhythmDays: 30, keptDays: 365 },
      { from: "2026-03-12", rhythmDays: 10, keptDays: 365 },
    ],
  });
  const { rows } = await portal.pool.query("SELECT body FROM ledger.entry WHERE act = 'custody.promised' ORDER BY seq");
  expect(rows.map(({ body }) => JSON.parse(body).detail)).toEqual([
    { rhythmDays: 30, keptDays: 365, rhythmDaysBefore: 7, keptDaysBefore: null },
    { rhythmDays: 14, keptDays: 365, rhythmDaysBefore: 30, keptDaysBefore: 365 },
    { rhythmDays: 10, keptDays: 365, rhythmDaysBefore: 14, keptDaysBefore: 365 },
  ]);
});

test("an easier promise does not heal a silence that was longer than the one before it", async () => {
  await using portal = await openTestPortal({ now: "2025-04-01T17:00:00Z" });
  const { agencyId, systemId } = await givenFeed(portal, 5);
  const on = (day: string) => alprRow({ id: day, time: `${day}/2025, 08:00:00 PM UTC` });
  await deliver(portal, alprFile(on("03/03"), on("03/20")));
  const held = async () =>
    (
      await coverage(portal, {
        agencyId,
        systemId,
        period: { from: "2025-03-01", to: "2025-03-31" },
        zone: ZONE,
      })
    ).held;
  const before = await held();
  await changeFeedPromise(portal, account("supervisor", agencyId), slugs, promise({ rhythmDays: "60" }));
  expect(await held()).toEqual(before);
  expect(before).toHaveLength(2);
});

test("where reminders go is sealed, and shredded when it changes", async () => {
  await using portal = await openTestPortal();
  const { agencyId } = await givenFeed(portal);
  const supervisor = account("supervisor", agencyId);
  const contact = { contactEmail: "logs@oakfield.example", contactLocale: "es" } as const;
  await changeFeedPromise(portal, supervisor, slugs, promise(contact));
  const found = await getPromiseToEdit(portal, supervisor, slugs);
  expect(found).toMatchObject({
    contact: { email: "logs@oakfield.example", locale: "es" },
    agencyEmail: "records@example.gov",
  });
  const row = await portal.db.custody.findFirstOrThrow({ where: { agencyId } });
  expect(Buffer.from(row.contactSealed ?? []).toString("latin1")).not.toContain("logs@");
  const keys = () => portal.db.dataKey.count({ where: { purpose: "custody" } });
  expect(await keys()).toBe(1);
  await changeFeedPromise(portal, supervisor, slugs, promise(contact));
  await changeFeedPromise(portal, supervisor, slugs, promise());
  expect([await keys(), (await getPromiseToEdit(portal, supervisor, slugs)).contact]).toEqual([0, null]);
  const { rows } = await portal.pool.query("SELECT body FROM ledger.entry WHERE act = 'custody.contact-set'");
  expect(rows).toHaveLength(2);
  expect(JSON.stringify(rows)).not.toContain("logs@");
});

test.each([
  ["feeds.refusedRhythm", { rhythmDays: "0" }],
  ["feeds.refusedRhythm", { rhythmDays: "367" }],
  ["feeds.refusedRhythm", { rhythmDays: "seven" }],
  ["feeds.refusedRhythm", { rhythmDays: "" }],
  ["feeds.refusedKept", { keptDays: "-1" }],
  ["feeds.refusedKept", { keptDays: "1.5" }],
  ["feeds.refusedContact", { contactEmail: "two@a.example, three@b.example" }],
  ["feeds.refusedContact", { contactEmail: "records" }],
])("%s: %o", async (code, changed) => {
  await using portal = await openTestPortal();
  const { agencyId } = await givenFeed(portal);
  const change = changeFeedPromise(portal, account("supervisor", agencyId), slugs, promise(changed));
  await expect(change).rejects.toMatchObject({ code });
  await expect(change).rejects.toBeInstanceOf(Refused);
  expect(await portal.db.formerPromise.count()).toBe(0);
});

test("nobody but its own supervisor", async () => {
  await using portal = await openTestPortal();
  const { clerk, otherAgencyId } = await givenFeed(portal);
  for (const actor of [clerk, account("supervisor", otherAgencyId), OPERATOR]) {
    await expect(getPromiseToEdit(portal, actor, slugs)).rejects.toThrow(NotFound);
    await expect(changeFeedPromise(portal, actor, slugs, promise({ rhythmDays: "60" }))).rejects.toThrow(NotFound);
  }
  expect((await portal.db.custody.findFirstOrThrow()).rhythmDays).toBe(7);
});
