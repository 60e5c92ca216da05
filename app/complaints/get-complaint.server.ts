/** One complaint, for each of the three who may open it. Each opening stands in the ledger. */
import type { Line } from "#app/histories/history.ts";
import { listLineOrigins } from "#app/histories/queries.server.ts";
import { listAccounts, listAccountsInRole } from "#app/people/accounts.server.ts";
import { type Actor, asLedgerActor, type Role } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { requireNoFreeze } from "#app/people/freeze.server.ts";
import { actingNow } from "#app/people/representative.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import { getCaseFile, tellOfRepresentative } from "#app/requests/case-file.server.ts";
import { type ComplaintEvent, type EventKind, movesFrom } from "./complaint.ts";
import { type ComplaintSummary, summarise } from "./complaint-summary.ts";
import type { Basis, DisputeWords } from "./dispute.ts";
import {
  advocateFacts,
  getStoredComplaint,
  intakeFacts,
  notePlace,
  openDispute,
  residentFacts,
  type StoredComplaint,
  type StoredEvent,
  todayAt,
} from "./stored-complaint.server.ts";

export interface ShownEvent extends ComplaintEvent {
  readonly id: string;
}

/** A line as it was released. */
export interface PinnedLine {
  readonly line: Line;
  /** In which language it was released. */
  readonly released: "en" | "es";
  readonly basis: Basis;
  readonly sha256: string;
  /** Whether the release still says what was disputed. */
  readonly intact: boolean;
}

export interface FollowedComplaint {
  readonly summary: ComplaintSummary;
  readonly events: readonly ShownEvent[];
  readonly lineCount: number;
}

export interface OwnComplaint extends FollowedComplaint {
  readonly releaseId: string;
  readonly words: DisputeWords;
  readonly lines: readonly { line: number; basis: Basis }[];
  readonly consents: readonly { advocateId: string; name: string; organisation: string | null; givenOn: LocalDate }[];
  /** Advocates to whom no consent is given yet. */
  readonly advocates: readonly AdvocateChoice[];
  readonly canWithdraw: boolean;
}

export interface AdvocateChoice {
  readonly id: string;
  readonly name: string;
  readonly organisation: string | null;
}

export interface IntakeComplaint {
  readonly summary: ComplaintSummary;
  readonly edition: number;
  readonly words: DisputeWords;
  readonly lines: readonly PinnedLine[];
  readonly events: readonly (ShownEvent & { readonly note: string | null })[];
  /** The steps that the transition table allows now. */
  readonly moves: readonly EventKind[];
}

/** The resident's own complaint. @throws NotFound when it is not the actor's, Refused `release.frozen` */
export async function getComplaintForResident(portal: Portal, actor: Actor, id: string): Promise<OwnComplaint> {
  const complaint = await getStoredComplaint(portal, id);
  const representatives = actingNow(complaint.representations, portal.time.now());
  authorise(actor, "complaint.read", { ...residentFacts(complaint), representatives });
  // It quotes released lines and what the resident wrote of them.
  await requireNoFreeze(portal, complaint.residentId, complaint.agency.zone);
  const { words, routes } = await openDispute(portal, complaint);
  const lines = linesFor(complaint, routes);
  const followed = followedOf(portal, complaint, lines.length);
  const consents = await consentsOf(portal, complaint);
  const advocates = await listAdvocates(portal, complaint);
  const isResident = actor.kind === "account" && actor.accountId === complaint.residentId;
  await recordRead(portal, actor, isResident ? "resident" : "representative", complaint);
  return {
    ...followed,
    releaseId: complaint.releaseId,
    words,
    lines,
    consents,
    advocates: advocates.filter((choice) => !consents.some((consent) => consent.advocateId === choice.id)),
    canWithdraw: isResident && movesFrom(followed.summary.state, "resident").includes("withdrawn"),
  };
}

/** The complaint as its agency works on it, with the disputed lines as they were released. @throws NotFound */
export async function getComplaintForIntake(portal: Portal, actor: Actor, id: string): Promise<IntakeComplaint> {
  const complaint = await getStoredComplaint(portal, id);
  authorise(actor, "complaint.move", intakeFacts(complaint));
  const { words, routes } = await openDispute(portal, complaint);
  const summary = summarise(complaint, todayAt(portal, complaint));
  const lines = await pinnedLines(portal, complaint, linesFor(complaint, routes));
  const events = await Promise.all(complaint.events.map((event) => withNote(portal, event)));
  await recordRead(portal, actor, "intake", complaint);
  return { summary, edition: complaint.edition, words, lines, events, moves: movesFrom(summary.state, "intake") };
}

