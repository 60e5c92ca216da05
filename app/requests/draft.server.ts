import type { Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { type ActingFor, actingNow, type Holding, holds } from "#app/people/representative.ts";
import type { Database, Transaction } from "#app/platform/database/database.server.ts";
import { isId } from "#app/platform/database/id.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import type { Agency } from "#app/registry/agency.ts";
import { listAgencies, listCustodies } from "#app/registry/queries.server.ts";
import type { Answers, Circumstances } from "./request.ts";

/** A request's row as its resident may have it: answers opened. */
export interface OpenRequest {
  readonly id: string;
  readonly number: string | null;
  readonly residentId: string;
  readonly keyId: string;
  readonly version: number;
  readonly locale: "en" | "es";
  readonly createdAt: Date;
  readonly savedAt: Date;
  readonly filedAt: Date | null;
  readonly answers: Answers;
  /** Its own browsers (people/own-browser.ts). */
  readonly askedFrom: readonly string[];
}

export const answersPlace = (requestId: string) => ({ table: "request", column: "answers_sealed", row: requestId });

/** The resident's own request, draft or filed. @throws NotFound, for another's request as for none. */
export async function openOwnRequest(
  portal: Portal,
  actor: Actor,
  action: "request.edit" | "request.read" | "request.wall" | "request.contact" | "request.represent" | "identity.prove",
  requestId: string,
  db: Database | Transaction = portal.db,
): Promise<OpenRequest> {
  if (!isId(requestId)) throw new NotFound("request");
  const row = await db.request.findUnique({
    where: { id: requestId },
    include: { walls: true, representations: true, ownBrowsers: true },
  });
  if (!row || row.purgedAt !== null) throw new NotFound("request");
  const facts = factsOfRequest(portal, row);
  authorise(actor, action, facts);
  const locale = row.locale === "es" ? "es" : "en";
  return { ...row, locale, answers: await openAnswers(portal, row), askedFrom: facts.askedFrom };
}

/** What authorise() is told of a request. Who filed for another by a court's paper is let in as long as that holds. */
export function factsOfRequest(
  portal: Pick<Portal, "time">,
  row: {
    readonly residentId: string;
    readonly walls: readonly { readonly accountId: string }[];
    readonly representations: readonly (Holding & { readonly basis: string })[];
    readonly ownBrowsers: readonly { readonly hash: string }[];
  },
): {
  readonly residentId: string;
  readonly walledIds: readonly string[];
  readonly representatives: readonly ActingFor[];
  readonly askedFrom: readonly string[];
} {
  const now = portal.time.now();
  const { residentId } = row;
  const own = row.representations.filter(({ basis }) => basis === "court-paper");
  const isOver = own.length > 0 && !own.some((one) => holds(one, now));
  return {
    residentId,
    walledIds: [...row.walls.map((wall) => wall.accountId), ...(isOver ? [residentId] : [])],
    representatives: actingNow(row.representations, now),
    askedFrom: row.ownBrowsers.map(({ hash }) => hash),
  };
}

export async function openAnswers(
  portal: Pick<Portal, "vault">,
  row: { id: string; keyId: string; answersSealed: Uint8Array },
): Promise<Answers> {
  return JSON.parse(await portal.vault.openText(row.keyId, answersPlace(row.id), row.answersSealed)) as Answers;
}

export function sealAnswers(portal: Pick<Portal, "vault">, row: { id: string; keyId: string }, answers: Answers) {
  return portal.vault.seal(row.keyId, answersPlace(row.id), JSON.stringify(answers));
}

/** The agencies that keep a log and can be asked, in the order of their names. */
export async function listOffered(portal: Pick<Portal, "db">): Promise<Agency[]> {
  const custodians = new Set((await listCustodies(portal)).map((custody) => custody.agencyId));
  return (await listAgencies(portal)).filter((agency) => custodians.has(agency.id));
}

/** What the answers are judged against now. */
export async function circumstancesNow(
  portal: Pick<Portal, "db" | "time">,
  offered?: readonly Agency[],
): Promise<Circumstances> {
  const agencies = offered ?? (await listOffered(portal));
  return { today: todayAmong(agencies, portal.time.now()), offered: agencies.map((agency) => agency.id) };
}

/** Today where it is latest: a day that has begun at one of the agencies is not in the future. */
function todayAmong(agencies: readonly Agency[], now: Date): LocalDate {
  const days = agencies.map((agency) => localDate(now, agency.zone)).sort();
  return days.at(-1) ?? localDate(now, "UTC");
}
