import type { DiscardReason } from "#app/feeds/quarantine.ts";
import type { Words } from "#app/ui/words/words.ts";

const WHY = {
  "no-look-up": "feedsQuarantine.whyNoLookUp",
  "delivered-again": "feedsQuarantine.whyAgain",
  other: "feedsQuarantine.whyOther",
} as const satisfies Readonly<Record<DiscardReason, string>>;

/** Why a row was taken out, in words. */
export function discardWords({ t }: Words, why: string): string {
  return Object.hasOwn(WHY, why) ? t(WHY[why as DiscardReason]) : why;
}
