import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedDemo } from "#app/cli/demo.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { ONLY_REWRAPPED, ROTATED_PURPOSES, SEALED_TABLES } from "#app/platform/sealing/sealed-columns.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { listSealed } from "./given-sealed.ts";

let portal: TestPortal;
beforeAll(async () => {
  portal = await openTestPortal({ now: "2026-11-30T18:00:00Z", env: { WHOLOOKED_DEMO: "on" } });
  await seedDemo(portal);
}, 60_000);
afterAll(() => portal[Symbol.asyncDispose]());

async function columnsOf(where: string): Promise<string[]> {
  const { rows } = await portal.pool.query<{ name: string }>(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND ${where} ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

describe("the table of sealed columns", () => {
  it("names every sealed column of the schema, once", async () => {
    const all = await columnsOf("column_name LIKE '%\\_sealed'");
    const named = [...SEALED_TABLES, ...ONLY_REWRAPPED].flatMap(({ table, columns }) =>
      columns.map((column) => `${table}.${column}`),
    );
    expect(
      named.toSorted(),
      "a new *_sealed column needs its line in app/platform/sealing/sealed-columns.ts: what is not there is lost by `keys rotate`",
    ).toEqual(all);
    expect(all.length).toBeGreaterThan(20);
  });

  it("knows the purpose of every key that the portal makes", async () => {
    const { rows } = await portal.pool.query<{ purpose: string }>("SELECT DISTINCT purpose FROM data_key");
    const others = [...ONLY_REWRAPPED.map(({ purpose }) => purpose), "delivery"];
    const unknown = rows.filter(
      ({ purpose }) =>
        !(ROTATED_PURPOSES.includes(purpose) || others.includes(purpose) || purpose.startsWith("index:")),
    );
    expect(unknown).toEqual([]);
    for (const { table, key, purpose } of SEALED_TABLES) {
      const strange = await portal.pool.query(
        `SELECT 1 FROM "${table}" t JOIN data_key k ON k.id = ${key} WHERE k.purpose <> $1`,
        [purpose],
      );
      expect(strange.rows, table).toEqual([]);
    }
  });

  it("gives every account and every request a key of its own", async () => {
    for (const table of ["account", "request", "release", "dispute"]) {
      const { rows } = await portal.pool.query(
        `SELECT count(*)::int AS n, count(DISTINCT key_id)::int AS keys FROM "${table}"`,
      );
      expect(rows[0].n, table).toBeGreaterThan(0);
      expect(rows[0].keys, table).toBe(rows[0].n);
    }
  });
});

describe("a value that was moved does not open", () => {
  const COLUMNS = SEALED_TABLES.flatMap(({ table, columns }) => columns.map((column) => [table, column] as const));

  it.each(COLUMNS)("%s.%s: to another row, column or table, or under another version", async (table, column) => {
    const values = await listSealed(portal);
    // Where the demonstration has none of this kind, one is made: the place is what matters.
    const value = values.find((one) => one.table === table && one.column === column) ?? (await made(table, column));
    const { keyId, row, bytes } = value;
    const open = (place: { table: string; column: string; row: string }, sealed: Buffer = bytes) =>
      portal.vault.open(keyId, place, sealed);
    const here = { table, column, row };
    expect((await open(here)).length).toBeGreaterThan(0);
    const elsewhere = "11111111-1111-4111-8111-111111111111";
    await expect(open({ ...here, row: elsewhere })).rejects.toThrow();
    for (const [otherTable, otherColumn] of COLUMNS) {
      if (otherTable === table && otherColumn === column) continue;
      await expect(
        open({ table: otherTable, column: otherColumn, row }),
        `${otherTable}.${otherColumn}`,
      ).rejects.toThrow();
    }
    const renumbered = Buffer.from(bytes);
    renumbered.writeUInt32BE(2, 1);
    await expect(open(here, renumbered)).rejects.toThrow();
    // As a value of before versions were numbered: those bytes were never authenticated without the number.
    const unnumbered = Buffer.concat([Buffer.of(1), bytes.subarray(5)]);
    await expect(open(here, unnumbered)).rejects.toThrow();
  });

  async function made(table: string, column: string) {
    const row = "22222222-2222-4222-8222-222222222222";
    const keyId = await inTransaction(portal, (tx) => portal.vault.createKey(tx, "a test"));
    return { keyId, row, bytes: await portal.vault.seal(keyId, { table, column, row }, "something") };
  }
});

describe("an append-only list", () => {
  const change = (sql: string) =>
    portal.pool.query(`BEGIN; SELECT set_config('wholooked.resealing', 'on', true); ${sql}; ROLLBACK`);

  it.each([
    "UPDATE release SET sha256 = 'x'",
    "UPDATE letter SET kind = 'denial', body_sealed = ''",
    "UPDATE letter SET body_sealed = '', key_id = gen_random_uuid()",
    "DELETE FROM letter",
    "DELETE FROM complaint_event",
  ])("takes no other change when it is sealed anew: %s", async (sql) => {
    await expect(change(sql)).rejects.toThrow("append-only");
    await portal.pool.query("ROLLBACK");
  });

  it("takes new ciphertext then, and only then", async () => {
    await change("UPDATE letter SET body_sealed = body_sealed || ''");
    await expect(portal.pool.query("UPDATE letter SET body_sealed = body_sealed")).rejects.toThrow("append-only");
  });
});
