import { expect, test } from "vitest";
import { offerDemo, seedDemo } from "#app/cli/demo.server.ts";
import { DEMO_AGENCIES, DEMO_PEOPLE, DEMO_RESIDENTS } from "#app/cli/demo-people.ts";
import { listComplaintsForAdvocate, listComplaintsForIntake } from "#app/complaints/list-complaints.server.ts";
import type { AccountActor, Role } from "#app/people/actor.ts";
import { findAccountByEmail } from "#app/people/memberships.server.ts";
import { registerSystem } from "#app/registry/register.server.ts";
import { listMyRequests } from "#app/requests/my-requests.server.ts";
import { listQueue } from "#app/requests/queue.server.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

/** After the newest entry of the demonstration's logs; a Monday morning in California. */
const NOW = "2026-11-30T18:00:00Z";
const ON = { now: NOW, env: { WHOLOOKED_DEMO: "on" } };
/** Rosa Delgado is among the people as whom one enters, and among those who have asked. */
const ACCOUNTS = DEMO_PEOPLE.length + DEMO_RESIDENTS.length - 1;

async function enter(portal: TestPortal, key: string): Promise<AccountActor> {
  const person = DEMO_PEOPLE.find((one) => one.key === key)!;
  const account = (await findAccountByEmail(portal, person.email))!;
  const memberships = await portal.db.membership.findMany({ where: { accountId: account.id } });
  return {
    kind: "account",
    accountId: account.id,
    name: person.name,
    locale: "en",
    memberships: memberships.map(({ role, agencyId }) => ({ role: role as Role, agencyId })),
  };
}

/** The queue as a clerk reads it at the first start: one word for each case. */
async function seen(portal: TestPortal): Promise<string[]> {
  const rows = await listQueue(portal, await enter(portal, "clerk"));
  return rows.map((row) => {
    if (row.phase !== "open") return row.phase;
    if (row.stoppedSince !== null) return "waiting";
    if (row.lateness === "now") return "overdue";
    return row.extendedOn === null ? "soon" : "extended";
  });
}

const SEEN = ["done", "extended", "overdue", "promised", "soon", "soon", "waiting"];

test("two starts at the same moment settle one demonstration", async () => {
  await using portal = await openTestPortal(ON);
  const both = await Promise.all([offerDemo(portal), offerDemo(portal)]);
  for (const lines of both) expect(lines.join("\n").match(/\/enter\//g)).toHaveLength(DEMO_PEOPLE.length);
  expect(await portal.db.agency.count()).toBe(DEMO_AGENCIES.length);
  expect(await portal.db.account.count()).toBe(ACCOUNTS);
  expect(await portal.db.case.count()).toBe(SEEN.length);
}, 60_000);

test.each([
  ["a Monday", NOW],
  ["the Friday after Thanksgiving", "2026-11-27T20:00:00Z"],
  ["ten days after the Wednesday before Thanksgiving", "2026-12-05T20:00:00Z"],
  ["New Year's Day, a minute after midnight at the agencies", "2027-01-01T08:01:00Z"],
  ["the day of the change to summer time", "2027-03-14T20:00:00Z"],
])(
  "begun on %s, everybody finds something: due soon, overdue, extended, waiting, promised, answered",
  async (_name, now) => {
    await using portal = await openTestPortal({ ...ON, now });
    await offerDemo(portal);
    expect((await seen(portal)).sort()).toEqual(SEEN);
    const rows = await listQueue(portal, await enter(portal, "supervisor"));
    for (const row of rows.filter(({ phase, daysLeft }) => phase === "open" && (daysLeft ?? 0) >= 0)) {
      expect(row.daysLeft, row.number).toBeLessThanOrEqual(
        row.extendedOn === null && row.stoppedSince === null ? 9 : 40,
      );
    }
    const [complaint] = await listComplaintsForIntake(portal, await enter(portal, "intake"));
    expect(complaint?.state).toBe("acknowledged");
    expect((await listComplaintsForAdvocate(portal, await enter(portal, "advocate"))).map(({ id }) => id)).toEqual([
      complaint?.id,
    ]);
    const [own] = await listMyRequests(portal, await enter(portal, "resident"));
    expect(own?.cases.map(({ stage }) => stage).sort()).toEqual(["identity", "identity", "released"]);
  },
  60_000,
);

test("settled again it changes nothing, whatever became of its cases since", async () => {
  await using portal = await openTestPortal(ON);
  await seedDemo(portal);
  const count = async () => {
    // That the logs were delivered again is recorded, as it is of every delivery.
    const { rows } = await portal.pool.query(
      "SELECT count(*)::int AS n FROM ledger.entry WHERE act <> 'feed.imported'",
    );
    const { db } = portal;
    const all = [db.request, db.case, db.clockEvent, db.letter, db.complaintEvent, db.historyStep, db.account];
    return [rows[0].n, ...(await Promise.all(all.map((table) => (table.count as () => Promise<number>)())))];
  };
  const before = await count();
  portal.time.advance({ days: 40 });
  await seedDemo(portal);
  expect(await count()).toEqual(before);
}, 60_000);

test("a start that was killed while its cases were played goes on where it stopped", async () => {
  await using portal = await openTestPortal(ON);
  // Each kill lets one write of the ledger more through than the one before: it strikes between any two acts.
  for (let allowed = 12; allowed < 90; allowed += 11) {
    let left = allowed;
    const seal: TestPortal["vault"]["seal"] = (...asked) => {
      left -= 1;
      return left < 0 ? Promise.reject(new Error("killed")) : portal.vault.seal(...asked);
    };
    const dying = { ...portal, vault: { ...portal.vault, seal } };
    await seedDemo(dying).catch((error: Error) => expect(error.message).toBe("killed"));
    portal.time.advance({ hours: 1 });
  }
  await offerDemo(portal);
  expect((await seen(portal)).sort()).toEqual(SEEN);
  expect(await portal.db.request.count()).toBe(DEMO_RESIDENTS.length);
  expect(await portal.db.complaint.count()).toBe(1);
}, 120_000);

test("a start that was killed half-way through settling is finished by the next", async () => {
  await using portal = await openTestPortal(ON);
  await registerSystem(portal, { kind: "operator", id: "test" }, { slug: "s", name: "S", about: { en: "s", es: "s" } });
  const dying = {
    ...portal,
    // The kill: after the agencies, before the people.
    vault: { ...portal.vault, createKey: () => Promise.reject(new Error("killed")) },
  };
  await expect(offerDemo(dying)).rejects.toThrow("killed");
  expect(await portal.db.agency.count()).toBe(DEMO_AGENCIES.length);
  expect(await portal.db.account.count()).toBe(0);
  await offerDemo(portal);
  expect(await portal.db.account.count()).toBe(ACCOUNTS);
  const { rows } = await portal.pool.query("SELECT count(*)::int AS n FROM events.access_event");
  expect(rows[0].n).toBeGreaterThan(0);
}, 60_000);

test("an installation with agencies of its own gets no demonstration", async () => {
  await using portal = await openTestPortal(ON);
  await portal.db.agency.create({
    data: {
      id: "11111111-1111-4111-8111-111111111111",
      slug: "real",
      name: "Real",
      kind: "local-agency",
      unit: "Records",
      address: [],
      email: "r@example.gov",
      zone: "America/Los_Angeles",
      aliases: [],
      createdAt: portal.time.now(),
    },
  });
  expect(await offerDemo(portal)).toEqual([]);
  expect(await portal.db.account.count()).toBe(0);
});
