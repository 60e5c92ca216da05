/** What clerks, supervisors and operators see of the logs: how they stand, and one of them in full. */
import { type Actor, agenciesOf, hasRole } from "#app/people/actor.ts";
import { may } from "#app/people/authorise.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { addDays, type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import type { Agency, Custody, DatedPromise } from "#app/registry/agency.ts";
import { getPromises } from "#app/registry/promise.server.ts";
import { listAgencies, listCustodies } from "#app/registry/queries.server.ts";
import { type Coverage, coverage, coverageCalendar, findFirstHeld } from "./coverage.server.ts";
import type { Period } from "./coverage.ts";
import type { DayRun } from "./coverage-calendar.ts";
import { openFeed } from "./feed.server.ts";
import { findProfile } from "./find-profile.server.ts";
import { type BatchLine, listBatches } from "./list-batches.server.ts";
import { listQuarantineGroups, type QuarantineGroup } from "./list-quarantine.server.ts";
import type { Profile } from "./profile.ts";

/** So many logs, and so many deliveries, stand on one page. */
const LOGS = 20;
const BATCHES = 50;
const NEWEST = 5;

export interface LogStanding {
  agency: Agency;
  custody: Custody;
  /** Its newest deliveries. */
  batches: BatchLine[];
  /** The last twelve months. */
  asked: Period;
  coverage: Coverage;
}

/**
 * The logs that the actor may look over, a page of them: a clerk's and a supervisor's own, an operator's all.
 * @param input.page From 1.
 * @throws NotFound for whoever has nothing to do with logs.
 */
export async function listLogs(
  portal: Portal,
  actor: Actor,
  input: { page: number },
): Promise<{ logs: LogStanding[]; pages: number }> {
  const isAtWork = agenciesOf(actor, ["clerk", "supervisor"]).length > 0;
  if (!isAtWork && actor.kind === "account" && !hasRole(actor, "operator")) throw new NotFound("feeds");
  const agencies = new Map((await listAgencies(portal)).map((agency) => [agency.id, agency]));
  const seen = (await listCustodies(portal))
    .flatMap((custody) => {
      const agency = agencies.get(custody.agencyId);
      return agency && may(actor, "feed.overview", { agencyId: agency.id }) ? [{ agency, custody }] : [];
    })
    .sort((a, b) => a.agency.name.localeCompare(b.agency.name, "en"));
  const shown = seen.slice((input.page - 1) * LOGS, input.page * LOGS);
  const logs: LogStanding[] = [];
  for (const log of shown) logs.push(await standingOf(portal, actor, log));
  return { logs, pages: Math.max(1, Math.ceil(seen.length / LOGS)) };
}

async function standingOf(
  portal: Portal,
  actor: Actor,
  { agency, custody }: Pick<LogStanding, "agency" | "custody">,
): Promise<LogStanding> {
  const { zone } = agency;
  const today = localDate(portal.time.now(), zone);
  const asked = { from: addDays(today, -364), to: today };
  const { agencyId, systemId } = custody;
  return {
    agency,
    custody,
    asked,
    batches: await listBatches(portal, actor, {
      agencySlug: agency.slug,
      systemSlug: custody.system.slug,
      limit: NEWEST,
    }),
    coverage: await coverage(portal, { agencyId, systemId, period: asked, zone }),
  };
}

export interface OneLog {
  agency: Agency;
  custody: Custody;
  /** By which its deliveries are read; null when it is not known here. */
  profile: Profile | null;
  /** What was promised when, in order of time; the last one holds now. */
  promises: readonly DatedPromise[];
  since: LocalDate;
  today: LocalDate;
  /** From the first day that is held or promised, or a year ago, to today. */
  frame: Period;
  coverage: Coverage;
  /** The years that the frame touches, newest first, and the one that `calendar` shows. */
  years: number[];
  year: number;
  calendar: DayRun[];
  batches: BatchLine[];
  page: number;
  pages: number;
  /** Why rows wait; null for whoever may not look into the quarantine. */
  quarantine: QuarantineGroup[] | null;
  mayChangePromise: boolean;
  mayRemind: boolean;
}

/**
 * One log, with a calendar of one year.
 * @param input.year The year that is asked for; any other than those of the frame shows the newest.
 * @throws NotFound when it is not the actor's.
 */
export async function getLog(
  portal: Portal,
  actor: Actor,
  input: { agencySlug: string; systemSlug: string; year: number | null; page: number },
): Promise<OneLog> {
  const { agency, custody } = await openFeed(portal, actor, "feed.overview", input);
  const { agencyId, systemId } = custody;
  const { zone } = agency;
  const today = localDate(portal.time.now(), zone);
  const { promises, since } = await getPromises(portal, { agencyId, systemId });
  const first = await findFirstHeld(portal, { agencyId, systemId, zone });
  const frame = { from: [first ?? today, since, addDays(today, -364)].sort()[0] ?? today, to: today };
  const years = yearsOf(frame);
  const year = years.find((one) => one === input.year) ?? years[0] ?? yearOf(today);
  const log = { agencyId, systemId, zone };
  const facts = { agencyId };
  return {
    ...{ agency, custody, promises, since, today, frame, years, year },
    profile: await findProfile(portal, agencyId, custody.profile),
    coverage: await coverage(portal, { ...log, period: frame }),
    calendar: await coverageCalendar(portal, { ...log, period: { from: `${year}-01-01`, to: `${year}-12-31` } }),
    batches: await listBatches(portal, actor, { ...input, limit: BATCHES, skip: (input.page - 1) * BATCHES }),
    page: input.page,
    pages: Math.max(1, Math.ceil((await portal.db.batch.count({ where: { agencyId, systemId } })) / BATCHES)),
    quarantine: may(actor, "feed.read", facts) ? await listQuarantineGroups(portal, actor, input) : null,
    mayChangePromise: may(actor, "feed.promise", facts),
    mayRemind: may(actor, "feed.remind", facts),
  };
}

function yearOf(day: LocalDate): number {
  return Number(day.slice(0, 4));
}

function yearsOf({ from, to }: Period): number[] {
  const years: number[] = [];
  for (let year = yearOf(to); year >= yearOf(from); year -= 1) years.push(year);
  return years;
}
