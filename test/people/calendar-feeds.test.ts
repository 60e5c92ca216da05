import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createAccount } from "#app/people/accounts.server.ts";
import type { AccountActor, Role } from "#app/people/actor.ts";
import {
  findCalendarFeed,
  makeCalendarFeed,
  openCalendarFeed,
  revokeCalendarFeed,
} from "#app/people/calendar-feeds.server.ts";
import { addMembership } from "#app/people/memberships.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { registerAgency } from "#app/registry/register.server.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const notFound = expect.objectContaining({ name: "NotFound" });

async function givenAgency(portal: TestPortal, slug = "alder"): Promise<string> {
  const office = {
    unit: "Records",
    address: ["1 Mill Street"],
    email: `${slug}@example.org`,
    aliases: [],
    demo: false,
  };
  const by = { kind: "operator", id: "tester" } as const;
  const zone = "America/Los_Angeles";
  return registerAgency(portal, by, { slug, name: slug, kind: "local-agency", zone, ...office });
}

async function given(
  portal: TestPortal,
  role: Role,
  agencyId: string | null,
  name: string = role,
): Promise<AccountActor> {
  const person = { email: `${name}@example.org`, name: "Canary Quillfeather", locale: "es" } as const;
  const accountId = await inTransaction(portal, async (tx) => {
    const id = await createAccount(portal, tx, person);
    await addMembership(portal, tx, { accountId: id, agencyId, role, organisation: null });
    return id;
  });
  return { kind: "account", accountId, name: person.name, locale: "es", memberships: [{ role, agencyId }] };
}

const ledger = async (portal: TestPortal) =>
  (await portal.pool.query<{ body: string }>("SELECT body FROM ledger.entry ORDER BY seq")).rows
    .map((row) => JSON.parse(row.body))
    .filter((entry) => entry.act.startsWith("calendar."));

test("an address is made, read and revoked; the ledger says who and when, and nothing holds the secret", async () => {
  await using portal = await openTestPortal({ now: "2026-03-03T05:00:00Z" });
  const clerk = await given(portal, "clerk", await givenAgency(portal));
  expect(await findCalendarFeed(portal, clerk)).toBeNull();
  const { secret } = await makeCalendarFeed(portal, clerk);
  expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  // The day at the agency, not in Greenwich.
  expect(await findCalendarFeed(portal, clerk)).toEqual({ since: "2026-03-02" });
  const reader = await openCalendarFeed(portal, secret);
  expect(reader).toEqual({ ...clerk, name: "" });

  const rows = await portal.db.calendarFeed.findMany();
  expect(rows.map((row) => row.secretHash)).toEqual([createHash("sha256").update(secret).digest("hex")]);
  expect(JSON.stringify([rows, await ledger(portal)])).not.toContain(secret);

  await revokeCalendarFeed(portal, clerk);
  expect(await findCalendarFeed(portal, clerk)).toBeNull();
  await expect(openCalendarFeed(portal, secret)).rejects.toEqual(notFound);
  const thing = { type: "account", id: clerk.accountId };
  expect(await ledger(portal)).toMatchObject([
    { act: "calendar.made", actor: { kind: "account", id: clerk.accountId }, thing, detail: { replaced: false } },
    { act: "calendar.revoked", actor: { kind: "account", id: clerk.accountId }, thing },
  ]);
});

test("a new address kills the old one at once, and revoking twice writes once", async () => {
  await using portal = await openTestPortal();
  const clerk = await given(portal, "clerk", await givenAgency(portal));
  const first = await makeCalendarFeed(portal, clerk);
  const second = await makeCalendarFeed(portal, clerk);
  expect(second.secret).not.toBe(first.secret);
  await expect(openCalendarFeed(portal, first.secret)).rejects.toEqual(notFound);
  await openCalendarFeed(portal, second.secret);
  await revokeCalendarFeed(portal, clerk);
  await revokeCalendarFeed(portal, clerk);
  expect((await ledger(portal)).map(({ act, detail }) => [act, detail?.replaced])).toEqual([
    ["calendar.made", false],
    ["calendar.made", true],
    ["calendar.revoked", undefined],
  ]);
});

