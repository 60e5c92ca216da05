/** The database of one import: set up before it, looked into after it. */
import { valueIn } from "#app/feeds/access-event.ts";
import { openEvents } from "#app/feeds/find-events.server.ts";
import { readConfig } from "#app/platform/config/config.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { openInstallation } from "#app/platform/installation.server.ts";
import { openLog } from "#app/platform/log/log.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";

export interface StoredEvent {
  id: string | null;
  at: string;
  user: string | null;
  /** The state of its purpose. */
  purpose: string;
  /** What it was searched by, as logged. */
  plates: string[];
}

export interface Stored {
  events: StoredEvent[];
  keys: number;
  /** How many events a plate's blind index finds among what was searched by. */
  foundBy(plate: string): number;
}

async function withPortal<T>(dataFolder: string, work: (portal: Portal) => Promise<T>): Promise<T> {
  const config = readConfig({ WHOLOOKED_DATA: dataFolder, LOG_LEVEL: "error" });
  const installation = await openInstallation(config, openLog(config.logLevel));
  try {
    return await work(installation.portal);
  } finally {
    await installation.close();
  }
}

/** One agency, oakfield, that keeps one log. */
export async function settleCustodian(dataFolder: string, profile: string): Promise<void> {
  await withPortal(dataFolder, async ({ db, time }) => {
    const system = await db.system.create({
      data: { id: newId(), slug: "log", name: "The log", about: { en: "A log", es: "Un registro" } },
    });
    const agency = await db.agency.create({
      data: {
        id: newId(),
        slug: "oakfield",
        name: "Oakfield PD",
        kind: "local-agency",
        unit: "Records",
        address: ["1 Oak St"],
        email: "records@example.gov",
        zone: "America/Los_Angeles",
        aliases: [],
        createdAt: time.now(),
      },
    });
    await db.custody.create({ data: { agencyId: agency.id, systemId: system.id, profile, rhythmDays: 31 } });
  });
}

export async function countStored(dataFolder: string): Promise<Stored> {
  return withPortal(dataFolder, async (portal) => {
    const refs = await portal.pool.query<{ eventId: string; at: Date }>(
      'SELECT id AS "eventId", at FROM events.access_event ORDER BY at, id',
    );
    const opened = refs.rows.length === 0 ? [] : await openEvents(portal, refs.rows);
    const events = opened.map(({ event }) => ({
      id: valueIn(event.sourceId),
      at: event.at,
      user: valueIn(event.user),
      purpose: event.purpose.state,
      plates: event.searchedBy.flatMap((term) => (term.kind === "plate" && term.state === "value" ? [term.value] : [])),
    }));
    const keys = await portal.pool.query<{ tag: string; place: number; events: number }>(
      "SELECT tag, place, count(*)::int AS events FROM events.search_key GROUP BY tag, place",
    );
    const tagOf = await portal.vault.indexer("plate");
    return {
      events,
      keys: keys.rows.filter(({ place }) => place === 0).length,
      foundBy: (plate) => keys.rows.find(({ tag, place }) => tag === tagOf(plate) && place === 0)?.events ?? 0,
    };
  });
}
