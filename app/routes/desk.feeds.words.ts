import { formatShortDate } from "#app/ui/format.ts";
import { isWordKey, type Words } from "#app/ui/words/words.ts";
import { VIA_WORDS } from "./desk.feeds.states.ts";

/** What a page knows of a delivery, of which these sentences are made. */
interface ShownBatch {
  readonly firstOn: string | null;
  readonly lastOn: string | null;
  readonly claimed: { readonly from: string; readonly to: string } | null;
  readonly lateBy: number | null;
  readonly state: string;
}

/** The days of a delivery: from its first to its last entry, and what it says of itself. */
export function daysWords({ t, locale }: Words, { firstOn, lastOn, claimed }: ShownBatch): string {
  const say = ({ from, to }: { from: string; to: string }) => {
    const [first, last] = [formatShortDate(from, locale), formatShortDate(to, locale)];
    return from === to ? first : `${first} ${t("common.to")} ${last}`;
  };
  const span = firstOn && lastOn ? say({ from: firstOn, to: lastOn }) : "";
  const claims = claimed ? t("feedsLog.claims", { period: say(claimed) }) : "";
  return [span, claims].filter((part) => part !== "").join("; ");
}

/** Whether a delivery was in time by the promise. Nothing is said of one that did not arrive whole. */
export function latenessWords({ t }: Words, { lateBy, state }: ShownBatch): string {
  if (state !== "finished") return "";
  if (lateBy === null) return t("feedsLog.nothingNew");
  return lateBy === 0 ? t("feedsLog.onTime") : t("feedsLog.lateBy", { count: lateBy });
}

/** The way in, in words. */
export function viaWords({ say }: Words, via: string): string {
  const key = VIA_WORDS[via];
  return key !== undefined && isWordKey(key) ? say({ key }) : via;
}
