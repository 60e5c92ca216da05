import { holdAlike } from "#app/feeds/holds.server.ts";
import type { Account } from "#app/people/account.ts";
import { type Actor, asLedgerActor } from "#app/people/actor.ts";
import { asNamed } from "#app/people/named-person.ts";
import { saveNamed } from "#app/people/walls.server.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { takeNumber } from "#app/platform/database/number.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { localDate, toDbDate } from "#app/platform/time/local-date.ts";
import type { Agency } from "#app/registry/agency.ts";
import { getAgencyById } from "#app/registry/queries.server.ts";
import { roleOn, tellOfRepresentative } from "#app/requests/case-file.server.ts";
import { checkAdvocate, recordConsent, saveConsent } from "./consent.server.ts";
import { type DisputeWords, disputeWords, type SealedDispute } from "./dispute.ts";
import { type DisputedLines, getDisputedLines } from "./disputed-lines.server.ts";
import { planReminder } from "./remind-intake.server.ts";
import { disputePlace } from "./stored-complaint.server.ts";
import { listIntakeFor, tellIntake } from "./tell-followers.server.ts";

export interface FiledDispute {
  readonly disputeId: string;
  readonly complaintIds: readonly string[];
}

export interface DisputeInput {
  /** One submit of one form files once. */
  readonly formId: string;
  readonly releaseId: string;
  /** Line numbers of the release. */
  readonly lines: readonly number[];
  readonly words: DisputeWords;
  readonly advocateId: string | null;
}

const VENUE = "ca.internal-affairs";

/**
 * Disputes released lines: pins each by its hash, and opens one complaint at the internal affairs of
 * every agency that employs somebody who looked. Filed again with the same form, it files nothing.
 * @throws NotFound when the release is not the resident's; Refused when a line is not in it, or the
 *   advocate is not one who can be chosen
 */
export async function fileDispute(portal: Portal, actor: Actor, input: DisputeInput): Promise<FiledDispute> {
  const disputed = await getDisputedLines(portal, actor, input);
  const { residentId } = disputed.file;
  if (input.advocateId !== null) await checkAdvocate(portal, disputed.file.facts, input.advocateId);
  const words = disputeWords.parse(input.words);
  const desks = await loadDesks(portal, disputed);

  return inTransaction(portal, async (tx) => {
    // Two submits of one form at once: the second waits here, then finds what the first has filed.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`dispute:${input.formId}`}))`;
    const filed = await findFiled(tx, input.formId);
    if (filed) {
      if (filed.residentId !== residentId || filed.releaseId !== input.releaseId) throw new NotFound();
      return { disputeId: filed.id, complaintIds: filed.complaints.map((complaint) => complaint.id) };
    }
    const dispute = await saveDispute(portal, tx, input, words, disputed);
    await wallWhoLooked(portal, tx, disputed);
    const walledIds = (await tx.wall.findMany({ where: { requestId: disputed.file.requestId } })).map(
      (w) => w.accountId,
    );
    const numbers: string[] = [];
    for (const { agency } of desks) numbers.push(await takeComplaintNumber(portal, tx, agency));
    numbers.sort();
    const opened: Opened[] = [];
    for (const [index, desk] of desks.entries()) {
      // Whom this very dispute keeps out was among the officers a moment ago.
      const officers = desk.officers.filter((officer) => !walledIds.includes(officer.id));
      const named = { agency: desk.agency, officers, number: numbers[index] ?? "" };
      opened.push({ id: await openComplaint(portal, tx, actor, named, dispute, residentId), desk });
    }
    for (const { id } of opened) {
      await holdAlike(portal, tx, { type: "complaint", id }, { type: "case", id: disputed.file.id });
      if (input.advocateId !== null) await saveConsent(portal, tx, { complaintId: id, advocateId: input.advocateId });
    }
    await tellOfRepresentative(portal, tx, actor, disputed.file, "complaint.filed");
    for (const complaint of opened)
      await recordFiling(portal, tx, actor, complaint, disputed, dispute.id, input.advocateId);
    return { disputeId: dispute.id, complaintIds: opened.map(({ id }) => id) };
  });
}

/**
 * Whoever made a disputed look-up sees nothing of it from here on: neither the complaint nor the request behind it.
 * What the log calls him may be a name, a badge or a user id, so it is held against all of them.
 */
