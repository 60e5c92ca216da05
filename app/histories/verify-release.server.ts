import { createHash } from "node:crypto";
import type { Portal } from "#app/platform/portal.server.ts";
import { type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import { getAgencyById } from "#app/registry/queries.server.ts";
import { readSignature } from "./signature/read-signature.ts";
import { listSigningCertificates } from "./signature/signing-key.server.ts";

/** What anyone who holds the file may learn about it; nothing about the person, nor its case's number. */
export type Verification =
  /** Altered: this portal's certificate stands in a signature of the file. Unknown: nothing of this portal does. */
  | { readonly genuine: false; readonly result: "altered" | "unknown" }
  | {
      readonly genuine: true;
      /** Superseded: a later edition of the same answer has been released. */
      readonly result: "genuine" | "superseded";
      readonly superseded: boolean;
      readonly edition: number;
      /** Local day at the agency. */
      readonly releasedOn: LocalDate;
      readonly agency: string;
    };

/** SHA-256 as hex. */
export const HASH = /^[0-9a-f]{64}$/;

/** Whether these bytes are, to the last one, a document that this portal has released. */
export async function verifyReleaseFile(portal: Pick<Portal, "db">, bytes: Uint8Array): Promise<Verification> {
  const found = await verifyReleaseHash(portal, createHash("sha256").update(bytes).digest("hex"));
  if (found.genuine) return found;
  const { certificates } = await readSignature(bytes);
  const ours = new Set((await listSigningCertificates(portal)).map(({ sha256 }) => sha256));
  return { genuine: false, result: certificates.some((one) => ours.has(one)) ? "altered" : "unknown" };
}

/**
 * The same by the file's hash alone, for whoever keeps the file to himself. A hash cannot tell altered from unknown,
 * and of one that is unknown nothing more is said.
 * @param sha256 lower-case hex
 */
export async function verifyReleaseHash(portal: Pick<Portal, "db">, sha256: string): Promise<Verification> {
  const row = await portal.db.release.findUnique({
    where: { sha256 },
    include: { case: { select: { agencyId: true } } },
  });
  if (!row) return { genuine: false, result: "unknown" };
  const later = await portal.db.release.count({ where: { caseId: row.caseId, edition: { gt: row.edition } } });
  const agency = await getAgencyById(portal, row.case.agencyId);
  return {
    genuine: true,
    result: later > 0 ? "superseded" : "genuine",
    superseded: later > 0,
    edition: row.edition,
    releasedOn: localDate(row.releasedAt, agency.zone),
    agency: agency.name,
  };
}
