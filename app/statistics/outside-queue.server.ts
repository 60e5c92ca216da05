import { listAccounts } from "#app/people/accounts.server.ts";
import { type Actor, agenciesOf, asLedgerActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { addDays, type LocalDate, localDate, startOfDay } from "#app/platform/time/local-date.ts";
import type { Agency } from "#app/registry/agency.ts";
import { listAgencies } from "#app/registry/queries.server.ts";
import { listCaseNumbers, listWalledRequests } from "#app/requests/case-numbers.server.ts";
import {
  type FileAct,
  listOutsideDays,
  OUTSIDE_RULE,
  type OutsideDay,
  outsideFiles,
} from "#app/requests/outside-queue.ts";

/** A day of a person, with the name that a supervisor knows the person by. */
export interface NamedOutsideDay extends OutsideDay {
  readonly name: string;
}

/** One look at a file, as the ledger has it. */
export interface OutsideEntry {
  readonly at: Date;
  readonly act: string;
  readonly caseNumber: string;
}

export interface OutsideQueue {
  readonly agency: Pick<Agency, "slug" | "name" | "zone">;
  readonly days: readonly NamedOutsideDay[];
}

/** The agencies' days on which somebody opened many files outside the queue, for their supervisor. @throws NotFound */
export async function listOutsideQueue(portal: Portal, actor: Actor): Promise<OutsideQueue[]> {
  const agencies = await supervisedBy(portal, actor);
  const queues: OutsideQueue[] = [];
  for (const agency of agencies) {
    const acts = await loadActs(portal, actor, agency);
    const days = listOutsideDays(acts, localDate(portal.time.now(), agency.zone));
    const names = await listAccounts(portal, [...new Set(days.map(({ accountId }) => accountId))]);
    const named = days.map((day) => ({ ...day, name: names.get(day.accountId)?.name ?? "" }));
    queues.push({ agency: { slug: agency.slug, name: agency.name, zone: agency.zone }, days: named });
    await recordReading(portal, actor, agency.id, {});
  }
  return queues;
}

/** The looks behind one such day, oldest first. @throws NotFound */
export async function listOutsideEntries(
  portal: Portal,
  actor: Actor,
  asked: { readonly agencySlug: string; readonly accountId: string; readonly day: LocalDate },
): Promise<{ readonly name: string; readonly entries: readonly OutsideEntry[] }> {
  const agency = (await supervisedBy(portal, actor)).find(({ slug }) => slug === asked.agencySlug);
  if (!agency) throw new NotFound("agency");
  const acts = await loadActs(portal, actor, agency);
  const files = new Set(outsideFiles(acts, asked.accountId, asked.day));
  const looks = acts.filter(
    (act) => act.accountId === asked.accountId && act.day === asked.day && files.has(act.caseId),
  );
  if (looks.length === 0) throw new NotFound("day");
  const numbers = await listCaseNumbers(portal, [...files]);
  const account = (await listAccounts(portal, [asked.accountId])).get(asked.accountId);
  await recordReading(portal, actor, agency.id, { person: asked.accountId, day: asked.day });
  return {
    name: account?.name ?? "",
    entries: looks.map(({ at, act, caseId }) => ({ at, act, caseNumber: numbers.get(caseId) ?? "" })),
  };
}

async function supervisedBy(portal: Portal, actor: Actor): Promise<Agency[]> {
  const own = agenciesOf(actor, ["supervisor"]);
  const agencies = (await listAgencies(portal)).filter(({ id }) => own.includes(id));
  if (agencies.length === 0) throw new NotFound("agency");
  for (const { id } of agencies) authorise(actor, "case.outside-queue", { agencyId: id });
  return agencies;
}

interface LoadedAct extends FileAct {
  readonly at: Date;
  readonly act: string;
}

/** Who does a case's work, by the role in which it stands in the ledger. */
const WORKERS = ["clerk", "supervisor", "intake"];

async function loadActs(portal: Portal, actor: Actor, agency: Agency): Promise<LoadedAct[]> {
  const today = localDate(portal.time.now(), agency.zone);
  const since = startOfDay(addDays(today, -OUTSIDE_RULE.lookBackDays), agency.zone);
  const walled = actor.kind === "account" ? await listWalledRequests(portal, actor.accountId) : [];
  const rows = await portal.db.$queryRaw<{ who: string; case_id: string; act: string; at: Date }[]>`
    SELECT body::jsonb -> 'actor' ->> 'id' AS who, case_id, act, at FROM ledger.entry
    WHERE agency_id = ${agency.id}::uuid AND case_id IS NOT NULL AND at >= ${since}
      AND body::jsonb -> 'actor' ->> 'kind' = 'account' AND body::jsonb -> 'actor' ->> 'role' = ANY(${WORKERS})
      AND (request_id IS NULL OR request_id <> ALL(${walled}::uuid[]))
    ORDER BY seq`;
  return rows.map(({ who, case_id, act, at }) => ({
    accountId: who,
    caseId: case_id,
    day: localDate(at, agency.zone),
    isRead: /\.(?:file-)?read$/.test(act),
    at,
    act,
  }));
}

function recordReading(portal: Portal, actor: Actor, agencyId: string, detail: Record<string, string>): Promise<void> {
  return inTransaction(portal, (tx) =>
    appendLedger(portal, tx, {
      actor: asLedgerActor(actor, "supervisor"),
      act: "outside-queue.read",
      thing: { type: "agency", id: agencyId },
      agencyId,
      detail,
    }),
  );
}
