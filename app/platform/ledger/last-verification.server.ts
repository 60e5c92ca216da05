import { z } from "zod";
import type { Portal } from "../portal.server.ts";
import { verifyLedger } from "./verify-ledger.server.ts";

const SETTING = "ledger-verification";

const shape = z.object({
  at: z.iso.datetime(),
  ok: z.boolean(),
  entries: z.int(),
  head: z.object({ seq: z.int(), hash: z.string() }).nullable(),
  /** The first entry at which the chain does not hold. */
  brokenAt: z.int().nullable(),
});

/** What the portal found when it last walked its own ledger. `at` is an ISO instant. */
export type LastVerification = z.infer<typeof shape>;

/** Job, every hour: walks the whole ledger, which a page must not do each time that somebody looks. */
export async function verifyOwnLedger(portal: Portal): Promise<void> {
  const at = portal.time.now().toISOString();
  const { ok, entries, head, broken } = await verifyLedger(portal.pool);
  const value = JSON.stringify({ at, ok, entries, head, brokenAt: broken?.seq ?? null } satisfies LastVerification);
  await portal.db.setting.upsert({ where: { name: SETTING }, create: { name: SETTING, value }, update: { value } });
}

/** Null until the job has run once. */
export async function findLastVerification(portal: Pick<Portal, "db">): Promise<LastVerification | null> {
  const row = await portal.db.setting.findUnique({ where: { name: SETTING } });
  return row && shape.parse(JSON.parse(row.value));
}
