import type { LoaderFunctionArgs } from "@remix-run/node";
import { gapAtSource } from "#app/feeds/coverage-gaps.ts";
import { getLog } from "#app/feeds/coverage-overview.server.ts";
import { reasonSentence } from "#app/feeds/problem.ts";
import { may } from "#app/people/authorise.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import { logPath, pageOf } from "../desk.feeds.states.ts";
import { answering, requireActor } from "../respond.server.ts";

/** One log as its page shows it. */
export async function loadLog(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { locale, portal } = args.context;
  const { agency: agencySlug = "", system: systemSlug = "" } = args.params;
  const search = new URL(args.request.url).searchParams;
  const year = /^\d{4}$/.test(search.get("year") ?? "") ? Number(search.get("year")) : null;
  const asked = { agencySlug, systemSlug, year, page: pageOf(search) };
  const { agency, custody, profile, quarantine, batches, ...log } = await answering(() => getLog(portal, actor, asked));
  return {
    ...log,
    path: logPath({ agencySlug, systemSlug }),
    agency: agency.name,
    zone: agency.zone,
    system: custody.system.name,
    profile: profile?.about[locale] ?? null,
    mayMend: may(actor, "feed.mend", { agencyId: agency.id }),
    keysPath: may(actor, "feed.keys", { agencyId: agency.id }) ? `/desk/feeds/keys/${agency.slug}` : null,
    mayRead: may(actor, "feed.read", { agencyId: agency.id }),
    batches: batches.map((batch) => ({ ...batch, receivedAt: batch.receivedAt.toISOString() })),
    gaps: log.coverage.gaps.map((gap) => ({ ...gap, ...gapAtSource(gap, log.coverage.source) })),
    quarantine:
      quarantine?.map(({ reason, rows, since }) => ({
        reason: reasonSentence(reason, locale),
        rows,
        since: localDate(since, agency.zone),
      })) ?? null,
  };
}

export type LogData = Awaited<ReturnType<typeof loadLog>>;
