/** Looks for planted words wherever the portal leaves anything. */
import { readdirSync } from "node:fs";
import { Writable } from "node:stream";
import pino from "pino";
import { expect } from "vitest";
import type { Logger } from "#app/platform/log/log.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";

/** Every row of every table of every schema as text, bytes as hexadecimal, by table. */
export async function dumpTables(portal: Pick<Portal, "pool">): Promise<Map<string, string>> {
  const tables = await portal.pool.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_temp%'`,
  );
  expect(tables.rows.length).toBeGreaterThan(25);
  const dumped = new Map<string, string>();
  for (const { name } of tables.rows) {
    const { rows } = await portal.pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    dumped.set(name, rows.map(({ row }) => row).join("\n"));
  }
  return dumped;
}

/** The planted words that stand in a text: plain, as hexadecimal, or as base64. */
export function findPlanted(text: string, words: readonly string[]): string[] {
  const lower = text.toLowerCase();
  return words.filter((word) => {
    const bytes = Buffer.from(word);
    const base64 = bytes.toString("base64").replace(/=+$/, "").slice(0, -1);
    return [word, bytes.toString("hex"), base64].some((form) => lower.includes(form.toLowerCase()));
  });
}

/** Where in the database and among the files' names planted words stand: "table: word". */
export async function findLeaks(portal: Portal, words: readonly string[]): Promise<string[]> {
  const dumped = await dumpTables(portal);
  dumped.set("file names", readdirSync(portal.config.dataFolder, { recursive: true }).join("\n"));
  return [...dumped].flatMap(([place, text]) => findPlanted(text, words).map((word) => `${place}: ${word}`));
}

/** A log at its most talkative, and what was written to it. */
export function givenLog(): { log: Logger; written(): string } {
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  return { log: pino({ level: "trace" }, sink), written: () => lines.join("") };
}
