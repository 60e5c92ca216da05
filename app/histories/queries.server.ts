import { z } from "zod";
import { openEvents } from "#app/feeds/find-events.server.ts";
import type { Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { findFreeze, frozen } from "#app/people/freeze.server.ts";
import { takeTurns } from "#app/people/limits.server.ts";
import { isKeptFromMailbox } from "#app/people/own-browser.ts";
import { isId } from "#app/platform/database/id.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type CaseFile, getCaseFile, recordRead } from "#app/requests/case-file.server.ts";
import { loggedValue } from "./cells.ts";
import { csvOf, type ExportFormat, jsonOf } from "./export-release.ts";
import { type History, historySchema, type Line } from "./history.ts";
import { hashLine } from "./released-line.ts";

export interface ReleaseSummary {
  readonly id: string;
  readonly edition: number;
  readonly releasedAt: Date;
  /** Disclosed look-ups. */
  readonly lineCount: number;
  /** Look-ups withheld as a whole. */
  readonly withheldCount: number;
  /** Disclosed look-ups that the edition before did not show; null for a first edition. */
  readonly newCount: number | null;
}

export interface ReleaseFacts {
  readonly id: string;
  readonly caseId: string;
  readonly edition: number;
  readonly sha256: string;
  readonly releasedAt: Date;
  /** A later edition of the same case has been released. */
  readonly superseded: boolean;
}

/** The editions of a case that went out, newest first. Callers authorise. */
export async function listReleases(portal: Pick<Portal, "db">, caseId: string): Promise<ReleaseSummary[]> {
  return portal.db.release.findMany({
    where: { caseId },
    orderBy: { edition: "desc" },
    select: { id: true, edition: true, releasedAt: true, lineCount: true, withheldCount: true, newCount: true },
  });
}

/**
 * A released answer, for the resident whose it is; the ledger keeps that it was opened.
 * @throws NotFound, Refused `release.frozen`
 */
export async function getReleaseForResident(
  portal: Portal,
  actor: Actor,
  releaseId: string,
): Promise<{
  history: History;
  release: ReleaseFacts;
  file: Pick<CaseFile, "number" | "requestId" | "facts"> & { readonly caseId: string; readonly zone: string };
}> {
  const { row, file } = await openForResident(portal, actor, releaseId);
  const history = await openModel(portal, row);
  await recordRead(portal, actor, file, "release.read");
  return {
    history,
    release: await factsOf(portal, row),
    file: {
      number: file.number,
      requestId: file.requestId,
      facts: file.facts,
      caseId: file.id,
      zone: file.agency.zone,
    },
  };
}

/** The PDF as it was released, byte for byte; its name says the case's number and nothing else. @throws NotFound, Refused, TooOften */
export async function getReleasePdf(
  portal: Portal,
  actor: Actor,
  releaseId: string,
): Promise<{ bytes: Buffer; fileName: string }> {
  const { row, file } = await openForResident(portal, actor, releaseId);
  await takeTurns(portal, [["export.account", file.residentId]]);
  const bytes = await portal.storage.get(row.keyId, row.fileId);
  await recordRead(portal, actor, file, "release.file-read");
  return { bytes, fileName: `${file.number}-${row.edition}.pdf` };
}

/**
 * The same answer as a table or as data: from the redacted model, never from the log. Its name says the case's number
 * and nothing else. @throws NotFound, Refused, TooOften
 */
export async function getReleaseExport(
  portal: Portal,
  actor: Actor,
  releaseId: string,
  format: ExportFormat,
): Promise<{ text: string; fileName: string }> {
  const { row, file } = await openForResident(portal, actor, releaseId);
  await takeTurns(portal, [["export.account", file.residentId]]);
  const history = await openModel(portal, row);
  await recordRead(portal, actor, file, `release.${format}-read`);
  const text = format === "csv" ? csvOf(history) : jsonOf(history, row.sha256);
  return { text, fileName: `${file.number}-${row.edition}.${format}` };
}

/** A released line with where it came from: what a complaint pins and routes by. */
export interface LineOrigin {
  readonly line: number;
  readonly model: Line;
  /** In which language it was released. */
  readonly locale: "en" | "es";
  /** hashLine of the model. */
  readonly sha256: string;
  /** The searching agency as the log names it, shown or not; null when the log names none. */
  readonly org: string | null;
  /** Who made the look-up as the log names him, shown or not; null when it names nobody. */
  readonly user: string | null;
  readonly eventId: string;
}

const originsSchema = z.record(z.string(), z.object({ eventId: z.string(), at: z.coerce.date() }));

/** The disclosed lines with those numbers, in the order asked for; other numbers are left out. Callers authorise. */
export async function listLineOrigins(
  portal: Portal,
  releaseId: string,
  lines: readonly number[],
): Promise<LineOrigin[]> {
  const row = await getRow(portal, releaseId);
  const history = await openModel(portal, row);
  const sealed = await portal.vault.openText(row.keyId, releasePlace("lines_sealed", row.id), row.linesSealed);
  const origins = originsSchema.parse(JSON.parse(sealed));
  const wanted = lines.flatMap((number) => {
    const model = history.lines.find((line) => line.number === number);
    const origin = origins[String(number)];
    return model && origin ? [{ model, origin }] : [];
  });
  const events = await openEvents(
    portal,
    wanted.map(({ origin }) => ({ eventId: origin.eventId, at: origin.at })),
  );
  return wanted.map(({ model, origin }, index) => {
    const event = events[index]?.event;
    const [org, user] = [event ? loggedValue(event.org) : null, event ? loggedValue(event.user) : null];
    const { locale } = history;
    return { line: model.number, model, locale, sha256: hashLine(model), org, user, eventId: origin.eventId };
  });
}

export const releasePlace = (column: string, row: string) => ({ table: "release", column, row });

type Row = Awaited<ReturnType<typeof getRow>>;

async function getRow(portal: Pick<Portal, "db">, releaseId: string) {
  if (!isId(releaseId)) throw new NotFound("release");
  const row = await portal.db.release.findUnique({
    where: { id: releaseId, case: { request: { purgedAt: null } } },
  });
  if (!row) throw new NotFound("release");
  return row;
}

async function openForResident(portal: Portal, actor: Actor, releaseId: string): Promise<{ row: Row; file: CaseFile }> {
  const row = await getRow(portal, releaseId);
  const file = await getCaseFile(portal, row.caseId);
  // Tried by the mailbox alone: the resident is to see that too.
  if (isKeptFromMailbox(actor, "release.read", file.facts)) await recordRead(portal, actor, file, "release.held-back");
  authorise(actor, "release.read", file.facts);
  const freeze = await findFreeze(portal, file.residentId);
  if (freeze) {
    // Somebody has asked for it meanwhile: the resident is to see that.
    await recordRead(portal, actor, file, "release.held-back");
    throw frozen(freeze, file.agency.zone);
  }
  return { row, file };
}

async function openModel(portal: Portal, row: Row): Promise<History> {
  const text = await portal.vault.openText(row.keyId, releasePlace("model_sealed", row.id), row.modelSealed);
  return historySchema.parse(JSON.parse(text));
}

async function factsOf(portal: Portal, row: Row): Promise<ReleaseFacts> {
  const { id, caseId, edition, sha256, releasedAt } = row;
  const later = await portal.db.release.count({ where: { caseId, edition: { gt: edition } } });
  return { id, caseId, edition, sha256, releasedAt, superseded: later > 0 };
}
