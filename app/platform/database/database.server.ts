import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import type { Logger } from "../log/log.server.ts";
import { type Prisma, PrismaClient } from "./generated/client.ts";

export type Database = PrismaClient;
/** What a use case writes through: everything between begin and commit. */
export type Transaction = Prisma.TransactionClient;

/** Two stay with the worker: one listens for jobs, one holds its mark. */
const POOL_SIZE = 12;
/** A page that waits longer for a connection says that something is wrong, instead of nothing for ever. */
const WAIT_MS = 30_000;

/** Opens one pool of connections and Prisma's client over the same pool. */
export function openDatabase(url: string, log: Logger): { db: Database; pool: pg.Pool; close(): Promise<void> } {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    application_name: "wholooked",
    connectionTimeoutMillis: WAIT_MS,
  });
  // Without listeners a connection that the server drops would end the process. The code alone is
  // logged: a message of PostgreSQL's can repeat a value.
  const lost = (error: Error & { code?: string }) =>
    log.warn({ code: error.code ?? "none" }, "a database connection was lost");
  pool.on("error", lost);
  pool.on("connect", (client) => client.on("error", lost));
  const db = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    db,
    pool,
    close: async () => {
      await db.$disconnect();
      if (!pool.ended) await pool.end();
    },
  };
}
