import { createReadStream } from "node:fs";
import { fileURLToPath } from "node:url";
import { importBatch } from "#app/feeds/import-batch.server.ts";
import { createAccount } from "#app/people/accounts.server.ts";
import { type Actor, asLedgerActor } from "#app/people/actor.ts";
import { makeDemoLink } from "#app/people/ask-sign-in.server.ts";
import { authorise } from "#app/people/authorise.ts";
import { seedDemoAuthenticator } from "#app/people/factors/authenticators.server.ts";
import { addMembership, findAccountByEmail } from "#app/people/memberships.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { hasAgencies } from "#app/registry/queries.server.ts";
import { registerAgency, registerCustody, registerSystem } from "#app/registry/register.server.ts";
import { DEMO_AGENCIES, DEMO_PEOPLE, DEMO_RESIDENTS, DEMO_SYSTEMS, type DemoPerson } from "./demo-people.ts";

const LOGS = fileURLToPath(new URL("../../prisma/demo/", import.meta.url));

const DEMO = "demo";
/** The cases are played once: what became of them since is not played over. */
const DEMO_CASES = "demo-cases";
const BEGUN = "begun";
const SETTLED = "settled";
const DEMO_LOCK = 72_707_373;

/** How long a custodian may stay silent, and keeps its own log, in the demonstration. */
const RHYTHM_DAYS = 14;
const KEPT_DAYS = 365;

/**
 * Settles the invented agencies, systems, people, logs and cases here. Done again, it changes nothing.
 */
export async function seedDemo(portal: Portal): Promise<void> {
  const client = await portal.pool.connect();
  try {
    // Two starts on one database: the second finds everything there.
    await client.query("SELECT pg_advisory_lock($1)", [DEMO_LOCK]);
    await noteSetting(portal, DEMO, BEGUN);
    await settleAll(portal);
    await noteSetting(portal, DEMO, SETTLED);
  } finally {
    // Closed, not given back: the lock ends with the connection, whatever happened.
    client.release(true);
  }
}

async function noteSetting(portal: Portal, name: string, value: string): Promise<void> {
  await portal.db.setting.upsert({ where: { name }, create: { name, value }, update: { value } });
}

async function findSetting(portal: Portal, name: string): Promise<string | null> {
  return (await portal.db.setting.findUnique({ where: { name } }))?.value ?? null;
}

async function settleAll(portal: Portal): Promise<void> {
  // The portal moves its own demo in at a start, and nobody is at the shell.
  const operator: Actor = { kind: "operator", name: portal.config.operator || DEMO };
  authorise(operator, "registry.change");
  const by = asLedgerActor(operator);
  const systems = new Map<string, string>();
  for (const system of DEMO_SYSTEMS) systems.set(system.slug, await registerSystem(portal, by, system));
  const agencies = new Map<string, string>();
  for (const agency of DEMO_AGENCIES) {
    const agencyId = await registerAgency(portal, by, { ...agency, zone: "America/Los_Angeles", demo: true });
    agencies.set(agency.slug, agencyId);
    await registerCustody(portal, by, {
      agencyId,
      systemId: systems.get(agency.system) ?? "",
      profile: agency.profile,
      rhythmDays: RHYTHM_DAYS,
      keptDays: KEPT_DAYS,
    });
  }
  for (const person of DEMO_PEOPLE) {
    const own = person.at === undefined ? undefined : agencies.get(person.at);
    await settle(portal, person, own === undefined ? [...agencies.values()] : [own]);
  }
  for (const resident of DEMO_RESIDENTS) await settle(portal, { ...resident, role: null }, []);
  for (const agency of DEMO_AGENCIES) {
    await importBatch(portal, operator, {
      via: "command",
      agencySlug: agency.slug,
      systemSlug: agency.system,
      profile: agency.profile,
      stream: createReadStream(`${LOGS}${agency.log}`),
    });
  }
  if ((await findSetting(portal, DEMO_CASES)) === SETTLED) return;
  // Loaded only where they are played: at every other start nobody needs them.
  const { seedCases } = await import("./demo-cases.server.ts");
  await seedCases(portal, agencies);
  await noteSetting(portal, DEMO_CASES, SETTLED);
}

type Settler = Pick<DemoPerson, "name" | "email" | "role" | "organisation">;

async function settle(portal: Portal, person: Settler, agencies: readonly string[]): Promise<void> {
  if (await findAccountByEmail(portal, person.email)) return;
  await inTransaction(portal, async (tx) => {
    const accountId = await createAccount(portal, tx, { ...person, locale: "en", demo: true });
    if (person.role === null) return;
    const places = person.role === "advocate" || person.role === "operator" ? [null] : agencies;
    for (const agencyId of places) {
      await addMembership(portal, tx, {
        accountId,
        agencyId,
        role: person.role,
        organisation: person.organisation ?? null,
      });
    }
  });
}

/**
 * At a start: settles the demonstration where nobody lives yet (or where it is asked for), and says
 * how to enter as each of its people. Returns lines for the terminal; none where there is no demo.
 */
export async function offerDemo(portal: Portal): Promise<string[]> {
  const { demo, databaseUrl } = portal.config;
  if (demo === "off") return [];
  const isOurs = demo === "on" || databaseUrl === undefined;
  const state = await findSetting(portal, DEMO);
  // A start that was killed half-way through is finished by the next.
  const isDue = state === null ? !(await hasAgencies(portal)) : state === BEGUN;
  if (isOurs && isDue) await seedDemo(portal);
  return demoLines(await demoLinks(portal));
}

/** One line for each of the demo's people, with a link that enters as them; empty without a demo. */
export function demoLines(links: ReadonlyMap<string, string>): string[] {
  if (links.size === 0) return [];
  const lines = [...links].map(([person, link]) => `  ${person.padEnd(11)}${link}`);
  return ["", "This is a demonstration: every agency, person and log entry is invented. Enter as", ...lines, ""];
}

/** A fresh way in for each of the demo's people, by key. */
export async function demoLinks(portal: Portal): Promise<Map<DemoPerson["key"], string>> {
  const entries = await Promise.all(
    DEMO_PEOPLE.map(async (person): Promise<[DemoPerson["key"], string][]> => {
      const account = await findAccountByEmail(portal, person.email);
      if (!account?.demo) return [];
      // What asks again asks here too; the page that asks shows the code of this invented phone.
      if (person.role !== null) await seedDemoAuthenticator(portal, account.id);
      return [[person.key, await makeDemoLink(portal, account.id)]];
    }),
  );
  return new Map(entries.flat());
}