/** What the resident's consent lets an advocate see: where it stands, never what was said. @throws NotFound */
export async function getComplaintForAdvocate(portal: Portal, actor: Actor, id: string): Promise<FollowedComplaint> {
  const complaint = await getStoredComplaint(portal, id);
  authorise(actor, "complaint.read", advocateFacts(complaint));
  const { routes } = await openDispute(portal, complaint);
  const followed = followedOf(portal, complaint, linesFor(complaint, routes).length);
  await recordRead(portal, actor, "advocate", complaint);
  return followed;
}

/** Advocates whom the resident may ask: none who is walled off, and not oneself. */
export async function listAdvocates(
  portal: Portal,
  about: { residentId: string; walledIds: readonly string[] },
): Promise<AdvocateChoice[]> {
  const accounts = await listAccountsInRole(portal, "advocate", null);
  return accounts
    .filter((account) => account.id !== about.residentId && !about.walledIds.includes(account.id))
    .map(({ id, name, organisation }) => ({ id, name, organisation }));
}

function followedOf(portal: Portal, complaint: StoredComplaint, lineCount: number): FollowedComplaint {
  // Notes are the agency's own: that there is one would only make people wonder.
  const events = complaint.events.filter((event) => event.kind !== "note").map(shownEvent);
  return { summary: summarise(complaint, todayAt(portal, complaint)), events, lineCount };
}

const shownEvent = ({ id, kind, detail, on }: StoredEvent): ShownEvent => ({ id, kind, detail, on });

async function withNote(portal: Portal, event: StoredEvent): Promise<ShownEvent & { note: string | null }> {
  if (event.noteSealed === null) return { ...shownEvent(event), note: null };
  return {
    ...shownEvent(event),
    note: await portal.vault.openText(event.keyId, notePlace(event.id), event.noteSealed),
  };
}

/** The lines that went to this complaint's agency; what went to another is none of its business. */
function linesFor(
  complaint: StoredComplaint,
  routes: readonly { agencyId: string; lines: { line: number; basis: Basis }[] }[],
): { line: number; basis: Basis }[] {
  return routes.find((route) => route.agencyId === complaint.agency.id)?.lines ?? [];
}

async function pinnedLines(
  portal: Portal,
  complaint: StoredComplaint,
  lines: readonly { line: number; basis: Basis }[],
): Promise<PinnedLine[]> {
  const numbers = lines.map((line) => line.line);
  const origins = await listLineOrigins(portal, complaint.releaseId, numbers);
  return lines.map(({ line, basis }) => {
    const origin = origins.find((found) => found.line === line);
    const sha256 = complaint.pins.get(line);
    if (!origin || sha256 === undefined) throw new Error("a complaint names a line that its release does not have");
    return { line: origin.model, released: origin.locale, basis, sha256, intact: origin.sha256 === sha256 };
  });
}

async function consentsOf(portal: Portal, complaint: StoredComplaint): Promise<OwnComplaint["consents"]> {
  const ids = complaint.consents.map((consent) => consent.advocateId);
  const accounts = await listAccounts(portal, ids);
  const advocates = await listAccountsInRole(portal, "advocate", null);
  return complaint.consents.map((consent) => ({
    advocateId: consent.advocateId,
    name: accounts.get(consent.advocateId)?.name ?? "",
    organisation: advocates.find((advocate) => advocate.id === consent.advocateId)?.organisation ?? null,
    givenOn: localDate(consent.givenAt, complaint.agency.zone),
  }));
}

async function recordRead(
  portal: Portal,
  actor: Actor,
  role: Role | "resident" | "representative",
  complaint: StoredComplaint,
): Promise<void> {
  const file = role === "representative" ? await getCaseFile(portal, complaint.caseId) : null;
  await inTransaction(portal, async (tx) => {
    if (file) await tellOfRepresentative(portal, tx, actor, file, "complaint.read");
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor, role),
      act: "complaint.read",
      thing: { type: "complaint", id: complaint.id },
      residentId: complaint.residentId,
      requestId: complaint.requestId,
      caseId: complaint.caseId,
      agencyId: complaint.agency.id,
    });
  });
}