async function wallWhoLooked(portal: Portal, tx: Transaction, { file, origins }: DisputedLines) {
  const request = { id: file.requestId, residentId: file.residentId, keyId: file.keyId };
  for (const user of new Set(origins.map((origin) => origin.user))) {
    const person = user === null ? null : asNamed(user);
    if (person !== null) await saveNamed(portal, tx, request, person, "dispute");
  }
}

/** An agency that gets a complaint, and those of its officers who are told. */
interface Desk {
  readonly agency: Agency;
  readonly officers: readonly Account[];
  readonly lines: number;
}

interface Opened {
  readonly id: string;
  readonly desk: Desk;
}

function loadDesks(portal: Portal, { file, routes }: DisputedLines): Promise<Desk[]> {
  return Promise.all(
    routes.map(async ({ agencyId, lines }) => ({
      agency: await getAgencyById(portal, agencyId),
      officers: await listIntakeFor(portal, { ...file.facts, agencyId }),
      lines: lines.length,
    })),
  );
}

function findFiled(tx: Transaction, formId: string) {
  return tx.dispute.findUnique({
    where: { formId },
    select: {
      id: true,
      residentId: true,
      releaseId: true,
      complaints: { select: { id: true }, orderBy: { number: "asc" } },
    },
  });
}

async function saveDispute(
  portal: Portal,
  tx: Transaction,
  input: DisputeInput,
  words: DisputeWords,
  { file, origins, routes }: DisputedLines,
): Promise<{ id: string; keyId: string }> {
  const id = newId();
  const keyId = await portal.vault.createKey(tx, "dispute");
  const sealed: SealedDispute = { words, routes: [...routes] };
  await tx.dispute.create({
    data: {
      id,
      releaseId: input.releaseId,
      residentId: file.residentId,
      keyId,
      wordsSealed: await portal.vault.seal(keyId, disputePlace(id), JSON.stringify(sealed)),
      formId: input.formId,
      at: portal.time.now(),
      lines: { create: origins.map(({ line, sha256 }) => ({ line, sha256 })) },
    },
  });
  return { id, keyId };
}

async function takeComplaintNumber(portal: Portal, tx: Transaction, agency: Agency): Promise<string> {
  const year = localDate(portal.time.now(), agency.zone).slice(0, 4);
  const numbered = (taken: number) => `CP-${year}-${String(taken).padStart(5, "0")}`;
  const isTaken = async (taken: number) => (await tx.complaint.count({ where: { number: numbered(taken) } })) > 0;
  return numbered(await takeNumber(portal, tx, `complaint-${year}`, isTaken));
}

async function openComplaint(
  portal: Portal,
  tx: Transaction,
  actor: Actor,
  { agency, officers, number }: Pick<Desk, "agency" | "officers"> & { readonly number: string },
  dispute: { id: string; keyId: string },
  residentId: string,
): Promise<string> {
  const id = newId();
  const stepId = newId();
  const now = portal.time.now();
  const today = localDate(now, agency.zone);
  const by = actor.kind === "account" ? actor.accountId : null;
  const { keyId } = dispute;
  await tx.complaint.create({
    data: {
      id,
      number,
      disputeId: dispute.id,
      residentId,
      venue: VENUE,
      agencyId: agency.id,
      openedAt: now,
      events: { create: { id: stepId, kind: "received", on: toDbDate(today), by, recordedAt: now, keyId } },
    },
  });
  const events = [{ kind: "received", detail: null, on: today }] as const;
  await planReminder(tx, { id, agency, events }, stepId);
  await tellIntake(portal, tx, id, officers);
  return id;
}

async function recordFiling(
  portal: Portal,
  tx: Transaction,
  actor: Actor,
  { id, desk }: Opened,
  { file }: DisputedLines,
  disputeId: string,
  advocateId: string | null,
): Promise<void> {
  const about = { residentId: file.residentId, requestId: file.requestId, caseId: file.id };
  await appendLedger(portal, tx, {
    actor: asLedgerActor(actor, roleOn(actor, file.facts)),
    act: "complaint.filed",
    thing: { type: "complaint", id },
    ...about,
    agencyId: desk.agency.id,
    detail: { dispute: disputeId, lines: desk.lines },
  });
  if (advocateId === null) return;
  await recordConsent(portal, tx, actor, "consent.given", { id, ...about, agency: desk.agency }, advocateId);
}
