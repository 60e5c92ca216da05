/**
 * Lets go what a log keeps no longer, by whole UTC months. A part of the store that nobody needs any more is dropped;
 * one in which something must stay is made anew without the rest, and what was kept in spite of its age is recorded
 * as preserved. What is let go and its entry in the ledger commit together.
 */
import type pg from "pg";
import { rawSqlOf } from "#app/platform/database/raw-sql.server.ts";
import { chainCommitted } from "#app/platform/database/transaction.server.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { addDays, localDate, startOfDay } from "#app/platform/time/local-date.ts";
import { listAgencies, listCustodies } from "#app/registry/queries.server.ts";
import { forgetBusyDays } from "../busy-days.server.ts";
import { type Part, spanOfPart } from "../months.ts";
import { type EventRef, readTexts } from "../open-events.server.ts";
import {
  changingYear,
  dropPart,
  forgetPartitions,
  inStoreTransaction,
  listParts,
  lockOutReaders,
  lockOutWriters,
  partTable,
} from "../partitions.server.ts";
import { forgetSubjects, noteLetGo } from "../subjects/forget-subjects.server.ts";
import { COLUMNS, type PartTables, replaceParts } from "./build-part.server.ts";
import { payloadPlace } from "./chunk.server.ts";
import { forgetStanding } from "./standing-chunks.server.ts";

/** What one custodian's log of one system no longer keeps. */
interface Rule {
  agencyId: string;
  systemId: string;
  system: string;
  /** Everything before this instant, the first of a month. */
  before: Date;
}

interface Expired {
  rule: Rule;
  /** Events that are past their time, and those of them that are held. */
  events: number;
  held: number;
}

/** @returns How many events were let go. */
export async function letEventsGo(portal: Portal): Promise<number> {
  const rules = await listRules(portal);
  let gone = 0;
  for (const part of await listParts(portal.pool)) {
    const due = rules.filter((rule) => rule.before.getTime() > spanOfPart(part).from);
    if (due.length === 0) continue;
    gone += await changingYear(portal.pool, part, () => letPartGo(portal, part, due));
  }
  if (gone > 0) {
    forgetPartitions(portal.pool);
    await chainCommitted(portal.db);
  }
  await forgetSubjects(portal);
  return gone;
}

async function listRules(portal: Portal): Promise<Rule[]> {
  const zoneOf = new Map((await listAgencies(portal)).map((agency) => [agency.id, agency.zone]));
  const custodies = await listCustodies(portal);
  return custodies.flatMap(({ agencyId, systemId, system, retentionDays = null }) => {
    const zone = zoneOf.get(agencyId);
    if (retentionDays === null || zone === undefined) return [];
    const last = startOfDay(addDays(localDate(portal.time.now(), zone), -retentionDays), zone);
    const before = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), 1));
    return [{ agencyId, systemId, system: system.slug, before }];
  });
}

async function letPartGo(portal: Portal, part: Part, rules: readonly Rule[]): Promise<number> {
  const { pool } = portal;
  const expired = await listExpired(pool, part, rules);
  const going = expired.reduce((sum, { events, held }) => sum + events - held, 0);
  if (going === 0) return 0;
  if ((await countKept(pool, part, rules)) === 0) {
    const dropped = await dropWhole(portal, part, rules, expired);
    if (dropped) return going;
  }
  await replaceParts(pool, [part], part, {
    fill: (client, tables) => copyKept(portal, client, part, rules, tables),
    finish: (client) => record(portal, client, part, expired),
  });
  return going;
}

// What is past its time, by the rules in $1 to $3: agencies, systems, instants.
const RULES = "unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS r(agency_id, system_id, before)";
const IS_EXPIRED = `EXISTS (SELECT 1 FROM ${RULES}
  WHERE r.agency_id = e.agency_id AND r.system_id = e.system_id AND e.at < r.before)`;
const IS_HELD = "EXISTS (SELECT 1 FROM events.hold h WHERE h.at = e.at AND h.event_id = e.id)";

function valuesOf(rules: readonly Rule[]): unknown[] {
  return [
    rules.map((rule) => rule.agencyId),
    rules.map((rule) => rule.systemId),
    rules.map((rule) => rule.before.toISOString()),
  ];
}

