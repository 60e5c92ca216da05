/** A clerk's words on one look-up. Only the agency reads them: no answer is made from them. */
import type { Actor } from "#app/people/actor.ts";
import { isId, newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { appendCaseLedger, type CaseFile, openCaseFile } from "#app/requests/case-file.server.ts";
import { REASON_LENGTH } from "./decision.ts";

export interface LineNote {
  readonly text: string;
  readonly by: string;
  readonly at: Date;
}

const notePlace = (row: string) => ({ table: "line_note", column: "note_sealed", row });

/** @throws NotFound; Refused for nothing, or too much of it */
export async function noteLine(
  portal: Portal,
  actor: Actor,
  input: { readonly caseId: string; readonly eventId: string; readonly text: string },
): Promise<void> {
  const file = await openCaseFile(portal, actor, "case.decide", input.caseId);
  if (actor.kind !== "account" || !isId(input.eventId)) throw new NotFound("line");
  const text = input.text.trim();
  if (text === "" || text.length > REASON_LENGTH) {
    throw new Refused("workspace.refusedNote", "Write a note of 1 to 2,000 characters.", { field: "note" });
  }
  const id = newId();
  const noteSealed = await portal.vault.seal(file.keyId, notePlace(id), text);
  await inTransaction(portal, async (tx) => {
    const known = await tx.match.count({ where: { caseId: file.id, eventId: input.eventId } });
    if (known === 0) throw new NotFound("line");
    const { eventId } = input;
    const note = { id, caseId: file.id, eventId, keyId: file.keyId, noteSealed };
    await tx.lineNote.create({ data: { ...note, by: actor.accountId, at: portal.time.now() } });
    await appendCaseLedger(portal, tx, actor, file, { act: "line.noted" });
  });
}

/** The notes on one look-up, oldest first. Callers authorise. */
export async function listLineNotes(portal: Portal, file: CaseFile, eventId: string): Promise<LineNote[]> {
  const rows = await portal.db.lineNote.findMany({ where: { caseId: file.id, eventId }, orderBy: { at: "asc" } });
  const sealer = await portal.vault.sealerFor(file.keyId);
  return rows.map(({ id, noteSealed, by, at }) => ({
    text: sealer.open(notePlace(id), noteSealed).toString("utf8"),
    by,
    at,
  }));
}

/** How many notes there are on some look-ups. Callers authorise. */
export async function countLineNotes(
  portal: Pick<Portal, "db">,
  caseId: string,
  eventIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const counted = await portal.db.lineNote.groupBy({
    by: ["eventId"],
    where: { caseId, eventId: { in: [...eventIds] } },
    _count: { _all: true },
  });
  return new Map(counted.map(({ eventId, _count }) => [eventId, _count._all]));
}
