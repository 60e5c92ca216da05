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
