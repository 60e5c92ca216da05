/**
 * Purges a request that has ended long enough ago: its keys are shredded, those of its answers and complaints with
 * them. What happened, and when, stays in the clock and the ledger; what anybody wrote or was shown opens no more.
 */

import { releaseHold } from "#app/feeds/holds.server.ts";
import { type Actor, asLedgerActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type Shredded, shredKeys } from "#app/platform/sealing/shred-keys.server.ts";
import { type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import { getLaw } from "#app/registry/law-in-force.server.ts";
import { listAgencies } from "#app/registry/queries.server.ts";
import { caseStateOf, STATE_OF_CASE } from "#app/requests/case-state.server.ts";
import { isEnded, stateOf } from "./complaint.ts";
import { type EndedComplaint, KEPT_DAYS, purgeableFrom } from "./purge.ts";
import { listStoredComplaints, type StoredComplaint } from "./stored-complaint.server.ts";

const SETTING = "request-kept-days";
const MOST_DAYS = 36_600;

/** For how many days after its end a request is kept. */
export async function getKeptDays(portal: Pick<Portal, "db">): Promise<number> {
  return (await findSetDays(portal)) ?? KEPT_DAYS;
}

/** The days that an operator has set, or null. */
export async function findSetDays(portal: Pick<Portal, "db">): Promise<number | null> {
  const row = await portal.db.setting.findUnique({ where: { name: SETTING } });
  return row && Number(row.value);
}

/** @throws Refused unless it is a whole number of days, 1 to 36600 */
export async function setKeptDays(portal: Portal, actor: Actor, days: number): Promise<void> {
  authorise(actor, "retention.set");
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
    throw new Refused("purge.days", `A request is kept for a whole number of days, from 1 to ${MOST_DAYS}.`, {
      most: MOST_DAYS,
    });
  }
  await inTransaction(portal, async (tx) => {
    const value = String(days);
    await tx.setting.upsert({ where: { name: SETTING }, create: { name: SETTING, value }, update: { value } });
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor),
      act: "requests.retention-set",
      thing: { type: "setting", id: SETTING },
      detail: { days },
    });
  });
}

export interface Purged extends Shredded {
  readonly number: string;
}

/**
 * @param number WL-2026-00012
 * @throws NotFound when there is none, or it was purged already; Refused while it has not ended, or not long enough ago
 */
export async function purgeRequest(portal: Portal, actor: Actor, number: string): Promise<Purged> {
  authorise(actor, "request.purge");
  const found = await portal.db.request.findUnique({ where: { number }, select: { id: true } });
  if (!found) throw new NotFound("request");
  return inTransaction(portal, async (tx) => {
    await tx.$queryRaw`SELECT id FROM request WHERE id = ${found.id}::uuid FOR UPDATE`;
    const request = await tx.request.findUniqueOrThrow({
      where: { id: found.id },
      include: { cases: { include: { releases: { include: { disputes: true } } } } },
    });
    if (request.purgedAt !== null) throw new NotFound("request");
    const complaints = await listStoredComplaints(portal, {
      dispute: { release: { case: { requestId: request.id } } },
    });
    await expectDue(portal, request.id, complaints);
    const caseIds = request.cases.map(({ id }) => id);
    const releases = request.cases.flatMap((one) => one.releases);
    const disputes = releases.flatMap((release) => release.disputes);
    const about = [request.id, ...caseIds, ...releases.map(({ id }) => id), ...complaints.map(({ id }) => id)];
    const mails = await tx.outboxMail.findMany({ where: { aboutId: { in: about } }, select: { keyId: true } });
    const letters = await tx.codeLetter.findMany({ where: { caseId: { in: caseIds } }, select: { keyId: true } });
    const ofRequest = { where: { requestId: request.id } };
    const representations = await tx.representation.findMany({ ...ofRequest, select: { keyId: true } });
    const uploads = await tx.identityUpload.findMany({ ...ofRequest, select: { keyId: true } });
    const sealed = [request, ...releases, ...disputes, ...mails, ...letters, ...representations, ...uploads];
    const keyIds = sealed.flatMap(({ keyId }) => keyId ?? []);
    const shredded = await shredKeys(portal, tx, keyIds);
    // A blind index tells whoever has the key whether a plate that is guessed was this resident's.
    for (const { id } of await tx.identifier.findMany({ where: { requestId: request.id }, select: { id: true } })) {
      await tx.identifier.update({ where: { id }, data: { tag: newId() } });
    }
    await tx.representation.updateMany({ ...ofRequest, data: { emailTag: null, inviteHash: null } });
    await tx.namedPerson.updateMany({
      ...ofRequest,
      data: { emailTag: null, badgeTag: null, userIdTag: null, nameTags: [] },
    });
    await tx.ownBrowser.deleteMany(ofRequest);
    for (const id of caseIds) await releaseHold(tx, { type: "case", id });
    for (const { id } of complaints) await releaseHold(tx, { type: "complaint", id });
    await tx.request.update({ where: { id: request.id }, data: { purgedAt: portal.time.now() } });
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor),
      act: "request.purged",
      thing: { type: "request", id: request.id },
      residentId: request.residentId,
      requestId: request.id,
      detail: { ...shredded, keys: keyIds.length },
    });
    return { ...shredded, number };
  });
}

/** @throws Refused with the day from which it may be purged */
async function expectDue(portal: Portal, requestId: string, complaints: readonly StoredComplaint[]): Promise<void> {
  const agencies = new Map((await listAgencies(portal)).map((agency) => [agency.id, agency]));
  const law = await getLaw(portal);
  const cases = await portal.db.case.findMany({ where: { requestId }, include: STATE_OF_CASE });
  const ends: LocalDate[] = [];
  for (const row of cases) {
    const agency = agencies.get(row.agencyId);
    if (!agency) throw new Error("a case is at no agency");
    const { phase, clock } = caseStateOf(portal, row, agency, law);
    if (phase !== "done" || clock.answeredOn === null) throw stillOpen();
    // The last edition counts: what was deferred comes later than the answer.
    const released = row.steps.filter(({ kind }) => kind === "released").map(({ at }) => localDate(at, agency.zone));
    ends.push(clock.answeredOn, ...released);
  }
  const [first] = [...agencies.values()];
  const today = localDate(portal.time.now(), first?.zone ?? "UTC");
  const endedOn = ends.toSorted().at(-1);
  if (endedOn === undefined) throw stillOpen();
  const from = purgeableFrom(endedOn, await getKeptDays(portal), complaints.map(endOf));
  if (today >= from) return;
  throw new Refused("purge.early", `This request may be purged from ${from} on, and not before.`, { from });
}

function endOf({ events }: StoredComplaint): EndedComplaint {
  const last = events.at(-1);
  if (last === undefined || !isEnded(stateOf(events))) throw stillOpen();
  const finding = events.findLast(({ kind }) => kind === "finding");
  return { endedOn: last.on, sustained: finding?.detail === "sustained" };
}

function stillOpen(): Refused {
  return new Refused("purge.open", "This request has not ended: a case is not answered, or a complaint is open.");
}
