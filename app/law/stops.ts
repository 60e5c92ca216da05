/** The usual answers of the law to "does this stop the clock?", so that a rule says only what is its own. */
import type { Ground, Stop, StopEffect, StopRule } from "./rule.ts";
import type { Evidence } from "./words.ts";

const NOTHING: StopEffect = { does: "nothing" };

interface Source {
  readonly cite: string;
  readonly evidence?: Evidence;
}

function stop(effect: StopEffect, { cite, evidence = "V" }: Source, arguably: StopEffect | null = null): StopRule {
  return { effect, arguably, times: null, grounds: [], cite, evidence };
}

/** It changes nothing; `arguably` is what a later reading makes of it. */
export function changesNothing(source: Source, arguably: StopEffect | null = null): StopRule {
  return stop(NOTHING, source, arguably);
}

/** The period starts anew on the day it ends. */
export function startsClock(source: Source): StopRule {
  return stop({ does: "starts-clock" }, source);
}

/** Its days do not count: both end days left out, or all but the day on which it begins. */
export function pauses(ends: "both" | "one", { noticeToo, times, arguably, ...source }: Source & Pausing): StopRule {
  return { ...stop({ does: "pauses", ends, noticeToo }, source, arguably ?? null), times: times ?? null };
}

interface Pausing {
  readonly noticeToo: boolean;
  readonly times?: number;
  readonly arguably?: StopEffect;
}

/** The law names the events that stop the clock. */
export function pausesOn(grounds: readonly Ground[], pausing: StopRule): StopRule {
  return { ...pausing, grounds };
}

/** Nothing stops this clock. */
export function nothingStops(cite: string, evidence: Evidence = "V"): Readonly<Record<Stop, StopRule>> {
  const nothing = changesNothing({ cite, evidence });
  return { identity: nothing, information: nothing, fee: nothing, ground: nothing };
}
