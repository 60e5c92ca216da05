/**
 * What residents hand in as proof: kept sealed under a key of its own, shown to the clerks of one case, and shredded
 * when the check is done. Its row stands before its file does, so that no file is ever left behind unseen.
 */
import type { AccountActor, Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { isId, newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueue, type JobPayload } from "#app/platform/queue/queue.server.ts";
import { appendCaseLedger, type CaseFile, getCaseFile } from "../case-file.server.ts";
import { cleanUpload } from "./clean-upload.ts";
import type { Judgeable } from "./judge-proofs.ts";
import { type MediaType, MOST_UPLOADS, type Purpose, UPLOAD_DAYS } from "./upload.ts";

export const REMOVE_FILE_TASK = "remove-upload-file";
export const SWEEP_UPLOADS_TASK = "sweep-uploads";

/** An upload that is there, without its bytes. */
export interface ListedUpload {
  readonly id: string;
  readonly purpose: Purpose;
  readonly mediaType: MediaType;
  readonly bytes: number;
  readonly turned: number;
  readonly at: Date;
}

const DAY_MS = 86_400_000;
/** Longer than any file of 10 MB takes to be written. */
const UNFINISHED_MS = 3_600_000;

/**
 * Keeps a file for the clerks of one case. Its name is judged by its ending and forgotten.
 * @throws NotFound
 * @throws Refused `identity.upload*` with the sentence that says what would be taken
 */
export async function addUpload(
  portal: Portal,
  actor: AccountActor,
  input: {
    readonly requestId: string;
    readonly caseId: string;
    readonly purpose: Purpose;
    readonly name: string;
    readonly bytes: Buffer;
  },
): Promise<{ readonly uploadId: string }> {
  const file = await getOwnCase(portal, actor, input);
  const clean = cleanUpload(input.name, input.bytes);
  if ("fault" in clean) throw new Refused(`identity.${clean.fault}`, "This file cannot be taken.", { field: "file" });
  const id = newId();
  const fileId = newId();
  const { mediaType, turned } = clean;
  const keyId = await inTransaction(portal, async (tx) => {
    await tx.$executeRaw`SELECT id FROM "case" WHERE id = ${file.id}::uuid FOR UPDATE`;
    const lying = await tx.identityUpload.count({ where: { caseId: file.id, removedAt: null } });
    if (lying >= MOST_UPLOADS) {
      throw new Refused("identity.uploadTooMany", "Too many files lie here.", { field: "file", count: MOST_UPLOADS });
    }
    const key = await portal.vault.createKey(tx, "upload");
    await tx.identityUpload.create({
      data: {
        ...{ id, requestId: file.requestId, caseId: file.id, purpose: input.purpose, keyId: key, fileId },
        ...{ mediaType, turned, bytes: clean.bytes.length, by: actor.accountId, at: portal.time.now() },
      },
    });
    return key;
  });
  await portal.storage.put(keyId, clean.bytes, fileId);
  await inTransaction(portal, async (tx) => {
    const { count } = await tx.identityUpload.updateMany({
      where: { id, removedAt: null },
      data: { keptAt: portal.time.now() },
    });
    if (count !== 1) throw new NotFound("upload");
    await appendCaseLedger(portal, tx, actor, file, {
      act: "upload.added",
      thing: { type: "upload", id },
      detail: { purpose: input.purpose, type: mediaType, bytes: clean.bytes.length },
    });
  });
  return { uploadId: id };
}

/** A case of one's own request. @throws NotFound */
async function getOwnCase(
  portal: Portal,
  actor: AccountActor,
  { requestId, caseId }: { readonly requestId: string; readonly caseId: string },
): Promise<CaseFile> {
  const file = await getCaseFile(portal, caseId);
  authorise(actor, "identity.prove", file.facts);
  if (file.requestId !== requestId) throw new NotFound("case");
  return file;
}

/** What lies with a case, oldest first. Callers authorise. */
export async function listUploads(portal: Pick<Portal, "db">, caseId: string): Promise<ListedUpload[]> {
  const rows = await portal.db.identityUpload.findMany({
    where: { caseId, removedAt: null, keptAt: { not: null } },
    orderBy: { at: "asc" },
  });
  return rows.map(({ id, purpose, mediaType, bytes, turned, at }) => ({
    ...{ id, bytes, turned, at },
    purpose: purpose as Purpose,
    mediaType: mediaType as MediaType,
  }));
}

/** An upload's bytes, for a clerk of its case; that it was looked at goes into the ledger. @throws NotFound */
export async function readUpload(
  portal: Portal,
  actor: Actor,
  input: { readonly caseId: string; readonly uploadId: string },
): Promise<{ readonly mediaType: MediaType; readonly bytes: Buffer; readonly fileName: string }> {
  const file = await getCaseFile(portal, input.caseId);
  authorise(actor, "case.check-identity", file.facts);
  if (!isId(input.uploadId)) throw new NotFound("upload");
  const row = await portal.db.identityUpload.findFirst({
    where: { id: input.uploadId, caseId: file.id, removedAt: null, keptAt: { not: null } },
  });
  if (!row?.keyId) throw new NotFound("upload");
  // First the ledger: nobody has seen what the ledger does not know of.
  await inTransaction(portal, (tx) =>
    appendCaseLedger(portal, tx, actor, file, { act: "upload.read", thing: { type: "upload", id: row.id } }),
  );
  const bytes = await portal.storage.get(row.keyId, row.fileId);
  return { mediaType: row.mediaType as MediaType, bytes, fileName: `${file.number}-upload.pdf` };
}

/** The resident takes an upload back: it is gone at once. @throws NotFound */
export async function withdrawUpload(
  portal: Portal,
  actor: AccountActor,
  input: { readonly requestId: string; readonly caseId: string; readonly uploadId: string },
): Promise<void> {
  const file = await getOwnCase(portal, actor, input);
  if (!isId(input.uploadId)) throw new NotFound("upload");
  await inTransaction(portal, async (tx) => {
    const where = { id: input.uploadId, caseId: file.id, removedAt: null };
    const row = await tx.identityUpload.findFirst({ where });
    if (!row) throw new NotFound("upload");
    await shred(portal, tx, row, "withdrawn");
    await appendCaseLedger(portal, tx, actor, file, {
      act: "upload.withdrawn",
      thing: { type: "upload", id: row.id },
    });
  });
}

/** A statement that a clerk notes must be there: as an upload of its kind, or on paper. @throws Refused */
export async function requireStatement(tx: Transaction, caseId: string, { basis, shown }: Judgeable): Promise<void> {
  if (basis !== "notarised-statement" && basis !== "sworn-statement") return;
  if (shown.includes("statement-paper")) return;
  const there = await tx.identityUpload.count({
    where: { caseId, purpose: basis, removedAt: null, keptAt: { not: null } },
  });
  if (there > 0) return;
  throw new Refused("identity.noStatement", "No such statement was uploaded for this case.", { field: "shown" });
}

/** Shreds what was handed in for the check, once every identifier of the request has its verdict in this case. */
export async function removeCheckedUploads(
  portal: Pick<Portal, "time">,
  tx: Transaction,
  file: Pick<CaseFile, "id" | "requestId">,
): Promise<void> {
  const waiting = await tx.identifier.count({
    where: { requestId: file.requestId, checks: { none: { caseId: file.id } } },
  });
  if (waiting > 0) return;
  await removeUploads(portal, tx, { caseId: file.id, purpose: { not: "court-paper" } });
}

/** Shreds the court papers of a case, when they have been looked at. */
export async function removeCourtPapers(portal: Pick<Portal, "time">, tx: Transaction, caseId: string): Promise<void> {
  await removeUploads(portal, tx, { caseId, purpose: "court-paper" });
}

async function removeUploads(
  portal: Pick<Portal, "time">,
  tx: Transaction,
  which: { readonly caseId: string; readonly purpose: string | { readonly not: string } },
): Promise<void> {
  const rows = await tx.identityUpload.findMany({ where: { ...which, removedAt: null } });
  for (const row of rows) await shred(portal, tx, row, "checked");
}

type Removed = "withdrawn" | "checked" | "expired" | "unfinished";

/** Without its key the file says nothing to anybody from the commit on; a job takes away the file itself. */
async function shred(
  portal: Pick<Portal, "time">,
  tx: Transaction,
  { id, keyId, fileId }: { readonly id: string; readonly keyId: string | null; readonly fileId: string },
  why: Removed,
): Promise<void> {
  await tx.identityUpload.update({
    where: { id },
    data: { removedAt: portal.time.now(), removedWhy: why, keyId: null },
  });
  if (keyId !== null) await tx.dataKey.delete({ where: { id: keyId } });
  await enqueue(tx, REMOVE_FILE_TASK, { fileId }, { key: `${REMOVE_FILE_TASK}:${fileId}` });
}

/** Job: takes away a file whose upload is gone. Run again, it does nothing. */
export async function removeUploadFile(portal: Portal, payload: JobPayload): Promise<void> {
  const fileId = payload["fileId"] ?? "";
  const row = await portal.db.identityUpload.findFirst({ where: { fileId, removedAt: { not: null } } });
  if (row) await portal.storage.remove(fileId);
}

/** Job, every hour: what lay for thirty days goes, and what was never wholly written. */
export async function sweepUploads(portal: Portal): Promise<void> {
  const now = portal.time.now().getTime();
  const old = new Date(now - UPLOAD_DAYS * DAY_MS);
  const unfinished = new Date(now - UNFINISHED_MS);
  const rows = await portal.db.identityUpload.findMany({
    where: { removedAt: null, OR: [{ at: { lte: old } }, { keptAt: null, at: { lte: unfinished } }] },
    orderBy: { at: "asc" },
    take: 500,
  });
  for (const { id } of rows) {
    await inTransaction(portal, async (tx) => {
      await tx.$executeRaw`SELECT id FROM identity_upload WHERE id = ${id}::uuid FOR UPDATE`;
      const row = await tx.identityUpload.findUniqueOrThrow({ where: { id } });
      if (row.removedAt === null) await shred(portal, tx, row, row.keptAt === null ? "unfinished" : "expired");
    });
  }
}
