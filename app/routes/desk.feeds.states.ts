import type { Tone } from "#app/ui/tag.tsx";
import type { WordKey } from "#app/ui/words/words.ts";

/** How a delivery's state is said and underlined. */
export const BATCH_STATES = {
  finished: { tone: "good", words: "feeds.stateFinished" },
  unfinished: { tone: "warn", words: "feeds.stateUnfinished" },
  refused: { tone: "bad", words: "feeds.stateRefused" },
} as const satisfies Readonly<Record<string, { tone: Tone; words: WordKey }>>;

/** As many waiting rows as a page can show. */
export const MOST_ROWS = 1_000;

/** The ways in, in words. */
export const VIA_WORDS: Readonly<Record<string, WordKey>> = {
  command: "feedsLog.viaCommand",
  upload: "feedsLog.viaUpload",
  push: "feedsLog.viaPush",
  folder: "feedsLog.viaFolder",
  sftp: "feedsLog.viaSftp",
};

interface FeedSlugs {
  readonly agencySlug: string;
  readonly systemSlug: string;
}

/** Where a log's own page lies. */
export function logPath({ agencySlug, systemSlug }: FeedSlugs): string {
  return `/desk/feeds/log/${agencySlug}/${systemSlug}`;
}

/** Which log an address names. */
export function slugsOf(params: Readonly<Record<string, string | undefined>>): FeedSlugs {
  return { agencySlug: params["agency"] ?? "", systemSlug: params["system"] ?? "" };
}

/** A page's number as an address gives it; the first for anything that is none. */
export function pageOf(search: URLSearchParams): number {
  const page = Number(search.get("page") ?? "1");
  return Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1;
}
