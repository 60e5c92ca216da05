import type { Portal } from "#app/platform/portal.server.ts";

/** Whether exactly these bytes (SHA-256, hex) were imported into this log before, whichever way they came. */
export async function hasImported(
  portal: Portal,
  { agencyId, systemId }: { agencyId: string; systemId: string },
  digest: string,
): Promise<boolean> {
  const batch = await portal.db.batch.findFirst({
    where: { agencyId, systemId, digest, finishedAt: { not: null } },
    select: { id: true },
  });
  return batch !== null;
}
