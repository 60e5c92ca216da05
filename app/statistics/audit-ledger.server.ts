import { listAccounts } from "#app/people/accounts.server.ts";
import { type Actor, asLedgerActor } from "#app/people/actor.ts";
import { authorise, may } from "#app/people/authorise.ts";
import { takeTurns } from "#app/people/limits.server.ts";
import { csvFile } from "#app/platform/csv-cell.ts";
import { isId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger, type LedgerEntry } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { addDays, startOfDay } from "#app/platform/time/local-date.ts";
import type { Agency } from "#app/registry/agency.ts";
import { listAgencies } from "#app/registry/queries.server.ts";
import { listCaseNumbers, listWalledRequests } from "#app/requests/case-numbers.server.ts";
import { type AuditEntry, type AuditFilter, ENTRIES_ON_A_PAGE, MOST_EXPORTED } from "./audit.ts";

/** Of an agency; or, for an auditor of the whole portal, of all and of what belongs to none. */
export interface AuditScope {
  readonly agency: Pick<Agency, "id" | "slug" | "name" | "zone"> | null;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly count: number;
  readonly page: number;
  readonly pages: number;
  /** Whom and what one can ask for: who and what stands there. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly acts: readonly string[];
}

/** What the actor may read: one scope for each agency, and the whole for an auditor of the portal. @throws NotFound */
export async function listAuditScopes(portal: Portal, actor: Actor): Promise<AuditScope[]> {
  const agencies = (await listAgencies(portal)).filter(({ id }) => may(actor, "ledger.read", { agencyId: id }));
  const whole: AuditScope[] = may(actor, "ledger.read") ? [{ agency: null }] : [];
  const scopes = [...whole, ...agencies.map(({ id, slug, name, zone }) => ({ agency: { id, slug, name, zone } }))];
  if (scopes.length === 0) throw new NotFound("ledger");
  return scopes;
}

/** A page of entries, newest first. That it was read stands there too, the next time. @throws NotFound */
export async function readLedger(
  portal: Portal,
  actor: Actor,
  scope: AuditScope,
  asked: AuditFilter & { readonly page: number },
): Promise<AuditPage> {
  authoriseScope(actor, scope);
  const where = await conditionOf(portal, actor, scope, asked);
  const count = await countEntries(portal, where);
  const pages = Math.max(1, Math.ceil(count / ENTRIES_ON_A_PAGE));
  const page = Math.min(Math.max(1, Math.trunc(asked.page) || 1), pages);
  const bodies = await listBodies(portal, where, ENTRIES_ON_A_PAGE, (page - 1) * ENTRIES_ON_A_PAGE);
  const entries = await opened(portal, bodies);
  const choices = await listChoices(portal, where);
  await recordReading(portal, actor, scope, "ledger.read", { ...plain(asked), page });
  return { entries, count, page, pages, ...choices };
}

const COLUMNS = ["number", "at", "who", "role", "act", "agency", "case", "why"] as const;

/**
 * The same entries, all of them, as CSV whose formulas are inert.
 * @throws NotFound, TooOften
 * @throws Refused `audit.tooMany` when one file would not hold them
 */
export async function exportLedger(
  portal: Portal,
  actor: Actor,
  scope: AuditScope,
  asked: AuditFilter,
): Promise<string> {
  authoriseScope(actor, scope);
  if (actor.kind === "account") await takeTurns(portal, [["export.account", actor.accountId]]);
  const where = await conditionOf(portal, actor, scope, asked);
  const count = await countEntries(portal, where);
  if (count > MOST_EXPORTED) {
    throw new Refused("audit.tooMany", `One file holds ${MOST_EXPORTED} entries. Ask for a shorter period.`, {
      most: MOST_EXPORTED,
      count,
    });
  }
  const entries = await opened(portal, await listBodies(portal, where, MOST_EXPORTED, 0));
  await recordReading(portal, actor, scope, "ledger.exported", { ...plain(asked), rows: entries.length });
  return csvFile(
    COLUMNS,
    entries.map((entry) => ({
      number: entry.seq,
      at: entry.at,
      who: entry.name,
      role: entry.role,
      act: entry.act,
      agency: entry.agency,
      case: entry.caseNumber,
      why: entry.why,
    })),
  );
}

function authoriseScope(actor: Actor, { agency }: AuditScope): void {
  authorise(actor, "ledger.read", agency === null ? {} : { agencyId: agency.id });
}

/** An entry that has its number: those that wait for one are not listed yet. */
type ChainedEntry = LedgerEntry & { readonly seq: number };

/** What of the ledger is asked for, with what an auditor behind a wall must not see left out. */
interface Condition {
  readonly agencyId: string | null;
  readonly act: string | null;
  readonly person: string | null;
  readonly from: Date | null;
  readonly before: Date | null;
  readonly walled: readonly string[];
}

async function conditionOf(
  portal: Portal,
  actor: Actor,
  { agency }: AuditScope,
  asked: AuditFilter,
): Promise<Condition> {
  const zone = agency?.zone ?? "UTC";
  return {
    agencyId: agency?.id ?? null,
    act: asked.act,
    person: asked.person,
    from: asked.from === null ? null : startOfDay(asked.from, zone),
    before: asked.to === null ? null : startOfDay(addDays(asked.to, 1), zone),
    walled: actor.kind === "account" ? await listWalledRequests(portal, actor.accountId) : [],
  };
}

async function countEntries(portal: Portal, where: Condition): Promise<number> {
  const { rows } = await portal.pool.query<{ count: string }>(
    `SELECT count(*) FROM ledger.entry WHERE ${CONDITION}`,
    valuesOf(where),
  );
  return Number(rows[0]?.count ?? 0);
}

async function listBodies(portal: Portal, where: Condition, limit: number, offset: number): Promise<ChainedEntry[]> {
  const { rows } = await portal.pool.query<{ body: string }>(
    `SELECT body FROM ledger.entry WHERE ${CONDITION} ORDER BY seq DESC LIMIT $7 OFFSET $8`,
    [...valuesOf(where), limit, offset],
  );
  return rows.map(({ body }) => JSON.parse(body) as ChainedEntry);
}

const CONDITION = `($1::uuid IS NULL OR agency_id = $1) AND ($2::text IS NULL OR act = $2)
  AND ($3::text IS NULL OR body::jsonb -> 'actor' ->> 'id' = $3)
  AND ($4::timestamptz IS NULL OR at >= $4) AND ($5::timestamptz IS NULL OR at < $5)
  AND (request_id IS NULL OR request_id <> ALL($6::uuid[]))`;

function valuesOf({ agencyId, act, person, from, before, walled }: Condition): unknown[] {
  return [agencyId, act, person, from, before, walled];
}

/** Who has acted there and what was done, whatever person and act are asked for now: so that the choice stays. */
async function listChoices(portal: Portal, where: Condition): Promise<Pick<AuditPage, "people" | "acts">> {
  const all = valuesOf({ ...where, act: null, person: null });
  const { rows } = await portal.pool.query<{ act: string; who: string; kind: string; own: boolean }>(
    `SELECT DISTINCT act, body::jsonb -> 'actor' ->> 'id' AS who, body::jsonb -> 'actor' ->> 'kind' AS kind,
       resident_id IS NOT NULL AND resident_id::text = body::jsonb -> 'actor' ->> 'id' AS own
     FROM ledger.entry WHERE ${CONDITION}`,
    all,
  );
  // A resident is nobody that one can ask for here: the auditor watches those who look, not those who ask.
  const ids = [...new Set(rows.filter(({ kind, own }) => kind === "account" && !own).map(({ who }) => who))];
  const residents = new Set(rows.filter(({ own }) => own).map(({ who }) => who));
  const names = await listAccounts(
    portal,
    ids.filter((id) => isId(id) && !residents.has(id)),
  );
  const operators = [...new Set(rows.filter(({ kind }) => kind === "operator").map(({ who }) => who))];
  const people = [
    ...[...names.values()].map(({ id, name }) => ({ id, name: name === "" ? id : name })),
    ...operators.map((name) => ({ id: name, name })),
  ];
  return {
    people: people.sort((a, b) => a.name.localeCompare(b.name)),
    acts: [...new Set(rows.map(({ act }) => act))].sort(),
  };
}

async function opened(portal: Portal, entries: readonly ChainedEntry[]): Promise<AuditEntry[]> {
  const isOwn = ({ actor, resident }: LedgerEntry) => actor.kind === "account" && actor.id === resident;
  const ids = entries.filter((entry) => entry.actor.kind === "account" && !isOwn(entry)).map(({ actor }) => actor.id);
  const [agencies, names, numbers] = await Promise.all([
    listAgencies(portal),
    listAccounts(portal, [...new Set(ids)]),
    listCaseNumbers(
      portal,
      entries.flatMap((entry) => entry.case ?? []),
    ),
  ]);
  return entries.map((entry) => {
    const { seq, at, actor, act, why } = entry;
    const agency = agencies.find(({ id }) => id === entry.agency);
    const role = isOwn(entry) ? "resident" : (actor.role ?? actor.kind);
    const known = actor.kind === "operator" ? actor.id : (names.get(actor.id)?.name ?? null);
    return {
      ...{ seq, at, act, kind: actor.kind, role },
      name: isOwn(entry) || known === "" ? null : known,
      agency: agency?.name ?? null,
      zone: agency?.zone ?? "UTC",
      caseNumber: entry.case === undefined ? null : (numbers.get(entry.case) ?? null),
      why: why ?? null,
    };
  });
}

/** As the ledger keeps what was asked for: codes, days and numbers. */
function plain({ person, act, from, to }: AuditFilter): Record<string, string> {
  const asked = Object.entries({ person, act, from, to });
  return Object.fromEntries(asked.flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

function recordReading(
  portal: Portal,
  actor: Actor,
  { agency }: AuditScope,
  act: string,
  detail: Readonly<Record<string, string | number>>,
): Promise<void> {
  return inTransaction(portal, (tx) =>
    appendLedger(portal, tx, {
      actor: asLedgerActor(actor, "auditor"),
      act,
      thing: { type: "ledger", id: agency?.id ?? "all" },
      ...(agency !== null && { agencyId: agency.id }),
      detail,
    }),
  );
}
