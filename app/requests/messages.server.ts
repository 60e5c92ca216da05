/**
 * Messages in a case: written, read over, sent. A message changes no date of the clock; what the law lets stop it is
 * asked for by a letter (ask-resident.server.ts), and the page says so. The other side is told that there is news,
 * never what it is.
 */
import type { AccountActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { isId, newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { appendCaseLedger, type CaseFile, getCaseFile, openCaseFile } from "./case-file.server.ts";
import { findOpen } from "./clock-act.ts";
import { cleanUpload } from "./identity/clean-upload.ts";
import type { MediaType } from "./identity/upload.ts";
import { messageFault, type QuestionEffect, type Side } from "./message.ts";
import { tellStaff } from "./tell-staff.server.ts";
import { tellResident } from "./write-to-resident.server.ts";

/** A message as either side reads it. */
export interface Message {
  readonly id: string;
  readonly side: Side;
  readonly text: string;
  /** When it was sent; of a draft, when it was written. */
  readonly at: Date;
  readonly file: { readonly mediaType: MediaType; readonly bytes: number } | null;
}

export interface Talk {
  readonly caseId: string;
  readonly requestId: string;
  readonly number: string;
  readonly agencyName: string;
  readonly zone: string;
  readonly locale: "en" | "es";
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** What the reader has written and not sent. */
  readonly draft: Message | null;
  readonly question: QuestionEffect;
}

/** Whose case, and from which side of it. A resident names the request too: a case of another one is not there. */
export interface At {
  readonly side: Side;
  readonly caseId: string;
  readonly requestId?: string;
}

const textPlace = (row: string) => ({ table: "case_message", column: "text_sealed", row });

/** All messages of a case, opened; that they were read goes into the ledger. @throws NotFound */
export async function getTalk(portal: Portal, actor: AccountActor, at: At): Promise<Talk> {
  const file = await openAt(portal, actor, at);
  const rows = await portal.db.caseMessage.findMany({
    where: { caseId: file.id, OR: [{ sentAt: { not: null } }, { by: actor.accountId }] },
    include: { file: true },
    orderBy: { at: "asc" },
  });
  const sealer = await portal.vault.sealerFor(file.keyId);
  const opened = rows.map((row) => ({
    isDraft: row.sentAt === null && row.side === at.side,
    isSent: row.sentAt !== null,
    message: {
      id: row.id,
      side: row.side === "agency" ? ("agency" as const) : ("resident" as const),
      text: sealer.open(textPlace(row.id), row.textSealed).toString("utf8"),
      at: row.sentAt ?? row.at,
      file: row.file?.keptAt ? { mediaType: row.file.mediaType as MediaType, bytes: row.file.bytes } : null,
    },
  }));
  await inTransaction(portal, (tx) => appendCaseLedger(portal, tx, actor, file, { act: "messages.read" }));
  const { effect, cite } = file.law.getRule(file.rule, file.receivedOn).stops.information;
  return {
    ...{ caseId: file.id, requestId: file.requestId, number: file.number },
    ...{ agencyName: file.agency.name, zone: file.agency.zone, locale: file.locale },
    messages: opened
      .flatMap(({ isSent, message }) => (isSent ? [message] : []))
      .sort((a, b) => a.at.getTime() - b.at.getTime()),
    draft: opened.find(({ isDraft }) => isDraft)?.message ?? null,
    question: { does: effect.does, cite, openSince: findOpen(file.clock, "information") },
  };
}

/**
 * Keeps a message until it is sent; the one before it, that was not, makes room. The file is judged by its ending and
 * its bytes like every upload, and its name forgotten.
 * @param input.file null: none, or the one that the draft has already
 * @throws NotFound, Refused `talk.*` and `identity.upload*` with the field
 */
export async function draftMessage(
  portal: Portal,
  actor: AccountActor,
  input: At & { readonly text: string; readonly file: { readonly name: string; readonly bytes: Buffer } | null },
): Promise<void> {
  const file = await openAt(portal, actor, input, "write");
  const fault = messageFault(input.text);
  if (fault) throw new Refused(fault, "Write a message of 1 to 4,000 characters.", { field: "text" });
  const clean = input.file && cleanUpload(input.file.name, input.file.bytes);
  if (clean && "fault" in clean) {
    throw new Refused(`identity.${clean.fault}`, "This file cannot be taken.", { field: "file" });
  }
  const fileId = newId();
  const textOf = (id: string) => portal.vault.seal(file.keyId, textPlace(id), input.text.trim());
  const gone = await inTransaction(portal, async (tx) => {
    await lock(tx, file);
    const before = await findDraft(tx, file, actor);
    const id = before?.id ?? newId();
    const written = { textSealed: await textOf(id), at: portal.time.now() };
    const own = { id, caseId: file.id, side: input.side, keyId: file.keyId, by: actor.accountId };
    if (before) await tx.caseMessage.update({ where: { id }, data: written });
    else await tx.caseMessage.create({ data: { ...own, ...written } });
    if (!clean) return null;
    await tx.messageFile.deleteMany({ where: { messageId: id } });
    const { mediaType, turned, bytes } = clean;
    await tx.messageFile.create({
      data: { fileId, messageId: id, keyId: file.keyId, mediaType, turned, bytes: bytes.length },
    });
    return before?.file?.fileId ?? null;
  });
  if (gone !== null) await portal.storage.remove(gone);
  if (!clean) return;
  await portal.storage.put(file.keyId, clean.bytes, fileId);
  await portal.db.messageFile.updateMany({ where: { fileId }, data: { keptAt: portal.time.now() } });
}

/**
 * Sends the draft that was read. To send it twice sends it once.
 * @param input.messageId the draft that the page showed
 * @throws NotFound; Refused when it is not as it was shown, or its file is not whole
 */
export async function sendMessage(
  portal: Portal,
  actor: AccountActor,
  input: At & { readonly messageId: string; readonly writtenAt: Date },
): Promise<void> {
  const file = await openAt(portal, actor, input, "write");
  await inTransaction(portal, async (tx) => {
    await lock(tx, file);
    const draft = await findDraft(tx, file, actor);
    if (!draft || draft.id !== input.messageId) throw new Refused("talk.gone", "This message is sent already.");
    if (draft.at.getTime() !== input.writtenAt.getTime()) {
      throw new Refused("talk.changed", "The message was changed after it was shown; read it once more.");
    }
    if (draft.file && draft.file.keptAt === null) {
      throw new Refused("talk.fileBroken", "The file did not arrive whole; choose it again.", { field: "file" });
    }
    await tx.caseMessage.update({ where: { id: draft.id }, data: { sentAt: portal.time.now() } });
    if (input.side === "agency") {
      const link = `${portal.config.url}/request/${file.requestId}/talk/${file.id}`;
      await tellResident(portal, tx, file, "something-ready", { link });
    } else {
      await tellStaff(portal, tx, file, { duties: ["clerk"] });
    }
    await appendCaseLedger(portal, tx, actor, file, {
      act: "message.sent",
      thing: { type: "message", id: draft.id },
      detail: { file: draft.file !== null },
    });
  });
}

/** Throws the draft away, with its file. @throws NotFound */
export async function discardMessage(portal: Portal, actor: AccountActor, at: At): Promise<void> {
  const file = await openAt(portal, actor, at, "write");
  const gone = await inTransaction(portal, async (tx) => {
    await lock(tx, file);
    const draft = await findDraft(tx, file, actor);
    if (!draft) return null;
    await tx.messageFile.deleteMany({ where: { messageId: draft.id } });
    await tx.caseMessage.delete({ where: { id: draft.id } });
    return draft.file?.fileId ?? null;
  });
  if (gone !== null) await portal.storage.remove(gone);
}

/** What goes with a message, for either side; that it was opened goes into the ledger first. @throws NotFound */
export async function readMessageFile(
  portal: Portal,
  actor: AccountActor,
  input: At & { readonly messageId: string },
): Promise<{ readonly mediaType: MediaType; readonly bytes: Buffer; readonly fileName: string }> {
  const file = await openAt(portal, actor, input);
  if (!isId(input.messageId)) throw new NotFound("message");
  const row = await portal.db.caseMessage.findFirst({
    where: { id: input.messageId, caseId: file.id, OR: [{ sentAt: { not: null } }, { by: actor.accountId }] },
    include: { file: true },
  });
  if (!row?.file?.keptAt) throw new NotFound("message");
  await inTransaction(portal, (tx) =>
    appendCaseLedger(portal, tx, actor, file, { act: "message.file-read", thing: { type: "message", id: row.id } }),
  );
  const bytes = await portal.storage.get(row.file.keyId, row.file.fileId);
  return { mediaType: row.file.mediaType as MediaType, bytes, fileName: `${file.number}-attachment.pdf` };
}

const ACTIONS = {
  agency: { read: "case.read", write: "case.write-message" },
  resident: { read: "request.read", write: "request.write-message" },
} as const;

async function openAt(portal: Portal, actor: AccountActor, at: At, act: "read" | "write" = "read"): Promise<CaseFile> {
  if (at.side === "agency") return openCaseFile(portal, actor, ACTIONS.agency[act], at.caseId);
  const file = await getCaseFile(portal, at.caseId);
  authorise(actor, ACTIONS.resident[act], file.facts);
  if (file.requestId !== at.requestId) throw new NotFound("case");
  return file;
}

async function lock(tx: Transaction, { id }: CaseFile): Promise<void> {
  await tx.$executeRaw`SELECT id FROM "case" WHERE id = ${id}::uuid FOR UPDATE`;
}

function findDraft(tx: Transaction, { id: caseId }: CaseFile, { accountId: by }: AccountActor) {
  return tx.caseMessage.findFirst({ where: { caseId, by, sentAt: null }, include: { file: true } });
}

/** Whether somebody may write here at all: asked before a byte of what is sent is read. @throws NotFound */
export async function requireWriter(portal: Portal, actor: AccountActor, at: At): Promise<void> {
  await openAt(portal, actor, at, "write");
}
