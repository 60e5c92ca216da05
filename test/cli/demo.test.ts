import { expect, test } from "vitest";
import { offerDemo } from "#app/cli/demo.server.ts";
import { DEMO_AGENCIES, DEMO_PEOPLE } from "#app/cli/demo-people.ts";
import { registerSystem } from "#app/registry/register.server.ts";
import { openTestPortal } from "#test/support/database.ts";

const ON = { env: { WHOLOOKED_DEMO: "on" } };

test("two starts at the same moment settle one demonstration", async () => {
  await using portal = await openTestPortal(ON);
  const both = await Promise.all([offerDemo(portal), offerDemo(portal)]);
  for (const lines of both) expect(lines.join("\n").match(/\/enter\//g)).toHaveLength(DEMO_PEOPLE.length);
  expect(await portal.db.agency.count()).toBe(DEMO_AGENCIES.length);
  expect(await portal.db.account.count()).toBe(DEMO_PEOPLE.length);
}, 60_000);

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
  expect(await portal.db.account.count()).toBe(DEMO_PEOPLE.length);
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
