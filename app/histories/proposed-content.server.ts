/** Proposals as they were made, and what supervisors said of their lines. Not authorised here. */
import { listSealedEvents } from "#app/feeds/list-sealed.server.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { CaseFile } from "#app/requests/case-file.server.ts";
import { type AskedLook, LOOK_VERDICTS, type Look } from "./look.ts";
import type { Matter } from "./matter.server.ts";
import { contentOf, contentSchema, type ProposedContent } from "./proposed-content.ts";
import type { Step } from "./step.ts";

/** What would be proposed now. */
export async function contentNow(portal: Portal, matter: Matter): Promise<ProposedContent> {
  const refs = matter.matches.map(({ eventId, eventAt }) => ({ eventId, at: eventAt }));
  return contentOf(matter, await listSealedEvents(portal, refs));
}

export async function keepProposal(
  tx: Transaction,
  proposal: { readonly stepId: string; readonly caseId: string; readonly content: ProposedContent },
): Promise<void> {
  await tx.proposal.create({ data: proposal });
}

/** What a step "proposed" had put forward; null for one from before proposals were kept. */
export async function findProposal(
  portal: Pick<Portal, "db">,
  step: Step | null,
  tx: Transaction = portal.db,
): Promise<ProposedContent | null> {
  const row = step && (await tx.proposal.findUnique({ where: { stepId: step.id } }));
  return row ? contentSchema.parse(row.content) : null;
}

/** Oldest first. */
export async function listLooks(
  portal: Portal,
  file: CaseFile,
  step: Step | null,
  tx: Transaction = portal.db,
): Promise<Look[]> {
  if (step === null) return [];
  const rows = await tx.lineLook.findMany({ where: { stepId: step.id }, orderBy: [{ at: "asc" }, { id: "asc" }] });
  const sealer = await portal.vault.sealerFor(file.keyId);
  return rows.flatMap(({ id, eventId, verdict, remarkSealed, by, at }) => {
    const known = LOOK_VERDICTS.find((one) => one === verdict);
    if (known === undefined) return [];
    const remark = remarkSealed && sealer.open(remarkPlace(id), remarkSealed).toString("utf8");
    return [{ eventId, verdict: known, remark, by, at }];
  });
}

/** Looks of one person, all at one instant; the case is locked. */
export async function addLooks(
  portal: Portal,
  tx: Transaction,
  file: CaseFile,
  taken: { readonly step: Step; readonly looks: readonly AskedLook[]; readonly by: string },
): Promise<void> {
  const newest = await tx.lineLook.findFirst({ where: { stepId: taken.step.id }, orderBy: { at: "desc" } });
  const now = portal.time.now();
  // The newest look counts, so no two may share an instant.
  const at = newest && newest.at >= now ? new Date(newest.at.getTime() + 1) : now;
  const sealer = await portal.vault.sealerFor(file.keyId);
  await tx.lineLook.createMany({
    data: taken.looks.map(({ eventId, verdict, remark }) => {
      const id = newId();
      const remarkSealed = remark === null ? null : sealer.seal(remarkPlace(id), remark);
      return { id, stepId: taken.step.id, eventId, verdict, keyId: file.keyId, remarkSealed, by: taken.by, at };
    }),
  });
}

const remarkPlace = (row: string) => ({ table: "line_look", column: "remark_sealed", row });