test("of addresses made at once only one lives", async () => {
  await using portal = await openTestPortal();
  const clerk = await given(portal, "clerk", await givenAgency(portal));
  const made = await Promise.all([1, 2, 3, 4].map(() => makeCalendarFeed(portal, clerk)));
  const opened = await Promise.allSettled(made.map(({ secret }) => openCalendarFeed(portal, secret)));
  expect(opened.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await portal.db.calendarFeed.count({ where: { revokedAt: null } })).toBe(1);
});

describe("whose role has changed", () => {
  test("the roles are those of this moment, not those of the day on which it was made", async () => {
    await using portal = await openTestPortal();
    const [alder, marin] = [await givenAgency(portal), await givenAgency(portal, "marin")];
    const clerk = await given(portal, "clerk", alder);
    const { secret } = await makeCalendarFeed(portal, clerk);
    await inTransaction(portal, (tx) =>
      addMembership(portal, tx, { accountId: clerk.accountId, agencyId: marin, role: "intake", organisation: null }),
    );
    expect((await openCalendarFeed(portal, secret)).memberships).toHaveLength(2);
    await portal.db.membership.updateMany({ where: { agencyId: alder }, data: { endedAt: portal.time.now() } });
    portal.time.advance({ days: 1 });
    expect((await openCalendarFeed(portal, secret)).memberships).toEqual([{ agencyId: marin, role: "intake" }]);
    await portal.db.membership.updateMany({ data: { endedAt: portal.time.now() } });
    await expect(openCalendarFeed(portal, secret)).rejects.toEqual(notFound);
  });

  test("a disabled account reads nothing", async () => {
    await using portal = await openTestPortal();
    const clerk = await given(portal, "clerk", await givenAgency(portal));
    const { secret } = await makeCalendarFeed(portal, clerk);
    await portal.db.account.update({ where: { id: clerk.accountId }, data: { disabledAt: portal.time.now() } });
    await expect(openCalendarFeed(portal, secret)).rejects.toEqual(notFound);
  });
});

test("a guess finds nothing", async () => {
  await using portal = await openTestPortal();
  const clerk = await given(portal, "clerk", await givenAgency(portal));
  await makeCalendarFeed(portal, clerk);
  const right = "A".repeat(43);
  for (const guess of ["", "x", right.slice(1), right, `${right}A`, `${right.slice(1)}=`, "../../etc/passwd", "%00"]) {
    await expect(openCalendarFeed(portal, guess), guess).rejects.toEqual(notFound);
  }
});

test("who may have none finds no page and makes no address", async () => {
  await using portal = await openTestPortal();
  const agencyId = await givenAgency(portal);
  const clerk = await given(portal, "clerk", agencyId);
  const others = [
    { ...clerk, memberships: [] },
    { ...clerk, memberships: [{ role: "operator", agencyId: null }] },
    { ...clerk, memberships: [{ role: "clerk", agencyId: null }] },
    { kind: "operator", name: "night-shift" },
    { kind: "system", task: "some-job" },
  ] as const;
  for (const actor of others) {
    for (const use of [findCalendarFeed, makeCalendarFeed, revokeCalendarFeed]) {
      await expect(use(portal, actor), JSON.stringify(actor)).rejects.toEqual(notFound);
    }
  }
  for (const role of ["clerk", "supervisor", "intake"] as const) {
    await makeCalendarFeed(portal, { ...clerk, memberships: [{ role, agencyId }] });
  }
  await makeCalendarFeed(portal, await given(portal, "advocate", null));
  expect(await portal.db.calendarFeed.count({ where: { revokedAt: null } })).toBe(2);
});

test("a program in a loop is told to wait, by itself alone, and only for a minute", async () => {
  await using portal = await openTestPortal();
  const agencyId = await givenAgency(portal);
  const { secret } = await makeCalendarFeed(portal, await given(portal, "clerk", agencyId));
  const other = await makeCalendarFeed(portal, await given(portal, "intake", agencyId));
  for (let reading = 0; reading < 10; reading += 1) await openCalendarFeed(portal, secret);
  const refused = expect.objectContaining({ code: "limit.tooOften" });
  await expect(openCalendarFeed(portal, secret)).rejects.toEqual(refused);
  await openCalendarFeed(portal, other.secret);
  portal.time.advance({ seconds: 59 });
  await expect(openCalendarFeed(portal, secret)).rejects.toEqual(refused);
  portal.time.advance({ seconds: 1 });
  await openCalendarFeed(portal, secret);
});
