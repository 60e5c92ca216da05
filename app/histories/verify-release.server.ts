import { createHash } from "node:crypto";
import type { Portal } from "#app/platform/portal.server.ts";
import { type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import { getAgencyById } from "#app/registry/queries.server.ts";

/** What anyone who holds the file may learn about it; nothing about the person, nor its case's number. */
export type Verification =
  | { readonly genuine: false }
  | {
      readonly genuine: true;
      readonly edition: number;
      /** A later edition of the same answer has been released. */
      readonly superseded: boolean;
      /** Local day at the agency. */
      readonly releasedOn: LocalDate;
      readonly agency: string;
    };

/** Whether these bytes are, to the last one, a document that this portal has released. */
export async function verifyReleaseFile(portal: Pick<Portal, "db">, bytes: Uint8Array): Promise<Verification> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const row = await portal.db.release.findUnique({
    where: { sha256 },
    include: { case: { select: { agencyId: true } } },
  });
  if (!row) return { genuine: false };
  const later = await portal.db.release.count({ where: { caseId: row.caseId, edition: { gt: row.edition } } });
  const agency = await getAgencyById(portal, row.case.agencyId);
  return {
    genuine: true,
    edition: row.edition,
    superseded: later > 0,
    releasedOn: localDate(row.releasedAt, agency.zone),
    agency: agency.name,
  };
}