async function listExpired(pool: pg.Pool, part: Part, rules: readonly Rule[]): Promise<Expired[]> {
  const { rows } = await pool.query<{ agency_id: string; system_id: string; events: number; held: number }>(
    `SELECT e.agency_id, e.system_id, count(*)::int AS events, count(*) FILTER (WHERE ${IS_HELD})::int AS held
     FROM ${partTable("access_event", part)} e WHERE ${IS_EXPIRED} GROUP BY 1, 2`,
    valuesOf(rules),
  );
  return rows.flatMap(({ agency_id, system_id, events, held }) => {
    const rule = rules.find((one) => one.agencyId === agency_id && one.systemId === system_id);
    return rule === undefined ? [] : [{ rule, events, held }];
  });
}

async function countKept(client: pg.ClientBase | pg.Pool, part: Part, rules: readonly Rule[]): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM ${partTable("access_event", part)} e WHERE NOT ${IS_EXPIRED} OR ${IS_HELD}`,
    valuesOf(rules),
  );
  return rows[0]?.n ?? 0;
}

/** @returns false when something has come in meanwhile that must stay. */
function dropWhole(portal: Portal, part: Part, rules: readonly Rule[], expired: readonly Expired[]): Promise<boolean> {
  return inStoreTransaction(portal.pool, async (client) => {
    await lockOutWriters(client, part);
    if ((await countKept(client, part, rules)) > 0) return false;
    await lockOutReaders(client);
    await dropPart(client, part);
    await record(portal, client, part, expired);
    return true;
  });
}

async function copyKept(
  portal: Portal,
  client: pg.ClientBase,
  part: Part,
  rules: readonly Rule[],
  tables: PartTables,
): Promise<void> {
  const columns = COLUMNS.join(", ");
  await client.query(
    `INSERT INTO ${tables.access_event} (${columns})
     SELECT ${COLUMNS.map((name) => `e.${name}`).join(", ")} FROM ${partTable("access_event", part)} e
     WHERE NOT ${IS_EXPIRED} OR ${IS_HELD}`,
    valuesOf(rules),
  );
  await sealApart(portal, client, rules, tables);
  await client.query(
    `INSERT INTO ${tables.search_key} (tag, at, event_id, place)
     SELECT k.tag, k.at, k.event_id, k.place FROM ${partTable("search_key", part)} k
     WHERE EXISTS (SELECT 1 FROM ${tables.access_event} e WHERE e.id = k.event_id AND e.at = k.at);
     INSERT INTO ${tables.payload_block} (batch_id, no, at, sealed)
     SELECT p.batch_id, p.no, p.at, p.sealed FROM ${partTable("payload_block", part)} p
     WHERE EXISTS (SELECT 1 FROM ${tables.access_event} e WHERE e.batch_id = p.batch_id AND e.block_no = p.no)`,
  );
}

/** The payload of a held event leaves its block, in which others' stand that must go. */
async function sealApart(
  portal: Portal,
  client: pg.ClientBase,
  rules: readonly Rule[],
  tables: PartTables,
): Promise<void> {
  const { rows } = await client.query<EventRef>(
    `SELECT e.id AS "eventId", e.at FROM ${tables.access_event} e WHERE e.block_no IS NOT NULL AND ${IS_EXPIRED}`,
    valuesOf(rules),
  );
  for (const { eventId, at, text, keyId } of await readTexts(portal, rows)) {
    const payload = await portal.vault.seal(keyId, payloadPlace(eventId), text);
    await client.query(
      `UPDATE ${tables.access_event} SET payload = $3, block_no = NULL, block_pos = NULL WHERE id = $1 AND at = $2`,
      [eventId, at.toISOString(), payload],
    );
  }
}

async function record(portal: Portal, client: pg.ClientBase, part: Part, expired: readonly Expired[]): Promise<void> {
  const tx = rawSqlOf(client);
  for (const { rule, events, held } of expired) {
    await forgetBusyDays(client, rule);
    await noteLetGo(client, rule.agencyId);
    await forgetStanding(client, rule);
    const about = {
      actor: { kind: "system", id: "retention" },
      thing: { type: "part", id: part },
      agencyId: rule.agencyId,
    } as const;
    const before = rule.before.toISOString();
    const detail = { system: rule.system, before };
    if (events > held) {
      await appendLedger(portal, tx, { ...about, act: "feed.let-go", detail: { ...detail, events: events - held } });
    }
    if (held > 0)
      await appendLedger(portal, tx, { ...about, act: "feed.preserved", detail: { ...detail, events: held } });
  }
}
