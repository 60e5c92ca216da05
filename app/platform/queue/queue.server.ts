import type { Transaction } from "../database/database.server.ts";

/** Ids and codes: a job row is read by operators and stands in backups. */
export type JobPayload = Readonly<Record<string, string>>;

/**
 * Queues a job inside the caller's transaction: it exists when the change that asked for it exists.
 * `key` makes it single: a job of the same key that still waits is replaced. Jobs of one `queue` are
 * worked one after the other, whatever else is worked beside them.
 */
export async function enqueue(
  tx: Transaction,
  task: string,
  payload: JobPayload,
  options: { runAt?: Date; key?: string; queue?: string } = {},
): Promise<void> {
  await tx.$executeRaw`SELECT graphile_worker.add_job(
    ${task}::text,
    payload := ${JSON.stringify(payload)}::json,
    queue_name := ${options.queue ?? null}::text,
    run_at := ${options.runAt ?? null}::timestamptz,
    job_key := ${options.key ?? null}::text)`;
}
