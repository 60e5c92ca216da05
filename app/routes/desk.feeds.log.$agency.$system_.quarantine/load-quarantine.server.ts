import type { LoaderFunctionArgs } from "@remix-run/node";
import { listDiscarded, listQuarantine, listQuarantineGroups } from "#app/feeds/list-quarantine.server.ts";
import { reasonSentence } from "#app/feeds/problem.ts";
import { BULK_DISCARDED } from "#app/feeds/quarantine.ts";
import { findReplay, type ReplayProgress } from "#app/feeds/start-replay.server.ts";
import { daysBetween, localDate } from "#app/platform/time/local-date.ts";
import { getAgency, getSystem } from "#app/registry/queries.server.ts";
import { logPath, slugsOf } from "../desk.feeds.states.ts";
import { answering, requireActor } from "../respond.server.ts";

/** As many rows as a page can show. */
const MOST_SHOWN = 200;

/** What waits of one log, by why and row by row, and what was taken out. */
export async function loadQuarantine(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { locale, portal } = args.context;
  const slugs = slugsOf(args.params);
  const search = new URL(args.request.url).searchParams;
  const reason = search.get("reason") ?? undefined;
  const batchId = search.get("batch") ?? undefined;
  const filter = {
    ...(reason !== undefined && { reason }),
    ...(batchId !== undefined && UUID.test(batchId) && { batchId }),
  };
  return answering(async () => {
    const groups = await listQuarantineGroups(portal, actor, slugs);
    const rows = await listQuarantine(portal, actor, { ...slugs, ...filter, limit: MOST_SHOWN });
    const discarded = await listDiscarded(portal, actor, { ...slugs, limit: MOST_SHOWN });
    const replay = await findReplay(portal, actor, slugs);
    const [agency, system] = [await getAgency(portal, slugs.agencySlug), await getSystem(portal, slugs.systemSlug)];
    const dayOf = (at: Date) => localDate(at, agency.zone);
    const today = dayOf(portal.time.now());
    return {
      path: logPath(slugs),
      agency: agency.name,
      system: system.name,
      zone: agency.zone,
      filter,
      replay: replay !== null && isNews(replay, portal.time.now()) ? replayView(replay) : null,
      full: rows.length === MOST_SHOWN,
      groups: groups.map(({ reason: code, rows: count, since }) => ({
        code,
        sentence: reasonSentence(code, locale),
        count,
        since: dayOf(since),
        days: daysBetween(dayOf(since), today),
        bulk: BULK_DISCARDED.includes(code),
      })),
      rows: rows.map(({ id, batchId: batch, row, reason: code, at }) => ({
        ...{ id, batch, row },
        sentence: reasonSentence(code, locale),
        since: dayOf(at),
      })),
      discarded: discarded.map(({ id, batchId: batch, row, why, discardedAt }) => ({
        ...{ id, batch, row, why },
        at: discardedAt.toISOString(),
      })),
    };
  });
}

const NEWS_MS = 24 * 60 * 60 * 1000;

/** What became of yesterday's reading is told no more. */
function isNews({ finishedAt }: ReplayProgress, now: Date): boolean {
  return finishedAt === null || now.getTime() - finishedAt.getTime() < NEWS_MS;
}

function replayView({ rows, stored, duplicates, waiting, finishedAt }: ReplayProgress) {
  const done = stored + duplicates + waiting;
  return { rows, done, stored, duplicates, waiting, finishedAt: finishedAt?.toISOString() ?? null };
}

const UUID = /^[0-9a-f-]{36}$/;

export type QuarantineData = Awaited<ReturnType<typeof loadQuarantine>>;
