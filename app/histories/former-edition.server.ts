import { z } from "zod";
import type { Portal } from "#app/platform/portal.server.ts";
import { historySchema } from "./history.ts";
import type { Former } from "./news.ts";
import { releasePlace } from "./queries.server.ts";

const originsSchema = z.record(z.string(), z.object({ eventId: z.string() }));

/** The newest edition that went out before this one, opened; null for a first. Callers authorise. */
export async function findFormerEdition(portal: Portal, caseId: string, edition: number): Promise<Former | null> {
  const row = await portal.db.release.findFirst({
    where: { caseId, edition: { lt: edition } },
    orderBy: { edition: "desc" },
  });
  if (!row) return null;
  const open = async (column: "model_sealed" | "lines_sealed", sealed: Uint8Array) =>
    JSON.parse(await portal.vault.openText(row.keyId, releasePlace(column, row.id), sealed)) as unknown;
  const origins = originsSchema.parse(await open("lines_sealed", row.linesSealed));
  return {
    history: historySchema.parse(await open("model_sealed", row.modelSealed)),
    eventIds: new Map(Object.entries(origins).map(([number, { eventId }]) => [Number(number), eventId])),
  };
}
